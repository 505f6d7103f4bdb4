"""Which edit each piece of a phrase gets: the most probable together, from left to right.

Each piece is a choice among its edits given the one before; a few of the best beginnings are kept (beam).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

import numpy as np

from letopis.layers import Ints
from letopis.text.normal.backing import Backing, backings
from letopis.text.normal.evidence import Evidence
from letopis.text.normal.features import (
    NAMES,
    Outlook,
    Setting,
    State,
    after,
    beside,
    endings_of,
    made_by,
    of_backings,
    of_counts,
    of_pair,
    of_setting,
    outlook_of,
    own,
    seen_of,
    setting_of,
    standing_of,
    state_of,
)
from letopis.text.normal.phrase import Phrase, Tag
from letopis.text.normal.pieces import KEEP, Edit
from letopis.text.normal.weights import SCALE, UNSEEN, sums, weights

BEAM = 3
GENITIVE = "G"
HOPELESS = 8 * SCALE        # an edit that is so far behind by itself is not looked at
UNLIKELY = 7 * SCALE        # an edit that is so far behind the best is not followed


class _Beginning(NamedTuple):
    score: float
    edits: tuple[Edit, ...]
    state: State | None


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    edits: tuple[Edit, ...]
    numbers: tuple[int, ...]
    standings: tuple[str, ...]
    states: tuple[State, ...]
    scores: tuple[int, ...]


def decide(phrase: Phrase, evidence: Evidence) -> tuple[Edit, ...]:
    """An edit for every piece."""
    beam = [_Beginning(0.0, (), None)]
    for place, piece in enumerate(phrase.pieces):
        if piece.shape == "x":
            beam = [_Beginning(b.score, (*b.edits, KEEP), b.state) for b in beam]
            continue
        mine = _own(piece.low, piece.shape, phrase.tags[phrase.owner[place]], phrase.common)
        if len(mine.edits) == 1:
            beam = [_Beginning(b.score, b.edits + mine.edits, mine.states[0]) for b in beam]
            continue
        scores = _scores(phrase, place, evidence, mine)
        following = [step for b in beam for step in _steps(b, mine, scores, common=phrase.common)]
        beam = sorted(following, key=_score, reverse=True)[:BEAM] if len(following) > 1 else following
    edits = beam[0].edits
    return tuple(KEEP if _complements(phrase, place, edits) else edit for place, edit in enumerate(edits))


def _complements(phrase: Phrase, place: int, edits: tuple[Edit, ...]) -> bool:
    """Whether a name goes with a genitive before it that stays: 'связей города [Москвы]', 'выступление генерала [Иванова]'."""
    owner = phrase.owner[place]
    if phrase.pieces[place].shape != "C" or owner == 0 or place == 0 or phrase.owner[place - 1] != owner - 1:
        return False
    noun, name = phrase.tags[owner - 1], phrase.tags[owner]
    stays = edits[place - 1] == KEEP and phrase.pieces[place - 1].shape == "l"
    return stays and noun.pos == "NOUN" and noun.case == name.case == GENITIVE


def _score(beginning: _Beginning) -> float:
    return beginning.score


def _scores(phrase: Phrase, place: int, evidence: Evidence, mine: _Own) -> list[int]:
    """What speaks for each edit of a piece apart from the piece before."""
    piece, learned = phrase.pieces[place], sums(phrase.common)
    row = _in_setting(setting_of(phrase, place), phrase.common)
    scores = [score + row[number] for score, number in zip(mine.scores, mine.numbers, strict=True)]
    learned.add(scores, mine.numbers, beside(phrase, place))
    if piece.shape in NAMES:
        learned.add(scores, mine.numbers, endings_of(piece, evidence))
        seen = seen_of(piece, evidence)
        for i, (edit, standing) in enumerate(zip(mine.edits, mine.standings, strict=True)):
            scores[i] += _counted(made_by(piece, edit, evidence), seen, standing, phrase.common)
    return scores


@lru_cache(maxsize=10_000)
def _in_setting(setting: Setting, common: bool) -> Sequence[int]:
    rows = np.stack([_row(name, common) for name in of_setting(setting)])
    return array("i", rows.sum(axis=0, dtype=np.int32).tobytes())


@lru_cache(maxsize=10_000)
def _row(name: str, common: bool) -> Ints:
    return sums(common).row(name)


@lru_cache(maxsize=10_000)
def _counted(made: int, seen: int, standing: str, common: bool) -> int:
    return sums(common).sum(of_counts(made, seen, standing))


@lru_cache(maxsize=30_000)
def _own(low: str, shape: str, tag: Tag, common: bool) -> _Own:
    """The edits of a piece, and what it says by itself; without those that nothing around could make right."""
    learned, summed = weights(), sums(common)
    backed = backings(low)
    outlook = outlook_of(backed)
    edits = learned.candidates(low, backed)
    scores = [_backed(backed.get(edit, ()), outlook, shape, tag, common) for edit in edits]
    summed.add(scores, [learned.number.get(edit, UNSEEN) for edit in edits], own(low, shape, tag))
    best = max(scores)
    kept = [(edit, score) for edit, score in zip(edits, scores, strict=True) if best - score < HOPELESS]
    return _Own(
        tuple(edit for edit, _ in kept), tuple(learned.number.get(edit, UNSEEN) for edit, _ in kept),
        tuple(standing_of(backed.get(edit, ()), outlook) for edit, _ in kept),
        tuple(state_of(low, edit) for edit, _ in kept), tuple(score for _, score in kept),
    )


@lru_cache(maxsize=50_000)
def _backed(mine: tuple[Backing, ...], outlook: Outlook, shape: str, tag: Tag, common: bool) -> int:
    return sums(common).sum(of_backings(mine, outlook, shape, tag))


def _steps(left: _Beginning, mine: _Own, scores: list[int], *, common: bool) -> list[_Beginning]:
    """The likely continuations of one beginning."""
    totals = scores
    if left.state:
        totals = [a + b for a, b in zip(scores, _after(left.state, mine, common), strict=True)]
    best = max(totals)
    likely = [(i, (total - best) / SCALE) for i, total in enumerate(totals) if best - total < UNLIKELY]
    whole = log(sum([exp(value) for _, value in likely])) if len(likely) > 1 else 0.0
    return [_Beginning(left.score + value - whole, (*left.edits, mine.edits[i]), mine.states[i]) for i, value in likely]


@lru_cache(maxsize=50_000)
def _after(left: State, mine: _Own, common: bool) -> tuple[int, ...]:
    """What the piece before says of each edit."""
    learned = sums(common)
    scores = [learned.sum(of_pair(left, state)) for state in mine.states]
    learned.add(scores, mine.numbers, [after(left)])
    return tuple(scores)
