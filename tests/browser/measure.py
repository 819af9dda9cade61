"""How quickly the report of made-up rows is written, painted, and answers a brush: `make browser`."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from simulator.report.explorer import explorer
from simulator.report.page import write_report
from tests.browser.launching import chromium
from tests.scale.million import say
from tests.scale.questions import written

PAINTS = 5
BRUSHES = 20
VIEW = {"width": 1200, "height": 900}

PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    const found = list.getEntriesByName('first-contentful-paint')[0];
    if (found) done(found.startTime);
}).observe({ type: 'paint', buffered: true }))"""

BRUSHED = """(place) => new Promise((done) => {
    const sliders = [...document.querySelectorAll('#x-factors input')];
    const slider = sliders[2 * (place % 4)];
    slider.value = 2 + (place * 5) % Math.floor(slider.max / 2);
    const begun = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""
"""The answer is drawn in the next frame; what is asked for in that frame comes after it was painted."""


def first_paint(browser: Browser, path: Path) -> float:
    """Return the milliseconds until the page, opened from disk in a fresh context, shows its first text."""
    context = browser.new_context(viewport=VIEW)
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="commit")
    found: float = page.evaluate(PAINTED)
    context.close()
    return found


def ready(browser: Browser, path: Path) -> Page:
    """Return the page with its explorer in view."""
    page = browser.new_context(viewport=VIEW).new_page()
    page.goto(path.as_uri())
    page.locator("#explorer-tool").wait_for(state="visible")
    page.locator("#x-factors").scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    return page


def brushes(page: Page) -> list[float]:
    """Return the milliseconds of brushes of four factors, from the event until after the next frame."""
    times = []
    for place in range(BRUSHES):
        times.append(page.evaluate(BRUSHED, place))
        page.wait_for_timeout(50)
    return times


def main() -> None:
    """Write 4 x 20,000 rows and their report, and print how long things take."""
    Path("results").mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="browser-", dir=Path("results")) as root:
        run = written(Path(root).absolute() / "made_up")
        begun = time.perf_counter()
        path = write_report(run)
        seconds = time.perf_counter() - begun
        begun = time.perf_counter()
        inside = explorer(run)
        alone = time.perf_counter() - begun
        assert inside is not None
        size, rows = path.stat().st_size / 1e6, f"{len(run.scenarios)} x {run.replications:,} rows"
        say(f"the report of {rows}: {size:.2f} MB, written in {seconds:.1f} s")
        say(
            f"the explorer in it: {max(inside.n):,} rows a scenario, {len(inside.data) / 1e6:.2f} MB, {alone:.1f} s"
        )
        with chromium() as browser:
            paints = [first_paint(browser, path) for _ in range(PAINTS)]
            say(
                f"first paint from disk {median(paints):.0f} ms, median of {PAINTS}; slowest {max(paints):.0f} ms"
            )
            page = ready(browser, path)
            shown = int(page.locator("#x-chance").get_attribute("data-n") or 0)
            times = brushes(page)
            brush = f"a brush of {shown:,} rows and {inside.factors} factors"
            say(f"{brush} {median(times):.0f} ms, median of {BRUSHES}; slowest {max(times):.0f} ms")


if __name__ == "__main__":
    main()
