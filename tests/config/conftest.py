from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
CONFIGS = Path(__file__).parents[2] / "configs"


def pytest_generate_tests(metafunc):
    """Give a test that takes `experiment_file` every experiment that is shipped, and every valid case."""
    if "experiment_file" in metafunc.fixturenames:
        shipped = [path for path in CONFIGS.rglob("*.yaml") if "systems" not in path.parts]
        found = sorted([*shipped, *(CASES / "valid").glob("*.yaml")])
        assert len(shipped) > 1, "no shipped experiments found"
        assert len(found) > len(shipped), "no valid cases found"
        metafunc.parametrize("experiment_file", found, ids=lambda path: path.stem)


@pytest.fixture
def cases():
    return CASES


@pytest.fixture
def least():
    """The least experiment there is, as text of six lines."""
    return (CASES / "valid" / "least.yaml").read_text(encoding="utf-8")


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes files into a fresh folder, which is the current one."""
    monkeypatch.chdir(tmp_path)

    def written(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written
