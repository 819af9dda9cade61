"""The answers of a run in a few numbers, for `summary.json`."""

import json
from typing import Any

from simulator.analysis.estimate import Estimate, claims
from simulator.results.run import Run


def summary(run: Run) -> str:
    """Return as JSON for every scenario the probability of every claim, its interval and its word."""
    scenarios: dict[str, dict[str, dict[str, Any]]] = {name: {"claims": {}} for name in run.scenarios}
    for found in claims(run):
        scenarios[found.scenario]["claims"][found.claim] = _answer(found)
    document = {
        "name": run.manifest.name,
        "content_hash": run.content_hash,
        "replications": run.replications,
        "failed": run.failed,
        "scenarios": scenarios,
    }
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _answer(found: Estimate) -> dict[str, Any]:
    return {
        "probability": found.probability if found.n else None,
        "low": found.low,
        "high": found.high,
        "term": found.term or None,
        "n": found.n,
    }
