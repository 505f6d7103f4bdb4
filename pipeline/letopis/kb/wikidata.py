"""Wikidata's JSON dump: one entity a line, '[' before the first and ',' after each -> items with a Russian or common name.

Contract. Labels and aliases of `ru` and `mul` are names, descriptions of `ru`, else `en`. Entities without a name in either,
properties and lexemes are passed over (None). A line that cannot be read raises BadItem. Source: the format at mediawiki.org,
Wikibase/DataModel/JSON.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from letopis.find.gazetteer import gazetteer
from letopis.kb.families import family_of
from letopis.kb.items import WIKIDATA, BadItem, Item, rank_of

_NAMED = (b'"ru":', b'"mul":', b'"ru" :', b'"mul" :')
_LANGUAGES = ("ru", "mul")
_BEGUN, _ENDED = ("P569", "P571", "P580"), ("P570", "P576", "P582")
_COUNTRY = ("P17", "P27", "P495")
_YEAR = re.compile(r"([+-]\d{1,6})-")


def read(line: bytes) -> Item | None:
    """The item of a line of the dump."""
    line = line.strip().rstrip(b",")
    if line in (b"", b"[", b"]"):
        return None
    if not line.endswith(b"}"):
        raise BadItem("the line is cut off: it does not end in '}'")
    if not any(mark in line for mark in _NAMED):
        return None
    try:
        entity = json.loads(line)
        return _item(entity) if entity["type"] == "item" else None
    except (ValueError, RecursionError) as error:
        raise BadItem(f"the line is no JSON: {error}") from error
    except (AttributeError, KeyError, TypeError, IndexError) as error:
        raise BadItem(f"the line is JSON, but no entity of Wikidata ({type(error).__name__}: {error})") from error


def _item(entity: Mapping[str, Any]) -> Item | None:
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    names = [labels[x]["value"] for x in _LANGUAGES if x in labels]
    names += [a["value"] for x in _LANGUAGES for a in aliases.get(x, ())]
    if not names:
        return None
    if rank_of(entity["id"]) != WIKIDATA:
        raise BadItem(f"{entity['id']!r:.80} is no id of an item")
    described = entity.get("descriptions") or {}
    description = next((described[x]["value"] for x in ("ru", "en") if x in described), "")
    claims = entity.get("claims") or {}
    family = family_of("", [v["id"] for v in _values(claims, "P31")], description, names)
    point: Mapping[str, Any] = next(_values(claims, "P625"), {})
    return Item(
        entity["id"], names[0], tuple(dict.fromkeys(names[1:])), family, description, _country(claims),
        _degrees(point.get("latitude")), _degrees(point.get("longitude")), _year(claims, _BEGUN), _year(claims, _ENDED),
        len(entity.get("sitelinks") or ()), None, next((str(v) for v in _values(claims, "P1566")), None),
    )


def _values(claims: Mapping[str, Any], *properties: str) -> Iterator[Any]:
    """Values of the statements that are not deprecated; of unknown value and of no value there is none."""
    for name in properties:
        for statement in claims.get(name, ()):
            snak = statement["mainsnak"]
            if statement.get("rank") != "deprecated" and snak.get("snaktype") == "value":
                yield snak["datavalue"]["value"]


def _country(claims: Mapping[str, Any]) -> str | None:
    found = (_codes().get(v["id"]) for v in _values(claims, *_COUNTRY))
    return next((code for code in found if code), None)


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)


def _year(claims: Mapping[str, Any], properties: tuple[str, ...]) -> int | None:
    """Of '+1952-10-07T00:00:00Z'."""
    found = (_YEAR.match(v["time"]) for v in _values(claims, *properties))
    return next((int(m[1]) for m in found if m), None)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Wikidata id of a country -> its ISO code."""
    known = gazetteer()
    rows = [row for row, kind in enumerate(known.kinds) if kind in ("country", "territory")]
    return {known.keys[row]: code for row in rows if known.keys[row].startswith("Q") and (code := known.countries[row])}
