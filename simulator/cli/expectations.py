"""How what to expect of an experiment is printed."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.cli.factors import support
from simulator.cli.tables import Column, Row, counted, duration, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.predictive import PriorPredictive
    from simulator.runner.expectations import Expectations
    from simulator.runner.medians import AtMedians


def print_expectations(config: str, expected: "Expectations") -> None:
    """Print what to expect of a config."""
    experiment = expected.experiment
    print(f"{config}: valid\n{experiment.title}\n")
    print("SIZE AND TIME, with all factors at their medians\n")
    _print_size(expected)
    print("\nFACTORS\n")
    none = "There are none: replications differ by chance alone."
    print_text(support(experiment) if experiment.factors else none)
    print(
        "\nTHE MOST THAT COULD BE MADE on average, by the fluid bound, beside what one replication makes and"
    )
    print("delivers, with all factors at their medians\n")
    _print_bounds(expected.medians)
    _print_predictive(expected)
    for name, levels in expected.levels.items():
        _print_sweep(name, levels, expected)
    print()


def _print_size(expected: "Expectations") -> None:
    rows = [
        (
            each.scenario,
            f"{each.plants:,}",
            f"{each.lines:,}",
            f"{each.bound_events:,}",
            f"{each.expected_events:,}",
            duration(each.seconds),
        )
        for each in expected.medians
    ]
    headings = (
        "plants",
        "lines that\nmake something",
        "bound events\na replication",
        "estimated\nbeforehand",
        "time of a\nreplication",
    )
    print_table((Column("scenario"), *(Column(each, right=True) for each in headings)), rows)
    first, last = expected.rounds[0], expected.rounds[-1]
    took = f"{first:,} replications of {counted(len(rows), 'scenario')} take about "
    took += f"{duration(expected.seconds(first))} on {counted(expected.workers, 'processor')}"
    if last > first:
        took += f"; the run ends after {last:,}, {duration(expected.seconds(last))}, at the latest"
    print()
    print_text(f"{took}. Starting the processes takes some seconds more.")


def _print_bounds(medians: "tuple[AtMedians, ...]") -> None:
    from simulator.analysis.figures import figure

    rows: list[Row] = []
    for each in medians:
        rows.append(each.scenario)
        for bound in each.bound.bounds:
            limits = bound.capacity, bound.material, bound.power, bound.together
            limited = ("no limit" if math.isinf(limit) else figure(limit) for limit in limits)
            made, delivered = (_of_product(each, kind, bound.product) for kind in ("made", "delivered"))
            rows.append((bound.product, *limited, made, delivered))
    headings = "by line time", "by material", "by power", "by all", "made", "delivered"
    print_table((Column("product"), *(Column(heading, right=True) for heading in headings)), rows)
    print()
    for each in medians:
        if each.bound.total is not None:
            print_text(f"What limits {each.scenario}: {each.bound.total.binding}.")


def _of_product(each: "AtMedians", kind: str, product: str) -> str:
    from simulator.analysis.figures import figure

    column = kind if " + " in product else f"{kind}.{product}"
    return figure(each.columns[column]) if column in each.columns else "-"


def _print_predictive(expected: "Expectations") -> None:
    if not any(claim.observed for claim in expected.experiment.claims.values()):
        print("\nNo claim has an observation that the model could be set beside.")
        return
    if expected.predictive is None:
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
    total = counted(len(levels) * len(expected.medians) * first, "replication")
    span = f"from {figure(min(levels))} to {figure(max(levels))}"
    print(f"\nSWEEP over {name}: {counted(len(levels), 'level')} {span}, crossed with the design\n")
    print_text(
        f"It asks for {total} when each level of each scenario gets {first:,}, about "
        f"{duration(len(levels) * expected.seconds(first))}. The command run leaves it out."
    )
