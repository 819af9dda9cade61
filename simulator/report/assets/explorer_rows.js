// Replications as bytes and bits: which are within the ranges, and how columns are spread among them.
const rows = (() => {
  "use strict";

  const KINDS = { u1: Uint8Array, u2: Uint16Array, f4: Float32Array };

  /** A typed array from Base64. */
  function decoded({ type, data }) {
    const text = atob(data);
    const bytes = new Uint8Array(text.length);
    for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
    return new KINDS[type](bytes.buffer);
  }

  /** A byte of 0 or 1 for every bit; the first bit is the lowest of the first byte. */
  function flags(bytes, n) {
    const found = new Uint8Array(n);
    for (let k = 0; k < n; k += 1) found[k] = (bytes[k >> 3] >> (k & 7)) & 1;
    return found;
  }

  /** Which rows have a code between the numbers `low` and `high` of the steps, both included. */
  function within(codes, [low, high]) {
    const found = new Uint8Array(codes.length);
    const [least, most] = [2 * low, 2 * high];
    for (let k = 0; k < codes.length; k += 1) found[k] = codes[k] >= least && codes[k] <= most ? 1 : 0;
    return found;
  }

  /** Which rows all masks have. */
  function both(masks) {
    const found = masks[0].slice();
    for (const mask of masks.slice(1)) {
      for (let k = 0; k < found.length; k += 1) found[k] &= mask[k];
    }
    return found;
  }

  /** How many rows a mask has. */
  function count(mask) {
    let found = 0;
    for (let k = 0; k < mask.length; k += 1) found += mask[k];
    return found;
  }

  /** How many rows of a mask are in each bar. */
  function counts(bars, mask, number) {
    const found = new Uint32Array(256);
    for (let k = 0; k < bars.length; k += 1) found[bars[k]] += mask[k];
    return found.subarray(0, number);
  }

  /** The bar of each code: a number of the steps where these are all the values, else the gap after it. */
  function barsOfCodes(codes, number) {
    return codes.map((code) => (code === 255 ? 255 : Math.min(code >> 1, number - 1)));
  }

  /** The bar of each value; what is not a number has bar 255. */
  function barsOfValues(values, steps, number) {
    const found = new Uint8Array(values.length);
    for (let k = 0; k < values.length; k += 1) {
      let [low, high] = [0, steps.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (steps[middle] <= values[k]) low = middle + 1;
        else high = middle;
      }
      found[k] = Number.isNaN(values[k]) ? 255 : Math.min(Math.max(low - 1, 0), number - 1);
    }
    return found;
  }

  /** The rows in rising order of their values, those without one left out. */
  function rising(values) {
    const found = [];
    for (let k = 0; k < values.length; k += 1) if (!Number.isNaN(values[k])) found.push(k);
    return Uint16Array.from(found.sort((a, b) => values[a] - values[b]));
  }

  /** Order statistics of the rows of a mask, given their order; not a number where there are none. */
  function quantiles(order, values, mask, probabilities) {
    let n = 0;
    for (let k = 0; k < order.length; k += 1) n += mask[order[k]];
    const places = probabilities.map((each) => numbers.place(n, each));
    const found = probabilities.map(() => NaN);
    let seen = -1;
    for (let k = 0, next = 0; k < order.length && next < places.length; k += 1) {
      seen += mask[order[k]];
      while (next < places.length && mask[order[k]] && seen >= places[next]) {
        found[next] = values[order[k]];
        next += 1;
      }
    }
    return found;
  }

  /** The bars in which order statistics lie, given counts; -1 where there are none. */
  function quantileBars(found, probabilities) {
    const n = found.reduce((sum, each) => sum + each, 0);
    return probabilities.map((each) => {
      let sum = 0;
      const wanted = numbers.place(n, each);
      return n === 0 ? -1 : found.findIndex((more) => (sum += more) > wanted);
    });
  }

  /** The largest distance between the distributions of two columns of counts, 0 to 1. */
  function distance(a, b) {
    const [n, m] = [a, b].map((each) => each.reduce((sum, more) => sum + more, 0));
    let [below, found] = [0, 0];
    for (let k = 0; k < a.length; k += 1) {
      below += a[k] / n - b[k] / m;
      found = Math.max(found, Math.abs(below));
    }
    return found;
  }

  return { barsOfCodes, barsOfValues, both, count, counts, decoded, distance, flags, quantileBars, quantiles, rising, within };
})();
