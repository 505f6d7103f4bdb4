"""What a run says while it works: a progress bar for a terminal, structured logs for a person or a machine."""

import logging
import sys
from types import TracebackType
from typing import Any, Literal, Self

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn


def set_up_logs(style: Literal["console", "json"]) -> None:
    """Logs to standard error: lines for a person, or one JSON object a line."""
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if style == "json" else structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty()
    )
    structlog.configure(
        processors=[structlog.processors.TimeStamper(fmt="iso"), structlog.processors.add_log_level, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def log(event: str, **values: Any) -> None:
    """One line of the log."""
    structlog.get_logger().info(event, **values)


class Bar:
    """Documents done, documents a second and rejects; silent where standard error is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.completed} documents"), BarColumn(), TaskProgressColumn(show_speed=True), TimeElapsedColumn(),
            TextColumn("{task.fields[rejects]} rejects"), console=console, disable=not console.is_terminal,
        )
        self._rejects = 0
        self._task = self._progress.add_task("", total=None, rejects=0)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def advance(self, what: str, count: int) -> None:
        """Count documents or rejects."""
        if what == "rejects":
            self._rejects += count
            self._progress.update(self._task, rejects=self._rejects)
        else:
            self._progress.advance(self._task, count)
