"""The page is tried on a workshop that runs in milliseconds, and read as a browser would."""

import base64
import hashlib
import html as html_text
import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup

import simulator as sim
from simulator import config
from simulator.errors import ResultsError
from simulator.report.page import page
from simulator.report.sections import common
from simulator.studies.chance import chance
from simulator.studies.threshold import threshold
from tests.cli.conftest import WORKSHOP
from tests.report.reading import Tags

NASTY = "</title></style><script>alert(1)</script>\"'<img src=x onerror=alert(2)>"
LINKED = "admiralty_grade: C3, url: 'https://example.org/shells?a=1&b=2'"


def made(folder, text=WORKSHOP, replications=120):
    """A run of a config, in a folder of its own."""
    (folder / "workshop.yaml").write_text(text, encoding="utf-8")
    experiment = config.load(folder / "workshop.yaml")
    return sim.run(experiment, replications=replications, executor="serial", results=folder / "results")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return made(tmp_path_factory.mktemp("report"), WORKSHOP.replace("admiralty_grade: C3", LINKED))


@pytest.fixture(scope="module")
def html(run):
    return page(run).html


@pytest.fixture(scope="module")
def tags(html):
    return Tags(html)


@pytest.fixture
def unpainted(monkeypatch):
    """Leaves the pictures blank, which take most of the time."""
    monkeypatch.setattr(common, "picture", lambda draw, alt: Markup('<img src="data:," alt="">'))
    monkeypatch.setattr(common, "caption", lambda draw: "")


def test_the_first_screen_says_the_question_the_number_the_interval_the_term_and_the_confidence(run, tags):
    found = sim.claim(run, "hundred")
    assert tags.headings[0] == (1, "Can the workshop make 100 shells in a week?")
    first = tags.text.partition("Every claim")[2].partition("How likely each amount")[0]
    for said in (found.chance, found.term, "confidence", "were made from 2024-01-01 to 2024-01-07"):
        assert said in first


def test_every_section_is_there_in_order_under_headings_that_skip_no_level(tags):
    titles = [text for level, text in tags.headings if level == 2]
    assert titles == [
        "Contents",
        "The answer",
        "Every claim",
        "Made, available, delivered",
        "Week by week",
        "What held production back",
        "Which factors matter",
        "What you would have to believe",
        "What would be worth knowing",
        "Is it any good: back-tests",
        "Every factor",
        "Assumptions without evidence",
        "Observed, beside the model",
        "The model, by STRESS-DES",
        "Explorer",
        "How it was made, and how to make it again",
    ]
    levels = [level for level, _ in tags.headings]
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))


def test_every_link_of_the_contents_leads_to_a_section(tags):
    ids = {attributes["id"] for _, attributes in tags.tags if "id" in attributes}
    inner = [each["href"] for each in tags.of("a") if each["href"].startswith("#")]
    assert len(inner) == 17
    assert {href[1:] for href in inner} <= ids


def test_nothing_is_fetched_and_only_the_page_s_own_style_and_script_are_let_in(html, tags):
    (policy,) = (each["content"] for each in tags.of("meta") if "http-equiv" in each)
    assert policy.startswith("default-src 'none'; img-src data:; ")
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    for tag, attributes in tags.tags:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        for name in ("src", "srcset"):
            assert attributes.get(name, "data:").startswith("data:")
        assert tag not in ("link", "iframe", "object", "embed", "form")


def test_every_picture_has_a_text_and_numbers_beside_it(tags):
    pictures = tags.of("img")
    assert len(pictures) >= 8
    assert all(len(each["alt"]) > 20 for each in pictures)
    assert len(tags.of("table")) >= len(pictures)


def test_every_table_has_a_caption_and_its_headings_say_what_they_head(tags):
    tables = tags.of("table")
    assert len(tags.of("caption")) == len(tables)
    assert all(each.get("scope") in ("row", "col", "rowgroup") for each in tags.of("th"))


def test_a_factor_is_shown_with_prior_posterior_grade_and_a_link_that_tells_nobody(tags):
    (link,) = {tuple(sorted(each.items())) for each in tags.of("a") if each["href"].startswith("http")}
    assert dict(link) == {"href": "https://example.org/shells?a=1&b=2", "rel": "noreferrer"}
    row = tags.text.partition("Factors, with what they rest on")[2]
    assert "rate sets plants.roles.works.rate uniform low 0.4/h, high 1.2/h" in row
    assert "P01 (C3): shells made" in row
    assert "good" in tags.text.partition("What is assumed")[2].partition("neither evidence nor")[0]


def test_an_address_that_is_no_page_is_no_link(tmp_path, unpainted):
    text = WORKSHOP.replace("admiralty_grade: C3", "admiralty_grade: C3, url: 'javascript:alert(1)'")
    found = Tags(page(made(tmp_path, text, replications=8)).html)
    assert [each for each in found.of("a") if not each["href"].startswith("#")] == []


def test_text_of_a_config_is_inert_wherever_it_stands(tmp_path, unpainted):
    quoted = "'" + NASTY.replace("'", "''") + "'"
    text = WORKSHOP.replace("Can the workshop make 100 shells in a week?", quoted)
    text = text.replace("between two tons and twenty", quoted).replace("a newspaper", quoted)
    text = text.replace("quantity: shells made", f"quantity: {quoted}")
    found = page(made(tmp_path, text, replications=8)).html
    plain = Tags(found)
    assert plain.headings[0] == (1, NASTY)
    assert plain.text.count(NASTY) >= 3
    assert len(plain.of("script")) == 2
    assert all("onerror" not in attributes for _, attributes in plain.tags)


def test_characters_that_turn_the_direction_of_text_are_shown_and_not_obeyed(tmp_path, unpainted):
    turning = "Can \u202eredro\u202c it \u2067turn\u2069?"
    text = WORKSHOP.replace("Can the workshop make 100 shells in a week?", f'"{turning}"')
    text = text.replace("a newspaper", '"a \u202enewspaper"')
    found = page(made(tmp_path, text, replications=8)).html
    shown, _, document = found.partition("The whole document")
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "Can \\u202eredro\\u202c it \\u2067turn\\u2069?" in Tags(shown).headings[0][1]
    document = html_text.unescape(document.partition("<code>")[2].partition("</code>")[0])
    assert yaml.safe_load(document)["title"] == turning


def test_names_of_a_config_keep_their_direction_to_themselves(tags):
    assert len(tags.of("bdi")) > 100
    assert tags.of("h1") == [{"dir": "auto"}]


def test_the_same_run_gives_the_same_page(run, html):
    again = page(sim.open_results(run.folder)).html
    assert hashlib.sha256(again.encode()).hexdigest() == hashlib.sha256(html.encode()).hexdigest()


def test_what_was_not_asked_is_named_with_its_command_and_there_once_it_was_asked(tmp_path, unpainted):
    run = made(tmp_path)
    commands = [each.command for each in page(run).missing]
    assert [each.split("--question ")[-1] for each in commands[:3]] == ["threshold", "claim", "bottleneck"]
    assert all(str(Path(run.folder).name) in each for each in commands[:3])
    threshold(run, executor="serial", replications=16)
    chance(run, executor="serial", pairs=64)
    later = page(run)
    text = Tags(later.html).text
    assert threshold(run, executor="serial", replications=16).sentence in text
    assert "bottleneck" in [each.command.split("--question ")[-1] for each in later.missing]
    assert "threshold" not in [each.command.split("--question ")[-1] for each in later.missing]


def test_a_study_that_other_sources_made_is_left_out(tmp_path, unpainted):
    run = made(tmp_path)
    threshold(run, executor="serial", replications=16)
    other = replace(run, manifest=replace(run.manifest, code="0" * 32))
    missing = page(other).missing
    assert "was made by other sources than the rows of the run" in missing[0].what


def test_a_run_without_claims_still_shows_what_was_made(tmp_path, unpainted):
    text = re.sub(r"^claims:\n(?:  .*\n)+", "", WORKSHOP, flags=re.MULTILINE)
    text = text.replace("precision: {half_width: 0.1, at_most: 400}\n", "")
    found = Tags(page(made(tmp_path, text)).html)
    assert "The config has no claims: there is nothing to answer." in found.text
    assert "Every claim" not in found.text
    assert len(found.of("img")) >= 2


def test_a_run_without_replications_is_refused(run):
    empty = replace(run, manifest=replace(run.manifest, blocks=(), status="running"))
    with pytest.raises(
        ResultsError, match="has no replications of each scenario yet; run the experiment first"
    ):
        page(empty)


def test_a_damaged_file_is_refused_and_the_report_before_stays(tmp_path, unpainted):
    run = made(tmp_path, replications=8)
    written = sim.report(run)
    assert written == Path(run.folder) / "report.html"
    before = written.read_bytes()
    rows = Path(run.folder) / run.manifest.blocks[0].runs.path
    rows.write_bytes(rows.read_bytes()[:-8] + b"damaged!")
    with pytest.raises(ResultsError, match="damaged"):
        sim.report(sim.open_results(run.folder))
    assert written.read_bytes() == before


def test_the_report_is_called_by_its_name_and_written_where_it_is_wanted(run, tmp_path, unpainted):
    written = sim.report(run, tmp_path / "answer.html")
    assert written == tmp_path / "answer.html"
    assert written.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    deeper = tmp_path / "none" / "sub" / "answer.HTM"
    assert sim.report(run, deeper).read_bytes() == written.read_bytes()


def test_a_place_that_is_no_page_is_refused_and_left_as_it_is(run, tmp_path, unpainted):
    config_file = tmp_path / "keep.yaml"
    config_file.write_text("title: mine\n")
    (tmp_path / "device.html").symlink_to("/dev/null")
    for place in (config_file, tmp_path, tmp_path / "page", "", tmp_path / "device.html"):
        with pytest.raises(ResultsError, match="cannot be written"):
            sim.report(run, place)
    assert config_file.read_text() == "title: mine\n"
    assert (tmp_path / "device.html").is_symlink()
    assert len(list(tmp_path.iterdir())) == 2
