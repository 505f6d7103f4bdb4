"""One sentence with a number in it, as the rules see it: words by their number in the batch, '' beyond its edges."""

from dataclasses import dataclass

from letopis.find.amounts.lexicon import fold
from letopis.layers import Syntax, Words


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words first .. last - 1 of the batch."""

    number: int
    reading: int
    first: int
    last: int
    words: Words
    syntax: Syntax

    def __contains__(self, word: int) -> bool:
        return self.first <= word < self.last

    def form(self, word: int) -> str:
        """The folded form, '' outside the sentence."""
        return fold(self.words.form[word]) if word in self else ""

    def lemma(self, word: int) -> str:
        """The folded lemma, '' outside the sentence."""
        return fold(self.syntax.lemma[word]) if word in self else ""

    def pos(self, word: int) -> str:
        """The part of speech, '' outside the sentence."""
        return self.syntax.pos[word] if word in self else ""

    def has(self, word: int, feature: str) -> bool:
        """Does a word of the sentence have a feature ('Number=Plur')?"""
        return word in self and feature in self.syntax.feats[word]

    def head(self, word: int) -> int:
        """Number of the head, -1 for a root."""
        return int(self.syntax.head[word])

    def touches(self, word: int) -> bool:
        """Does the word stand without a space after the one before it?"""
        return word - 1 in self and word in self and int(self.words.end[word - 1]) == int(self.words.start[word])

    def gap(self, word: int) -> int:
        """Characters between the word and the one before it."""
        return int(self.words.start[word]) - int(self.words.end[word - 1])
