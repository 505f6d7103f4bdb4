"""An item of a knowledge base, as a dump states it, and the families of what items are.

Contract. `id` is 'Q649' (Wikidata), 'gn:524901' (GeoNames) or the user's own; which of them it is, `rank_of` tells by its form
alone. Unknown is None. Nothing is guessed here.
"""

import re
from dataclasses import dataclass

OWN, WIKIDATA, GEONAMES = "own", "wikidata", "geonames"
FAMILIES = ("PER", "ORG", "LOC", "FAC", "EVT", "MISC", "NONE")
_WIKIDATA, _GEONAMES, _OURS = re.compile(r"Q[1-9]\d*"), re.compile(r"gn:\d+"), re.compile(r"e[0-9a-f]{16}|own:.*")


class BadItem(ValueError):
    """What a line or row of a dump says is no item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item. Years are those it is known to have begun and ended in; `weight` is its number of sitelinks or the like."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    family: str | None = None
    description: str = ""
    country: str | None = None        # ISO 3166-1 alpha-2
    latitude: float | None = None
    longitude: float | None = None
    first: int | None = None
    last: int | None = None
    weight: int | None = None
    wikidata_id: str | None = None
    geonames_id: str | None = None


def rank_of(item_id: str) -> str:
    """OWN, WIKIDATA or GEONAMES."""
    if _WIKIDATA.fullmatch(item_id):
        return WIKIDATA
    return GEONAMES if _GEONAMES.fullmatch(item_id) else OWN


def check_id(item_id: str) -> None:
    """Raise BadItem for an id that is blank or has the form of the pipeline's own."""
    if not item_id.strip() or item_id != item_id.strip() or _OURS.fullmatch(item_id) or not item_id.isprintable():
        raise BadItem(f"the id {item_id!r} is blank, has blanks around it, or has the form of an id of ours")
