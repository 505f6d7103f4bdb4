"""Which edit each piece of a phrase gets: the most probable together, from left to right.

Each piece is a choice among its edits given the one before; a few of the best beginnings are kept (beam).
"""

from functools import lru_cache
from math import exp, log
from typing import NamedTuple

from letopis.text.normal.backing import backings
from letopis.text.normal.evidence import Evidence
from letopis.text.normal.features import (
    NAMES,
    State,
    after,
    around,
    endings_of,
    named,
    of_backings,
    of_evidence,
    of_pair,
    outlook_of,
    own,
    standing_of,
    state_of,
)
from letopis.text.normal.phrase import Phrase, Tag
from letopis.text.normal.pieces import KEEP, Edit, Piece
from letopis.text.normal.weights import SCALE, UNSEEN, Weights, weights

BEAM = 3
GENITIVE = "G"
HOPELESS = 8 * SCALE        # an edit that is so far behind by itself is not looked at
UNLIKELY = 7 * SCALE        # an edit that is so far behind the best is not followed


class _Beginning(NamedTuple):
    score: float
    edits: tuple[Edit, ...]
    state: State | None


class _Own(NamedTuple):
    edits: tuple[Edit, ...]
    numbers: tuple[int, ...]
    standings: tuple[str, ...]
    scores: tuple[int, ...]


def decide(phrase: Phrase, evidence: Evidence) -> tuple[Edit, ...]:
    """An edit for every piece."""
    learned = weights()
    beam = [_Beginning(0.0, (), None)]
    for place, piece in enumerate(phrase.pieces):
        if piece.shape == "x":
            beam = [_Beginning(b.score, (*b.edits, KEEP), b.state) for b in beam]
            continue
        mine, scores = _scores(learned, phrase, place, evidence)
        following = [step for b in beam for step in _steps(learned, b, piece, mine, scores, common=phrase.common)]
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


def _scores(learned: Weights, phrase: Phrase, place: int, evidence: Evidence) -> tuple[_Own, list[int]]:
    """The edits of a piece, and what speaks for each apart from the piece before."""
    piece = phrase.pieces[place]
    mine = _own(piece.low, piece.shape, phrase.tags[phrase.owner[place]], phrase.common)
    scores = list(mine.scores)
    if len(scores) == 1:
        return mine, scores
    names = around(phrase, place)
    if piece.shape in NAMES:
        names += endings_of(piece, evidence)
        for i, (edit, standing) in enumerate(zip(mine.edits, mine.standings, strict=True)):
            scores[i] += learned.sum(of_evidence(piece, edit, evidence, standing), common=phrase.common)
    learned.add(scores, mine.numbers, named(names, common=phrase.common))
    return mine, scores


@lru_cache(maxsize=100_000)
def _own(low: str, shape: str, tag: Tag, common: bool) -> _Own:
    """The edits of a piece, and what it says by itself; without those that nothing around could make right."""
    learned = weights()
    backed = backings(low)
    outlook = outlook_of(backed)
    edits = learned.candidates(low, backed)
    scores = [learned.sum(of_backings(backed.get(edit, ()), outlook, shape, tag), common=common) for edit in edits]
    learned.add(scores, [learned.number.get(edit, UNSEEN) for edit in edits], named(own(low, shape, tag), common=common))
    best = max(scores)
    kept = [(edit, score) for edit, score in zip(edits, scores, strict=True) if best - score < HOPELESS]
    return _Own(
        tuple(edit for edit, _ in kept), tuple(learned.number.get(edit, UNSEEN) for edit, _ in kept),
        tuple(standing_of(backed.get(edit, ()), outlook) for edit, _ in kept), tuple(score for _, score in kept),
    )


def _steps(
    learned: Weights, left: _Beginning, piece: Piece, mine: _Own, scores: list[int], *, common: bool
) -> list[_Beginning]:
    """The likely continuations of one beginning."""
    totals = list(scores)
    if left.state and len(totals) > 1:
        learned.add(totals, mine.numbers, named([after(left.state)], common=common))
        for i, edit in enumerate(mine.edits):
            totals[i] += learned.sum(of_pair(left.state, state_of(piece.low, edit)), common=common)
    best = max(totals)
    likely = [(edit, (total - best) / SCALE) for edit, total in zip(mine.edits, totals, strict=True) if best - total < UNLIKELY]
    whole = log(sum(exp(value) for _, value in likely)) if len(likely) > 1 else 0.0
    return [
        _Beginning(left.score + value - whole, (*left.edits, edit), state_of(piece.low, edit)) for edit, value in likely
    ]
