"""A store on one screen: its last runs, what it holds, what was rejected and why."""

from typing import Any

from rich.console import Console
from rich.table import Table as Sheet

from letopis.run.status import Status

LAST = 8                              # runs, and kinds of rejects, that fit a screen


def print_status(console: Console, status: Status) -> None:
    """Three short tables."""
    runs = Sheet("run", "status", "new", "changed", "removed", "missing", "unchanged", "rejected", "seconds", title="Last runs")
    for run in status.runs[-LAST:]:
        runs.add_row(*_run(run))
    console.print(runs)
    console.print(
        f"{status.documents} documents: {status.missing} missing, {status.stale} stale (the next run annotates those again); "
        f"{status.forgotten} forgotten", markup=False,
    )
    if status.rejects:
        rejects = Sheet("stage", "error", "rejects", "for example", "message", title="Rejects")
        for stage, error, count, path, message in status.rejects[:LAST]:
            rejects.add_row(stage, error, str(count), path, message)
        console.print(rejects)


def _run(row: dict[str, Any]) -> list[str]:
    counts = (row[name] for name in ("new", "changed", "removed", "missing", "unchanged", "rejected"))
    seconds = sum(row["seconds_per_stage"].values())
    return [row["started"][:16].replace("T", " "), row["status"], *map(str, counts), f"{seconds:.1f}"]
