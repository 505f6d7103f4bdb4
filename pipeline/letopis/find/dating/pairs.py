"""The moments each event mention may have: the nearest before and behind, the first of its document, and those its kin stand at.

Kin of an event are the mentions of its document with one type or one stem. They stand at a moment when both hang on one word.
"""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from letopis.find.dating.grounds import DEPTH, STEMS, Grounds
from letopis.find.dating.moments import Moments
from letopis.layers import Ints

BEFORE, BEHIND = 5, 4                 # moments looked at to each side: further ones held gold's day for less than .01 of events


HANGING = 2                           # steps to the common word
AT_ONCE = 1 << 16                     # pairs: what is compared takes 300 bytes each


class Kin(NamedTuple):
    """Moments with the types, stems and groups of what stands at them, as sorted keys."""

    type: npt.NDArray[np.int64]
    stem: npt.NDArray[np.int64]
    group: npt.NDArray[np.int64]


def pairs_of(g: Grounds, m: Moments, document: Ints, kin: Kin) -> tuple[Ints, Ints]:
    """(event, moment) of every pair, in order; `document` of each moment."""
    count = len(m.first)
    if not count or not len(g.head):
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    opening, closing = _between(document, g.document)
    event, moment = _all(opening, closing)
    behind = np.searchsorted(m.first, g.head)[event]
    near = (moment >= behind - BEFORE) & (moment < behind + BEHIND)
    near |= (moment == opening[event]) | kindred(kin.type, moment, g.type[event]) | kindred(kin.stem, moment, g.stem[event])
    return event[near], moment[near]


def _between(ordered: Ints, value: Ints) -> tuple[Ints, Ints]:
    """Where each value begins and ends among ordered ones."""
    sides: tuple[Literal["left"], Literal["right"]] = ("left", "right")
    opening, closing = (np.searchsorted(ordered, value, side=side).astype(np.int32) for side in sides)
    return opening, closing


def _all(opening: Ints, closing: Ints) -> tuple[Ints, Ints]:
    """Every event with every moment of its document."""
    sizes = closing - opening
    event = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    moment = np.arange(len(event)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + opening[event]
    return event, moment.astype(np.int32)


def kin_of(g: Grounds, m: Moments, sentence: Ints) -> Kin:
    """Who stands at each moment."""
    event, moment = _all(*_between(sentence, g.sentence))
    up_event, up_moment, meet = paths(g, g.head[event], m.last[moment])
    hangs = meet & (up_event <= HANGING) & (up_moment <= HANGING)
    event, moment = event[hangs], moment[hangs]
    return Kin(*(np.unique(_key(moment, column[event])) for column in (g.type, g.stem, g.group)))


def kindred(keys: npt.NDArray[np.int64], moment: Ints, value: Ints) -> npt.NDArray[np.bool_]:
    """Whether something with this value stands at each moment."""
    if not len(keys):
        return np.zeros(len(moment), bool)
    asked = _key(moment, value)
    known: npt.NDArray[np.bool_] = keys[np.minimum(np.searchsorted(keys, asked), len(keys) - 1)] == asked
    return known


def _key(moment: Ints, value: Ints) -> npt.NDArray[np.int64]:
    keys: npt.NDArray[np.int64] = moment.astype(np.int64) * STEMS + value
    return keys


def paths(g: Grounds, event: Ints, moment: Ints) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Steps up from words of events and of moments to where their chains meet, and whether they do."""
    slices = [slice(i, i + AT_ONCE) for i in range(0, max(len(event), 1), AT_ONCE)]
    parts = [_paths(g, event[s], moment[s]) for s in slices]
    ours, theirs, meet = zip(*parts, strict=True)
    return np.concatenate(ours), np.concatenate(theirs), np.concatenate(meet)


def _paths(g: Grounds, event: Ints, moment: Ints) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    ours, theirs = g.up[:, event].T, g.up[:, moment].T
    alike = (theirs[:, :, None] == ours[:, None, :]) & (theirs[:, :, None] >= 0)
    flat = alike.reshape(len(event), (DEPTH + 1) ** 2)
    cost = np.add.outer(np.arange(DEPTH + 1), np.arange(DEPTH + 1)).reshape(-1)
    best = np.where(flat, cost, 99).argmin(axis=1) if len(event) else np.zeros(0, np.int64)
    return (best % (DEPTH + 1)).astype(np.int32), (best // (DEPTH + 1)).astype(np.int32), flat.any(axis=1)
