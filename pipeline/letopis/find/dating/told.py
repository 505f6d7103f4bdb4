"""What the roles of events say about moments: which expression the tagger joins to which event as its time.

Contract. A level is 0 for nothing, 1 where a role and a moment share only some words ('25 июля' of '25 и 26 июля'), 2 for the
widest moment that a role covers, 3 where that role is sure. Roles never reach out of their event's sentence.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from letopis.find.clauses import Text
from letopis.find.dating.moments import Moments, words_at
from letopis.layers import Ints, Role

LEVELS = 4
SURE = 0.7                            # score of a role from which level 3 counts


class Told(NamedTuple):
    """Levels of pairs and of events."""

    own: Ints                         # [pair] of the pair's event and moment
    others: Ints                      # [pair] highest of other events with this moment
    event: Ints                       # [event] highest of its pairs; 1 for a time role over no moment


def told_of(text: Text, roles: Sequence[Role], m: Moments, event: Ints, moment: Ints, count: int) -> Told:
    """What roles say of pairs (event, moment), of `count` events."""
    times = [r for r in roles if r.role == "time"]
    highest = np.zeros(count, np.int32)
    highest[[r.event for r in times]] = 1
    levels = _levels(text, times, m)
    width = len(m.first)
    keys = np.array(sorted(e * width + t for e, t in levels), np.int64)
    values = np.array([levels[divmod(k, width)] for k in keys.tolist()], np.int32)
    own = _found(keys, values, event.astype(np.int64) * width + moment)
    np.maximum.at(highest, event, own)
    return Told(own, _others(levels, width, event, moment), highest)


def _levels(text: Text, roles: Sequence[Role], m: Moments) -> dict[tuple[int, int], int]:
    """(event, moment) -> its level."""
    sentences = [r.span.sentence for r in roles]
    first = words_at(text, sentences, [r.span.start for r in roles]).tolist()
    last = words_at(text, sentences, [r.span.end - 1 for r in roles]).tolist()
    levels: dict[tuple[int, int], int] = {}
    for role, a, b in zip(roles, first, last, strict=True):
        for moment, level in _of_role(m, a, b, 3 if role.score >= SURE else 2):
            key = (role.event, moment)
            levels[key] = max(level, levels.get(key, 0))
    return levels


def _of_role(m: Moments, first: int, last: int, level: int) -> Iterator[tuple[int, int]]:
    near = range(int(np.searchsorted(m.last, first)), int(np.searchsorted(m.first, last, side="right")))
    over = [i for i in near if m.last[i] >= first]
    covered = [i for i in over if first <= m.first[i] and m.last[i] <= last]
    widest = max((int(m.last[i] - m.first[i]) for i in covered), default=-1)
    yield from ((i, level if i in covered and m.last[i] - m.first[i] == widest else 1) for i in over)


def _found(keys: np.ndarray, values: Ints, asked: np.ndarray) -> Ints:
    if not len(keys):
        return np.zeros(len(asked), np.int32)
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    found: Ints = np.where(keys[at] == asked, values[at], 0).astype(np.int32)
    return found


def _others(levels: dict[tuple[int, int], int], width: int, event: Ints, moment: Ints) -> Ints:
    """Of each pair the highest level of another event with its moment."""
    best, second, owner = np.zeros(width, np.int32), np.zeros(width, np.int32), np.full(width, -1, np.int32)
    for (e, t), level in sorted(levels.items()):
        if level > best[t]:
            second[t], best[t], owner[t] = best[t], level, e
        elif level > second[t]:
            second[t] = level
    return np.where(owner[moment] == event, second[moment], best[moment]).astype(np.int32)
