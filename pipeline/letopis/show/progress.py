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

LOG = logging.getLogger("letopis")


def set_up_logs(style: Literal["console", "json"], file: str = "") -> None:
    """Logs to standard error: how a run ended for a person, or every step as one JSON object a line; these also to a file.

    '-' is standard output. Lines are added to a file that is there. Raises OSError where it cannot be written.
    """
    person = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    handlers = [_handler(logging.StreamHandler(sys.stderr), _JSON if style == "json" else person)]
    if style == "console":
        handlers[0].addFilter(lambda line: line.levelno == logging.INFO)       # alarms are told in a sentence each
    if file:
        to_file = file != "-"
        machine = logging.FileHandler(file, "a", "utf-8", errors="replace") if to_file else logging.StreamHandler(sys.stdout)
        handlers.append(_handler(machine, _JSON))
    for old in LOG.handlers:
        old.close()
    LOG.handlers, LOG.propagate = handlers, False
    LOG.setLevel(logging.DEBUG)


_JSON = structlog.processors.JSONRenderer(ensure_ascii=False)


def _handler(handler: logging.Handler, renderer: Any) -> logging.Handler:
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars, structlog.stdlib.ExtraAdder(), structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
        ],
    ))
    return handler


def log(event: str, *, level: int = logging.INFO, **values: Any) -> None:
    """One line of the log."""
    LOG.log(level, event, extra=values)


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
