"""How what replications cost is printed."""

from collections.abc import Iterable, Mapping
from statistics import median
from typing import TYPE_CHECKING

from simulator.cli.tables import Column, Row, counted, duration, print_table, print_text

if TYPE_CHECKING:
    from simulator.runner.benchmark import Grown, Growth, Memory, Parallel, SideBySide


def print_machine(facts: Mapping[str, str | int | float], config: str, scenario: str) -> None:
    """Print what the machine is, and what is measured on it."""
    print(f"{config}, scenario {scenario}\n\nMACHINE\n")
    print_text(
        f"{facts['processor']}, {counted(int(facts['processors']), 'processor')}, load {facts['load']} when "
        f"this began; Python {facts['python']}, numba {facts['numba']}, NumPy {facts['numpy']}. "
        f"Calibration: 5,000,000 steps of a loop in plain Python {float(facts['loop_seconds']):.3f} s, "
        f"200,000 timeouts in SimPy {float(facts['timeouts_seconds']):.3f} s."
    )


def print_side_by_side(measured: "SideBySide") -> None:
    """Print what the same replications took on each engine."""
    count = len(measured.engines[0].costs)
    print(f"\nREPLICATIONS: means of {counted(count, 'replication')}, milliseconds of processor time\n")
    stages = "describe_s", "tables_s", "unfold_s", "measure_s", "whole_s"
    rows: list[Row] = [
        (each.engine, *(f"{each.mean_ms(stage):,.2f}" for stage in stages)) for each in measured.engines
    ]
    headings = "describe\nand realise", "tables", "simulate", "measure", "whole"
    _print("engine", headings, rows)
    print()
    rows = [
        (
            each.engine,
            f"{1e3 / each.mean_ms('whole_s'):,.2f}",
            f"{each.per_second('bound_events'):,.0f}",
            f"{each.per_second('bound_events', 'path_s'):,.0f}",
            f"{each.per_second('bound_events', 'simulate_s'):,.0f}",
            f"{each.per_second('rows'):,.0f}",
        )
        for each in measured.engines
    ]
    headings = (
        "replications",
        "bound events",
        "bound events,\npath and responses",
        "bound events,\npath",
        "rows",
    )
    _print("a second", headings, rows)
    print()
    events, rows_ = (
        sum(getattr(each, name) for each in measured.engines[0].costs) / count
        for name in ("bound_events", "rows")
    )
    print_text(f"A replication has {events:,.0f} bound events and {rows_:,.0f} rows on average.")
    if measured.ratio is not None:
        print_text(
            f"The reference engine takes {measured.ratio:,.1f} times as long as the compiled one, path and "
            f"responses alone {measured.path_ratio:,.1f} times: medians of the pairs."
        )
    for each in measured.engines:
        code = (
            "" if each.compiled is None else ", its code compiled" if each.compiled else ", its code cached"
        )
        print_text(f"The first replication on the {each.engine} engine took {duration(each.first_s)}{code}.")


def print_memory(resident: "Memory | None") -> None:
    """Print how much memory a process has after so many replications."""
    print("\nMEMORY of a process with the compiled engine, resident\n")
    if resident is None:
        print("This system does not tell.")
        return
    base = resident.resident_mib[0]
    rows: list[Row] = [
        (f"{number:,}", f"{mib:,.1f}", f"{mib - base:,.1f}")
        for number, mib in zip(resident.replications, resident.resident_mib, strict=True)
    ]
    _print("after replications", ("MiB", "MiB above imports"), rows)
    print_text(
        f"The same {resident.different} replications again and again. A worker keeps what the largest of them "
        "needed; what it has after more rounds of them beyond that would be lost."
    )


def print_growth(grown: "Growth") -> None:
    """Print how the cost of a bound event grows with plants and with time."""
    print("\nGROWTH: nanoseconds of processor time a bound event, factors at their medians\n")
    base = grown.base
    rows: list[Row] = [
        "with plants, each with the same work",
        *(_grown(each, grown) for each in grown.sizes),
        "with time",
        *(_grown(each, grown) for each in grown.times),
    ]
    headings = (
        "lines",
        "days",
        "bound events\na replication",
        "rows\nan event",
        "tables",
        "simulate",
        "measure",
        "path and\nresponses",
        f"of that at\n{base.lines:,} lines",
    )
    _print("plants", headings, rows)


def _grown(each: "Grown", grown: "Growth") -> Row:
    costs = each.tables_ns, each.unfold_ns, each.measure_ns, each.whole_ns
    return (
        f"{each.plants:,}",
        f"{each.lines:,}",
        f"{each.days:,}",
        f"{each.bound_events:,}",
        f"{each.rows_an_event:.2f}",
        *(f"{cost:,.0f}" for cost in costs),
        f"{grown.ratio(each):.2f}",
    )


def print_parallel(pairs: "Iterable[Parallel]") -> None:
    """Print what two workers do beside two unrelated copies of one."""
    print("\nTWO WORKERS beside two unrelated copies of one: replications a second, medians of rounds\n")
    rows: list[Row] = [
        (
            "computed and written" if each.writing else "computed",
            f"{len(each.workers)}",
            f"{each.replications:,}",
            f"{median(each.workers):,.2f}",
            f"{median(each.copies):,.2f}",
            f"{each.efficiency:.3f}",
        )
        for each in pairs
    ]
    _print("blocks", ("rounds", "replications\na round", "workers", "copies", "ratio"), rows)


def _print(first: str, headings: Iterable[str], rows: list[Row]) -> None:
    print_table((Column(first), *(Column(each, right=True) for each in headings)), rows)
