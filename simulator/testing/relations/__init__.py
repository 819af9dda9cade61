"""Changes to a system whose effect on its path is known: exactly, or in which direction it goes.

Exactly: `with_unconnected_store`, `with_unconnected_plant`, `with_slack`, `scaled`. In one direction, for the
systems that `serial_line` and `parallel_machines` make and for no others in general: `with_shorter_work`,
`with_larger_stores`, `with_earlier_input`, `with_one_more_line`; `first_later` compares what came of them.
For any system: `most_output`.
"""

from simulator.testing.relations.limits import MostOutput, most_output
from simulator.testing.relations.makers import Station, parallel_machines, serial_line
from simulator.testing.relations.order import first_later, nth_ticks
from simulator.testing.relations.relief import (
    with_earlier_input,
    with_larger_stores,
    with_one_more_line,
    with_shorter_work,
)
from simulator.testing.relations.scaling import scaled
from simulator.testing.relations.slack import with_slack
from simulator.testing.relations.unconnected import (
    NAME,
    rows_of_others,
    with_unconnected_plant,
    with_unconnected_store,
)

__all__ = [
    "NAME",
    "MostOutput",
    "Station",
    "first_later",
    "most_output",
    "nth_ticks",
    "parallel_machines",
    "rows_of_others",
    "scaled",
    "serial_line",
    "with_earlier_input",
    "with_larger_stores",
    "with_one_more_line",
    "with_shorter_work",
    "with_slack",
    "with_unconnected_plant",
    "with_unconnected_store",
]
