"""What a system is and what holds in it, as flat arrays: one record a part, numbered as in the System."""

from typing import Annotated, Any, Final, NamedTuple, get_type_hints

import numba
import numpy as np
import numpy.typing as npt

from simulator.path import ROW

FULL_SPEED: Final = 1000
"""Thousandths of a tick of work done in a tick, where power is not short (clause 15)."""

SHED, SLOW, ROTATE = 0, 1, 2
"""Codes of what a grid does when its supply is short."""

WORK, FLOW, REJECT, FAILURE, REPAIR = range(5)
"""Streams of a line; stream `STREAMS_OF_A_LINE * line + kind`."""
STREAMS_OF_A_LINE: Final = 5


CACHE_LINE = 64
"""Bytes that a processor fetches at once."""


def _record(**fields: str) -> np.dtype[np.void]:
    """Return the type of a record whose fields are given by type, names in one string."""
    return np.dtype([(name, kind) for kind, names in fields.items() for name in names.split()], align=True)


CLOCK = _record(
    u8="seed replication",
    i8=(
        "now end_tick since_year_one bound_events row_count entry_count arrival_count free_count "
        "room_grew somebody_asks month walk_count candidate_count candidate_at next_addition most_cargo parts "
        # the first slot of each kind of event, in the order in which events of one instant are carried out
        "deliveries disruptions additions vehicles_due months curtailments rotations calendars "
        "commissionings start comings"
    ),
)
LINE = _record(
    # what a run touches when it begins or ends stands together
    i1="has_work has_flow starves lacks_room lacks_power",
    i8=(
        "grid feeder recipe speed load_kw left to_failure run_began since connected_since "
        "lot lot_number good priority shed_at failed_since region repairs_ended commissioned "
        "first_recipe recipes first_ramp ramps"
    ),
    f8="reject failure_mean_h",
)
RECIPE = _record(i8="ticks load_kw output_shelf output first_input inputs")
INPUT = _record(i8="shelf material amount")
RAMP = _record(i8="until per_cent")
SHELF = _record(i8="stock reserved capacity floor first_link links")
REGION = _record(i8="limited free")
GRID = _record(
    f8="unpowered_share curtailed_by",
    i8=(
        "policy first_step steps next_step first_feeder feeders first_line lines period next_period "
        "every lasting depth curtailments rotation rotation_start "
        "monthly_kw supply_kw load_kw speed has_freed wanted_kw "
        "supply_written drawn_written speed_written"
    ),
)
FEEDER = _record(i8="dark first_line lines")
CALENDAR = _record(i8="first_stretch stretches next_change is_open first_line lines")
STRETCH = _record(i8="opens closes open_before")
COMMISSIONING = _record(i8="tick first_line lines")
SUPPLIER = _record(
    f8="share_of_use",
    i8=(
        "material shelf has_share first first_dated dated next_dated every quantity number first_user users "
        "has_monthly disruption_every disruption_lasting disruptions disrupted"
    ),
)
USER = _record(f8="needed ticks", i8="calendar commissioned")
ADDITION = _record(i8="tick store material shelf amount position")
STEP = _record(i8="tick amount")
LINK = _record(
    i8=(
        "to_delivered load minimum loads_of first first_cargo cargo first_law laws transit "
        "number waiting_since waiting_number"
    )
)
CARGO = _record(i8="material from_shelf to_shelf")
LAW_FROM = _record(i8="tick stream")
STREAM = _record(u8="word", i8="block", i4="law first_param params")
POOL = _record(i8="sender number amount")
ARRIVAL = _record(i8="tick what position number amount shelf material place")
NODE = _record(i8="list next previous line priority tick need")
LIST = _record(i8="head tail least seen")
WALK = _record(i8="list node")
ENTRY = _record(i8="first second third")
INT = np.dtype(np.int64)
BYTE = np.dtype(np.uint8)
FLOAT = np.dtype(np.float64)

Records = Any
"""An array of records whose fields are attributes."""
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Fields = dict[str, Any]
"""Some of the tables by name."""


class Tables(NamedTuple):
    """All that a kernel reads and writes; what holds changes in place. Every array has one dimension."""

    clock: Annotated[Records, CLOCK]
    """One record."""
    lines: Annotated[Records, LINE]
    bars: Annotated[Ints, INT]
    """What keeps each line from running; apart, as most lines that are looked at need no more."""
    states: Annotated[Ints, INT]
    """The state of each line that was written last."""
    recipes: Annotated[Records, RECIPE]
    """Line by line."""
    inputs: Annotated[Records, INPUT]
    """Recipe by recipe; those that are alike share theirs, as ramps do."""
    ramps: Annotated[Records, RAMP]
    shelves: Annotated[Records, SHELF]
    shelf_links: Annotated[Ints, INT]
    """Links that take from a shelf, shelf by shelf."""
    regions: Annotated[Records, REGION]
    grids: Annotated[Records, GRID]
    steps: Annotated[Records, STEP]
    """Supply by month, grid by grid."""
    feeders: Annotated[Records, FEEDER]
    """Grid by grid."""
    feeder_lines: Annotated[Ints, INT]
    calendars: Annotated[Records, CALENDAR]
    stretches: Annotated[Records, STRETCH]
    calendar_lines: Annotated[Ints, INT]
    commissionings: Annotated[Records, COMMISSIONING]
    """By tick."""
    commissioned_lines: Annotated[Ints, INT]
    suppliers: Annotated[Records, SUPPLIER]
    dated: Annotated[Records, STEP]
    """Dated deliveries, supplier by supplier."""
    monthly: Annotated[Floats, FLOAT]
    """Twelve factors on its quantities for every supplier."""
    users: Annotated[Records, USER]
    """Lines that use what a supplier brings, where it brings a share of that."""
    additions: Annotated[Records, ADDITION]
    """By tick."""
    month_starts: Annotated[Records, STEP]
    links: Annotated[Records, LINK]
    cargo: Annotated[Records, CARGO]
    """Materials, link by link."""
    laws: Annotated[Records, LAW_FROM]
    """Laws of the time between vehicles, link by link."""
    streams: Annotated[Records, STREAM]
    uniforms: Annotated[Floats, FLOAT]
    """Of every stream the four of the block last made."""
    params: Annotated[Floats, FLOAT]
    pool: Annotated[Records, POOL]
    """Lots in flow and vehicles on their way; who sent one is its line, or its link numbered on after all lines."""
    pool_cargo: Annotated[Ints, INT]
    """Amounts in a vehicle, as many for each place of the pool as the longest link has materials."""
    free: Annotated[Ints, INT]
    """Places of the pool that are free."""
    arrivals: Annotated[Records, ARRIVAL]
    """What waits to be received, in rank order."""
    keys: Annotated[Ints, INT]
    """The calendar: the key of every slot, then the least of every block of slots, and so on to one number."""
    levels: Annotated[Ints, INT]
    """Where each level of `keys` begins."""
    marked: Annotated[Ints, INT]
    """Who asks for something at this instant; as many places for each mark as there are parts."""
    mark_counts: Annotated[Ints, INT]
    is_marked: Annotated[Ints, BYTE]
    nodes: Annotated[Records, NODE]
    """Places in waiting lists: of a line for room, for power, for a crew, and for the inputs of each recipe."""
    lists: Annotated[Records, LIST]
    """Waiting lists in rank order: by shelf for stock, by shelf for room, by grid, by region."""
    walks: Annotated[Records, WALK]
    candidates: Annotated[Records, ENTRY]
    """Scratch: who asks for the first time, in rank order: two numbers of rank, then the part's own."""
    entries: Annotated[Records, ENTRY]
    """Rows of this instant: kind, entity and material as one number that sorts as they do; amount."""
    spare: Annotated[Records, ENTRY]
    """Scratch of sorting."""
    rows: Annotated[Records, ROW]
    """The path so far."""
    directory: Ints
    """Address and length of every array above."""

    @property
    def address(self) -> int:
        """Where the directory is."""
        return address_of(self.directory)


KINDS: Final[dict[str, np.dtype[Any]]] = {
    name: hint.__metadata__[0]
    for name, hint in get_type_hints(Tables, include_extras=True).items()
    if hasattr(hint, "__metadata__")
}
"""What each table is an array of."""


def bound(fields: Fields) -> Tables:
    """Return tables of these arrays, with their directory."""
    directory = [number for name in KINDS for number in (address_of(fields[name]), len(fields[name]))]
    tables = {name: fields[name] for name in KINDS}
    if numba.config.DISABLE_JIT:  # fields are then attributes of the array, which costs time with every look
        tables = {
            name: table.view(np.recarray) if table.dtype.names else table for name, table in tables.items()
        }
    return Tables(**tables, directory=np.array(directory, dtype=np.int64))


def address_of(array: Records) -> int:
    """Return where an array lies in memory."""
    return int(array.ctypes.data)
