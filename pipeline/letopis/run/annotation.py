"""The first half of a run: documents in units of work to the executor, finished units into the manifest."""

import logging
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from joblib.externals.loky.process_executor import TerminatedWorkerError

from letopis.ids import document_id
from letopis.layers import Document
from letopis.run.entries import entry
from letopis.run.executor import execute
from letopis.run.overdue import overdue, put_off
from letopis.run.request import Request, Run
from letopis.run.stop import Stop
from letopis.run.survey import Survey
from letopis.run.unit import Done, Job

LOG = logging.getLogger("letopis.run")

Part: TypeAlias = list[tuple[str, Document]]
"""(input, document) of one unit of work."""


def annotate(request: Request, survey: Survey, run: Run, stop: Stop) -> None:
    """Annotate all that the survey gives; on a wish to stop, end after the units that are under way."""
    waiting: dict[str, Part] = {}
    try:
        for done in execute(request, _jobs(request, survey, (run, stop), waiting)):
            part = waiting.pop(done.unit)
            _enter(survey, done, part)
            LOG.debug("unit finished", extra={"unit": done.unit, "documents": len(done.kept), "rejected": len(done.rejects)})
            for number, seconds in zip(done.kept, done.seconds, strict=True):
                run.details.add_slow(seconds, document_id(part[number][1].key))
            survey.progress("documents", len(done.kept))
    except TerminatedWorkerError:
        stop.check()                      # the workers were told to end, too
        raise


def _jobs(request: Request, survey: Survey, state: tuple[Run, Stop], waiting: dict[str, Part]) -> Iterator[Job]:
    """Units of work of about `unit_characters` of text; `waiting` keeps them until they are done."""
    run, stop = state
    put_off(request, survey)
    documents = chain(survey.documents(request.inputs, request.scope), overdue(survey, request.config))
    for number, part in enumerate(_parts(documents, request.config.unit_characters, stop)):
        unit = f"{run.run_id}-{number:06d}"
        waiting[unit] = part
        yield Job(request.out, unit, tuple(document for _, document in part), request.config.model)


def _parts(documents: Iterable[tuple[str, Document]], characters: int, stop: Stop) -> Iterator[Part]:
    part: Part = []
    size = 0
    for name, document in documents:
        if stop.asked:
            return
        part.append((name, document))
        size += len(document.text)
        if size >= characters:
            yield part
            part, size = [], 0
    if part and not stop.asked:
        yield part


def _enter(survey: Survey, done: Done, part: Part) -> None:
    """A finished unit's documents into the manifest, all or none."""
    kept = [(number, *part[i]) for number, i in enumerate(done.kept)]
    with survey.manifest.transaction():
        survey.manifest.put(
            entry(name, d, survey.fingerprint, done.unit, number) for number, name, d in kept if survey.has(name, d)
        )
        for _, name, document in kept:
            survey.entered(name, document)
        for i, reject in done.rejects:
            survey.give_up(*part[i], reject)
