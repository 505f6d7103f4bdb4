"""Forms -> E5's pieces, by a unigram model over the kept part of its vocabulary.

Contract. A form is segmented alone, so its neighbours can't change it; the piece '▁' before it says that a blank or the beginning
is on its left. Of equally likely segmentations the one whose last piece begins first. Training segments by the same class.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from letopis.encoder.tagger.tokens import Tokens
from letopis.layers import Ints, Words

LONGEST_PIECE = 16
LONGEST = 64                # pieces of one token that the encoder sees: a string of letters without end is seen by its two ends
UNSEEN = 10.0               # how much less likely than the rarest piece a character is that is none
CACHED = 100_000


class Pieces:
    """Unigram segmentation: piece -> its number, piece -> its log probability."""

    def __init__(self, pieces: Mapping[str, int], scores: Mapping[str, float], unknown: int) -> None:
        self.pieces = pieces
        self.scores = scores
        self.unknown = unknown
        self.worst = min(scores.values()) - UNSEEN
        self.segment = lru_cache(maxsize=CACHED)(self._segment)

    def _segment(self, form: str, *, spaced: bool) -> tuple[int, ...]:
        """The numbers of a form's pieces, at least one."""
        text = ("▁" if spaced else "") + unicodedata.normalize("NFKC", form).replace(" ", "")
        best = [0.0] + [-1e30] * len(text)
        begin = [0] * (len(text) + 1)
        for i in range(len(text)):
            for j, score in self._from(text, i):
                if best[i] + score > best[j]:
                    best[j], begin[j] = best[i] + score, i
        cuts = [len(text)]
        while cuts[-1] > 0:
            cuts.append(begin[cuts[-1]])
        return tuple(self.pieces.get(text[i:j], self.unknown) for i, j in pairwise(reversed(cuts))) or (self.unknown,)

    def _from(self, text: str, i: int) -> Iterator[tuple[int, float]]:
        """Ends of the pieces that begin at i with their scores; a single character always is one."""
        for j in range(i + 1, min(len(text), i + LONGEST_PIECE) + 1):
            score = self.scores.get(text[i:j])
            if score is not None or j == i + 1:
                yield j, self.worst if score is None else score


def shortened(pieces: tuple[int, ...]) -> tuple[int, ...]:
    """At most LONGEST pieces of a token: its first and its last."""
    half = LONGEST // 2
    return pieces if len(pieces) <= LONGEST else pieces[:half] + pieces[-half:]


@dataclass(frozen=True, slots=True)
class Pieced:
    """The pieces of a batch's tokens, one token's behind the other's."""

    piece: Ints
    first: Ints                       # [token + 1]: token t has pieces first[t] .. first[t + 1] - 1


def pieced(pieces: Pieces, tokens: Tokens, words: Words, document: Ints) -> Pieced:
    """Every token's pieces; `document` is each sentence's."""
    if not len(tokens.word):
        return Pieced(np.zeros(0, np.int32), np.zeros(1, np.int32))
    kinds, which, kind = np.unique(2 * tokens.piece + _spaced(tokens, document), return_index=True, return_inverse=True)
    forms = ((_form(tokens, words, t), bool(k & 1)) for k, t in zip(kinds.tolist(), which.tolist(), strict=True))
    found = [shortened(pieces.segment(form, spaced=spaced)) for form, spaced in forms]
    sizes = np.array([len(f) for f in found], np.int32)
    first = np.concatenate([[0], np.cumsum(sizes[kind])]).astype(np.int32)
    begin = np.cumsum(sizes) - sizes
    inside = np.arange(first[-1]) - np.repeat(first[:-1], sizes[kind])
    flat = np.array([p for f in found for p in f], np.int32)
    return Pieced(flat[np.repeat(begin[kind], sizes[kind]) + inside], first)


def _spaced(tokens: Tokens, document: Ints) -> Ints:
    """[token] 1 unless it stands against the token before it in its document."""
    glued = tokens.start[1:] == tokens.end[:-1]
    own = np.repeat(document, np.diff(tokens.first))
    return np.concatenate([[1], ~(glued & (own[1:] == own[:-1]))]).astype(np.int32)


def _form(tokens: Tokens, words: Words, token: int) -> str:
    word = int(tokens.word[token])
    begin = int(words.start[word])
    return words.form[word][tokens.start[token] - begin:tokens.end[token] - begin]
