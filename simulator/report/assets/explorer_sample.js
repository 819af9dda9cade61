// The replications of the page, read from its data as they are needed.
const sample = (() => {
  "use strict";

  /** What the data say, each part decoded once; `once` keeps what is made of them, too. */
  function of(data) {
    const cache = new Map();
    const once = (key, make) => {
      if (!cache.has(key)) cache.set(key, make());
      return cache.get(key);
    };
    const block = (place) => once(`block ${place}`, () => rows.decoded(data.blocks[place]));
    const flags = (place, n) => once(`flags ${place} ${n}`, () => rows.flags(block(place), n));

    return {
      once,
      /** The rows that have the quantity of a claim. */
      there: (claim, scenario) => flags(data.claims[claim].there[scenario], data.n[scenario]),
      /** The rows that meet a claim. */
      hits: (claim, scenario) => flags(data.claims[claim].hits[scenario], data.n[scenario]),
      /** The codes of a factor. */
      codes: (factor, scenario) => block(data.factors[factor].codes[scenario]),
      /** The bars of a factor. */
      factorBars: (factor, scenario, number) => {
        const place = data.factors[factor].codes[scenario];
        return once(`bars ${factor} ${place}`, () => rows.barsOfCodes(block(place), number));
      },
      /** The values of a response. */
      values: (response, scenario) => block(data.responses[response].columns[scenario]),
      /** The bars of a response. */
      responseBars: (response, scenario, number) => {
        const { columns, steps } = data.responses[response];
        const place = columns[scenario];
        return once(`values ${response} ${place}`, () => rows.barsOfValues(block(place), steps, number));
      },
      /** The rows in the order of a response. */
      rising: (response, scenario) => {
        const place = data.responses[response].columns[scenario];
        return once(`rising ${place}`, () => rows.rising(block(place)));
      },
    };
  }

  return { of };
})();
