import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins() -> list[tuple[str, str]]:
    """Return the name, in its canonical form, and the version of each entry of the lock.

    A package has two where versions of Python need different ones.
    """
    found = re.findall(r"^([a-zA-Z0-9._-]+)==([^ ;\\]+)", LOCK, flags=re.MULTILINE)
    assert found, "no package in the lock"
    return [(canonicalize_name(name), version) for name, version in found]


def required() -> list[Requirement]:
    """Return what the package and its extras ask for."""
    extras = PROJECT["optional-dependencies"].values()
    return [
        Requirement(line)
        for line in [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    ]


def test_every_requirement_is_locked_at_versions_it_allows():
    for need in required():
        locked = [version for name, version in pins() if name == canonicalize_name(need.name)]
        assert locked, f"{need} is not in the lock"
        assert all(version in need.specifier for version in locked), f"{need} is locked at {locked}"


def test_every_locked_package_has_a_hash():
    entries = re.split(r"^(?=[a-zA-Z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_place_to_fetch_from():
    assert re.findall(r"://|^-|^\.|^/| @ ", LOCK, flags=re.MULTILINE) == []
