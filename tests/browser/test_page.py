"""What the report is as a page: quiet, closed, inert, accessible, fit for a phone and for paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import HOSTILE

WIDTHS = {"desktop": 1200, "phone": 360}
SHEET = 703
"""Pixels between the margins of a sheet of A4, as the style has them."""
GRAVE = ("serious", "critical")


def test_the_page_says_no_error_and_asks_for_nothing_but_itself(opened, report, heard):
    page = opened(report)
    for section in page.locator("section").all():
        section.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert heard.errors == []
    assert [url for url in heard.requests if not url.startswith("data:")] == [report.as_uri()]


def test_the_page_lets_nothing_be_fetched(opened, report, heard):
    page = opened(report)
    refused = page.evaluate(
        "fetch('http://127.0.0.1:9/').then(() => 'let through', (error) => error.name)",
    )
    assert refused == "TypeError"
    assert any("Content Security Policy" in each for each in heard.errors), heard.errors


@pytest.mark.parametrize(
    "inject",
    [
        "const it = document.createElement('script'); it.textContent = 'hacked = 1'; document.body.append(it)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,x\" onerror=\"hacked = 1\">')",
        "const it = document.createElement('a'); it.href = 'javascript:hacked = 1'; it.click()",
    ],
    ids=["script", "attribute", "address"],
)
def test_the_page_carries_out_no_script_but_its_own(opened, report, heard, inject):
    page = opened(report)
    page.evaluate(f"() => {{ {inject} }}")
    page.wait_for_timeout(300)
    assert page.evaluate("typeof hacked") == "undefined"
    assert any("Content Security Policy" in each for each in heard.errors), heard.errors


def test_markup_in_a_config_stays_text(opened, hostile, heard):
    page = opened(
        hostile, at="#explorer?scenario=<script>&claim=__proto__&range.rate=a..b&range.constructor=1..2"
    )
    page.wait_for_timeout(300)
    assert page.locator("h1").inner_text() == next(iter(HOSTILE.values()))
    assert page.title().startswith("</script><script>")
    assert page.evaluate("typeof hacked") == "undefined"
    assert (
        page.locator(
            "main [onerror], main [onload], main [onfocus], main svg, a[href^='javascript' i]"
        ).count()
        == 0
    )
    assert page.locator("#x-python").inner_text().startswith("sim.subset(run, {}")
    assert heard.errors == []
    assert [url for url in heard.requests if not url.startswith("data:")] == [
        hostile.as_uri() + url.rpartition("report.html")[2] for url in heard.requests[:1]
    ]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_axe_finds_no_serious_fault(opened, report, width):
    page = opened(report, width=width, at="#explorer?range.rate=0.5..1")
    page.locator("#x-live").filter(has_text="replications").wait_for(state="attached")
    grave = [each for each in Axe().run(page).response["violations"] if each["impact"] in GRAVE]
    told = [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in grave]
    assert told == []


def test_axe_would_find_a_serious_fault(opened, report):
    page = opened(report)
    page.evaluate(
        "document.querySelectorAll('#x-factors input').forEach((input) => input.removeAttribute('aria-label'))"
    )
    grave = {each["id"] for each in Axe().run(page).response["violations"] if each["impact"] in GRAVE}
    assert "label" in grave


def test_a_phone_needs_no_sideways_scrolling(opened, report):
    page = opened(report, width=360)
    wide = page.evaluate(
        """() => {
            const scrolls = (each) =>
                each && (getComputedStyle(each).overflowX === 'auto' || scrolls(each.parentElement));
            return [...document.querySelectorAll('main *')]
                .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(each.parentElement))
                .map((each) => each.outerHTML.slice(0, 90));
        }"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


STOPS = """() => [...document.querySelectorAll('.sideways, pre[role]')]
    .filter((each) => each.checkVisibility())
    .map((each) => [
        each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight, each.tabIndex === 0,
    ])"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_table_is_a_stop_of_the_keyboard_only_where_it_scrolls(opened, report, width):
    page = opened(report, width=width)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    page.wait_for_timeout(200)
    found = page.evaluate(STOPS)
    assert all(scrolls == stops for scrolls, stops in found)
    assert {stops for _, stops in found} == {True, False}
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_timeout(200)
    assert all(scrolls == stops for scrolls, stops in page.evaluate(STOPS))


def test_without_scripts_every_table_is_a_stop_of_the_keyboard(opened, report):
    tables = opened(report, scripts=False).locator(".sideways")
    assert tables.count() > 5
    assert {each.get_attribute("tabindex") for each in tables.all()} == {"0"}


def test_the_explorer_is_two_stops_of_the_keyboard_away(opened, report):
    page = opened(report)
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the explorer"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "x-scenario"


def test_the_page_can_be_read_without_scripts(opened, report, heard):
    page = opened(report, scripts=False)
    assert "The explorer needs scripts" in page.locator("#explorer").inner_text()
    assert not page.locator("#explorer-tool").is_visible()
    assert re.search(r"\d %", page.locator("main section").first.inner_text())
    assert heard.errors == []


def test_nothing_is_cut_off_on_a_sheet(opened, report):
    page = opened(report, width=SHEET)
    page.emulate_media(media="print")
    wide = "[...document.querySelectorAll('main *')].map((each) => each.getBoundingClientRect().right)"
    assert 0.5 * SHEET < max(page.evaluate(wide)) <= SHEET + 0.5


def test_the_page_can_be_printed(opened, report):
    printed = opened(report).pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 2


def test_every_table_is_printed_though_it_is_shut_and_no_script_runs(opened, report):
    page = opened(report, width=SHEET, scripts=False)
    tables = page.locator("main > section:not(.explorer) table").all()
    shut = [each for each in tables if not each.is_visible()]
    assert len(shut) >= 5
    page.emulate_media(media="print")
    assert [each.inner_text()[:60] for each in tables if not each.is_visible()] == []
    assert not page.locator("details:has(> pre) pre").is_visible()


def test_on_a_phone_the_answer_comes_before_the_contents(opened, report):
    page = opened(report, width=360)
    answer, contents = page.locator("#answer").bounding_box(), page.locator(".contents").bounding_box()
    assert answer["y"] + answer["height"] <= contents["y"]
    page = opened(report)
    assert page.locator(".contents").bounding_box()["x"] < page.locator("#answer").bounding_box()["x"]


def test_words_of_claims_take_few_lines(opened, report):
    page = opened(report, width=360)
    column = page.locator("#claims th", has_text="in words").first
    assert column.bounding_box()["width"] >= 115


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_title_that_never_ends_leaves_room_for_the_answer(opened, report, width):
    page = opened(report, width=width)
    page.locator("h1").evaluate("(title) => { title.textContent = 'shells and '.repeat(200) }")
    assert page.locator("h1").bounding_box()["height"] < 250


def test_a_number_and_its_sign_stand_in_one_line(opened, report):
    texts = (
        opened(report, width=360).locator("main p:not(.explorer *), figcaption, .notes li").all_inner_texts()
    )
    shown = [each for each in texts if re.search("\\d\N{NO-BREAK SPACE}%", each)]
    assert len(shown) >= 3
    assert [each for each in texts if re.search("\\d %", each)] == []


def test_a_command_is_broken_between_its_words_alone(opened, report):
    page = opened(report, width=360)
    commands = page.locator(".missing code")
    assert "--question" in commands.first.text_content()
    broken = """(codes) => codes.flatMap((code) => {
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), found = [];
        while (walker.nextNode()) {
            for (const option of walker.currentNode.data.matchAll(/--[a-z]+/g)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, option.index);
                range.setEnd(walker.currentNode, option.index + option[0].length);
                if (range.getClientRects().length > 1) found.push(option[0]);
            }
        }
        return found;
    })"""
    assert commands.evaluate_all(broken) == []
