"""The choice between places of one name: type of the mention, size, capitals, and what else the document names.

Contract. A score is a sum of named signals, each a small pure function of one candidate; the weights were chosen on the
develop half of NEREL and read on news. Places too weak (`ENOUGH`) or too near to another country's place (`CLEAR`) are
not chosen: rather none than a wrong one. Ties are broken by the order of the gazetteer, so the choice never depends on
the order of mentions.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2, log10
from typing import NamedTuple

from letopis.find.gazetteer import USES, Uses, gazetteer
from letopis.find.place_names import ADJECTIVE_DOUBT

ENOUGH = 4.0                  # a town of 5,000 without a type, a country or a region to support it has less
CLEAR = 0.5                   # what the best must be ahead of the next place elsewhere
SURE = 1.0                    # what it must be ahead to count as context for others
GREAT = 300_000               # people of a city that is context by itself; so is one with a Wikidata id, which the famous have
FAMOUS = 0.8                  # what a Wikidata id adds: no source has one for all, so it marks the known
SAID = 2.5                    # what a generic word adds for its kinds, and takes from all others: 'провинция Алеппо'
FITTING = 2.0                 # what a type adds for a kind it is made for
SMALL = 60_000                # people of a town that is doubted where the document speaks of other regions of its country

AREAS = frozenset({"country", "territory", "historical", "union", "continent"})
NATURE = frozenset({"river", "lake", "sea", "strait", "canal", "mountain", "island", "peninsula", "desert", "cape", "valley",
                    "forest", "plain", "pole", "planet"})
PRIORS = {"country": 9.0, "territory": 8.0, "historical": 7.5, "union": 7.5, "continent": 7.5, "region": 6.5, "state": 5.2,
          "district": 4.0}
NATURAL = 6.0
HOME = {"RU": 1.0, "UA": 0.6, "BY": 0.6, "KZ": 0.5, "GE": 0.4, "AM": 0.3, "AZ": 0.3, "MD": 0.3, "KG": 0.3,
        "UZ": 0.3, "TJ": 0.3, "LV": 0.3, "LT": 0.3, "EE": 0.3}   # what Russian news write of
USE = {"name": 0.0, "alias": 0.0, "alternate": -1.0, "rare": -2.0}
TYPES: dict[str, dict[str, float]] = {  # what a type adds for a kind; 'nature' for all of NATURE
    "COUNTRY": {"country": 3.0, "territory": 3.0, "historical": 3.0, "union": 2.0, "continent": -1.0, "region": 0.0,
                "state": 0.0, "city": -2.5, "district": -4.0, "nature": -3.0},
    "CITY": {"city": 3.0, "district": 1.0, "state": -2.0, "country": -2.0, "region": -2.0, "territory": -2.0,
             "historical": -3.0, "continent": -3.0, "union": -3.0, "nature": -3.0},
    "STATE_OR_PROVINCE": {"state": 3.0, "territory": 2.0, "district": 2.0, "region": 1.0, "country": 0.0, "historical": 0.0,
                          "city": -3.0, "continent": -3.0, "union": -3.0, "nature": -1.0},
    "DISTRICT": {"district": 3.0, "region": 1.0, "state": 0.5, "city": 0.0, "territory": -1.0, "country": -4.0,
                 "historical": -4.0, "continent": -4.0, "union": -4.0, "nature": -1.0},
    "LOCATION": {"nature": 1.5, "region": 1.0, "continent": 0.5},
    "FACILITY": {"nature": 1.0, "city": -9.0, "country": -9.0, "state": -9.0, "district": -9.0, "region": -9.0,
                 "territory": -9.0, "historical": -9.0, "continent": -9.0, "union": -9.0},
}


class Asked(NamedTuple):
    """One question of a document: the candidates of a name, what its own words allow, and the mention's type."""

    places: Uses
    kinds: frozenset[str]
    type: str
    adjective: bool
    doubt: float                # what the name loses as a town's for being a word, too: 'Победа', 'Северный'


@dataclass(frozen=True, slots=True)
class Context:
    """What a document names for certain, and which areas stand beside a name."""

    countries: Counter[str] = field(default_factory=Counter)        # ISO code -> mentions
    regions: Counter[int] = field(default_factory=Counter)          # row of a state -> mentions of it and of its cities
    beside: dict[Uses, set[int]] = field(default_factory=dict)      # candidates -> rows of the areas named beside them


def choose(asked: Asked, context: Context) -> int | None:
    """Row of the place that is meant; None where no candidate is good enough or two are too near."""
    row = sure(asked)
    if row is not None and not _another_beside(row, asked, context):
        return row
    return _ahead(_ranked(asked, context), CLEAR)


def context_of(asked: Counter[Asked], beside: dict[Uses, set[int]]) -> Context:
    """Countries and regions of what is sure without any context, by number of mentions."""
    context = Context(beside=beside)
    for question, count in asked.items():
        row = sure(question)
        if row is not None and not _another_beside(row, question, context):
            country = gazetteer().countries[row]
            if country:
                context.countries[country] += count
            region = row if gazetteer().kinds[row] == "state" else gazetteer().parents[row]
            if region >= 0 and gazetteer().kinds[region] == "state":
                context.regions[region] += count
    return context


@lru_cache(maxsize=20_000)
def sure(asked: Asked) -> int | None:
    """The place a name means in any document: a country, a region or a known city far ahead of all others."""
    row = _ahead(_ranked(asked, Context()), SURE)
    if row is None or gazetteer().kinds[row] in AREAS | {"state"}:
        return row
    return row if gazetteer().populations[row] >= GREAT or gazetteer().keys[row].startswith("Q") else None


def _another_beside(sure_row: int, asked: Asked, context: Context) -> bool:
    """Whether an area beside the name holds another place of the name, and not the one that is sure: 'Брест (Франция)'."""
    beside = context.beside.get(asked.places, set())
    held = {row for row, _ in asked.places for area in beside if lies_in(row, area)}
    return bool(held) and sure_row not in held


def _ahead(ranked: list[tuple[float, int]], margin: float) -> int | None:
    """The best row if it is good enough and ahead of the next place elsewhere."""
    if not ranked or ranked[0][0] < ENOUGH:
        return None
    best, row = ranked[0]
    other = next((score for score, r in ranked[1:] if not _same(r, row)), best - margin)
    return row if best - other >= margin else None


def lies_in(row: int, area: int) -> bool:
    """Whether a place is part of an area, by its parents or its country."""
    known = gazetteer()
    if row == area:
        return False
    if known.kinds[area] in ("country", "territory"):
        return known.countries[row] is not None and known.countries[row] == known.countries[area]
    parent = known.parents[row]
    return parent >= 0 and (parent == area or known.parents[parent] == area)


def _ranked(asked: Asked, context: Context) -> list[tuple[float, int]]:
    scored = [(round(base + sum(signal(row, asked, context) for signal in SIGNALS), 4), row) for base, row in _bases(asked)]
    return sorted(scored, key=lambda s: (-s[0], s[1]))


@lru_cache(maxsize=20_000)
def _bases(asked: Asked) -> tuple[tuple[float, int], ...]:
    """What is the same in every document: size, use of the name, type, and the words of the name."""
    bases = []
    for order, (row, use) in enumerate(asked.places):
        kind = gazetteer().kinds[row]
        fits = TYPES.get(asked.type, {}).get("nature" if kind in NATURE else kind, 0.0)
        if asked.kinds:
            fits += SAID if kind in asked.kinds else -SAID
        if fits < FITTING and USES[use] == "rare adjective":
            continue
        if fits < FITTING and kind in ("city", "district"):
            fits -= asked.doubt
        bases.append((fits + (6.0 - order if asked.adjective else _prior(row) + USE[USES[use]]), row))
    return tuple(bases)


@lru_cache(maxsize=20_000)
def _prior(row: int) -> float:
    known = gazetteer()
    kind, people = known.kinds[row], known.populations[row]
    if kind == "city" or (kind == "district" and known.renown[row]):
        size = log10(max(people, 3_000)) + 0.8 * log10(1 + known.renown[row]) - 1.0 + 0.5 * known.capitals[row]
    else:
        size = PRIORS.get(kind, NATURAL) + (0.1 * log10(people) if people else 0.0)
    if kind in ("city", "state", "district"):
        size += FAMOUS * known.keys[row].startswith("Q")
    return size + HOME.get(known.countries[row] or "", 0.0)


def _same(a: int, b: int) -> bool:
    """Two rows of one name that are not worth a doubt: a city and the region around it."""
    known = gazetteer()
    return known.parents[a] == b or known.parents[b] == a


# --- signals of the document ----------------------------------------------------------------------------------------------

def _country_named(row: int, asked: Asked, context: Context) -> float:
    count = context.countries[gazetteer().countries[row] or ""]
    if not count or gazetteer().kinds[row] in AREAS or asked.doubt >= ADJECTIVE_DOUBT:
        return 0.0
    return min(2.0, 0.6 + 0.4 * log2(1 + count))


def _region_named(row: int, asked: Asked, context: Context) -> float:
    """A town of a region that is named; a small one is doubted where only other regions of its country are."""
    known = gazetteer()
    parent = known.parents[row]
    if known.kinds[row] not in ("city", "district") or parent < 0 or asked.adjective:
        return 0.0
    if context.regions[parent]:
        return 2.0
    others = any(known.countries[region] == known.countries[row] for region in context.regions)
    return -1.0 if others and known.populations[row] < SMALL else 0.0


def _named_beside(row: int, asked: Asked, context: Context) -> float:
    """'Брест (Франция)', 'Портленд, штат Мэн', 'французском Бресте'; a town is doubted if the area beside is not its own."""
    areas_beside = context.beside.get(asked.places)
    if not areas_beside:
        return 0.0
    if any(lies_in(row, area) for area in areas_beside):
        return 3.0
    return -2.0 if gazetteer().kinds[row] == "city" and gazetteer().populations[row] < GREAT else 0.0


SIGNALS = (_country_named, _region_named, _named_beside)


def areas(rows: Iterable[int | None]) -> list[int]:
    """Of rows those that others can lie in."""
    return [row for row in rows if row is not None and gazetteer().kinds[row] in ("country", "territory", "state")]
