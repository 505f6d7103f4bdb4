"""The weights of models/normal, as training/normal.py writes them, and back.

Whole numbers, SCALE to one unit of log-odds: sums do not depend on the order of adding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np

from letopis.layers import Ints
from letopis.resources import model_path
from letopis.text.normal.pieces import KEEP, Edit

SCALE = 64
LONGEST_EDIT = 4            # letters; what changes more is another word ('Манхэттена' -> 'Манхеттен')
LONGEST_CUT = 4             # letters of a suffix that decide which edits come into question
COMMON = "~"                # before the second name of a feature
OTHER = 255                 # stands for every changing edit without a weight of its own
UNSEEN = 254                # number of an edit that no lesson had; has no weights of its own
MOST_EDITS = 254
_FILE = "normal/weights.npz"
_NOTHING: Mapping[int, int] = {OTHER: 0}


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned."""

    edits: tuple[Edit, ...]                         # KEEP first, then the more frequent first
    number: Mapping[Edit, int]                      # edit -> its place among `edits`
    suffixes: Mapping[str, tuple[int, ...]]         # end of a folded form -> edits seen with it
    joint: Mapping[str, Mapping[int, int]]          # feature -> edit -> weight; always of KEEP (0) and OTHER
    alone: Mapping[str, int]                        # feature of an edit already -> weight

    def candidates(self, low: str, backed: Iterable[Edit]) -> tuple[Edit, ...]:
        """Edits that come into question for a folded form: those seen with its ending, and those a parse stands behind."""
        ends = (low[-n:] for n in range(min(LONGEST_CUT, len(low)), 0, -1))
        seen = next((self.suffixes[end] for end in ends if end in self.suffixes), ())
        found = {KEEP: 0} | {self.edits[e]: e for e in seen} | {edit: self.number.get(edit, UNSEEN) for edit in backed}
        return tuple(sorted((e for e in found if _fits(low, e)), key=lambda e: (found[e], e)))


@dataclass(frozen=True, slots=True)
class Sums:
    """The weights as they are added up: those of a feature's both names in a common phrase."""

    joint: Mapping[str, Mapping[int, int]]
    alone: Mapping[str, int]

    def sum(self, names: Iterable[str]) -> int:
        """The weights of features of one edit."""
        find = self.alone.get
        return sum([find(name, 0) for name in names])

    def add(self, scores: list[int], numbers: Sequence[int], names: Iterable[str]) -> None:
        """Add the weights of features to the scores of the edits with these numbers."""
        find = self.joint.get
        for name in names:
            row = find(name)
            if row:
                weight, other = row.get, row[OTHER]
                for i, number in enumerate(numbers):
                    scores[i] += weight(number, other)

    def row(self, name: str) -> Ints:
        """[number of an edit] the weights of a feature."""
        row = self.joint.get(name, _NOTHING)
        found = np.full(OTHER + 1, row[OTHER], np.int32)
        found[list(row)] = list(row.values())
        return found


def _together(rows: Sequence[Mapping[int, int]]) -> Mapping[int, int]:
    numbers = {OTHER}.union(*rows)
    return {number: sum(row.get(number, row[OTHER]) for row in rows) for number in numbers}


@lru_cache(maxsize=2)
def sums(common: bool) -> Sums:
    """The weights of this process for a name, or for a common phrase."""
    learned = weights()
    if not common:
        return Sums(learned.joint, learned.alone)
    joint, alone = learned.joint, learned.alone
    plain = {name.removeprefix(COMMON) for name in joint}
    rows = {name: [joint[n] for n in (name, COMMON + name) if n in joint] for name in plain}
    singles = {name.removeprefix(COMMON) for name in alone}
    return Sums(
        {name: row[0] if len(row) == 1 else _together(row) for name, row in rows.items()},
        {name: alone.get(name, 0) + alone.get(COMMON + name, 0) for name in singles},
    )


def _fits(low: str, edit: Edit) -> bool:
    return edit == KEEP or (max(map(len, edit)) <= LONGEST_EDIT and low.endswith(edit[0]) and len(low) > len(edit[0]))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of this process."""
    return read(model_path(_FILE))


def read(path: Path) -> Weights:
    """Weights from their file; ValueError if it is no such file."""
    with np.load(path, allow_pickle=False) as stored:
        edits = tuple((cut, add) for cut, _, add in (line.partition(">") for line in _lines(stored["edits"])))
        joint = zip(_lines(stored["joint"]), stored["joint_edit"].tolist(), stored["joint_weight"].tolist(), strict=True)
        alone = zip(_lines(stored["alone"]), stored["alone_weight"].tolist(), strict=True)
        suffixes = (line.split("\t") for line in _lines(stored["suffixes"]))
        return Weights(
            edits, {edit: i for i, edit in enumerate(edits)}, {end: tuple(map(int, ids)) for end, *ids in suffixes},
            {name: {e: w for _, e, w in rows} for name, rows in groupby(joint, key=lambda row: row[0])}, dict(alone),
        )


def write(path: Path, learned: Weights) -> None:
    """Weights into their file, the same bytes for the same weights."""
    joint = [(name, e, w) for name in sorted(learned.joint) for e, w in sorted(learned.joint[name].items())]
    alone = sorted(learned.alone.items())
    np.savez_compressed(
        path,
        edits=_bytes([f"{cut}>{add}" for cut, add in learned.edits]),
        suffixes=_bytes(["\t".join([end, *map(str, ids)]) for end, ids in sorted(learned.suffixes.items())]),
        joint=_bytes([name for name, _, _ in joint]), joint_edit=np.array([e for _, e, _ in joint], np.uint8),
        joint_weight=np.array([w for _, _, w in joint], np.int16),
        alone=_bytes([name for name, _ in alone]), alone_weight=np.array([w for _, w in alone], np.int16),
    )


def _lines(column: np.ndarray) -> list[str]:
    return bytes(column).decode("utf-8").split("\n") if column.size else []


def _bytes(lines: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)
