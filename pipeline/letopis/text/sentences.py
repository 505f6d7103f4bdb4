"""Readings -> Sentences: the pieces of each block, and the role each plays in the article.

Contract: sentences are in reading order, never overlap, never cross a block, and every character of a block that is not blank
lies in one. None is longer than LONGEST tokens. What it does not do: decide where a sentence ends, which is `boundaries`'.
"""

import re
from collections.abc import Iterator

import numpy as np

from letopis.layers import Block, Readings, Sentences
from letopis.text.boundaries import boundaries
from letopis.text.dateline import dateline_end
from letopis.text.tokens import pieces

LONGEST = 512               # tokens; longer ones are lists and tables, and would cost memory by the square
OPENING = 3                 # paragraphs a dateline may open
_STRONG = re.compile(r"[.?!…;:|]")
_WEAK = re.compile(r"[,—–)]")

Row = tuple[int, int, str]  # start, end, role


def segment(readings: Readings) -> Sentences:
    """Split every block of every reading into sentences."""
    rows = [
        (r, *row)
        for r, (field, clean, blocks) in enumerate(zip(readings.field, readings.clean, readings.blocks, strict=True))
        for row in (_title(clean, blocks) if field == "title" else _body(clean, blocks))
    ]
    columns = np.array([row[:3] for row in rows], np.int32).reshape(-1, 3)
    return Sentences(columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy(), tuple(row[3] for row in rows))


def _title(clean: str, blocks: tuple[Block, ...]) -> Iterator[Row]:
    for block in blocks:
        yield from _sentences(clean, block.start, block.end, "title")


def _body(clean: str, blocks: tuple[Block, ...]) -> Iterator[Row]:
    """A dateline may open one of the first paragraphs; the lead is what follows it there or, alone, in the next, else the
    first paragraph."""
    opening, length = _opening(clean, blocks)
    for i, block in enumerate(blocks):
        start = block.start + (length if i == opening else 0)
        if start > block.start:
            yield block.start, start, "dateline"
        alone = opening >= 0 and length == blocks[opening].end - blocks[opening].start
        yield from _sentences(clean, start, block.end, _role(block, i == opening + alone))


def _opening(clean: str, blocks: tuple[Block, ...]) -> tuple[int, int]:
    """(number of the block with the dateline or, without one, of the first paragraph, length of the dateline)."""
    paragraphs = [i for i, block in enumerate(blocks) if block.kind == "paragraph"]
    for i in paragraphs[:OPENING]:
        if length := dateline_end(clean[blocks[i].start:blocks[i].end]):
            return i, length
    return next(iter(paragraphs), -1), 0


def _role(block: Block, is_lead: bool) -> str:
    if block.kind in ("heading", "quote", "caption"):
        return block.kind
    return "lead" if is_lead and block.kind == "paragraph" else "body"


def _sentences(clean: str, start: int, end: int, role: str) -> Iterator[Row]:
    text = clean[start:end]
    begin = 0
    for stop in (*boundaries(text), len(text)):
        sentence = text[begin:stop]
        inner = sentence.strip()
        if inner:
            first = start + begin + sentence.index(inner)
            for a, b in _bounded(inner):
                yield first + a, first + b, role
        begin = stop


def _bounded(sentence: str) -> list[tuple[int, int]]:
    """The sentence, or its parts of at most LONGEST tokens, cut behind the last mark of a part's second half."""
    if len(sentence) <= LONGEST:
        return [(0, len(sentence))]
    tokens = pieces(sentence)
    parts, first = [], 0
    while len(tokens) - first > LONGEST:
        last = first + LONGEST // 2 + _best(form for _, _, form in tokens[first + LONGEST // 2:first + LONGEST])
        parts.append((tokens[first][0], tokens[last][1]))
        first = last + 1
    return [*parts, (tokens[first][0], len(sentence))]


def _best(forms: Iterator[str]) -> int:
    """Which token to cut behind: the last strong mark, else the last weak one, else the last."""
    marks = list(forms)
    for pattern in (_STRONG, _WEAK):
        for i in range(len(marks) - 1, -1, -1):
            if pattern.match(marks[i]):
                return i
    return len(marks) - 1
