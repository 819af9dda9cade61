// Numbers as the rest of the report has them: exact intervals, words, figures, order statistics.
const numbers = (() => {
  "use strict";

  /** The logarithm of the gamma function for x > 0 (Stirling's series, x shifted up to 10 or more). */
  function logGamma(x) {
    let shift = 0;
    while (x < 10) {
      shift += Math.log(x);
      x += 1;
    }
    const y = 1 / (x * x);
    const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }

  /** The continued fraction of the incomplete beta function, by Lentz's method. */
  function betaFraction(a, b, x) {
    const tiny = 1e-300;
    const kept = (value) => (Math.abs(value) < tiny ? tiny : value);
    let c = 1;
    let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
    let found = d;
    for (let m = 1; m <= 1000; m += 1) {
      for (const numerator of [
        (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
        (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
      ]) {
        d = 1 / kept(1 + numerator * d);
        c = kept(1 + numerator / c);
        found *= c * d;
      }
      if (Math.abs(c * d - 1) < 1e-15) break;
    }
    return found;
  }

  /** The regularised incomplete beta function I_x(a, b). */
  function beta(a, b, x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const front = Math.exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
    );
    if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
    return 1 - (front * betaFraction(b, a, 1 - x)) / b;
  }

  /** The x at which I_x(a, b) is a probability, by halving: it rises from 0 to 1. */
  function betaInverse(a, b, probability) {
    let low = 0;
    let high = 1;
    for (let k = 0; k < 60; k += 1) {
      const middle = (low + high) / 2;
      if (beta(a, b, middle) < probability) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }

  /** The exact interval of a proportion; one-sided where there is no hit, or nothing else. */
  function clopperPearson(hits, n, level) {
    if (n === 0) return [0, 1];
    if (hits === 0) return [0, -Math.expm1(Math.log1p(-level) / n)];
    if (hits === n) return [Math.exp(Math.log1p(-level) / n), 1];
    const tail = (1 - level) / 2;
    return [betaInverse(hits, n - hits + 1, tail), betaInverse(hits + 1, n - hits, 1 - tail)];
  }

  /** The nearest whole number, of two the even one. */
  function halfEven(x) {
    const below = Math.floor(x);
    const rest = x - below;
    if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
    return below % 2 === 0 ? below : below + 1;
  }

  /** A probability in per cent, with as many decimals as keep it apart from 0 and 100. */
  function percent(probability, toward = "nearest") {
    const edge = Math.min(probability, 1 - probability);
    const least = toward === "nearest" ? 0.0005 : 0.001;
    const decimals = edge <= 0 || edge >= least ? 1 : 1 - Math.floor(Math.log10(100 * edge));
    const shift = 10 ** decimals;
    const scaled = Number((100 * probability * shift).toFixed(6));
    const round = { nearest: halfEven, up: Math.ceil, down: Math.floor }[toward];
    return `${(round(scaled) / shift).toFixed(decimals)} %`;
  }

  /** A proportion with its interval as written; a bound when there was no hit, or nothing else. */
  function chance(hits, n, [low, high]) {
    if (n === 0) return "unknown";
    if (hits === 0) return `under ${percent(high, "up")}`;
    if (hits === n) return `over ${percent(low, "down")}`;
    return `${percent(hits / n)} [${percent(low).replace(" %", "")} to ${percent(high)}]`;
  }

  /** The word of a probability: rows of `scale` are from, to, word. */
  function word(scale, probability) {
    return (scale.find(([, end]) => probability < end) ?? scale.at(-1))[2];
  }

  /** The words for an interval, never to be given without its numbers; none for one from 0 to 1. */
  function term(scale, beyond, [low, high]) {
    if (low <= 0 && high >= 1) return "";
    if (high < scale[0][0]) return `${scale[0][2]}, ${beyond}`;
    if (low > scale.at(-1)[1]) return `${scale.at(-1)[2]}, ${beyond}`;
    const [first, last] = [word(scale, low), word(scale, high)];
    return first === last ? first : `${first} to ${last}`;
  }

  /** A whole number with commas. */
  const commas = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  const whole = (number) => commas.format(number);

  /** A number with four significant digits. */
  function figure(number) {
    if (Number.isNaN(number)) return "unknown";
    if (number === 0) return "0";
    const power = Math.floor(Math.log10(Math.abs(number))) - 3;
    if (power >= 0) return whole(halfEven(number / 10 ** power) * 10 ** power);
    const rounded = Number((halfEven(number * 10 ** -power) / 10 ** -power).toPrecision(4));
    return Math.abs(rounded) >= 1000 ? whole(rounded) : String(rounded);
  }

  /** The day that has a number, 1 January of year 1 being day 1. */
  const day = (ordinal) => new Date((Math.round(ordinal) - 719163) * 86400000).toISOString().slice(0, 10);

  /** Where the order statistic of a probability stands among n in rising order, from 0. */
  function place(n, probability) {
    const exact = n * probability - 1;
    return Math.max(0, Math.ceil(exact));
  }

  return { beta, chance, clopperPearson, day, figure, halfEven, logGamma, percent, place, term, whole };
})();
