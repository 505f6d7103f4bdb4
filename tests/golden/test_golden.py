"""Golden files: articles with what is found in them, written so that a linguist can read and edit them.

Each case is a folder pair `cases/NAME.txt` (the text as a user has it) and `cases/NAME.gold` (one line a finding). `make golden`
rewrites the gold files; the diff is reviewed like code.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from letopis.layers import Analysis, Span
from letopis.pipeline import annotate
from tests.conftest import document

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
PUBLISHED = date(2024, 3, 15)         # a Friday


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_golden(path: Path) -> None:
    found = "\n".join(_lines(annotate((document(path.read_text(encoding="utf-8"), published=PUBLISHED),)))) + "\n"
    gold = path.with_suffix(".gold")
    if os.environ.get("LETOPIS_GOLDEN") == "rewrite":
        gold.write_text(found, encoding="utf-8")
    assert found == gold.read_text(encoding="utf-8")


def _lines(a: Analysis) -> Iterator[str]:
    for number, (reading, start, end, role) in enumerate(
        zip(a.sentences.reading, a.sentences.start, a.sentences.end, a.sentences.role, strict=True)
    ):
        yield f"sentence  {role}: {a.readings.clean[reading][start:end]}"
        yield from _of_sentence(a, number)


def _of_sentence(a: Analysis, number: int) -> Iterator[str]:
    for i, m in enumerate(a.mentions):
        if m.span.sentence == number:
            entity = f" = {a.entities[i]}" if a.entities[i] >= 0 else ""
            yield f"  mention   {_text(a, m.span)} | {m.type} {m.form or '-'} | {m.normal}{entity}"
    for t in (t for t in a.times if t.span.sentence == number):
        yield f"  time      {_text(a, t.span)} | {t.start or ''}..{t.end or ''} {t.granularity} {t.basis}"
    for q in (q for q in a.quantities if q.span.sentence == number):
        event = "" if q.event is None else f" | of {_text(a, a.events[q.event].span)}"
        top = "" if q.value_max is None else f"..{q.value_max:g}"
        yield f"  quantity  {_text(a, q.span)} | {q.kind} {'~' if q.approximate else ''}{q.value:g}{top} {q.unit or '-'}{event}"
    for i, e in enumerate(a.events):
        if e.span.sentence == number:
            yield f"  event     {_text(a, e.span)} | {e.type} {e.realis} | {e.start or ''}..{e.end or ''} | happening {e.cluster}"
            yield from (f"    {r.role}: {_text(a, r.span)}" for r in a.roles if r.event == i)
    for q in (q for q in a.quotes if q.span.sentence == number):
        speaker = "-" if q.speaker_mention is None else a.mentions[q.speaker_mention].normal
        yield f"  quote     {q.kind} by {speaker}, cue {q.cue or '-'}: {_text(a, q.span)}"
    for p in (p for p in a.positions if p.span.sentence == number):
        where = "-" if p.organisation is None else a.mentions[p.organisation].normal
        yield f"  position  {a.mentions[p.person].normal} | {p.position} | {where} | {p.status}"
    for n in (n for n in a.anaphors if n.span.sentence == number):
        antecedent = "-" if n.antecedent is None else a.mentions[n.antecedent].normal
        yield f"  anaphor   {_text(a, n.span)} -> {antecedent}"


def _text(a: Analysis, span: Span) -> str:
    return a.readings.clean[span.reading][span.start:span.end].replace("\n", " ")
