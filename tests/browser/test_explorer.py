"""What a person does in the explorer, held to what the API says of the same ranges."""

import ast
import json
import math
import re
from datetime import date

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import simulator as sim
from simulator.report.page import write_report

DATES = {"date": date}


def chosen(page: Page) -> dict:
    """Return what the explorer says in Python, once the page has drawn what was asked of it."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    call = ast.parse(page.locator("#x-python").inner_text(), mode="eval").body
    names = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    ranges = eval(compile(ast.Expression(call.args[1]), "ranges", "eval"), {"__builtins__": {}}, DATES)
    return {"ranges": ranges, **names}


def written(number: float) -> str:
    """Return a number as the explorer writes it: with four significant digits."""
    if math.isnan(number):
        return "unknown"
    rounded = float(f"{number:.4g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:g}"


def assert_as_subset(page: Page, run) -> "sim.analysis.subset.Subset":
    """See that all that is shown is what the API says of the same ranges; return that."""
    asked = chosen(page)
    met = asked["ranges"].pop(f"claims.{asked['claim']}", None)
    found = sim.subset(run, **asked)
    chance = page.locator("#x-chance")
    assert int(chance.get_attribute("data-hits")) == found.hits
    assert int(chance.get_attribute("data-n")) == found.n
    assert float(chance.get_attribute("data-low")) == pytest.approx(found.low, abs=1e-9)
    assert float(chance.get_attribute("data-high")) == pytest.approx(found.high, abs=1e-9)
    assert chance.inner_text() == (found.chance if found.enough else "too few to say")
    assert page.locator("#x-term").text_content() == (found.term if found.enough else "")
    assert page.locator("#x-count").inner_text() == f"{found.hits:,} of {found.n:,} replications"
    shown = (
        found
        if met is None
        else sim.subset(run, **asked | {"ranges": asked["ranges"] | {f"claims.{found.claim}": met}})
    )
    tiles = page.locator(".x-response")
    for tile in tiles.all():
        each = shown.of_column(tile.get_attribute("data-column"))
        unit = "" if each.unit == "1" else f" {each.unit}"
        lines = tile.locator("p").all_inner_texts()[-2:]
        assert lines == [
            f"Median {written(each.median)}{unit}",
            f"5 to 95 %: {written(each.p05)} to {written(each.p95)}; median of all {written(each.median_all)}",
        ]
    assert tiles.count() >= 3
    return found


def go(page: Page, part: str) -> None:
    """Change the part of the address after the file, until the page has heard of it."""
    heard = "new Promise((done) => addEventListener('hashchange', () => done(), { once: true }))"
    page.evaluate(f"(part) => {{ const heard = {heard}; location.hash = part; return heard; }}", part)


def drag(page: Page, factor: str, start: float, end: float) -> None:
    """Drag with the mouse over the picture of a factor, from one share of its width to another."""
    canvas = page.locator("fieldset", has=page.get_by_text(factor, exact=True)).locator("canvas")
    canvas.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    box = canvas.bounding_box()
    at = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + start * box["width"], at)
    page.mouse.down()
    page.mouse.move(box["x"] + (start + end) / 2 * box["width"], at)
    page.mouse.move(box["x"] + end * box["width"], at)
    page.mouse.up()


@pytest.mark.parametrize("claim", ["hundred", "many", "trips"])
@pytest.mark.parametrize("scenario", ["as_is", "two_lines"])
def test_dragging_gives_the_numbers_of_the_api(opened, report, run, scenario, claim):
    page = opened(report)
    page.get_by_label("Scenario", exact=True).select_option(scenario)
    page.get_by_label("Claim", exact=True).select_option(claim)
    assert assert_as_subset(page, run).n == run.replications
    drag(page, "rate", 0.2, 0.7)
    one = assert_as_subset(page, run)
    drag(page, "steel", 0.9, 0.3)
    two = assert_as_subset(page, run)
    assert [name for name, _, _ in two.ranges] == ["rate", "steel"]
    assert run.replications > one.n > two.n > 30
    assert (two.claim, two.scenario) == (claim, scenario)


@pytest.mark.parametrize("factor", ["lines", "opened"])
def test_dragging_over_whole_numbers_and_days_takes_them_whole(opened, report, run, factor):
    page = opened(report)
    drag(page, factor, 0.3, 0.6)
    found = assert_as_subset(page, run)
    (_, low, high) = found.ranges[0]
    values = run.frame("as_is")[factor]
    assert found.n == ((values >= low) & (values <= high)).sum() > 0
    every = sorted(values.unique())
    assert (low, high) == (every[1], every[-2])


@pytest.mark.parametrize(("scenario", "n", "failed"), [("as_is", 500, 71), ("two_lines", 250, 3)])
def test_of_a_run_cut_short_the_line_of_python_gives_the_numbers_shown(
    opened, short, cut_short, scenario, n, failed
):
    page = opened(short)
    page.get_by_label("Scenario", exact=True).select_option(scenario)
    every = assert_as_subset(page, cut_short)
    assert every.n == every.of == n - failed
    assert cut_short.replications == 250
    drag(page, "rate", 0.2, 0.7)
    assert n - failed > assert_as_subset(page, cut_short).n > 30
    page.get_by_label("Show only replications that meet the claim").check()
    assert_as_subset(page, cut_short)


def test_it_is_said_how_many_replications_are_here_and_how_many_failed(opened, short):
    page = opened(short)
    here, ranges = page.locator("#x-here"), page.locator("#x-ranges")
    expect(here).to_have_text(
        "Of as_is the first 500 of 600 replications are here; 71 of them failed and are left out."
    )
    expect(ranges).to_have_text(
        "No range is chosen: these are all replications that are here but 71 that failed."
    )
    page.get_by_label("Scenario", exact=True).select_option("two_lines")
    expect(here).to_have_text("Of two_lines 250 replications are here; 3 of them failed and are left out.")


def test_the_level_and_the_method_of_intervals_are_told(opened, report, run):
    text = opened(report).locator("#explorer").inner_text()
    assert f"exact ones of Clopper and Pearson at {100 * run.confidence:.4g} %" in text
    assert "narrower" not in text


def test_where_scrambles_give_the_answer_a_narrower_interval_it_is_told_why(opened, spread_evenly, tmp_path):
    page = opened(write_report(spread_evenly, tmp_path / "report.html"))
    top = sim.claim(spread_evenly, "hundred", "as_is")
    assert "32 scrambles" in top.method
    found = assert_as_subset(page, spread_evenly)
    assert found.high - found.low > top.high - top.low
    assert "At the top of the page an interval may be narrower: " in page.locator("#explorer").inner_text()


def test_the_keyboard_gives_the_numbers_of_the_api(opened, report, run):
    page = opened(report)
    slider = page.get_by_label("rate, from")
    slider.focus()
    before = slider.get_attribute("aria-valuetext")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    assert run.replications > assert_as_subset(page, run).n
    page.keyboard.press("Tab")
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    found = assert_as_subset(page, run)
    assert [name for name, _, _ in found.ranges] == ["rate"]
    assert run.replications > found.n > 30
    assert slider.get_attribute("aria-valuetext") != before
    assert re.fullmatch(r"[0-9.]+ .*/h|[0-9.]+ 1/h", slider.get_attribute("aria-valuetext"))


def test_an_end_of_a_range_cannot_pass_the_other(opened, report, run):
    page = opened(report)
    page.get_by_label("rate, to").focus()
    page.keyboard.press("Home")
    found = assert_as_subset(page, run)
    ((_, low, high),) = found.ranges
    assert low < high


def test_few_replications_are_too_few_to_say(opened, report, run):
    page = opened(report)
    page.get_by_label("rate, to").focus()
    page.keyboard.press("Home")
    found = assert_as_subset(page, run)
    assert 0 < found.n < 30
    assert not found.enough
    assert page.locator("#x-chance").inner_text() == "too few to say"


def test_only_those_that_meet_the_claim_can_be_shown(opened, report, run):
    page = opened(report)
    drag(page, "steel", 0.4, 1.0)
    before = assert_as_subset(page, run)
    medians = page.locator("#x-responses").inner_text()
    page.get_by_label("Show only replications that meet the claim").check()
    assert "claims.hundred" in chosen(page)["ranges"]
    assert assert_as_subset(page, run) == before
    assert page.locator("#x-responses").inner_text() != medians


def test_every_picture_changes_with_a_range(opened, report):
    page = opened(report)
    pictures = "[...document.querySelectorAll('.x-tile canvas')].map((each) => each.toDataURL())"
    page.locator("#x-responses").scroll_into_view_if_needed()
    page.locator("#x-factors").scroll_into_view_if_needed()
    chosen(page)
    before = page.evaluate(pictures)
    drag(page, "rate", 0.5, 1.0)
    page.locator("#x-responses").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    after = page.evaluate(pictures)
    assert len(before) == page.locator(".x-tile").count()
    assert [place for place, each in enumerate(before) if after[place] == each] == []


def test_a_press_without_a_drag_and_reset_take_ranges_away(opened, report, run):
    page = opened(report)
    drag(page, "rate", 0.2, 0.7)
    drag(page, "steel", 0.2, 0.7)
    drag(page, "rate", 0.5, 0.5)
    assert list(chosen(page)["ranges"]) == ["steel"]
    page.get_by_role("button", name="Reset").click()
    assert assert_as_subset(page, run).n == run.replications
    assert page.get_by_role("button", name="Reset").is_disabled()


def test_the_address_brings_the_same_view_back(opened, report, run):
    page = opened(report)
    page.get_by_label("Scenario", exact=True).select_option("two_lines")
    page.get_by_label("Claim", exact=True).select_option("trips")
    page.get_by_label("Show only replications that meet the claim").check()
    drag(page, "rate", 0.2, 0.7)
    drag(page, "opened", 0.3, 0.9)
    length = page.evaluate("history.length")
    expect(page).to_have_url(re.compile("range.opened="))
    assert page.evaluate("history.length") == length
    again = opened(report, at=page.evaluate("location.hash"))
    assert chosen(again) == chosen(page)
    assert again.locator("#x-answer, .x-answer").inner_text() == page.locator(".x-answer").inner_text()
    assert_as_subset(again, run)
    again.evaluate("location.hash = '#explorer?scenario=as_is&claim=many&range.steel=5000..12000'")
    expect(again.get_by_label("Claim", exact=True)).to_have_value("many")
    found = assert_as_subset(again, run)
    assert found.scenario == "as_is"
    assert [name for name, _, _ in found.ranges] == ["steel"]


OPEN = {
    "5000..Infinity": lambda steel: steel >= 5000,
    "5000..": lambda steel: steel >= 5000,
    "..5000": lambda steel: steel <= 5000,
    "-Infinity..5000": lambda steel: steel <= 5000,
    "12000..5000": lambda steel: (steel >= 5000) & (steel <= 12000),
    "5e3..9e9": lambda steel: steel >= 5000,
}
UNKNOWN = {
    "scenario=none": "there is no scenario none, shown is as_is",
    "claim=none": "there is no claim none, shown is hundred",
    "range.none=1..2": "there is no factor none that differs",
    "range.steel=0x1..5e1": "0x1..5e1 is no range of steel: write two numbers, as 1..2",
    "range.steel=5000": "5000 is no range of steel: write two numbers, as 1..2",
    "range.steel=a..b": "a..b is no range of steel: write two numbers, as 1..2",
    "range.steel=1..2": "steel is nowhere within 1..2: it is from 2000 to ",
    "more=1": "more=1 means nothing here",
}


def test_a_range_of_an_address_may_be_open_or_reversed(opened, report, run):
    page, steel = opened(report), run.frame("as_is", ["steel"])["steel"]
    for text, chosen_rows in OPEN.items():
        go(page, f"#explorer?range.steel={text}")
        assert assert_as_subset(page, run).n == chosen_rows(steel).sum() > 0, text
        assert page.locator("#x-unread").inner_text() == ""


def test_what_is_not_known_of_an_address_is_said_and_left_out(opened, report, run):
    page = opened(report)
    unread = page.get_by_role("status").and_(page.locator("#x-unread"))
    for text, said in UNKNOWN.items():
        go(page, f"#explorer?{text}")
        expect(unread).to_contain_text(f"In the address: {said}")
        found = assert_as_subset(page, run)
        assert (found.scenario, found.claim, found.n) == ("as_is", "hundred", run.replications)
        page.wait_for_timeout(300)
        assert page.evaluate("location.hash") == f"#explorer?{text}"


def test_numbers_of_an_address_between_two_steps_are_said_to_have_moved(opened, report, run):
    page = opened(report, at="#explorer?range.steel=5010..12010")
    ((_, low, high),) = assert_as_subset(page, run).ranges
    expect(page.locator("#x-unread")).to_have_text(
        f"In the address: steel 5010..12010 went to the nearest steps, {low:g} to {high:g}."
    )


def test_the_order_shown_is_the_one_there_is(opened, hostile):
    page = opened(hostile)
    order = page.get_by_label("Order", exact=True)
    expect(order).to_have_value("config")
    expect(page.locator("#x-found")).to_contain_text("fewer than 50 replications meet it, or miss it")
    assert order.locator("option[value=moved]").is_disabled()
    page.get_by_label("Find", exact=True).fill("rate")
    expect(page.locator("#x-found")).to_contain_text("fewer than 50 replications meet it, or miss it")


def test_the_tile_of_a_claim_is_marked_where_the_claim_stands(opened, report):
    page = opened(report)
    tile = page.locator("[data-column='claims.hundred']")
    expect(tile.locator(".x-claimed")).to_have_text("Claim: at least 100 items")
    tile.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    dark = tile.locator("canvas").evaluate(
        """(canvas) => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, 1);
            return [...Array(canvas.width).keys()]
                .filter((x) => data[4 * x + 3] > 200 && data[4 * x] < 80 && data[4 * x + 2] < 80)
                .map((x) => (x + 0.5) / canvas.width);
        }"""
    )
    data = json.loads(page.locator("#explorer-data").text_content())
    (column,) = (each for each in data["responses"] if each["name"] == "claims.hundred")
    assert column["whole"]
    first_met = sum(step < 100.0 for step in column["steps"])
    assert np.mean(dark) == pytest.approx(first_met / len(column["steps"]), abs=0.01)
    assert page.locator("[data-column='made'] .x-claimed").count() == 0


def test_factors_are_found_by_name_and_ordered_by_their_tie_to_the_claim(opened, report):
    page = opened(report)
    names = page.locator("#x-factors legend")
    assert names.all_inner_texts()[0] == "rate"
    page.get_by_label("Claim", exact=True).select_option("trips")
    assert names.all_inner_texts()[0] == "opened"
    page.get_by_label("Order", exact=True).select_option("config")
    assert names.all_inner_texts() == ["rate", "steel", "lines", "opened"]
    page.get_by_label("Find", exact=True).fill("EEL")
    assert [each.inner_text() for each in names.all() if each.is_visible()] == ["steel"]
    assert page.locator("#x-found").inner_text() == "1 of 4 factors"


def test_a_screen_reader_is_told_once_the_hand_rests(opened, report, run):
    page = opened(report)
    live = page.locator("#x-live")
    assert live.get_attribute("aria-live") == "polite"
    drag(page, "rate", 0.2, 0.7)
    live.filter(has_text="With rate").wait_for(state="attached")
    found = assert_as_subset(page, run)
    assert live.text_content().startswith(
        f"{found.chance}, {found.term}, {found.hits} of {found.n} replications. With rate "
    )
