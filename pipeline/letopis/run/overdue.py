"""Stale documents within a budget of time: those that an older pipeline, model or configuration annotated, after all that is new.

Contract. What is not done tonight stays published with the rows it has, and is done by the next nights; once all are done the
tables are those of one clean run. The time is counted from when the new and changed documents have been handed out, and what
is under way when it ends is finished: the budget may be passed by about one unit of work a worker. A document may wait only
where its unit has the columns that this version publishes; any other is annotated tonight, whatever the budget.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from letopis.config import Config
from letopis.layers import Document
from letopis.run.request import Request
from letopis.run.survey import Survey
from letopis.store import units
from letopis.store.manifest import Entry

HELPING = 200                         # documents that are asked for at once at least: a file of many is read once a helping


class Columns:
    """Which units have the columns that this version publishes and resolves from."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._known: dict[str, bool] = {}

    def are_there(self, entry: Entry) -> bool:
        """Whether the rows of a document can be published as they are."""
        if entry.unit not in self._known:
            self._known[entry.unit] = units.is_current(self._out, entry.unit)
        return self._known[entry.unit]


def put_off(request: Request, survey: Survey) -> None:
    """Let stale documents wait, where a budget is set and the run is over whole inputs."""
    if request.config.stale_seconds is not None and request.scope.is_whole:
        survey.may_wait = Columns(request.out).are_there


def overdue(survey: Survey, config: Config) -> Iterator[tuple[str, Document]]:
    """(input, document) of those that were put off, as the order has them, until the budget is used up."""
    if not survey.put_off:
        return
    left = Budget(survey, config.stale_seconds or 0)
    order = (key for key in survey.manifest.stale(survey.fingerprint, config.stale_order) if key in survey.put_off)
    ids = list(order)
    while ids and (count := left.helping()):
        helping, ids = ids[:count], ids[count:]
        for each in survey.again(helping):
            left.handed_out += 1
            yield each


class Budget:
    """How many documents the time that is left is thought to suffice for, by the speed of those finished since it began."""

    def __init__(self, survey: Survey, seconds: float) -> None:
        self._survey, self._seconds = survey, seconds
        self._start, self._before = time.monotonic(), survey.finished
        self.handed_out = 0

    def helping(self) -> int:
        """The size of the next helping, half of what is left: so the order holds, and files of many are read a few times only."""
        elapsed, done = time.monotonic() - self._start, self._survey.finished - self._before
        if elapsed >= self._seconds:
            return 0
        if not done:
            return HELPING
        more = done / elapsed * (self._seconds - elapsed) - (self.handed_out - done)
        return max(HELPING, int(more / 2)) if more > 0 else 0
