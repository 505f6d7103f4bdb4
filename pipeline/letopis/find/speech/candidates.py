"""What the finders of this folder hand to the one that chooses."""

from dataclasses import dataclass
from typing import TypeAlias

Found: TypeAlias = tuple[str, int, int]
"""A construction of one sentence: its name, the first word of the content, the word after its last."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that announces speech, and the words of its phrase ('Как сообщил': `first` .. `last`)."""

    word: int
    first: int
    last: int
    shape: str                        # verb, noun, source ('по словам'), name ('Минфин: ...')
    kind: str                         # class of the lexicon; 'other' for a verb it doesn't know


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be reported speech: clean offsets in a reading, how it was found, and by which cue."""

    reading: int
    start: int
    end: int
    kind: str                         # direct, indirect
    pattern: str                      # that, before, about, infinitive, ...; of a direct one where its cue stands
    cue: Cue | None
    sentence: int
    first: int                        # first word of the content, and the word after its last
    last: int
    joined: int = -1                  # where the piece before begins, of a quote that a reporting clause cuts
