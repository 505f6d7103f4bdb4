"""The gazetteer: places of the world with their Russian names, read once from data/gazetteer.

Contract. A place is known by its key: 'Q649' (Wikidata) where the id is known, else 'gn:524901' (GeoNames), else
'own:donbass'. Names are looked up by `fold`, the one key function of builder, gazetteer and look-up. `candidates` gives
the places of a noun ('Брест'), `adjectives` those of an adjective in the nominative masculine ('брестский'); which of
them a text means is decided in `places`. The tables are built by training/gazetteer.py; nothing here decides or writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import pyarrow.parquet as pq

from letopis.resources import data_path

USES = ("name", "alias", "alternate", "rare", "adjective", "rare adjective")   # how good a name is; nouns, then adjectives
_ADJECTIVE = USES.index("adjective")
_FOLDED = str.maketrans({"ё": "е", "-": " ", "–": " ", "—": " ", "’": "'", "`": "'", "«": "", "»": "", '"': ""})


def fold(name: str) -> str:
    """The key a name is looked up by: 'Нью-Йорк' and 'нью йорк' are one, so are 'Королёв' and 'Королев'."""
    return " ".join(name.lower().translate(_FOLDED).split())

Uses: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer. Degrees are WGS 84; what is unknown is None."""

    key: str
    name: str                   # Russian, nominative
    kind: str                   # country, territory, historical, union, state, district, city, region, river, sea, ...
    country: str | None         # ISO 3166-1 alpha-2, as the source gives it (policy: disputed_territories.tsv)
    parent: str | None          # key of the state, city or country it lies in
    latitude: float | None
    longitude: float | None
    population: int | None
    wikidata_id: str | None
    geonames_id: int | None
    capital: bool               # of a country


class Gazetteer:
    """Places by number, key and folded name. Columns stay columns: a Place is made when one is asked for."""

    def __init__(self, places: Any, names: Any) -> None:
        """From the two tables of data/gazetteer (pyarrow), names sorted by name and use."""
        self.keys: list[str] = places["key"].to_pylist()
        self.kinds: list[str] = places["kind"].to_pylist()
        self.countries: list[str | None] = places["country"].to_pylist()
        self.parents: list[int] = places["parent"].to_pylist()
        self.populations: list[int] = [population or 0 for population in places["population"].to_pylist()]
        self.capitals: list[bool] = places["capital"].to_pylist()
        self.renown: list[int] = places["renown"].to_pylist()            # names in all languages, as GeoNames has them
        self._places = places
        self._number = {key: i for i, key in enumerate(self.keys)}
        self._nouns, self._adjectives = _indexes(names)
        self._capitals = {self.countries[i]: i for i, capital in enumerate(self.capitals) if capital}

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.keys)

    def number(self, key: str) -> int:
        """The row of a key. KeyError if there is none."""
        return self._number[key]

    def capital_of(self, country: int) -> int | None:
        """Row of the capital of the country in a row; None if there is none or it is the country."""
        return self._capitals.get(self.countries[country])

    def place(self, key: str) -> Place:
        """The place of a key. KeyError if there is none."""
        row = self._number[key]
        values = {name: self._places[name][row].as_py() for name in self._places.column_names if name != "renown"}
        values["parent"] = None if values["parent"] < 0 else self.keys[values["parent"]]
        return Place(**values)

    def candidates(self, name: str) -> Sequence[str]:
        """Keys of the places a noun may name, in any spelling `fold` makes equal; () if it is unknown."""
        return tuple(self.keys[row] for row, _ in self.nouns(fold(name)))

    def nouns(self, folded: str) -> Uses:
        """(row, number of its use in USES) of a folded noun."""
        return self._nouns.get(folded, ())

    def adjectives(self, folded: str) -> Uses:
        """(row, number of its use in USES) of a folded adjective in the nominative masculine, the usual meaning first."""
        return self._adjectives.get(folded, ())

    def adjective(self, lemma: str) -> str | None:
        """Key of the place an adjective usually means; None if it is unknown or mostly means something else."""
        places = self.adjectives(fold(lemma))
        return self.keys[places[0][0]] if places and USES[places[0][1]] == "adjective" else None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of this process."""
    return Gazetteer(*(pq.ParquetFile(data_path(f"gazetteer/{name}.parquet")).read() for name in ("places", "names")))


def _indexes(names: Any) -> tuple[dict[str, Uses], dict[str, Uses]]:
    """Folded name -> its (row, use)s, for nouns and for adjectives."""
    nouns: dict[str, Uses] = {}
    adjectives: dict[str, Uses] = {}
    for name, row, use in zip(*(names[c].to_pylist() for c in ("name", "place", "use")), strict=True):
        index = adjectives if use >= _ADJECTIVE else nouns
        known = index.get(name)
        index[name] = ((row, use),) if known is None else (*known, (row, use))
    return nouns, adjectives
