"""An experiment as one explicit document, which loads to itself."""

from hashlib import sha256
from typing import Any

from simulator.config.files import CONFIG_LIMIT, MIB, mebibytes
from simulator.config.units import Units, is_quantity
from simulator.config.writing import yaml_text
from simulator.errors import ConfigError
from simulator.model.experiment import Experiment

DIGITS = 16
"""Hexadecimal digits of a digest: 64 bits."""
NOT_IN_ROWS = ("precision", "failures", "assumptions", "sweep")
"""Parts of a document that no row depends on."""


def resolved(experiment: Experiment) -> str:
    """Return an experiment as YAML: system and cited evidence in place, defaults filled in, canonical units.

    `loads` makes an equal experiment of it, and that the same text. Raises ConfigError when the text would be
    too large to load.
    """
    text = yaml_text(_document(experiment))
    size = len(text.encode())
    if size > CONFIG_LIMIT:
        raise ConfigError(
            f"the experiment is {mebibytes(size)} MiB with all it refers to; "
            f"give at most {CONFIG_LIMIT // MIB} MiB, with fewer observed values or rows of evidence"
        )
    return text


def digest(experiment: Experiment, *, contract: str) -> str:
    """Return what names the results of an experiment: hexadecimal digits of a SHA-256.

    It depends on all of the resolved document but what no row depends on, `precision`, `failures`, `assumptions`
    and `sweep`, and on the version of the contract that the engines carry out.
    """
    tree = {name: part for name, part in _document(experiment).items() if name not in NOT_IN_ROWS}
    return sha256(f"contract: {contract}\n{yaml_text(tree)}".encode()).hexdigest()[:DIGITS]


def _document(experiment: Experiment) -> dict[str, Any]:
    tree: dict[str, Any] = experiment.tree()
    # null in a scenario takes a value away: only there it says something
    scenarios = {name: _canonical(overrides) for name, overrides in tree["scenarios"].items()}
    return {**_without_none(tree), "scenarios": scenarios}


def _without_none(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {name: _without_none(item) for name, item in tree.items() if item is not None}
    if isinstance(tree, list):
        return [_without_none(item) for item in tree]
    return tree


def _canonical(tree: Any) -> Any:
    """Return a scenario's values with the quantities that are still texts in canonical units."""
    if isinstance(tree, dict):
        return {name: _canonical(item) for name, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [_canonical(item) for item in tree]
    return Units().quantity(tree) if isinstance(tree, str) and is_quantity(tree) else tree
