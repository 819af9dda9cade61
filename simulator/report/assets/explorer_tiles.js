// The elements of a factor and of a response, and what a person does with them.
const tiles = (() => {
  "use strict";

  /** An element with properties and children; all text is text. */
  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const last = (factor) => factor.steps.length - 1;
  const bars = (column) => Math.max(1, column.steps.length - (column.whole ? 0 : 1));
  const exact = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 15 });
  const withUnit = (text, unit) => (unit ? `${text} ${unit}` : text);

  /** The range in words, with its unit. */
  function rangeInWords(factor, [low, high]) {
    return withUnit(`${factor.labels[low]} to ${factor.labels[high]}`, factor.unit);
  }

  /** What lies in a bar, in words. */
  function barInWords(factor, bar) {
    if (bar < 0) return "unknown";
    const text = factor.whole ? factor.labels[bar] : `${factor.labels[bar]} to ${factor.labels[bar + 1]}`;
    return withUnit(text, factor.unit);
  }

  /** Where a value lies among the bars of a column, with the share of the bar below it; at an end when beyond. */
  function barAt({ steps, whole }, value) {
    const place = steps.findIndex((step) => step >= value);
    if (place < 0) return bars({ steps, whole });
    if (whole || place === 0) return place;
    return place - (steps[place] - value) / (steps[place] - steps[place - 1]);
  }

  function slider(name, end, most) {
    const input = element("input", { type: "range", min: 0, max: most, step: 1 });
    input.setAttribute("aria-label", `${name}, ${end}`);
    return input;
  }

  function setSlider(input, output, place, factor) {
    const text = withUnit(factor.labels[place], factor.unit);
    if (Number(input.value) !== place) input.value = place;
    if (output.textContent === text) return;
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
  }

  /** Set a text where it is another, so that the page is laid out anew only there. */
  function say(where, text) {
    if (where.textContent !== text) where.textContent = text;
  }

  /** The tile of a factor; `onRange` gets a range of numbers of its steps, or null for all. */
  function ofFactor(factor, onRange) {
    const canvas = element("canvas");
    canvas.setAttribute("aria-hidden", "true");
    const [from, to] = [slider(factor.name, "from", last(factor)), slider(factor.name, "to", last(factor))];
    const [low, high] = [element("output"), element("output")];
    const median = element("p", { className: "x-soft" });
    const root = element(
      "fieldset",
      { className: "x-tile" },
      element("legend", { className: "x-name", textContent: factor.name }),
      canvas,
      ends(...factor.ends),
      element("div", { className: "x-range" }, element("span", { textContent: "from" }), from, low),
      element("div", { className: "x-range" }, element("span", { textContent: "to" }), to, high),
      median,
    );
    const gap = factor.whole ? 0 : 1;
    const slid = (moved) => {
      const [first, final] = [Number(from.value), Number(to.value)];
      onRange(moved === from ? [Math.min(first, final - gap), final] : [first, Math.max(final, first + gap)]);
    };
    from.addEventListener("input", () => slid(from));
    to.addEventListener("input", () => slid(to));
    brushed(canvas, bars(factor), (first, past) => onRange(first === null ? null : [first, past - 1 + gap]));
    const show = (range, narrowed, medians) => {
      setSlider(from, low, range[0], factor);
      setSlider(to, high, range[1], factor);
      root.classList.toggle("x-narrowed", narrowed);
      say(median, medians);
    };
    return { root, canvas, bars: bars(factor), show };
  }

  /** The tile of a response, with what a claim says of it, if one does. */
  function ofResponse(response, claim) {
    const canvas = element("canvas");
    canvas.setAttribute("aria-hidden", "true");
    const [middle, spread] = [element("p"), element("p", { className: "x-soft" })];
    const name = element("p", { className: "x-name", textContent: response.name });
    const root = element("div", { className: "x-tile x-response" }, name, canvas, ends(...response.ends));
    if (claim) {
      const least = withUnit(exact.format(claim.at_least), response.unit);
      root.append(element("p", { className: "x-claimed", textContent: `Claim: at least ${least}` }));
    }
    root.append(middle, spread);
    root.dataset.column = response.name;
    const written = (value) =>
      Number.isNaN(value) ? "unknown" : response.date ? numbers.day(value) : numbers.figure(value);
    return {
      root,
      canvas,
      bars: bars(response),
      show: ([low, median, high], [, all]) => {
        say(middle, withUnit(`Median ${written(median)}`, response.unit));
        say(spread, `5 to 95 %: ${written(low)} to ${written(high)}; median of all ${written(all)}`);
      },
    };
  }

  function ends(low, high) {
    return element("p", { className: "x-ends" }, element("span", { textContent: low }), element("span", { textContent: high }));
  }

  /** Calls back with the bars dragged over, from and up to and without; with null after a press without a drag. */
  function brushed(canvas, number, found) {
    let anchor = null;
    let moved = false;
    const bar = (event) => {
      const box = canvas.getBoundingClientRect();
      const at = Math.floor(((event.clientX - box.left) / box.width) * number);
      return Math.min(Math.max(at, 0), number - 1);
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      anchor = { bar: bar(event), x: event.clientX };
      moved = false;
    });
    canvas.addEventListener("pointermove", (event) => {
      if (anchor === null) return;
      moved ||= Math.abs(event.clientX - anchor.x) > 3;
      if (moved) found(Math.min(anchor.bar, bar(event)), Math.max(anchor.bar, bar(event)) + 1);
    });
    canvas.addEventListener("pointerup", () => {
      if (anchor !== null && !moved) found(null, null);
      anchor = null;
    });
    canvas.addEventListener("pointercancel", () => {
      anchor = null;
    });
  }

  return { barAt, barInWords, element, last, ofFactor, ofResponse, rangeInWords };
})();
