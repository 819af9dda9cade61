import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned() -> dict[str, str]:
    """Return the version of each package in the lock, by canonical name."""
    pins = re.findall(r"^([a-zA-Z0-9._-]+)==([^ ;\\]+)", LOCK, flags=re.MULTILINE)
    assert pins, "no package in the lock"
    return {canonicalize_name(name): version for name, version in pins}


def required() -> list[Requirement]:
    """Return what the package and its extras ask for."""
    extras = PROJECT["optional-dependencies"]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extras["dev"], *extras["notebook"]]]


def test_every_requirement_is_locked_at_a_version_it_allows():
    assert [
        need for need in required() if pinned().get(canonicalize_name(need.name), "") not in need.specifier
    ] == []


def test_every_locked_package_has_a_hash():
    entries = re.split(r"^(?=[a-zA-Z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pinned())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_place_to_fetch_from():
    assert re.findall(r"://|^-|^\.|^/| @ ", LOCK, flags=re.MULTILINE) == []
