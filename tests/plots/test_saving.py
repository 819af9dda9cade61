import re
import subprocess
import sys

import pytest

from simulator import plots
from simulator.errors import ResultsError


@pytest.fixture
def chart(run_of):
    return plots.ecdf(run_of({"base": {"delivered": [1.0, 2.0]}}))


def test_png_and_svg_are_what_their_endings_say(chart, tmp_path):
    assert plots.save(chart, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in plots.save(chart, str(tmp_path / "a.svg")).read_text()[:500]


def test_html_has_all_it_needs_inside(chart, tmp_path):
    page = plots.save(chart, tmp_path / "a.html").read_text()
    assert not re.findall(r"<(?:script|link)\b[^>]*\b(?:src|href)=|\bcdn\.", page)
    assert "vegaEmbed" in page


def test_another_ending_is_refused_with_those_there_are(chart, tmp_path):
    with pytest.raises(ResultsError, match=r"saved as \.png, \.svg or \.html"):
        plots.save(chart, tmp_path / "a.gif")


def test_a_place_that_cannot_be_written_is_named(chart, tmp_path):
    with pytest.raises(ResultsError, match=r"nowhere/a\.png: cannot be written"):
        plots.save(chart, tmp_path / "nowhere" / "a.png")


def test_altair_is_loaded_with_the_first_picture_and_not_before():
    code = "import sys, simulator; simulator.plots; assert 'altair' not in sys.modules, 'altair is loaded'"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there():
    assert [name for name in plots.__all__ if not callable(getattr(plots, name))] == []
    assert set(plots.__all__) <= set(dir(plots))
    with pytest.raises(AttributeError, match="no attribute 'pie'"):
        _ = plots.pie
