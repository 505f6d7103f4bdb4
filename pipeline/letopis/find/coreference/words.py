"""What the words of a trigger say by their letters, and words that point ('этот'), set apart ('другой') or stand for any happening.

`Lexis` numbers the lemmas of a batch, so that everything after it compares numbers.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from letopis.encoder.weights import Floats
from letopis.find.coreference.vectors import vector, width
from letopis.find.lexicons import table
from letopis.layers import Ints

Bytes: TypeAlias = npt.NDArray[np.uint8]

FIRST_LEMMA = 1_000_000               # numbers from here on are lemmas', below them entities'
LETTERS, ROOT = 12, 8                 # letters compared of a lemma, and of what is left of it without its prefix
LEAST_ROOT = 4                        # letters that are left where a prefix is taken off
PREFIXES = (
    "пере", "про", "при", "под", "ото", "раз", "рас", "вос", "воз", "без", "бес", "вы", "за", "на", "по", "от", "об", "со", "из",
    "ис", "до", "вз", "вс", "не", "о", "с", "у", "в",
)
"""Longer ones first."""
CUES = ("", "definite", "other", "generic")


@lru_cache(maxsize=1)
def cues() -> Mapping[str, int]:
    """Lemma -> which of CUES it is."""
    return {row["lemma"]: CUES.index(row["cue"]) for row in table("event_cues")}


@lru_cache(maxsize=50_000)
def root(lemma: str) -> str:
    """'погибнуть' -> 'гибнуть', as in 'гибель'."""
    return next((lemma[len(p):] for p in PREFIXES if lemma.startswith(p) and len(lemma) - len(p) >= LEAST_ROOT), lemma)


class Lexis:
    """The lemmas of a batch: [word] their numbers from 1, e for ё, small letters."""

    def __init__(self, lemmas: Sequence[str]) -> None:
        self.names = [""]
        self._known: dict[str, int] = {}
        self._folded: dict[str, int] = {}
        find, new = self._known.get, self._new
        self.words = [find(lemma) or new(lemma) for lemma in lemmas]
        self.cue = [cues().get(name, 0) for name in self.names]

    def _new(self, lemma: str) -> int:
        name = lemma.lower().replace("ё", "е")
        number = self._folded.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        self._known[lemma] = number
        return number

    def vectors(self, groups: Ints) -> Floats:
        """[group, width] the sum of the vectors of each row of lemmas; 0 is none."""
        numbers, which = np.unique(groups, return_inverse=True)
        known = np.stack([vector(self.names[n]) if n else np.zeros(width(), np.float32) for n in numbers.tolist()])
        sums: Floats = known[which.reshape(groups.shape)].sum(axis=1)
        return sums

    def letters(self, lemmas: Ints) -> Bytes:
        """[lemma, LETTERS] its first letters as numbers, zeros behind them."""
        return _letters([self.names[n] for n in lemmas.tolist()], LETTERS)

    def roots(self, lemmas: Ints) -> Bytes:
        """[lemma, ROOT] the same of what its prefix leaves."""
        return _letters([root(self.names[n]) for n in lemmas.tolist()], ROOT)


def _letters(words: Sequence[str], size: int) -> Bytes:
    joined = b"".join(w[:size].encode("cp1251", "replace").ljust(size, b"\0") for w in words)
    return np.frombuffer(joined, np.uint8).reshape(len(words), size)
