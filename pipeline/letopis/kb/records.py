"""Rows of a table (CSV, JSONL, Parquet) with id, name, aliases, type and what else they have -> items.

Contract. Columns are found by the names of `COLUMNS`, in any case. Aliases are a list, or a text cut at '|' or ';'. A row
without an id or a name, or with a value that cannot be read, raises BadItem; one whose only name is its id is passed over
(None).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from letopis.kb.families import family_of
from letopis.kb.items import BadItem, Item, check_id

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "qid", "item", "key"),
    "name": ("name", "label", "title", "name_ru", "label_ru"),
    "aliases": ("aliases", "alias", "synonyms", "alt_names", "other_names"),
    "type": ("type", "class", "kind", "category"),
    "description": ("description", "comment", "note"),
    "country": ("country", "country_code"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng"),
    "first": ("first_year", "born", "founded", "start"),
    "last": ("last_year", "died", "dissolved", "end"),
    "weight": ("sitelinks", "popularity", "weight"),
    "wikidata_id": ("wikidata_id", "wikidata"),
    "geonames_id": ("geonames_id", "geonames"),
}


def columns_of(names: Sequence[str]) -> dict[str, str]:
    """Field of an item -> the column that has it. Raises BadItem where there is no id or no name."""
    folded = {n.strip().lower(): n for n in names}
    found = {field: folded[s] for field, known in COLUMNS.items() for s in reversed(known) if s in folded}
    missing = [f"{field} (or {', '.join(COLUMNS[field][1:])})" for field in ("id", "name") if field not in found]
    if missing:
        raise BadItem(f"there is no column {' and no column '.join(missing)}; columns are {', '.join(names)}")
    return found


def read(row: Mapping[str, Any]) -> Item | None:
    """The item of a row."""
    values = {field: row[column] for field, column in columns_of(list(row)).items()}
    item_id, name = _text(values["id"]), _text(values["name"])
    check_id(item_id)
    if not name:
        raise BadItem(f"{item_id} has no name")
    name, *others = [n for n in (name, *_list(values.get("aliases"))) if n != item_id] or [""]
    if not name:
        return None
    aliases, description = tuple(others), _text(values.get("description"))
    family = family_of(_text(values.get("type")), (), description, (name, *aliases))
    return Item(
        item_id, name, aliases, family, description, _code(values.get("country")), _number(values, "latitude"),
        _number(values, "longitude"), _whole(values, "first"), _whole(values, "last"), _whole(values, "weight"),
        _text(values.get("wikidata_id")) or None, _text(values.get("geonames_id")) or None,
    )


def _text(value: Any) -> str:
    if _is_absent(value):
        return ""
    if isinstance(value, (list, dict, bytes)):
        raise BadItem(f"{value!r:.80} stands where a text should")
    return " ".join(str(int(value) if isinstance(value, float) and value.is_integer() else value).split())


def _is_absent(value: Any) -> bool:
    """None, or NaN, as pandas writes it."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _list(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.replace(";", "|").split("|")
    if not isinstance(value, (list, tuple)):
        if _is_absent(value):
            return ()
        raise BadItem(f"aliases are {value!r:.80}, neither a list nor a text")
    return tuple(dict.fromkeys(text for v in value if (text := _text(v))))


def _code(value: Any) -> str | None:
    code = _text(value).upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _number(values: Mapping[str, Any], field: str) -> float | None:
    said = _text(values.get(field))
    try:
        number = float(said.replace(",", ".")) if said else None
    except ValueError as error:
        raise BadItem(f"{field} is {said!r:.80}, no number") from error
    if number is not None and not (math.isfinite(number) and abs(number) < 1e12):
        raise BadItem(f"{field} is {said!r:.80}, out of all bounds")
    return number


def _whole(values: Mapping[str, Any], field: str) -> int | None:
    number = _number(values, field)
    return None if number is None else int(number)
