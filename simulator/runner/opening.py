"""Finding and opening the results of a run."""

from pathlib import Path

from simulator import config
from simulator.config.files import FOLDER, config_path
from simulator.engines import CONTRACT_VERSION
from simulator.errors import ConfigError, ResultsError
from simulator.model.checks.names import listed, nearest
from simulator.results import folder as results_folder
from simulator.results import manifest
from simulator.results.run import Run

CONFIG_SUFFIXES = (".yaml", ".yml")


def open_results(name_or_folder: str | Path, results: str | Path = "results") -> Run:
    """Return a run: of a results folder, of a config file, or the newest complete one of a config's name.

    Raises ResultsError when there is none, or when it cannot be read.
    """
    given, root = results_folder.local(name_or_folder), results_folder.local(results)
    if (given / manifest.NAME).is_file():
        return opened(given)
    if given.suffix in CONFIG_SUFFIXES:
        return opened(_of_config(given, root))
    if len(given.parts) == 1 and (root / given).is_dir():
        return opened(_newest(root / given))
    if given.is_dir():
        inside = sorted(given.glob(f"*/{manifest.NAME}"))
        cure = f"the folder of a run, such as {inside[0].parent}" if inside else "the folder of a run"
        raise ResultsError(f"{given}: has no {manifest.NAME}; give {cure}, or a config's name")
    raise ResultsError(f"{given}: has no results in {root}; {_next(str(given), root)}")


def _next(name: str, root: Path) -> str:
    """Return what to do about a name that has no results."""
    names = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    if config_path(name).is_file():
        return f"simulator run {name} makes them"
    configs = [path.stem for path in FOLDER.glob("*.yaml")]
    near = nearest(name, [*names, *configs])
    if near:
        return f"nearest is {near}{'' if near in names else f', and simulator run {near} makes some'}"
    if names:
        return f"there are {listed(names)}; simulator run CONFIG makes some"
    if not root.is_dir():
        return "nothing has been run here; go to the folder that has it, or simulator run CONFIG makes some"
    return "nothing has been run; simulator run CONFIG makes some"


def opened(folder: Path, *, keeper: object = None) -> Run:
    """Return the run of a results folder; raises ResultsError when it cannot be read."""
    contents = manifest.read(folder)
    path = folder / results_folder.DOCUMENT
    try:
        results_folder.read_document(folder, contents)
        experiment = config.load(path, name=contents.name)
    except ConfigError as error:
        raise ResultsError(f"{path}: is no experiment that this version reads: {error}") from error
    return Run(folder, experiment, contents, keeper)


def _of_config(path: Path, root: Path) -> Path:
    """Return the folder of the run of a config as it stands now."""
    folder = root / path.stem / config.digest(config.load(path), contract=CONTRACT_VERSION)
    if (folder / manifest.NAME).is_file():
        return folder
    if (root / path.stem).is_dir():
        newest = _newest(root / path.stem)
        raise ResultsError(f"{path}: has changed since its newest run; run it again, or open {newest}")
    raise ResultsError(f"{path}: has no results in {root}; simulator run {path} makes them")


def _newest(folder: Path) -> Path:
    """Return the folder of the newest complete run of a config."""
    found = [path.parent for path in folder.glob(f"*/{manifest.NAME}")]
    every = {path: manifest.read(path) for path in found}
    runs = {path: run for path, run in every.items() if not run.block}
    complete = {path: run for path, run in runs.items() if run.status == "complete"}
    if complete:
        return max(complete, key=lambda path: str(complete[path].times.get("updated", "")))
    if runs:
        raise ResultsError(
            f"{next(iter(runs))}: did not get to its end; run it again to go on, or open this folder"
        )
    if every:
        raise ResultsError(
            f"{folder}: has {len(every)} blocks of a run; simulator merge {next(iter(every))} and the others joins them"
        )
    raise ResultsError(f"{folder}: has no run in it; simulator run CONFIG makes one")
