"""How what to expect of an experiment is printed."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simulator.cli.factors import support
from simulator.cli.tables import Column, Row, counted, duration, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.predictive import PriorPredictive
    from simulator.model.experiment import Experiment
    from simulator.runner.expectations import Expectations
    from simulator.runner.sizes import Size


def print_sizes(config: str, experiment: "Experiment", sizes: "tuple[Size, ...]") -> None:
    """Print that a config is valid, how large it is, what rounding changed in it; all at once."""
    print(f"{config}: valid\n{experiment.title}\n")
    print("SIZE, with all factors at their medians\n")
    rows = [
        (each.scenario, f"{each.plants:,}", f"{each.lines:,}", f"{each.expected_events:,}") for each in sizes
    ]
    headings = "plants", "lines that\nmake something", "estimated bound events\na replication"
    print_table((Column("scenario"), *(Column(each, right=True) for each in headings)), rows)
    warned: dict[str, list[str]] = {}
    for each in sizes:
        for warning in each.system.recipe_warnings:
            warned.setdefault(warning, []).append(each.scenario)
    if warned:
        print("\nROUNDING of inputs to whole units\n")
    for warning, scenarios in warned.items():
        print_text(warning if len(scenarios) == len(sizes) else f"{warning} (in {', '.join(scenarios)})")
    print(flush=True)


def print_expectations(expected: "Expectations") -> None:
    """Print what else there is to expect of a config."""
    experiment = expected.experiment
    print("FACTORS\n")
    none = "There are none: replications differ by chance alone."
    print_text(support(experiment) if experiment.factors else none)
    print("\nTIME, with all factors at their medians\n")
    _print_time(expected)
    print(
        "\nTHE MOST THAT COULD BE MADE on average, by the fluid bound, beside what one replication makes and"
    )
    print("delivers, with all factors at their medians\n")
    _print_bounds(expected)
    _print_predictive(expected)
    for name, levels in expected.levels.items():
        _print_sweep(name, levels, expected)
    print()


def _print_time(expected: "Expectations") -> None:
    if not expected.medians:
        print(_unsimulated(expected))
        return
    rows = [(each.scenario, f"{each.bound_events:,}", duration(each.seconds)) for each in expected.medians]
    headings = "bound events\nof replication 0", "processor time"
    print_table((Column("scenario"), *(Column(each, right=True) for each in headings)), rows)
    first, last = expected.rounds[0], expected.rounds[-1]
    took = f"{first:,} replications of {counted(len(rows), 'scenario')} take about "
    took += f"{duration(expected.seconds(first))} on {counted(expected.workers, 'processor')}"
    if last > first:
        took += f"; the run ends after {last:,}, {duration(expected.seconds(last))}, at the latest"
    print()
    print_text(f"{took}. Starting the processes takes some seconds more.")


def _unsimulated(expected: "Expectations") -> str:
    from simulator.runner.expectations import MOST_EVENTS

    return f"Nothing was simulated: about {expected.most_events:,} bound events a replication, above {MOST_EVENTS:,}."


def _print_bounds(expected: "Expectations") -> None:
    from simulator.analysis.figures import figure

    columns = {each.scenario: each.columns for each in expected.medians}
    rows: list[Row] = []
    for size, bound in zip(expected.sizes, expected.bounds, strict=True):
        rows.append(size.scenario)
        for each in bound.bounds:
            limits = each.capacity, each.material, each.power, each.together
            limited = ("no limit" if math.isinf(limit) else figure(limit) for limit in limits)
            simulated = columns.get(size.scenario, {})
            made, delivered = (_of_product(simulated, kind, each.product) for kind in ("made", "delivered"))
            rows.append((each.product, *limited, made, delivered))
    headings = "by line time", "by material", "by power", "by all", "made", "delivered"
    print_table((Column("product"), *(Column(heading, right=True) for heading in headings)), rows)
    print()
    for size, bound in zip(expected.sizes, expected.bounds, strict=True):
        if bound.total is not None:
            print_text(f"What limits {size.scenario}: {bound.total.binding}.")


def _of_product(columns: Mapping[str, float], kind: str, product: str) -> str:
    from simulator.analysis.figures import figure

    column = kind if " + " in product else f"{kind}.{product}"
    return figure(columns[column]) if column in columns else "-"


def _print_predictive(expected: "Expectations") -> None:
    if not any(claim.observed for claim in expected.experiment.claims.values()):
        print("\nNo claim has an observation that the model could be set beside.")
        return
    if expected.predictive is None:
        if not expected.medians:
            print("\nNo prior predictive, as nothing was simulated.")
        return
    print("\nPRIOR PREDICTIVE: what the model says of observed quantities before it has seen them\n")
    print_table(
        (
            Column("claim"),
            Column("model", right=True),
            Column("5 to 95 %", right=True),
            Column("observed", right=True),
            Column("5 to 95 %", right=True),
            Column("share within", right=True),
            Column("the model is"),
        ),
        list(_predictive_rows(expected.predictive)),
    )


def _predictive_rows(predictive: "PriorPredictive") -> Iterator[Row]:
    from simulator.analysis.figures import figure, percent

    words = {"inside": "in agreement", "low": "too low", "high": "too high"}
    scenario = ""
    for each in predictive.checks:
        if each.scenario != scenario:
            scenario = each.scenario
            failed = f", {each.failed:,} failed" if each.failed else ""
            yield f"{scenario} (n = {counted(each.n, 'replication')}{failed})"
        yield (
            each.claim,
            figure(each.median),
            f"{figure(each.p05)} to {figure(each.p95)}",
            figure(each.observed_median),
            f"{figure(each.observed_p05)} to {figure(each.observed_p95)}",
            percent(each.mass),
            words.get(each.verdict, each.verdict),
        )


def _print_sweep(name: str, levels: tuple[float, ...], expected: "Expectations") -> None:
    from simulator.analysis.figures import figure

    first = expected.rounds[0]
    total = counted(len(levels) * len(expected.sizes) * first, "replication")
    span = f"from {figure(min(levels))} to {figure(max(levels))}"
    print(f"\nSWEEP over {name}: {counted(len(levels), 'level')} {span}, crossed with the design\n")
    took = f", about {duration(len(levels) * expected.seconds(first))}" if expected.medians else ""
    print_text(
        f"It asks for {total} when each level of each scenario gets {first:,}{took}. The command run leaves "
        "it out."
    )
