"""Whether the tests reach nearly all of what computes: `make coverage` asks, kernels interpreted."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARTS = ("engines", "streams", "path", "responses", "model")
LINES, BRANCHES = 95.0, 90.0
"""Per cent that must be reached in each part."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How much of a part of the package the tests reach, in per cent."""

    part: str
    lines: float
    branches: float

    @property
    def enough(self) -> bool:
        """Whether both are as many as they must be."""
        return self.lines >= LINES and self.branches >= BRANCHES


def reached(report: Mapping[str, Any]) -> list[Reached]:
    """Return what a report in coverage's JSON says of each part."""
    return [_of(part, report["files"]) for part in PARTS]


def _of(part: str, files: Mapping[str, Any]) -> Reached:
    mine = [each["summary"] for name, each in files.items() if _part(name) == part]
    lines = sum(each["num_statements"] for each in mine)
    branches = sum(each["num_branches"] for each in mine)
    if not lines:
        raise ValueError(f"the report has no file of {part}")
    return Reached(
        part,
        100.0 * sum(each["covered_lines"] for each in mine) / lines,
        100.0 * sum(each["covered_branches"] for each in mine) / branches if branches else 100.0,
    )


def _part(name: str) -> str:
    """Return the part a file belongs to: `engines` of `simulator/engines/a.py`, `path` of `simulator/path.py`."""
    inside = Path(name).parts[Path(name).parts.index("simulator") + 1 :]
    return inside[0].removesuffix(".py")


def main() -> int:
    """Print what is reached; 1 when a part falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path, help="JSON written by `coverage json`")
    found = reached(json.loads(parser.parse_args().report.read_text(encoding="utf-8")))
    lines = [
        f"{'part':10}  lines, %  branches, %",
        *(
            f"{each.part:10}  {each.lines:8.1f}  {each.branches:11.1f}{'' if each.enough else '  too few'}"
            for each in found
        ),
        f"asked for   {LINES:8.1f}  {BRANCHES:11.1f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(each.enough for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
