"""What of a night should alarm somebody. The tables are published all the same.

An alarm is told on the screen, in the log, on the page, and by the exit code of the run: that of the first in `KINDS`.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letopis.config import Config
from letopis.journal.profile import Drift
from letopis.journal.suspects import Suspect, Suspects
from letopis.run.request import Run

KINDS = {
    "disk": "{value:.1f} GB are free, less than disk_gb = {threshold:g}",
    "unpruned": "{value:.0f} documents have gone, more than a tenth: kept; --prune-all takes them out",
    "rejects": "{value:.1%} of the documents were rejected, more than reject_threshold = {threshold:g}",
    "missing": "{value:.1%} of the documents are missing, more than missing_threshold = {threshold:g}",
    "drift": "drift of {value:.2f}, more than drift_threshold = {threshold:g}: {about}",
    "size": "{about} in {value:.0%} of the articles, more than entity_share = {threshold:g}: several may have been taken for one",
    "years": "{about} over {value:.0f} years, more than entity_years = {threshold:g}: several may have been taken for one",
}
"""Kind -> what is told of it, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One threshold that was passed."""

    kind: str
    value: float
    threshold: float
    about: str = ""                   # what drifted, or which entity, and how many more

    @property
    def message(self) -> str:
        """A sentence for a person."""
        return KINDS[self.kind].format(value=self.value, threshold=self.threshold, about=self.about)


def alarms(run: Run, out: Path, config: Config, drifted: Sequence[Drift], suspected: Suspects) -> list[Alarm]:
    """The alarms of a run that has published, the most urgent first."""
    documents = documents_of(run)
    free = shutil.disk_usage(out).free / 1e9
    rejected, missing = (n / max(1, whole) for n, whole in ((run.lost, documents + run.lost), (run.missing, documents)))
    found = [
        Alarm("disk", round(free, 3), config.disk_gb) if free < config.disk_gb else None,
        Alarm("unpruned", run.unpruned, 0) if run.unpruned else None,
        Alarm("rejects", round(rejected, 4), config.reject_threshold) if rejected > config.reject_threshold else None,
        Alarm("missing", round(missing, 4), config.missing_threshold) if missing > config.missing_threshold else None,
        _drift([d for d in drifted if d.drift > config.drift_threshold], config),
        _suspect("size", suspected.large, config.entity_share),
        _suspect("years", suspected.old, config.entity_years),
    ]
    return [alarm for alarm in found if alarm is not None]


def documents_of(run: Run) -> int:
    """How many documents the store has after a run."""
    return run.new + run.changed + run.unchanged + run.missing


def _drift(passed: Sequence[Drift], config: Config) -> Alarm | None:
    if not passed:
        return None
    return Alarm("drift", passed[0].drift, config.drift_threshold, f"{passed[0].kind} {passed[0].name}{_more(passed)}")


def _suspect(kind: str, passed: Sequence[Suspect], threshold: float) -> Alarm | None:
    return Alarm(kind, round(passed[0].value, 4), threshold, f"{passed[0].name}{_more(passed)}") if passed else None


def _more(passed: Sequence[object]) -> str:
    return f" (+{len(passed) - 1})" if len(passed) > 1 else ""
