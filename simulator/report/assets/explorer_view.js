// The explorer: what is chosen, and all that follows from it.
(() => {
  "use strict";

  const QUANTILES = [0.05, 0.5, 0.95];
  const FEWEST_TO_ORDER = 50;
  const SPEAK_AFTER = 700;
  const ADDRESS_AFTER = 250;

  const part = (name) => document.getElementById(`x-${name}`);

  /** A text as Python writes it. */
  const quoted = (text) => JSON.stringify(text);

  /** Calls a function once so many milliseconds after it was last asked for. */
  function delayed(milliseconds, call) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(call, milliseconds);
    };
  }

  function start(data) {
    const held = sample.of(data);
    const state = { scenario: 0, claim: 0, met: false, ranges: new Map() };
    const masks = new Map();
    let chosen = null;
    let asked = 0;
    let touched = false;
    let wanted = part("order").value;
    let note = "";

    const factors = data.factors.map((factor, number) => ({
      ...factor,
      number,
      tile: tiles.ofFactor(factor, (range) => narrow(number, range)),
    }));
    const responses = data.responses.map((response, number) => {
      const claim = data.claims.find(({ name }) => response.name === `claims.${name}`);
      return { ...response, number, at: claim?.at_least ?? null, tile: tiles.ofResponse(response, claim) };
    });
    const drawings = new Map();
    const stale = new Set();
    const seen = new Set();
    const sizes = new Map();

    /** Compute anew before the next frame is painted, however often that is asked for. */
    function refresh() {
      if (asked === 0) asked = requestAnimationFrame(update);
    }

    /** The same after a person chose something, from when on the address keeps it. */
    function changed() {
      touched = true;
      refresh();
    }

    function narrow(number, range) {
      const whole = range === null || (range[0] === 0 && range[1] === tiles.last(data.factors[number]));
      masks.delete(number);
      if (whole) state.ranges.delete(number);
      else state.ranges.set(number, range);
      changed();
    }

    function maskOf(number) {
      if (!masks.has(number)) masks.set(number, rows.within(held.codes(number, state.scenario), state.ranges.get(number)));
      return masks.get(number);
    }

    /** The rows within the ranges, how many of them meet the claim, and those that are shown. */
    function select() {
      const [there, hits] = [held.there(state.claim, state.scenario), held.hits(state.claim, state.scenario)];
      const within = rows.both([there, ...[...state.ranges.keys()].map(maskOf)]);
      const met = rows.both([within, hits]);
      return { there, n: rows.count(within), hits: rows.count(met), shown: state.met ? met : within };
    }

    function update() {
      asked = 0;
      chosen = select();
      showAnswer();
      factors.forEach(showFactor);
      responses.forEach(showResponse);
      for (const canvas of seen) redraw(canvas);
      part("python").textContent = inPython();
      speak();
      keep();
    }

    function showAnswer() {
      const { n, hits } = chosen;
      const interval = numbers.clopperPearson(hits, n, data.level);
      const enough = n >= data.fewest;
      part("chance").textContent = enough ? numbers.chance(hits, n, interval) : "too few to say";
      part("term").textContent = enough ? numbers.term(data.scale, data.beyond, interval) : "";
      part("asked").textContent = `How likely is it that ${data.claims[state.claim].says}?`;
      part("count").textContent = `${numbers.whole(hits)} of ${numbers.whole(n)} replications`;
      part("ranges").textContent = rangesInWords();
      part("here").textContent = hereInWords();
      part("reset").disabled = state.ranges.size === 0 && !state.met;
      part("legend-chosen").textContent = state.met ? "those within the ranges that meet the claim" : "those within the ranges";
      Object.assign(part("chance").dataset, { hits, n, low: interval[0], high: interval[1] });
      showScale(enough ? hits / n : 0, enough ? interval : [0, 0]);
    }

    function showScale(probability, [low, high]) {
      Object.assign(part("interval").style, { left: `${100 * low}%`, width: `${100 * (high - low)}%` });
      part("point").style.left = `${100 * probability}%`;
      part("point").hidden = high === 0;
    }

    function rangesInWords() {
      const [n, of, failed] = [data.n, data.of, data.failed].map((each) => each[state.scenario]);
      const here = of > n ? " that are here" : "";
      const but = failed > 0 ? ` but ${numbers.whole(failed)} that failed` : "";
      if (state.ranges.size === 0) return `No range is chosen: these are all replications${here}${but}.`;
      const found = [...state.ranges].map(([k, range]) => `${data.factors[k].name} ${tiles.rangeInWords(data.factors[k], range)}`);
      return `With ${found.join(", ")}.`;
    }

    function hereInWords() {
      const [n, of, failed] = [data.n, data.of, data.failed].map((each) => each[state.scenario]);
      const some = of > n ? `the first ${numbers.whole(n)} of ${numbers.whole(of)}` : numbers.whole(n);
      const said = `Of ${data.scenarios[state.scenario]} ${some} replications are here`;
      return failed > 0 ? `${said}; ${numbers.whole(failed)} of them failed and are left out.` : `${said}.`;
    }

    function showFactor({ number, tile, ...factor }) {
      const range = state.ranges.get(number) ?? [0, tiles.last(factor)];
      const narrowed = state.ranges.has(number);
      const bars = held.factorBars(number, state.scenario, tile.bars);
      const all = ofAll(`factor ${number}`, () => rows.counts(bars, chosen.there, tile.bars));
      const some = rows.counts(bars, chosen.shown, tile.bars);
      const marks = rows.quantileBars(some, QUANTILES);
      const median = tiles.barInWords(factor, marks[1]);
      const before = tiles.barInWords(factor, rows.quantileBars(all, [0.5])[0]);
      tile.show(range, narrowed, `Median ${median}${median === before ? "" : `, of all ${before}`}`);
      const [first, past] = [range[0], range[1] + (factor.whole ? 1 : 0)];
      drawings.set(tile.canvas, { all, chosen: some, range: narrowed ? [first, past] : null, marks, claim: null });
      stale.add(tile.canvas);
    }

    function showResponse({ number, tile, at, ...response }) {
      const bars = held.responseBars(number, state.scenario, tile.bars);
      const [order, values] = [held.rising(number, state.scenario), held.values(number, state.scenario)];
      const some = rows.counts(bars, chosen.shown, tile.bars);
      const [all, before] = ofAll(`response ${number}`, () => [
        rows.counts(bars, chosen.there, tile.bars),
        rows.quantiles(order, values, chosen.there, QUANTILES),
      ]);
      tile.show(rows.quantiles(order, values, chosen.shown, QUANTILES), before);
      const claim = at === null ? null : tiles.barAt(response, at);
      drawings.set(tile.canvas, { all, chosen: some, range: null, marks: rows.quantileBars(some, QUANTILES), claim });
      stale.add(tile.canvas);
    }

    function redraw(canvas) {
      const size = () => sizes.get(canvas) ?? [canvas.clientWidth, canvas.clientHeight];
      if (stale.delete(canvas)) picture.draw(canvas, size(), drawings.get(canvas));
    }

    /** What is said of all rows of a column stays, as long as scenario and claim do. */
    const ofAll = (column, make) => held.once(`all ${state.scenario} ${state.claim} ${column}`, make);

    /** How far apart a factor is among the replications that meet the claim and those that do not, 0 to 1. */
    function moved({ number, tile }) {
      const [there, hits] = [held.there(state.claim, state.scenario), held.hits(state.claim, state.scenario)];
      const bars = held.factorBars(number, state.scenario, tile.bars);
      const [met, every] = [rows.both([there, hits]), there].map((mask) => rows.counts(bars, mask, tile.bars));
      return rows.distance(met, every.map((count, bar) => count - met[bar]));
    }

    function arrange() {
      const hits = rows.count(held.hits(state.claim, state.scenario));
      const misses = rows.count(held.there(state.claim, state.scenario)) - hits;
      const tell = Math.min(hits, misses) >= FEWEST_TO_ORDER;
      const order = tell ? wanted : "config";
      part("order").value = order;
      part("order").querySelector("[value='moved']").disabled = !tell;
      const placed = factors.map((factor) => [order === "moved" ? -moved(factor) : factor.number, factor.tile.root]);
      part("factors").append(...placed.sort(([a], [b]) => a - b).map(([, root]) => root));
      note = tell ? "" : `not by their tie to the claim: fewer than ${FEWEST_TO_ORDER} replications meet it, or miss it`;
      find();
    }

    function find() {
      const text = part("find").value.trim().toLowerCase();
      const fitting = factors.filter(({ name, tile }) => !(tile.root.hidden = !name.toLowerCase().includes(text)));
      const said = text ? [`${fitting.length} of ${factors.length} factors`] : [];
      part("found").textContent = [...said, ...(note ? [note] : [])].join("; ");
    }

    function inPython() {
      const value = (factor, place) => {
        const day = () => numbers.day(factor.steps[place]).split("-").map(Number).join(", ");
        return factor.date ? `date(${day()})` : String(factor.steps[place]);
      };
      const ranges = [...state.ranges].map(([k, [low, high]]) => {
        const factor = data.factors[k];
        return `${quoted(factor.name)}: (${value(factor, low)}, ${value(factor, high)})`;
      });
      const claim = data.claims[state.claim];
      if (state.met) ranges.push(`${quoted(`claims.${claim.name}`)}: (${claim.at_least}, None)`);
      const [n, of, scenario] = [data.n, data.of, data.scenarios].map((each) => each[state.scenario]);
      const first = of > n ? `, replications=${n}` : "";
      return `sim.subset(run, {${ranges.join(", ")}}, claim=${quoted(claim.name)}, scenario=${quoted(scenario)}${first})`;
    }

    const speak = delayed(SPEAK_AFTER, () => {
      const words = ["chance", "term", "count"].map((name) => part(name).textContent);
      part("live").textContent = `${words.filter(Boolean).join(", ")}. ${part("ranges").textContent}`;
    });

    const keep = delayed(ADDRESS_AFTER, () => {
      const found = address.written(data, state);
      if (touched && location.hash !== found) history.replaceState(null, "", found);
    });

    /** Take up what an address keeps; another address changes nothing. */
    function restore() {
      if (!address.keeps(location.hash)) return false;
      const found = address.read(data, location.hash);
      Object.assign(state, found.state);
      touched = false;
      part("unread").textContent = found.remarks.length ? `In the address: ${found.remarks.join("; ")}.` : "";
      masks.clear();
      part("scenario").selectedIndex = state.scenario;
      part("claim").selectedIndex = state.claim;
      part("met").checked = state.met;
      arrange();
      refresh();
      document.getElementById("explorer").scrollIntoView();
      return true;
    }

    function listen() {
      part("scenario").addEventListener("change", (event) => {
        state.scenario = event.target.selectedIndex;
        masks.clear();
        arrange();
        changed();
      });
      part("claim").addEventListener("change", (event) => {
        state.claim = event.target.selectedIndex;
        arrange();
        changed();
      });
      part("met").addEventListener("change", (event) => {
        state.met = event.target.checked;
        changed();
      });
      part("reset").addEventListener("click", () => {
        state.ranges.clear();
        masks.clear();
        state.met = part("met").checked = false;
        part("unread").textContent = "";
        changed();
      });
      part("order").addEventListener("change", (event) => {
        wanted = event.target.value;
        arrange();
      });
      part("find").addEventListener("input", find);
      window.addEventListener("hashchange", restore);
    }

    function watch() {
      const coming = new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) seen.add(target);
            else seen.delete(target);
            if (isIntersecting) redraw(target);
          }
        },
        { rootMargin: "300px" },
      );
      const sized = new ResizeObserver((entries) => {
        for (const { target, contentRect } of entries) {
          sizes.set(target, [contentRect.width, contentRect.height]);
          stale.add(target);
          if (seen.has(target)) redraw(target);
        }
      });
      for (const { tile } of [...factors, ...responses]) {
        coming.observe(tile.canvas);
        sized.observe(tile.canvas);
      }
    }

    const option = (name) => tiles.element("option", { textContent: name });
    part("scenario").append(...data.scenarios.map(option));
    part("claim").append(...data.claims.map(({ name }) => option(name)));
    part("responses").append(...responses.map(({ tile }) => tile.root));
    document.getElementById("explorer-tool").hidden = false;
    listen();
    arrange();
    update();
    watch();
    restore();
  }

  const source = document.getElementById("explorer-data");
  // after the page has been painted
  if (source !== null) requestAnimationFrame(() => setTimeout(() => start(JSON.parse(source.textContent))));
})();
