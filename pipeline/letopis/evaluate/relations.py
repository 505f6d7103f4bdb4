"""Relations against NEREL's: right where both spans are exact and the relation is equal, whatever the types of the mentions.

Contract. Gold counts once however often it is annotated. Mentions are those that the pipeline finds. A scope leaves out of gold and
of what is found whatever lies farther apart. Rules alone are brackets and positions: without learnt weights and other names.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from letopis.evaluate.gold import lines, read_nerel
from letopis.evaluate.spans import Counts, Score, score
from letopis.evaluate.tagged import analyse, original
from letopis.find import links
from letopis.find.links import other_names
from letopis.layers import Analysis, Relation

Range = tuple[int, int]
Link = tuple[str, Range, Range]

ROLES = frozenset((
    "AGENT", "END_TIME", "HAS_CAUSE", "INANIMATE_INVOLVED", "ORGANIZES", "PARTICIPANT_IN", "POINT_IN_TIME", "START_TIME",
    "SUBEVENT_OF", "TAKES_PLACE_IN",
))
PERSON_ORGANISATION = frozenset((
    "ABBREVIATION", "ALTERNATIVE_NAME", "HEADQUARTERED_IN", "LOCATED_IN", "MEMBER_OF", "PART_OF", "SUBORDINATE_OF", "WORKPLACE",
    "WORKS_AS",
))
GROUPS: dict[str, Callable[[str], bool]] = {
    "person-organisation": PERSON_ORGANISATION.__contains__, "no roles of events": lambda name: name not in ROLES,
    "roles of events": ROLES.__contains__, "WORKS_AS": "WORKS_AS".__eq__, "WORKPLACE": "WORKPLACE".__eq__,
    "ALTERNATIVE_NAME": "ALTERNATIVE_NAME".__eq__,
}
LEARNT = (links.METHOD, other_names.METHOD)
SCOPES = {"one sentence": 0, "neighbouring sentences": 1, "document": 1 << 30}


class Document(NamedTuple):
    """Relations of gold, those found, and those that rules alone find, with how many sentences lie between the ends of each."""

    gold: dict[Link, int]
    found: dict[Link, int]
    by_rules: dict[Link, int]


def read_links(path: Path) -> list[Link]:
    """The relations of a BRAT file, each once, in order."""
    rows = [line.lstrip("\ufeff").split("\t") for line in lines(path)]
    spans: dict[str, Range] = {}
    for row in (r for r in rows if r[0].startswith("T")):
        numbers = [int(n) for n in row[1].replace(";", " ").split()[1:]]
        spans[row[0]] = (min(numbers), max(numbers))
    told = (r[1].split() for r in rows if r[0].startswith("R"))
    return sorted({(name, spans[one.removeprefix("Arg1:")], spans[two.removeprefix("Arg2:")]) for name, one, two in told})


def documents(folder: Path, model: str = "fast") -> list[Document]:
    """A part of NEREL, annotated."""
    return [_document(analyse(t.text, model), read_links(folder / f"{t.id}.ann")) for t in read_nerel(folder)]


def counts(read: Sequence[Document], group: str, scope: str = "document", *, rules: bool = False) -> Counts:
    """[document] right, found and gold of a group of relations whose ends lie as near as a scope says."""
    told, most = GROUPS[group], SCOPES[scope]
    rows = []
    for document in read:
        right, found = (
            {link for link, apart in links.items() if apart <= most and told(link[0])}
            for links in (document.gold, document.by_rules if rules else document.found)
        )
        rows.append((len(right & found), len(found), len(right)))
    return np.array(rows, np.int64).reshape(-1, 3)


def figures(folder: Path, model: str) -> dict[str, Score]:
    """All scores by name: groups in each scope, rules alone behind each."""
    read = documents(folder, model)
    found = {}
    for group in GROUPS:
        for scope in SCOPES:
            for rules in (False, True):
                found[f"{group}, {scope}{', rules alone' if rules else ''}"] = score(counts(read, group, scope, rules=rules))
    return found


def _document(analysis: Analysis, gold: Sequence[Link]) -> Document:
    found, by_rules = {}, {}
    for link, relation in _links(analysis):
        apart = abs(analysis.mentions[relation.subject].span.sentence - analysis.mentions[relation.object].span.sentence)
        found[link] = apart
        if relation.method not in LEARNT:
            by_rules[link] = apart
    return Document({link: _apart(analysis, link) for link in gold}, found, by_rules)


def _links(analysis: Analysis) -> Iterator[tuple[Link, Relation]]:
    def place(mention: int) -> Range:
        span = analysis.mentions[mention].span
        return original(analysis.readings, span.reading, span.start, span.end)

    yield from (((r.relation, place(r.subject), place(r.object)), r) for r in analysis.relations)


def _apart(analysis: Analysis, link: Link) -> int:
    """Sentences between both ends, by where they begin."""
    starts = [
        int(analysis.readings.origin_start[reading][start])
        for reading, start in zip(analysis.sentences.reading, analysis.sentences.start, strict=True)
    ]
    _, one, two = link
    return abs(bisect_right(starts, one[0]) - bisect_right(starts, two[0]))
