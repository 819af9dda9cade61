import re
from functools import partial
from xml.etree import ElementTree

import numpy as np
import pytest

from simulator import plots
from simulator.analysis.belief import belief, beliefs
from simulator.analysis.information import information, information_by_claim
from simulator.analysis.sensitivity import sensitivity
from simulator.plots import drawing
from simulator.report import renderers

PRIOR = {"normal": {"mean": 0.0, "sd": 1.0}}
LONG = "a_factor_with_a_name_of_more_than_forty_characters"


@pytest.fixture
def run(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    x, z = random.normal(size=(2, 1_000))
    columns = {"base": {LONG: x, "z": z, "claims.c": 1000.0 * x, "claims.d": 1000.0 * x}}
    claims = {"c": {"at_least": 1000.0}, "d": {"at_least": 0.0}}
    return run_of(columns, claims=claims, factors={name: {"distribution": PRIOR} for name in (LONG, "z")})


def svg(chart):
    return drawing.shortened(renderers.drawn(drawing.spec(chart)).result())


def texts(drawn):
    return [
        "".join(each.itertext()) for each in ElementTree.fromstring(drawn).iter() if each.tag.endswith("text")
    ]


def test_pictures_are_as_wide_as_asked_for_however_long_names_are(run):
    draws = {
        "belief": partial(plots.belief, belief(run, "c")),
        "belief_by_claim": partial(plots.belief, beliefs(run)),
        "information": partial(plots.information, information(run, "c")),
        "information_by_claim": partial(plots.information, information_by_claim(run)),
        "sensitivity": partial(plots.sensitivity, sensitivity(run, claim="c")),
        "exceedance": lambda width: plots.exceedance(run, claim="c", width=width),
    }
    for name, draw in draws.items():
        for width in (720, 340):
            found, _ = drawing.size(svg(draw(width)))
            assert 0.85 * width < found <= 1.02 * width, (name, width, found)


def test_a_long_name_is_whole_in_a_narrow_picture(run):
    words = texts(svg(plots.belief(belief(run, "c"), 340)))
    assert LONG in "".join(words)
    assert not any("…" in word for word in words)


def test_the_title_is_left_to_the_page(run):
    chart = plots.belief(belief(run, "c"))
    assert "What one would have to believe" not in "".join(texts(svg(chart)))
    assert drawing.caption(chart) == " ".join(chart.to_dict()["title"]["subtitle"])


def test_numbers_of_a_shape_have_one_decimal_and_words_all_they_have(run):
    found = svg(plots.belief(belief(run, "c")))
    assert not re.search(r"<[^>]*\d\.\d\d[^>]*>", found)
    movement = belief(run, "c").movements[0]
    assert any(f"{movement.median:.4g}" in word for word in texts(found))


def test_it_asks_for_no_font_by_name_and_for_no_file(run):
    found = svg(plots.exceedance(run, claim="c"))
    assert set(re.findall(r'font-family="([^"]*)"', found)) == {"sans-serif"}
    assert "href" not in found
    assert "<script" not in found


def test_a_chart_that_is_copied_plainly_is_the_same_chart(run):
    found = beliefs(run)
    checked = drawing.spec(plots.belief(found, 340))
    with drawing.unchecked():
        assert drawing.spec(plots.belief(found, 340)) == checked
