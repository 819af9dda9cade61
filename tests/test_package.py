import ast
import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

import simulator

HEAVY = {
    "altair",
    "duckdb",
    "hypothesis",
    "jinja2",
    "numba",
    "numpy",
    "pandas",
    "pint",
    "pyarrow",
    "pydantic",
    "ruamel.yaml",
    "scipy",
    "simpy",
    "vl_convert",
}

MODULES = {"plots": "simulator", "report": "simulator.report.page"}
"""Public names that are packages, with where a type checker finds them; the second is called like a function."""


def heavy_modules_after(statements: str) -> set[str]:
    """Which of the heavy libraries a fresh interpreter has loaded once it has carried out the statements."""
    script = f"{statements}\nimport sys\nprint('loaded', *sys.modules)"
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return HEAVY & set(output.rpartition("loaded ")[2].split())


def type_checking_homes() -> dict[str, str]:
    """Where the `TYPE_CHECKING` block of the package says that each public name comes from."""
    tree = ast.parse(Path(simulator.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {
        alias.asname or alias.name: f"{node.module}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_importing_the_package_loads_no_heavy_library():
    assert heavy_modules_after("import simulator") == set()


def test_a_heavy_library_would_be_noticed():
    assert heavy_modules_after("import simulator, simpy") == {"simpy"}


def test_printing_the_help_loads_no_heavy_library():
    script = """
        import sys
        from simulator.cli import main
        sys.argv = ["simulator", "--help"]
        try:
            main()
        except SystemExit as end:
            assert not end.code, end.code
    """
    assert heavy_modules_after("\n".join(line[8:] for line in script.splitlines())) == set()


@pytest.mark.parametrize("name", simulator.__all__)
def test_every_public_name_resolves(name):
    assert getattr(simulator, name) is not None


def test_a_public_name_is_the_one_its_module_defines():
    from simulator.errors import ConfigError

    assert simulator.ConfigError is ConfigError


def test_type_checkers_and_the_interpreter_find_a_name_in_the_same_module():
    assert type_checking_homes() == {**simulator._HOME, **MODULES}


def test_the_table_of_homes_lists_every_public_name():
    assert sorted([*simulator._HOME, *MODULES]) == simulator.__all__


def test_dir_lists_the_public_names():
    assert set(simulator.__all__) <= set(dir(simulator))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'trial'"):
        _ = simulator.trial


def test_the_installed_version_is_the_one_the_package_states():
    assert importlib.metadata.version("supply-capacity-simulator") == simulator.__version__
