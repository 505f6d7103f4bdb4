"""Edits of a text, and the way back: every character of the edited text knows which piece of the original it stands for.

Contract: the maps never go backwards, and lie inside the original. An edit may delete, replace or lengthen; edits of one pass
that begin inside an earlier one are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from letopis.layers import Ints

Edit: TypeAlias = tuple[int, int, str]      # start, end, what stands there instead


@dataclass(frozen=True, slots=True)
class Traced:
    """A text with its way back; `start` and `end` are half-open offsets in the original, one pair a character."""

    text: str
    start: Ints
    end: Ints


def trace(text: str) -> Traced:
    """The text itself."""
    return Traced(text, np.arange(len(text), dtype=np.int32), np.arange(1, len(text) + 1, dtype=np.int32))


def edit(traced: Traced, edits: Iterable[Edit]) -> Traced:
    """The text after one pass of edits, still traced to the same original."""
    ordered = sorted(edits, key=lambda e: (e[0], -e[1]))
    if not ordered:
        return traced
    if all(end - start == len(new) == 1 for start, end, new in ordered):
        return Traced(_replace(traced.text, ordered), traced.start, traced.end)
    pieces, starts, ends, done = [], [], [], 0
    for start, end, new in ordered:
        if start < done or start == end:
            continue
        pieces += [traced.text[done:start], new]
        starts += [traced.start[done:start], np.full(len(new), traced.start[start])]
        ends += [traced.end[done:start], np.full(len(new), traced.end[end - 1])]
        done = end
    pieces.append(traced.text[done:])
    starts.append(traced.start[done:])
    ends.append(traced.end[done:])
    return Traced("".join(pieces), _joined(starts), _joined(ends))


def _replace(text: str, edits: list[Edit]) -> str:
    """One character for one: the maps stay."""
    characters = list(text)
    for start, _, new in edits:
        characters[start] = new
    return "".join(characters)


def _joined(pieces: list[Ints]) -> Ints:
    return np.concatenate(pieces).astype(np.int32)
