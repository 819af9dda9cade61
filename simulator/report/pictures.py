"""A chart as a picture that needs no script."""

import base64

from markupsafe import Markup, escape

from simulator.plots.look import Picture


def picture(chart: Picture, alt: str) -> Markup:
    """Return a chart as an image of SVG in the page itself; `alt` says in a sentence what is to be seen."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(chart.to_json())
    source = base64.b64encode(svg.encode()).decode()
    return Markup('<picture><img src="data:image/svg+xml;base64,{}" alt="{}"></picture>').format(
        source, escape(alt)
    )
