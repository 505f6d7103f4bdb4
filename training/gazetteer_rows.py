"""What the gazetteer's rows are while it is built, and how they are written.

Contract. A row is found by kind, country and name; the best so named comes first, then the largest. Rows are written
sorted, so that the same rows give the same bytes. No source is read here and nothing is decided about any place.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from letopis.find.gazetteer import USES, fold

NAME, ALIAS, ALTERNATE, RARE, ADJECTIVE, RARE_ADJECTIVE = range(len(USES))

_LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
    *"abvgde", "e", "zh", *"ziiklmnoprstuf", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"), strict=True))


@dataclass(slots=True, eq=False)
class Row:
    """A place being built."""

    name: str
    kind: str
    country: str | None = None
    parent: "Row | None" = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    wikidata: str | None = None
    geonames: int | None = None
    capital: bool = False
    renown: int = 0
    names: dict[str, int] = field(default_factory=dict)                          # folded noun -> its use
    adjectives: dict[str, tuple[bool, int]] = field(default_factory=dict)        # folded adjective -> (rare, place in table)

    @property
    def key(self) -> str:
        """Wikidata's id, else GeoNames', else ours."""
        own = f"own:{slug(self.name)}" if self.parent is None else f"own:{slug(self.parent.name)}-{slug(self.name)}"
        return self.wikidata or (f"gn:{self.geonames}" if self.geonames else own)

    def call(self, names: Iterable[str], use: int) -> None:
        """Give more names; the best use of a name stays. 'Урал (река)' is called 'Урал' after others."""
        for name in names:
            bare = re.sub(r" \(.*\)", "", name)
            own = RARE if bare != name else use
            if bare:
                self.names[fold(bare)] = min(own, self.names.get(fold(bare), own))


def slug(name: str) -> str:
    """'Ближний Восток' -> 'blizhnii-vostok'."""
    latin = "".join(_LATIN.get(c, c) for c in name.lower())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")


class Rows:
    """The rows and where to find them while more sources come in."""

    def __init__(self) -> None:
        self.all: list[Row] = []
        self.regions: dict[tuple[str, str], Row] = {}      # (country, first-level code)
        self.countries: dict[str, Row] = {}
        self._by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)   # (country, folded name)

    def add(self, row: Row, aliases: Iterable[str] = (), use: int = ALTERNATE) -> Row:
        """A new row with its names."""
        row.call([row.name], NAME)
        row.call(aliases, use)
        self.all.append(row)
        for name in row.names:
            self._by_name[row.country or "", name].append(row)
        return row

    def rename(self, row: Row, name: str, use: str) -> None:
        """One more name of a row; use 'name' makes it the one the row is shown by."""
        if use == "name":
            row.names.update({n: ALIAS for n, u in row.names.items() if u == NAME})
            row.name = name
        row.call([name], USES.index(use))
        self._by_name[row.country or "", fold(name)].append(row)

    def named(self, kind: str, country: str, name: str) -> list[Row]:
        """All places of a kind that have a name."""
        return [row for row in self._by_name[country, fold(name)] if row.kind == kind]

    def find(self, kind: str, country: str, name: str) -> Row:
        """The place a row of our tables refers to: the best so named, then the largest. ValueError if there is none."""
        if kind == "country":
            return self.countries[country]
        found = self.named(kind, country, name)
        if not found:
            raise ValueError(f"no {kind} {name!r} in {country or 'any country'}")
        return min(found, key=lambda r: (r.names.get(fold(name), ALIAS), -(r.population or 0)))


def write(rows: list[Row], out: Path) -> None:
    """The two tables: places sorted by key, names by name, use and key, adjectives after the nouns."""
    _check_keys(rows)
    rows = sorted(rows, key=lambda r: r.key)
    number = {id(row): i for i, row in enumerate(rows)}
    places = pa.table({
        "key": [r.key for r in rows], "name": [re.sub(r" \(.*\)", "", r.name) for r in rows],
        "kind": [r.kind for r in rows],
        "country": [r.country for r in rows],
        "parent": pa.array([number.get(id(r.parent), -1) for r in rows], pa.int32()),
        "latitude": pa.array([_degrees(r.latitude) for r in rows], pa.float64()),
        "longitude": pa.array([_degrees(r.longitude) for r in rows], pa.float64()),
        "population": pa.array([r.population for r in rows], pa.int64()),
        "wikidata_id": [r.wikidata for r in rows], "geonames_id": pa.array([r.geonames for r in rows], pa.int32()),
        "capital": [r.capital for r in rows], "renown": pa.array([r.renown for r in rows], pa.int16()),
    })
    names = sorted((name, use, 0, number[id(r)]) for r in rows for name, use in r.names.items())
    names += sorted((name, RARE_ADJECTIVE if rare else ADJECTIVE, order, number[id(r)])
                    for r in rows for name, (rare, order) in r.adjectives.items())
    columns = {"name": [n[0] for n in names], "place": pa.array([n[3] for n in names], pa.int32()),
               "use": pa.array([n[1] for n in names], pa.int8())}
    out.mkdir(parents=True, exist_ok=True)
    for file, table in (("places", places), ("names", pa.table(columns))):
        pq.write_table(table, out / f"{file}.parquet", compression="zstd", compression_level=19)


def _degrees(value: float | None) -> float | None:
    """Three decimals are a hundred metres: more would be false, and larger."""
    return None if value is None else round(value, 3)


def _check_keys(rows: list[Row]) -> None:
    """ValueError if two places have one key."""
    twice = [key for key, count in Counter(r.key for r in rows).items() if count > 1]
    if twice:
        raise ValueError(f"two places have one key: {', '.join(sorted(twice))}")
