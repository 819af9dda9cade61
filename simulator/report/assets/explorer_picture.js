// The picture of a column: all replications faint, those chosen strong, the range between two lines.
const picture = (() => {
  "use strict";

  const [FAINT, FILL, LINE, INK, MARK] = ["#c3c9d0", "rgba(0, 114, 178, 0.22)", "#0072b2", "#333333", "#b34700"];
  const FOOT = 7;

  /** Counts as shares of their sum. */
  function shares(counts) {
    const sum = counts.reduce((total, each) => total + each, 0);
    return Array.from(counts, (each) => (sum === 0 ? 0 : each / sum));
  }

  /** Where the columns of pixels of a bar begin and end. */
  const edge = (bar, bars, width) => (bar / bars) * width;

  /** Fit a canvas to its size; that is given, since to ask for it would lay out the page anew for every picture. */
  function fitted(canvas, [width, height]) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return [pen, width, height - FOOT];
  }

  function outline(pen, heights, width, foot) {
    pen.beginPath();
    pen.moveTo(0, foot);
    heights.forEach((height, bar) => {
      pen.lineTo(edge(bar, heights.length, width), foot - height);
      pen.lineTo(edge(bar + 1, heights.length, width), foot - height);
    });
    pen.lineTo(width, foot);
  }

  /** Draw counts of all and of those chosen; `range` are bars from and up to and without, or null; `claim` is a place among them, or null. */
  function draw(canvas, size, { all, chosen, range, marks, claim }) {
    if (size[0] === 0) return;
    const [pen, width, foot] = fitted(canvas, size);
    const [every, some] = [shares(all), shares(chosen)];
    const top = Math.max(...every, ...some, 1e-12);
    const scaled = (found) => found.map((share) => (share / top) * (foot - 2));
    outline(pen, scaled(every), width, foot);
    pen.fillStyle = FAINT;
    pen.fill();
    if (some.some((share) => share > 0)) {
      outline(pen, scaled(some), width, foot);
      pen.fillStyle = FILL;
      pen.fill();
      pen.strokeStyle = LINE;
      pen.lineWidth = 1.6;
      pen.stroke();
    }
    if (range) drawRange(pen, range.map((bar) => edge(bar, all.length, width)), width, foot);
    if (claim !== null) drawClaim(pen, edge(claim, all.length, width), width, foot);
    drawMarks(pen, marks.map((bar) => edge(bar + 0.5, all.length, width)), foot);
  }

  function drawRange(pen, [from, to], width, foot) {
    pen.fillStyle = "rgba(255, 255, 255, 0.55)";
    pen.fillRect(0, 0, from, foot);
    pen.fillRect(to, 0, width - to, foot);
    pen.fillStyle = INK;
    for (const x of [from, to]) pen.fillRect(Math.min(Math.max(x - 1, 0), width - 2), 0, 2, foot);
  }

  function drawClaim(pen, at, width, foot) {
    const x = Math.min(Math.max(at, 1), width - 1);
    pen.strokeStyle = INK;
    pen.lineWidth = 2;
    pen.setLineDash([5, 3]);
    pen.beginPath();
    pen.moveTo(x, 0);
    pen.lineTo(x, foot);
    pen.stroke();
    pen.setLineDash([]);
  }

  function drawMarks(pen, [low, middle, high], foot) {
    if (!(low >= 0)) return;
    pen.fillStyle = MARK;
    pen.fillRect(low, foot + 3, Math.max(high - low, 1), 1);
    for (const x of [low, high]) pen.fillRect(x - 0.5, foot + 1, 1.5, 5);
    pen.fillRect(middle - 1.5, foot, 3, FOOT);
  }

  return { draw };
})();
