"""What to say of stored rows that another engine made than the one that is asked for."""

from simulator.results.manifest import Manifest


def of_another_engine(there: Manifest, engine: str, *, rerun_failed: bool) -> str:
    """Return that rows which another engine made are kept, and what to do instead; empty when there are none.

    `auto` asks for no engine in particular. Rows that failed are not kept when they are computed again.
    """
    if engine in ("auto", there.engine):
        return ""
    failed = 0 if rerun_failed else sum(block.failed for block in there.blocks)
    rows = sum(block.count - block.failed for block in there.blocks)
    kept = []
    if rows:
        kept.append(
            f"{rows:,} rows of the {there.engine} engine are kept and not computed again; another --results has the"
            f" {engine} engine compute all, simulator verify compares the engines"
        )
    if failed:
        kept.append(
            f"{failed:,} replications that failed on the {there.engine} engine are not computed again; give"
            f" --engine {engine} --rerun-failed for that"
        )
    return "; ".join(kept)
