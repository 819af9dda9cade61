// What is chosen as the part of an address after `#`, and back.
const address = (() => {
  "use strict";

  const START = "#explorer?";
  const RANGE = "range.";

  /** Whether an address keeps a state of the explorer. */
  const keeps = (hash) => hash.startsWith(START);

  /** The part of the address for a state. */
  function written(data, { scenario, claim, met, ranges }) {
    const found = new URLSearchParams({ scenario: data.scenarios[scenario], claim: data.claims[claim].name });
    if (met) found.set("met", "1");
    for (const [number, [low, high]] of ranges) {
      const { name, steps } = data.factors[number];
      found.set(`${RANGE}${name}`, `${steps[low]}..${steps[high]}`);
    }
    return START + found;
  }

  /** The state in an address; what this page does not know is left out, numbers go to the nearest step. */
  function read(data, hash) {
    const found = new URLSearchParams(hash.slice(START.length));
    const ranges = new Map();
    data.factors.forEach((factor, number) => {
      const range = rangeOf(factor, found.get(`${RANGE}${factor.name}`));
      if (range !== null) ranges.set(number, range);
    });
    return {
      scenario: Math.max(0, data.scenarios.indexOf(found.get("scenario"))),
      claim: Math.max(0, data.claims.findIndex(({ name }) => name === found.get("claim"))),
      met: found.get("met") === "1",
      ranges,
    };
  }

  function rangeOf({ steps, whole }, text) {
    const ends = text === null ? [] : text.split("..").map(Number);
    if (ends.length !== 2 || ends.some(Number.isNaN)) return null;
    const gap = whole ? 0 : 1;
    const low = Math.min(nearest(steps, ends[0]), steps.length - 1 - gap);
    const high = Math.max(nearest(steps, ends[1]), low + gap);
    return low === 0 && high === steps.length - 1 ? null : [low, high];
  }

  function nearest(steps, value) {
    let found = 0;
    steps.forEach((step, place) => {
      if (Math.abs(step - value) < Math.abs(steps[found] - value)) found = place;
    });
    return found;
  }

  return { keeps, read, written };
})();
