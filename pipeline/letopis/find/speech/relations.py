"""How the candidates of a reading lie to each other, to marks and to names, as facts."""

from collections.abc import Iterator, Mapping, Sequence

from letopis.find.speech.candidates import Candidate
from letopis.find.speech.view import View
from letopis.layers import Mention


def overlapping(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, list[str]]]:
    """Each candidate with facts about the others on its words: of the same cue, or same=, in=, holds= of another's."""
    by_sentence: dict[int, list[Candidate]] = {}
    for c in candidates:
        by_sentence.setdefault(c.sentence, []).append(c)
    for c in candidates:
        yield c, sorted({fact for other in by_sentence[c.sentence] if other is not c for fact in _relation(c, other)})


def _relation(c: Candidate, other: Candidate) -> Iterator[str]:
    if other.cue == c.cue:
        yield f"beside={other.pattern}"
        return
    common = min(other.end, c.end) - max(other.start, c.start)
    if common <= 0:
        return
    if common >= 0.8 * (max(other.end, c.end) - min(other.start, c.start)):
        yield f"same={other.pattern}"
    elif other.start <= c.start and c.end <= other.end:
        yield f"in={other.pattern}"
    elif c.start <= other.start and other.end <= c.end:
        yield f"holds={other.pattern}"


def stands_in(view: View, c: Candidate, stretches: Sequence[Candidate]) -> str:
    """How a content lies to marked stretches: its cue is inside one, it is one ('same'), or neither ('no')."""
    at = view.start[c.cue.word] if c.cue is not None else c.start
    for stretch in stretches:
        if stretch.start <= at < stretch.end:
            return "inside"
        common = min(stretch.end, c.end) - max(stretch.start, c.start)
        if common > 0 and common >= 0.75 * (max(stretch.end, c.end) - min(stretch.start, c.start)):
            return "same"
    return "no"


def holding(c: Candidate, reports: Sequence[Candidate]) -> str:
    """The pattern and class of the smallest report around a stretch, or 'none'."""
    around = [r for r in reports if r.start <= c.start + 2 and c.end - 2 <= r.end]
    if not around:
        return "none"
    smallest = min(around, key=lambda r: r.end - r.start)
    return f"{smallest.pattern}/{smallest.cue.kind if smallest.cue else ''}"


def filling(c: Candidate, at: Mapping[int, list[int]], mentions: Sequence[Mention]) -> str:
    """The type of a name that is the whole stretch, or ''."""
    for number in at.get(c.sentence, ()):
        span = mentions[number].span
        if min(span.end, c.end) - max(span.start, c.start) > 0.8 * (c.end - c.start):
            return mentions[number].type
    return ""
