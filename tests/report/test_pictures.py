import base64
import re

from simulator.plots.look import Picture, axis, data, inner
from simulator.report.pictures import NARROW, WIDE, picture


def drawn(widths: list[int]):
    import altair as alt

    def draw(width: int) -> Picture:
        widths.append(width)
        base = alt.Chart(data([{"a": "</script><script>alert(1)</script>", "b": width}]))
        return base.mark_bar().encode(x=alt.X("b:Q", axis=axis("")), y="a:N").properties(width=inner(width))

    return draw


def sources(html: str) -> list[str]:
    found = re.findall(r'(?:src|srcset)="data:image/svg\+xml;base64,([^"]*)"', html)
    return [base64.b64decode(each).decode() for each in found]


def test_a_picture_is_drawn_for_a_phone_and_for_a_desk():
    widths: list[int] = []
    html = picture(drawn(widths), "A bar.").__html__()
    assert widths == [NARROW, WIDE]
    narrow, wide = (re.search(r'<svg[^>]*width="(\d+)', each) for each in sources(html))
    assert int(narrow[1]) < int(wide[1])
    assert html.index("<source media=") < html.index("<img")


def test_a_picture_loads_nothing_and_runs_nothing():
    html = picture(drawn([]), "A bar.").__html__()
    assert "<script" not in html
    assert not re.findall(r"(?:src|srcset|href)=\"(?!data:)", html)
    assert all("<script" not in each for each in sources(html))


def test_what_is_said_of_a_picture_is_text_and_no_markup():
    html = picture(drawn([]), '"><script>alert(1)</script>').__html__()
    assert "<script" not in html
    assert 'alt="&#34;&gt;&lt;script&gt;' in html
