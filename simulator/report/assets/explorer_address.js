// What is chosen as the part of an address after `#`, and back.
const address = (() => {
  "use strict";

  const START = "#explorer?";
  const RANGE = "range.";
  const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

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

  /** The state in an address, and in words what of it was not taken as it stands. */
  function read(data, hash) {
    const state = { scenario: 0, claim: 0, met: false, ranges: new Map() };
    const remarks = [];
    const claims = data.claims.map(({ name }) => name);
    for (const [key, value] of new URLSearchParams(hash.slice(START.length))) {
      if (key === "scenario") state.scenario = placeOf(data.scenarios, value, "scenario", remarks);
      else if (key === "claim") state.claim = placeOf(claims, value, "claim", remarks);
      else if (key === "met" && (value === "1" || value === "0")) state.met = value === "1";
      else if (key.startsWith(RANGE)) takeRange(data.factors, key.slice(RANGE.length), value, state.ranges, remarks);
      else remarks.push(`${key}=${value} means nothing here`);
    }
    return { state, remarks };
  }

  function placeOf(names, name, what, remarks) {
    const found = names.indexOf(name);
    if (found < 0) remarks.push(`there is no ${what} ${name}, shown is ${names[0]}`);
    return Math.max(0, found);
  }

  /** Add the range that a text gives to those of a state, numbers moved to the nearest steps. */
  function takeRange(factors, name, text, ranges, remarks) {
    const number = factors.findIndex((factor) => factor.name === name);
    if (number < 0) return void remarks.push(`there is no factor ${name} that differs`);
    const { steps, whole } = factors[number];
    const ends = endsOf(text);
    if (ends === null) return void remarks.push(`${text} is no range of ${name}: write two numbers, as 1..2`);
    const [least, most] = [steps[0], steps.at(-1)];
    if (ends[1] < least || ends[0] > most) {
      return void remarks.push(`${name} is nowhere within ${text}: it is from ${least} to ${most}`);
    }
    const gap = whole ? 0 : 1;
    const low = Math.min(nearest(steps, ends[0]), steps.length - 1 - gap);
    const high = Math.max(nearest(steps, ends[1]), low + gap);
    const wanted = ends.map((end) => Math.min(Math.max(end, least), most));
    if (wanted[0] !== steps[low] || wanted[1] !== steps[high]) {
      remarks.push(`${name} ${text} went to the nearest steps, ${steps[low]} to ${steps[high]}`);
    }
    if (low !== 0 || high !== steps.length - 1) ranges.set(number, [low, high]);
  }

  /** The two numbers of a text in rising order, an end without a number being open; null where it has no such form. */
  function endsOf(text) {
    const parts = text.split("..");
    if (parts.length !== 2) return null;
    const found = parts.map((part, place) => numberOf(part.trim(), place === 0 ? -Infinity : Infinity));
    return found.some(Number.isNaN) ? null : found.sort((a, b) => a - b);
  }

  function numberOf(text, open) {
    if (text === "") return open;
    if (/^[+-]?infinity$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
    return NUMBER.test(text) ? Number(text) : NaN;
  }

  function nearest(steps, value) {
    let found = 0;
    steps.forEach((step, place) => {
      if (Math.abs(step - value) < Math.abs(steps[found] - value)) found = place;
    });
    return value === Infinity ? steps.length - 1 : found;
  }

  return { keeps, read, written };
})();
