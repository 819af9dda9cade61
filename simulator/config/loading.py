"""An experiment from the files that describe it, every fault in them at once."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator.config.files import config_path, read_text, shown
from simulator.config.reading import document
from simulator.config.register import register
from simulator.config.schema import keys_at
from simulator.config.shorthand import cited, with_ids, with_quantities, with_values
from simulator.config.sources import Sources
from simulator.config.units import Units
from simulator.errors import ConfigError, Fault
from simulator.model.checks import references
from simulator.model.checks.assumption_faults import assumption_faults
from simulator.model.checks.claim_faults import claim_faults
from simulator.model.checks.names import allowed
from simulator.model.checks.refusals import refusals
from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment
from simulator.model.scenario.paths import Keys, value_at
from simulator.model.scenario.scenarios import scenario_faults

REALISED = "realised_system"
"""The first key of a document that is no experiment, but one system as engines take it."""


def load(path: str | Path, *, name: str = "") -> Experiment:
    """Return the experiment that a file describes; a name alone means `configs/NAME.yaml`.

    The experiment's name is `name`, or that of the file.

    `system` in it is a mapping, or a path to one from the folder of the file; `evidence` a mapping of rows by
    id, or a path to a register, of which the cited rows are kept. Raises ConfigError with every fault.
    """
    file = config_path(path)
    return loads(read_text(file), name=shown(file), folder=file.parent, stem=name or file.stem)


def loads(text: str, *, name: str = "text", folder: str | Path = ".", stem: str = "") -> Experiment:
    """Return the experiment that a text describes, as `load` does; paths in it start from `folder`.

    Faults are told of `name`; `stem` becomes the experiment's name.
    """
    sources = Sources()
    main = document(text, name=name)
    if REALISED in main.tree:
        raise ConfigError([Fault(name, f"is a realised system, not a config; use simulator replay {name}")])
    if "system" not in main.tree and "materials" in main.tree:
        raise ConfigError(
            [Fault(name, "describes a system; give an experiment, whose system is a path to this")]
        )
    sources.add(main, at=())
    tree = _spelled_out(main.tree, Path(folder), sources)
    experiment = _validated(tree, sources, name=stem)
    sources.check()
    assert experiment is not None
    return experiment


def load_system(path: str | Path) -> SystemDescription:
    """Return the system that a system file describes; raises ConfigError with every fault in it."""
    sources = Sources()
    tree = {"system": _read_system(Path(path), sources)}
    description: SystemDescription | None = None
    try:
        description = SystemDescription.model_validate(tree["system"], context=Units())
    except ValidationError as error:
        _refuse(error, tree, sources, at=("system",))
    else:
        sources.blame(references.faults(description), tree, at="system.")
    sources.check()
    assert description is not None
    return description


def _spelled_out(tree: dict[str, Any], folder: Path, sources: Sources) -> dict[str, Any]:
    """Return a document in full: what paths name read in, and what may be written short spelled out."""
    tree = with_ids(with_values(tree, folder=folder, refuse=sources.void))
    if isinstance(tree.get("scenarios"), dict):
        tree["scenarios"] = with_quantities(tree["scenarios"], refuse=sources.void, keys=("scenarios",))
    if isinstance(tree.get("system"), str):
        file = folder / tree["system"]
        try:
            tree["system"] = _read_system(file, sources)
        except ConfigError as error:
            sources.void_unread(("system",), error, file=shown(file))
    if isinstance(tree.get("evidence"), str):
        file = folder / tree["evidence"]
        try:
            tree["evidence"] = dict(register(file))
        except ConfigError as error:
            sources.void_unread(("evidence",), error, file=shown(file))
    return tree


def _read_system(file: Path, sources: Sources) -> Any:
    found = document(read_text(file), name=shown(file))
    sources.add(found, at=("system",))
    return with_values(found.tree, folder=file.parent, refuse=sources.void, keys=("system",))


def _validated(tree: dict[str, Any], sources: Sources, *, name: str) -> Experiment | None:
    """Return the experiment that a document describes, with the evidence it cites; None if it has faults."""
    _check_citations(tree, sources)
    try:
        experiment = Experiment.model_validate(tree, context=Units(name))
    except ValidationError as error:
        _refuse(error, tree, sources)
        _check_system_alone(tree, sources)
        return None
    within, around = references.faults(experiment.system), claim_faults(experiment)
    around += assumption_faults(experiment)
    sources.blame(within, tree, at="system.")
    sources.blame(around, tree)
    told = [fault.message for fault in (*within, *around)]
    sources.blame((fault for fault in scenario_faults(experiment) if not _repeats(fault, told)), tree)
    ids = {each for _, each in cited(tree)}
    rows = {each: row for each, row in experiment.evidence.items() if each in ids}
    return experiment.model_copy(update={"evidence": rows})


def _repeats(fault: Fault, told: Iterable[str]) -> bool:
    """Return whether a scenario only suffers from what is told of the system already."""
    return any(message in fault.message for message in told)


def _check_citations(tree: dict[str, Any], sources: Sources) -> None:
    rows = tree.get("evidence", {})
    if not isinstance(rows, dict):
        return
    for keys, each in cited(tree):
        if each not in rows:
            cure = allowed(each, rows) if rows else "give evidence, a path to a register"
            sources.refuse(keys, f"cites {each}, which is not in the evidence; {cure}")


def _check_system_alone(tree: dict[str, Any], sources: Sources) -> None:
    """Check what the parts of a sound system say of each other, in an experiment that is not sound."""
    try:
        description = SystemDescription.model_validate(tree.get("system"), context=Units())
    except ValidationError:
        return
    sources.blame(references.faults(description), tree, at="system.")


def _refuse(error: ValidationError, tree: dict[str, Any], sources: Sources, *, at: Keys = ()) -> None:
    for keys, message in refusals(error, value_at(tree, at), keys_at=lambda keys: keys_at((*at, *keys))):
        sources.refuse((*at, *keys), message)
