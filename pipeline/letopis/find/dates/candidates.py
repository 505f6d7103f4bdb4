"""Words -> candidates: what the grammar reads and the guards let pass, with its place, not yet resolved."""

from collections.abc import Iterator
from dataclasses import dataclass

from letopis.find.dates.atoms import Atoms, runs
from letopis.find.dates.expressions import expressions
from letopis.find.dates.guards import Place, is_none
from letopis.find.dates.parsed import Parsed
from letopis.find.dates.partial import Expression
from letopis.layers import Syntax, Words


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression over the words first .. last; offsets are those of the reading."""

    expression: Expression
    rule: str
    start: int
    end: int
    first: int
    last: int
    sentence: int


def candidates(words: Words, syntax: Syntax) -> Iterator[Candidate]:
    """All candidates of the batch in reading order."""
    for atoms in runs(words, syntax):
        for parsed in expressions(atoms):
            place = _place(parsed, atoms, words, syntax)
            if not is_none(parsed, place):
                yield Candidate(
                    parsed.expression, parsed.rule, atoms[parsed.first].start, atoms[parsed.end - 1].end,
                    place.first, place.last, int(words.sentence[place.first]),
                )


def _place(parsed: Parsed, atoms: Atoms, words: Words, syntax: Syntax) -> Place:
    first, last = atoms[parsed.first].word, atoms[parsed.end - 1].word
    sentence = int(words.sentence[first])
    return Place(first, last, int(words.first[sentence]), int(words.first[sentence + 1]), words, syntax)
