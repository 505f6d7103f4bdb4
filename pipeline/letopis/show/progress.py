"""What a run says while it works: a progress bar for a terminal, structured logs for a person or a machine."""

import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


def set_up_logs(style: Literal["console", "json"]) -> None:
    """Logs to standard error: lines for a person, or one JSON object a line."""
    colors = sys.stderr.isatty()
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso"), structlog.processors.add_log_level,
            json if style == "json" else structlog.dev.ConsoleRenderer(colors=colors),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def log(event: str, **values: Any) -> None:
    """One line of the log."""
    structlog.get_logger().info(event, **values)


def total_bytes(inputs: Iterable[Path]) -> int | None:
    """Bytes of the files under the inputs, for the time that remains; None where nobody looks on."""
    if not sys.stderr.isatty():
        return None
    files = (f for p in inputs for f in ([p] if p.is_file() else p.rglob("*")))
    return sum(f.stat().st_size for f in files if f.is_file())


class Bar:
    """Documents, documents a second, time that remains and rejects; silent where standard error is no terminal."""

    def __init__(self, total: int | None) -> None:
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.fields[documents]} documents"), BarColumn(), TextColumn("{task.fields[speed]}"),
            TimeElapsedColumn(), TimeRemainingColumn(), TextColumn("{task.fields[rejects]} rejects"),
        )
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._counts = {"documents": 0, "rejects": 0, "bytes": 0}
        self._task = self._progress.add_task("", total=total, documents=0, rejects=0, speed="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def advance(self, what: str, count: int) -> None:
        """Count documents, rejects or bytes read."""
        self._counts[what] += count
        elapsed = self._progress.tasks[0].elapsed or 0.0
        speed = f"{self._counts['documents'] / elapsed:.1f}/s" if elapsed else ""
        self._progress.update(
            self._task, completed=self._counts["bytes"], documents=self._counts["documents"],
            rejects=self._counts["rejects"], speed=speed,
        )
