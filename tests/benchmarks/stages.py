"""Microseconds a token of every stage of a run: `python -m tests.benchmarks.stages ARTICLES.parquet`.

A table on standard output, the same as a line of JSON on standard error. The stages are those that the body of
`pipeline.annotate` calls, what they call counts with them; then the making of rows, the writing of units, and what the run
itself calls its stages.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from letopis import pipeline
from letopis.config import Config
from letopis.run import unit
from letopis.run.night import run_night
from letopis.run.request import Request
from letopis.store.snapshot import settled

STAGES: tuple[tuple[Any, str], ...] = (
    (pipeline, "read"), (pipeline, "segment"), (pipeline, "tokenize"), (pipeline.slovnet, "tag"), (pipeline, "parse"),
    (pipeline.tagger, "tag"), (pipeline, "text_of"), (pipeline.times, "find_times"), (pipeline.mentions, "find_mentions"),
    (pipeline.identity, "identify"), (pipeline.anaphors, "find_anaphors"), (pipeline.triggers, "find_triggers"),
    (pipeline.roles, "find_roles"), (pipeline.quotes, "find_quotes"), (pipeline.happenings, "join"), (pipeline.settle, "settle"),
    (pipeline.quantities, "find_quantities"), (pipeline.positions, "find_positions"), (pipeline.relations, "find_relations"),
    (unit, "unit_rows"), (unit, "write_unit"),
)


def timed(function: Callable[..., Any], name: str, seconds: dict[str, float]) -> Callable[..., Any]:
    """The function with its time added up."""
    @wraps(function)
    def with_time(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*given, **named)
        finally:
            seconds[name] += time.perf_counter() - start
    return with_time


def measure(path: Path) -> dict[str, float]:
    """Stage -> microseconds a token of one run with one worker; 'run: ...' are the stages of the run, which hold the others."""
    seconds: dict[str, float] = defaultdict(float)
    for module, name in STAGES:
        label = f"{module.__name__.removeprefix('letopis.')}.{name}".removeprefix("pipeline.")
        setattr(module, name, timed(getattr(module, name), label, seconds))
    with tempfile.TemporaryDirectory() as folder:
        run = run_night(Request((path,), Path(folder) / "out", Config()), lambda what, count: None)
        table = pq.read_table(settled(Path(folder) / "out") / "documents", columns=["token_count"])
    tokens = sum(table["token_count"].to_pylist())
    seconds |= {f"run: {name}": value for name, value in run.seconds_per_stage.items()}
    return {name: round(1e6 * value / tokens, 2) for name, value in seconds.items()}


def main() -> None:
    """Measure and print."""
    found = measure(Path(sys.argv[1]))
    for name, value in found.items():
        sys.stdout.write(f"{value:8.2f}  {name}\n")
    sys.stderr.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
