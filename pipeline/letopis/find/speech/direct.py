"""Candidates for direct speech: what stands between marks, after the dash of a dialogue or interview, after a colon and line
break, or in a block quote.

A reporting clause inside cuts a stretch into pieces. Nothing is chosen here: titles and irony stand between marks too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from letopis.find.speech.announced import DASH, announced, insertions
from letopis.find.speech.candidates import Candidate, Cue
from letopis.find.speech.marks import Marked, marked
from letopis.find.speech.offsets import Reading
from letopis.layers import Block

_TURN = re.compile(rf"^[ \t\u00a0]*[{DASH}]\s+(?=\S)", re.MULTILINE)
_BREAK = re.compile("[\n\u2028]")
_BLANK = " \t\n\r\u00a0\u2028"
_LEAST = 3                                         # words and marks


def direct_candidates(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[Candidate]:
    """Every stretch of a reading that may be direct speech."""
    clean = reading.clean
    breaks = sorted({b.end for b in blocks} | {m.start() for m in _BREAK.finditer(clean)})
    stretches = marked(clean, breaks)
    for name, start, end in _stretches(clean, breaks, stretches):
        yield from _pieces(reading, start, end, name)
    for block in blocks:
        if block.kind == "quote" and not any(_fills(s, block) for s in stretches):
            yield from _pieces(reading, block.start, block.end, "block")


def _fills(stretch: Marked, block: Block) -> bool:
    """A block quote that has marks of its own: '> «Мы готовы», – сказал он.'"""
    return block.start <= stretch.start and stretch.end <= block.end and 3 * (stretch.end - stretch.start) > block.end - block.start


def _stretches(clean: str, breaks: list[int], between: list[Marked]) -> Iterator[tuple[str, int, int]]:
    for stretch in between:
        yield "marks", stretch.start, stretch.end
    starts = [t.end() for t in _TURN.finditer(clean) if not any(s.closed and s.start <= t.start() < s.end for s in between)]
    turns = [(start, _paragraph_end(breaks, start, len(clean))) for start in starts]
    asked = [clean[start:end].rstrip().endswith("?") for start, end in turns]
    for number, (start, end) in enumerate(turns):
        yield "interview" if any(asked[max(0, number - 1):number + 1]) and len(turns) > 1 else "turn", start, end
    for start in _after_colons(clean, breaks):
        yield "paragraph", start, _paragraph_end(breaks, start, len(clean))


def _after_colons(clean: str, breaks: list[int]) -> Iterator[int]:
    """Where paragraphs begin that a colon at the end of the one before announces, without marks."""
    for end in breaks:
        if not clean[max(0, end - 3):end].rstrip().endswith(":"):
            continue
        start = end
        while start < len(clean) and clean[start].isspace():
            start += 1
        if start < len(clean) and clean[start] not in "«\"„“" + DASH:
            yield start


def _paragraph_end(breaks: list[int], offset: int, size: int) -> int:
    at = bisect_left(breaks, offset)
    return breaks[at] if at < len(breaks) else size


def _pieces(reading: Reading, start: int, end: int, name: str) -> Iterator[Candidate]:
    """The stretch, or what reporting clauses leave of it."""
    begin, joined, cue = start, -1, None
    for clause_start, clause_end, verb in insertions(reading, start, end):
        piece = _piece(reading, begin, clause_start, f"{name}_cut", verb, joined)
        yield from piece
        begin, joined, cue = clause_end, piece[0].start if piece else -1, verb
    if begin < end:
        if cue is None and name == "interview":
            yield from _piece(reading, begin, end, name, None, -1)
        elif cue is None:
            where, cue = announced(reading, begin, end)
            yield from _piece(reading, begin, end, f"{name}_{where}", cue, -1)
        else:
            yield from _piece(reading, begin, end, f"{name}_rest", cue, joined)


def _piece(reading: Reading, start: int, end: int, pattern: str, cue: Cue | None, joined: int) -> list[Candidate]:
    clean = reading.clean
    while start < end and clean[start] in _BLANK:
        start += 1
    while start < end and clean[end - 1] in _BLANK + ",":
        end -= 1
    word = reading.word_at(start)
    last = reading.word_at(end)
    if end <= start or last - word < _LEAST:
        return []
    return [Candidate(reading.number, start, end, "direct", pattern, cue, reading.view.sentence[word], word, last, joined)]
