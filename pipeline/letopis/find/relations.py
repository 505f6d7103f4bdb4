"""Relations between two mentions, by NEREL's names: what brackets and positions state, other names of one entity wherever they
stand, and what a network reads out of one sentence.

Contract. Two mentions in an order have one relation, that of the first finder: what is stated in a fixed form is surer than what is
weighed. A name is short for one other. Between sentences only ALTERNATIVE_NAME is found. `score` is the share right on NEREL, as it
is annotated.
"""

from collections.abc import Iterator, Sequence

from letopis.find.clauses import Text
from letopis.find.links import links
from letopis.find.links.other_names import renamed
from letopis.layers import Mention, Position, Relation

VERSION = "2"
BRACKETS, POSITION = 0.68, 0.79
"""Share right on NEREL: 28 of 41 on its train and dev parts; 174 of 220 on dev, which tells a post once where a text does twice."""

def find_relations(
    text: Text, mentions: Sequence[Mention], entities: Sequence[int], positions: Sequence[Position]
) -> tuple[Relation, ...]:
    """The relations of a batch."""
    finders = (_abbreviations(text, mentions), _work(mentions, positions), renamed(text, mentions, entities),
               links(text, mentions, entities))
    unique: dict[tuple[int, int], Relation] = {}
    short: set[int] = set()
    for relation in (r for finder in finders for r in finder):
        if relation.relation != "ABBREVIATION" or relation.object not in short:
            unique.setdefault((relation.subject, relation.object), relation)
            short |= {relation.object} if relation.relation == "ABBREVIATION" else set()
    return tuple(unique.values())


def _abbreviations(text: Text, mentions: Sequence[Mention]) -> Iterator[Relation]:
    for i, short in enumerate(mentions):
        if i == 0 or short.form != "abbreviation" or short.type != "ORGANIZATION":
            continue
        full = _outermost_before(mentions, i)
        if full is None:
            continue
        a, b = mentions[full].span, short.span
        if text.readings.clean[a.reading][a.end:b.start].strip() == "(":
            yield Relation("ABBREVIATION", full, i, BRACKETS, "abbreviation_in_brackets_1")


def _outermost_before(mentions: Sequence[Mention], number: int) -> int | None:
    """The organisation that ends before a mention, none nested in it."""
    for i in range(number - 1, max(-1, number - 6), -1):
        m = mentions[i]
        if m.type == "ORGANIZATION" and m.span.reading == mentions[number].span.reading and m.parent is None:
            return i
    return None


def _work(mentions: Sequence[Mention], positions: Sequence[Position]) -> Iterator[Relation]:
    posts = {(m.span.reading, m.span.start): i for i, m in reversed([*enumerate(mentions)]) if m.type == "PROFESSION"}
    for p in positions:
        post = posts.get((p.span.reading, p.span.start))
        if post is not None:
            yield Relation("WORKS_AS", p.person, post, POSITION, "position_1")
        if p.organisation is not None and mentions[p.organisation].type == "ORGANIZATION":
            yield Relation("WORKPLACE", p.person, p.organisation, POSITION, "position_1")
