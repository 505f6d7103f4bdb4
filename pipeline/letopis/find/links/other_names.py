"""ALTERNATIVE_NAME: an entity's first mention by a name not said before, with the last one before it, which has another name.

'Барак Обама ... Обама ... Барак Обама ... Барака': the second and the fourth are joined with the ones before them. What comes
after 'Чжан Инъин (章莹颖, Zhang Yingying)' is joined with the Russian name. Abbreviations take no part, nor does a name inside
another; of a country, only 'Россия ... российский' is told.
"""

import re
from collections.abc import Iterator, Sequence

from letopis.find.clauses import Text
from letopis.find.names import fold
from letopis.layers import Mention, Relation

METHOD = "other_name_1"
SCORES = {"PERSON": 0.74, "COUNTRY": 0.46}
"""Types whose names are told, and the share right on NEREL, of 1,550 and 223; of organisations it is a fifth."""
_RUSSIAN = re.compile("[а-я]")


def renamed(text: Text, mentions: Sequence[Mention], entities: Sequence[int]) -> Iterator[Relation]:
    """The other names of a batch's entities; a relation's subject comes first in the text."""
    groups: dict[tuple[int, int], list[int]] = {}
    for i, (mention, entity) in enumerate(zip(mentions, entities, strict=True)):
        if entity >= 0 and mention.type in SCORES and mention.form != "abbreviation":
            groups.setdefault((int(text.readings.document[mention.span.reading]), entity), []).append(i)
    for group in groups.values():
        if len(group) > 1:
            yield from _of_entity(mentions, group)


def _of_entity(mentions: Sequence[Mention], group: Sequence[int]) -> Iterator[Relation]:
    known: dict[str, int] = {}        # name -> its last mention
    for i in group:
        name = fold(mentions[i].normal)
        if known and name not in known:
            others = [j for said, j in known.items() if _RUSSIAN.search(said)] or list(known.values())
            before = max(others)
            if _is_told(mentions[before], mentions[i]):
                yield Relation("ALTERNATIVE_NAME", before, i, SCORES[mentions[i].type], METHOD)
        known[name] = i


def _is_told(one: Mention, two: Mention) -> bool:
    if one.type != two.type or (one.span.reading == two.span.reading and two.span.start < one.span.end):
        return False
    return one.type != "COUNTRY" or (one.form, two.form) == ("name", "adjective")
