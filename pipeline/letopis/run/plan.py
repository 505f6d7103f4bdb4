"""`letopis run --dry-run`: what a run would do. Reads the inputs and a copy of the manifest; writes nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime

from letopis.run.night import MANIFEST, gone, survey_of
from letopis.run.request import Request
from letopis.run.survey import Progress
from letopis.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Plan:
    """Documents by what would become of them."""

    new: int
    changed: int                      # by their content
    stale: int                        # by the version of the pipeline, its models or the configuration
    unchanged: int
    missing: int
    few: bool                         # whether those missing are few enough for `--prune`
    rejected: int


def plan(request: Request, progress: Progress) -> Plan:
    """Survey only. Raises formats.InputError."""
    manifest = Manifest(request.out / MANIFEST, rehearsal=True)
    survey = survey_of(request, manifest, datetime.now(UTC).isoformat(), progress)
    for _ in survey.documents(request.inputs, request.scope):
        progress("documents", 1)
    missing, few = gone(request, survey) if request.scope.is_whole else ([], True)
    unchanged = len(survey.seen.keys() - survey.new - survey.changed)
    manifest.close()
    return Plan(
        len(survey.new), len(survey.changed - survey.stale), len(survey.stale), unchanged, len(missing), few, survey.rejected,
    )
