import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from llvmlite.binding import Linkage

from simulator import jit

CALLEE = """
from simulator.jit import njit

@njit
def rate(x):
    return 2.0 * x
"""
CALLER = """
from simulator.jit import njit
from simulator.path import STEP
from simulator.streams.callee import rate

@njit
def work(x):
    return rate(x) + STEP

@njit
def twice(x):
    return rate(1) + rate(2) + rate(x)

@njit(whole=True)
def entry(x):
    return rate(x) + STEP
"""
SCRIPT = """
import json, numba
from simulator.jit import is_kept
from simulator.streams.callee import rate
from simulator.streams.caller import entry, twice, work
kept = is_kept(work)
print(json.dumps({
    "kept": kept,
    "value": work(1.0),
    "whole": entry(1.0),
    "whole_from_cache": sum(entry.stats.cache_hits.values()) if hasattr(entry, "stats") else 0,
    "compiled": hasattr(work, "stats"),
    "from_cache": sum(work.stats.cache_hits.values()) if hasattr(work, "stats") else 0,
    "folder": work.stats.cache_path if hasattr(work, "stats") else None,
    "setting": numba.config.CACHE_DIR,
    "twice": twice(3),
    "compiled_for": [str(types) for types in getattr(rate, "signatures", ())],
}))
"""


@pytest.fixture
def package(tmp_path):
    """A package of this name with two compiled functions, the callee and a constant in files of their own."""
    root = tmp_path / "site" / "simulator"
    (root / "streams").mkdir(parents=True)
    shutil.copy(jit.__file__, root / "jit.py")
    for name, text in {
        "__init__.py": "",
        "path.py": "STEP = 5.0\n",
        "streams/__init__.py": "",
        "streams/callee.py": CALLEE,
        "streams/caller.py": CALLER,
    }.items():
        (root / name).write_text(text)
    return root


def run(package, *, home, temporary, **setting):
    """Run the script on a package with a home and a temporary folder, and return what it prints."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("NUMBA", "XDG", "PYTHON"))
    }
    places = {"HOME": str(home), "TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        cwd=package.parent,
        env=kept | places | setting,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def edit(path, old, new):
    """Replace a text that occurs in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def temporary(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def no_home(tmp_path):
    """A home in which no folder can be made, by whatever user."""
    file = tmp_path / "a file"
    file.touch()
    return file / "home"


def test_an_edit_of_a_callee_or_constant_in_another_file_is_compiled_anew(package, home, temporary):
    places = {"home": home, "temporary": temporary}
    first = run(package, **places)
    assert (first["value"], first["from_cache"]) == (7.0, 0)
    again = run(package, **places)
    assert (again["value"], again["from_cache"]) == (7.0, 1)
    edit(package / "streams" / "callee.py", "2.0 * x", "102.0 * x")
    assert run(package, **places)["value"] == 107.0
    edit(package / "path.py", "5.0", "6.0")
    assert run(package, **places)["value"] == 108.0


def test_an_edit_of_a_callee_is_compiled_anew_in_an_entry_point_made_as_one_piece(package, home, temporary):
    places = {"home": home, "temporary": temporary}
    assert run(package, **places)["whole"] == 7.0
    again = run(package, **places)
    assert (again["whole"], again["whole_from_cache"]) == (7.0, 1)
    edit(package / "streams" / "callee.py", "2.0 * x", "102.0 * x")
    changed = run(package, **places)
    assert (changed["whole"], changed["whole_from_cache"]) == (107.0, 0)


def test_whether_a_function_is_kept_in_the_cache_can_be_asked(package, home, temporary):
    places = {"home": home, "temporary": temporary}
    assert run(package, **places)["kept"] is False
    assert run(package, **places)["kept"] is True
    edit(package / "path.py", "5.0", "6.0")
    assert run(package, **places)["kept"] is False


def test_what_another_copy_of_the_package_has_compiled_is_not_kept_for_this_one(
    package, home, temporary, tmp_path
):
    places = {"home": home, "temporary": temporary}
    run(package, **places)
    copied = tmp_path / "other" / "simulator"
    shutil.copytree(package, copied)
    assert run(copied, **places)["kept"] is False
    assert run(copied, **places)["kept"] is True


def test_versions_that_were_not_used_for_long_make_room_for_a_new_one(package, home, temporary):
    cache = home / ".cache" / "supply-capacity-simulator"
    days_ago = {"a" * 32: jit.KEPT_DAYS + 1, "b" * 32: jit.KEPT_DAYS - 1, "notes": jit.KEPT_DAYS + 1}
    for name, days in days_ago.items():
        (cache / name).mkdir(parents=True)
        (cache / name / "code").touch()
        os.utime(cache / name, (time.time() - days * 24 * 3600,) * 2)
    run(package, home=home, temporary=temporary)
    assert {each.name for each in cache.iterdir()} & set(days_ago) == {"b" * 32, "notes"}


def test_no_more_versions_are_kept_than_the_ten_that_were_used_last(package, home, temporary):
    cache = home / ".cache" / "supply-capacity-simulator"
    hours_ago = {f"{number:032x}": number + 1 for number in range(12)}
    for name, hours in hours_ago.items():
        (cache / name).mkdir(parents=True)
        os.utime(cache / name, (time.time() - hours * 3600,) * 2)
    run(package, home=home, temporary=temporary)
    assert jit.KEPT_VERSIONS == 10
    assert {each.name for each in cache.iterdir()} & set(hours_ago) == set([*hours_ago][:9])
    assert len([*cache.iterdir()]) == 10


def test_a_version_that_is_used_stays_young(package, home, temporary):
    run(package, home=home, temporary=temporary)
    (version,) = (home / ".cache" / "supply-capacity-simulator").iterdir()
    os.utime(version, (0, 0))
    run(package, home=home, temporary=temporary)
    assert version.stat().st_mtime > 0


def test_a_function_is_compiled_once_for_all_numbers_that_its_callers_write_out(package, home, temporary):
    seen = run(package, home=home, temporary=temporary)
    assert seen["twice"] == 12.0
    assert seen["compiled_for"] == ["(float64,)", "(int64,)"]


def test_compiled_code_is_kept_in_the_users_cache_and_the_setting_of_numba_is_left_alone(
    package, home, temporary
):
    seen = run(package, home=home, temporary=temporary)
    assert Path(seen["folder"]).is_relative_to(home / ".cache" / "supply-capacity-simulator")
    assert seen["setting"] == ""
    assert not list(package.rglob("*.nbi")), "the package itself stays as it was installed"


def test_a_folder_that_is_asked_for_is_used(package, home, temporary, tmp_path):
    asked_for = str(tmp_path / "asked for")
    seen = run(package, home=home, temporary=temporary, NUMBA_CACHE_DIR=asked_for)
    assert Path(seen["folder"]).is_relative_to(asked_for)
    assert seen["setting"] == asked_for


def test_without_a_home_compiled_code_is_kept_in_a_temporary_folder_of_the_user(package, no_home, temporary):
    seen = run(package, home=no_home, temporary=temporary)
    private = temporary / f"supply-capacity-simulator-{os.getuid()}"
    assert Path(seen["folder"]).is_relative_to(private)
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_temporary_folder_that_others_can_write_is_not_trusted(package, no_home, temporary):
    shared = temporary / f"supply-capacity-simulator-{os.getuid()}"
    shared.mkdir()
    shared.chmod(0o777)
    seen = run(package, home=no_home, temporary=temporary)
    assert (seen["value"], seen["folder"]) == (7.0, None)
    assert not list(shared.iterdir())
    assert not list(package.rglob("*.nbi"))


def test_functions_stay_plain_python_when_compilation_is_off(package, home, temporary):
    seen = run(package, home=home, temporary=temporary, NUMBA_DISABLE_JIT="1")
    assert (seen["value"], seen["compiled"]) == (7.0, False)
    assert not list(home.iterdir())


def test_a_function_from_elsewhere_is_compiled_but_not_cached():
    @jit.njit
    def twice(x):
        return 2 * x

    assert twice(3) == 6
    assert twice.stats.cache_path is None


def _long(x, unused):
    """So long that it stays a function; a copy of one's own leaves out the argument."""
    total = 0
    for i in range(x):
        if i % 3 == 0:
            total += i * x
        elif i % 5 == 1:
            total -= i // (x + 1)
        for j in range(i):
            total += (j % 7) * (total % 11)
    return total


@pytest.mark.parametrize("whole", [False, True])
def test_only_what_is_compiled_whole_keeps_its_callees_to_itself(whole):
    inner = jit.njit(_long)

    @jit.njit(whole=whole)
    def outer(x):
        return inner(x, 1) + inner(x + 1, 2) * inner(x + 2, 3)

    assert outer(20) == outer.py_func(20)
    (compiled,) = outer.overloads.values()
    callable_by_others = [
        function.name
        for function in compiled.library.get_defined_functions()
        if "_long" in function.name and function.linkage != Linkage.internal
    ]
    assert bool(callable_by_others) == (not whole)


def test_what_is_compiled_whole_lends_its_callees_to_nobody():
    inner = jit.njit(_long)

    @jit.njit(whole=True)
    def whole(x):
        return inner(x, 1) + inner(x + 1, 2) * inner(x + 2, 3)

    @jit.njit
    def plain(x):
        return inner(x, 4) - inner(x + 3, 5) * inner(x + 4, 6)

    assert whole(20) == whole.py_func(20)
    assert plain(20) == plain.py_func(20)


def test_division_by_zero_gives_an_infinity():
    @jit.njit
    def inverse(x):
        return 1.0 / x

    assert inverse(0.0) == float("inf")


def test_a_signature_takes_whole_numbers_of_all_64_bits():
    @jit.njit(signature="float64(uint64)")
    def count(x):
        return float(x)

    assert (count(7), count(2**64 - 2**11)) == (7.0, 2.0**64 - 2.0**11)


def test_the_fingerprint_names_every_source_and_no_other_file(package):
    before = jit.fingerprint(package)
    (package / "notes.py").write_text("")
    assert jit.fingerprint(package) == before
    jit.sources.cache_clear()
    (package / "streams" / "new.py").write_text("")
    assert jit.fingerprint(package) != before
