"""Weights of normal forms: `python training/normal.py --corpora ../shared/corpora` writes models/normal/weights.npz.

Lessons: the pieces of RuNormAS's spans (parts train and choose) and of SlavicNER's names, each with the edit that makes
gold's word of it, and made lessons (`normal_exchange`). Spans whose gold has other words are left out. One softmax over the
edits that come into question for a piece, given the gold edit of the piece before; L2; L-BFGS from zero, hence the same weights
for the same corpora.

`--hold final choose --topics brexit ryanair` trains on less, `--out` writes elsewhere: so figures on parts kept aside are made.
"""

import argparse
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from letopis.evaluate import runormas, slavicner_lemmas
from letopis.evaluate.normal_forms import Case, Parsed, parse_cases
from letopis.text.normal import features
from letopis.text.normal.backing import backings
from letopis.text.normal.evidence import Evidence, gather
from letopis.text.normal.phrase import Phrase, columns_of, phrase_of
from letopis.text.normal.pieces import KEEP, Edit, Piece, edit_between, pieces
from letopis.text.normal.weights import COMMON, LONGEST_CUT, LONGEST_EDIT, MOST_EDITS, OTHER, SCALE, Weights, write
from letopis.text.tokens import pieces as tokens_of
from normal_exchange import CORPUS, exchanged

OUT = Path(__file__).resolve().parent.parent / "models" / "normal" / "weights.npz"
LEAST_EDIT = 3              # times an edit must be seen
LEAST_SUFFIX = 10           # times an ending must be seen to say which edits it takes
LEAST_SHARE = 0.002         # of an ending's words an edit must make
LEAST_FEATURE = 4           # times a feature must be met with an edit in question
STRENGTH = 2.0              # of L2
STEPS = 150
MADE = "@"                  # before the second name of a feature in made lessons of names: what holds only there stays there
MADE_VALUE = 0.25           # of such a feature; the less, the more the made lessons say about all others
ALONE = -1                  # in place of an edit: the feature is of an edit already
LEAST_WEIGHT = 2            # in units of SCALE; smaller ones are left out

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A span with the edits of its pieces."""

    phrase: Phrase
    evidence: Evidence
    edits: tuple[Edit, ...]
    private: str = ""           # before the second names of its features: COMMON, MADE, or '' for none


@dataclass(slots=True)
class Table:
    """The matrix under construction: a row for each edit in question, rows of one piece together."""

    columns: dict[tuple[str, int], int] = field(default_factory=dict)      # (feature, edit or ALONE) -> column
    row: "array[int]" = field(default_factory=lambda: array("i"))
    value: "array[float]" = field(default_factory=lambda: array("f"))
    column: "array[int]" = field(default_factory=lambda: array("i"))
    group: "array[int]" = field(default_factory=lambda: array("i"))
    right: "array[int]" = field(default_factory=lambda: array("b"))

    def add(self, group: int, names: Iterable[tuple[str, int]], *, right: bool) -> None:
        """One edit of one piece."""
        for name in names:
            self.row.append(len(self.group))
            self.value.append(MADE_VALUE if name[0].startswith(MADE) else 1.0)
            self.column.append(self.columns.setdefault(name, len(self.columns)))
        self.group.append(group)
        self.right.append(right)


def lessons_of(cases: Sequence[Case]) -> Iterator[Lesson]:
    """The lessons of all cases whose words are gold's."""
    for batch in parse_cases(cases):
        yield from _batch_lessons(batch)


def _batch_lessons(batch: Parsed) -> Iterator[Lesson]:
    columns = columns_of(batch.words, batch.syntax)
    evidence = [gather(batch.readings, (reading,)) for reading in range(len(batch.readings.clean))]
    for case, parts in zip(batch.cases, batch.spans, strict=True):
        phrase = phrase_of(columns, parts, common=features.is_common(case.type))
        edits = _gold_edits(phrase, case.gold) if phrase else None
        if phrase and edits:
            private = COMMON if phrase.common else MADE if case.document.startswith(CORPUS) else ""
            yield Lesson(phrase, evidence[parts[0].reading], edits, private)


def _gold_edits(phrase: Phrase, gold: str) -> tuple[Edit, ...] | None:
    forms = [form for _, _, form in tokens_of(gold)]
    if len(forms) != len(phrase.words):
        return None
    normals = [(place, piece) for place, form in enumerate(forms) for piece in pieces(form)]
    if [place for place, _ in normals] != phrase.owner:
        return None
    return tuple(edit_between(mine.low, other.low) for mine, (_, other) in zip(phrase.pieces, normals, strict=True))


def inventory(lessons: Sequence[Lesson]) -> Weights:
    """The edits and which endings take them, without weights yet."""
    edits: Counter[Edit] = Counter()
    endings: defaultdict[str, Counter[Edit]] = defaultdict(Counter)
    for piece, edit in _pairs(lessons):
        edits[edit] += 1
        for n in range(1, LONGEST_CUT + 1):
            endings[piece.low[-n:]][edit] += 1
    kept = [KEEP, *(e for e, n in edits.most_common() if n >= LEAST_EDIT and e != KEEP)][:MOST_EDITS]
    number = {edit: i for i, edit in enumerate(kept)}
    suffixes = {
        end: tuple(sorted(number[e] for e, n in seen.items() if e in number and n >= max(2, LEAST_SHARE * seen.total())))
        for end, seen in endings.items() if len(end) == 1 or seen.total() >= LEAST_SUFFIX
    }
    return Weights(tuple(kept), number, suffixes, {}, {})


def _pairs(lessons: Sequence[Lesson]) -> Iterator[tuple[Piece, Edit]]:
    for lesson in lessons:
        for piece, edit in zip(lesson.phrase.pieces, lesson.edits, strict=True):
            if piece.shape != "x" and max(map(len, edit)) <= LONGEST_EDIT:
                yield piece, edit


def tabulate(lessons: Sequence[Lesson], empty: Weights) -> Table:
    """All pieces with more than one edit in question, gold's among them."""
    table = Table()
    group = 0
    for lesson in lessons:
        state = None
        for place, (piece, edit) in enumerate(zip(lesson.phrase.pieces, lesson.edits, strict=True)):
            if piece.shape == "x":
                continue
            choices = empty.candidates(piece.low, backings(piece.low))
            if edit not in choices:
                state = None
                continue
            if len(choices) > 1:
                for choice, names in _rows(lesson, place, choices, empty, state):
                    table.add(group, names, right=choice == edit)
                group += 1
            state = features.state_of(piece.low, edit)
    return table


def _rows(
    lesson: Lesson, place: int, choices: Sequence[Edit], empty: Weights, left: features.State | None
) -> Iterator[tuple[Edit, list[tuple[str, int]]]]:
    phrase, piece = lesson.phrase, lesson.phrase.pieces[place]
    tag = phrase.tags[phrase.owner[place]]
    common = [*features.own(piece.low, piece.shape, tag), *features.around(phrase, place)]
    if piece.shape in features.NAMES:
        common += features.endings_of(piece, lesson.evidence)
    if left:
        common.append(features.after(left))
    backed = backings(piece.low)
    outlook = features.outlook_of(backed)
    for edit in choices:
        numbers = [0] if edit == KEEP else [OTHER, *([empty.number[edit]] if edit in empty.number else [])]
        single = features.of_backings(backed.get(edit, ()), outlook, piece.shape, tag)
        if piece.shape in features.NAMES:
            standing = features.standing_of(backed.get(edit, ()), outlook)
            single += features.of_evidence(piece, edit, lesson.evidence, standing)
        if left:
            single += features.of_pair(left, features.state_of(piece.low, edit))
        names = [(name, e) for e in numbers for name in common] + [(name, ALONE) for name in single]
        yield edit, names + [(lesson.private + name, e) for name, e in names] if lesson.private else names


def fit(table: Table) -> dict[tuple[str, int], int]:
    """Weights of the features met often enough, in units of SCALE."""
    column = np.array(table.column)
    often = np.bincount(column) >= LEAST_FEATURE
    place = np.cumsum(often) - 1
    kept = often[column]
    matrix = csr_matrix(
        (np.array(table.value, np.float32)[kept], (np.array(table.row)[kept], place[column[kept]])),
        (len(table.group), int(often.sum())),
    )
    found = _regression(matrix, np.array(table.group), np.array(table.right, bool))
    whole = np.rint(found * SCALE).astype(int)
    weights = {name: int(whole[place[c]]) for name, c in table.columns.items() if often[c]}
    return {name: w for name, w in weights.items() if abs(w) >= LEAST_WEIGHT and not name[0].startswith(MADE)}


def _regression(matrix: csr_matrix, group: npt.NDArray[np.int64], right: npt.NDArray[np.bool_]) -> Floats:
    starts = np.r_[0, np.flatnonzero(np.diff(group)) + 1]
    turned = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts)[group]
        odds = np.exp(scores)
        shares = odds / np.add.reduceat(odds, starts)[group]
        value = -np.log(np.maximum(shares[right], 1e-300)).sum() + 0.5 * STRENGTH * weights @ weights
        return float(value), turned @ (shares - right) + STRENGTH * weights

    options = {"maxiter": STEPS}
    return np.asarray(minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options=options).x)


def learn(lessons: Sequence[Lesson]) -> Weights:
    """The weights of all lessons."""
    empty = inventory(lessons)
    joint: defaultdict[str, dict[int, int]] = defaultdict(dict)
    alone = {}
    for (name, edit), weight in fit(tabulate(lessons, empty)).items():
        if edit == ALONE:
            alone[name] = weight
        else:
            joint[name][edit] = weight
    for row in joint.values():
        other = row.setdefault(OTHER, 0)
        row |= {edit: weight + other for edit, weight in row.items() if edit not in (0, OTHER)}
        row.setdefault(0, 0)
    return Weights(empty.edits, empty.number, empty.suffixes, joint, alone)


def cases_of(corpora: Path, held: Sequence[str], topics: Sequence[str]) -> list[Case]:
    """The training cases: of both corpora, and the made ones."""
    news = runormas.read_cases(corpora / "runormas" / "train")
    kept = [case for case in news if runormas.part_of(case.document) not in held]
    names = slavicner_lemmas.read_cases(corpora / "slavicner", topics)
    return [*kept, *names, *exchanged(corpora, (case.gold for case in kept))]


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--hold", nargs="*", default=["final"], choices=runormas.PARTS)
    parser.add_argument("--topics", nargs="*", default=slavicner_lemmas.TOPICS, choices=slavicner_lemmas.TOPICS)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    write(given.out, learn(list(lessons_of(cases_of(given.corpora, given.hold, given.topics)))))


if __name__ == "__main__":
    main()
