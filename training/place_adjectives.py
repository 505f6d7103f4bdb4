"""Drafts rows of data/lexicons/place_adjectives.tsv: adjectives of places by rules of derivation, for a person to check.

    python training/place_adjectives.py --cldr ... --names ... > draft.tsv

Contract. A draft holds, for every place large enough to be in the news, the adjective the rules give and a dictionary or
a regular ending supports, and '?' for its use where neither does. The table itself is edited by hand: never written here,
and leaves out what stands there already.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pymorphy3

import gazetteer_sources as sources
from letopis.find.gazetteer import fold

_LARGE = {"RU": 12_000, "UA": 40_000, "BY": 25_000, "KZ": 40_000, "GE": 30_000, "AM": 30_000, "AZ": 60_000, "MD": 30_000,
          "KG": 50_000, "UZ": 90_000, "TJ": 60_000, "TM": 60_000, "EE": 30_000, "LV": 30_000, "LT": 30_000}
_LARGE_ELSEWHERE = 300_000
_RULES = (  # an ending of the noun -> endings of the adjective to try, the most regular first
    (r"(?<=ск)$", ("ий",)),                     # Омск - омский
    (r"(?<=цк)$", ("ий",)),                     # Липецк - липецкий
    (r"(?<=[оеё]в)о$", ("ский",)),              # Иваново - ивановский
    (r"(?<=[иы]н)о$", ("ский",)),               # Пушкино - пушкинский
    (r"(?<=ск)(?:ий|ая|ое)$", ("ий",)),         # Раменское - раменский
    (r"(?:ый|ий)$", ("енский", "инский", "овский")),  # Грозный - грозненский
    (r"га$", ("жский", "гский", "гинский")),    # Калуга - калужский
    (r"ха$", ("шский", "хинский")),             # Балашиха - балашихинский
    (r"ка$", ("ский", "кинский", "цкий")),      # Каменка - каменский
    (r"ца$", ("цкий", "цинский")),              # Винница - винницкий
    (r"[ая]$", ("ский", "инский", "ьский", "йский", "енский")),  # Самара - самарский, Чита - читинский
    (r"ь$", ("ский", "ьский")),                 # Казань - казанский
    (r"[ыи]$", ("ский", "инский", "ийский")),   # Чебоксары - чебоксарский, Сочи - сочинский
    (r"[ое]$", ("ский", "йский", "инский")),
    (r"$", ("ский",)),                          # Ростов - ростовский
)


def derive(name: str) -> list[str]:
    """Adjectives a place name may have, the most regular first: 'Чита' -> читский, читинский, ..."""
    noun = name.lower()
    for ending, suffixes in _RULES:
        if re.search(ending, noun):
            return [re.sub(ending, suffix, noun, count=1) for suffix in suffixes]
    return []


def draft(cldr: Path, messages: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows (adjective, use, kind, country, place) of cities and regions the table has none for; use '?' is unsupported."""
    known = {(kind, country, fold(place)) for _, _, kind, country, place in sources.table("place_adjectives")}
    for kind, country, name in _places(cldr, messages):
        if (kind, country, fold(name)) not in known:
            adjective, supported = _choose(name)
            if adjective:
                yield adjective, "usual" if supported else "?", kind, country, name


def _places(cldr: Path, messages: Path) -> Iterator[tuple[str, str, str]]:
    for region in sources.subdivisions(cldr):
        if region.level == 1:
            yield "state", region.country, region.name
    seen = set()
    for city in sorted(sources.cities(sources.display_names(messages)), key=lambda c: -c.population):
        if city.population >= _LARGE.get(city.country, _LARGE_ELSEWHERE) and (city.country, city.name) not in seen:
            seen.add((city.country, city.name))
            yield "city", city.country, city.name


def _choose(name: str) -> tuple[str, bool]:
    """'Рязанская область' -> 'рязанский'; else what the dictionary knows of the derived forms, else the first of them."""
    region = re.match(r"([А-ЯЁ][а-яё-]*(?:ск|цк))(?:ая|ий) ", name)
    if region:
        return region.group(1).lower() + "ий", True
    if " " in name:
        return "", False
    forms = derive(name)
    supported = [form for form in forms if _ANALYZER.word_is_known(form)]
    return (supported or forms or [""])[0], bool(supported)


_ANALYZER = pymorphy3.MorphAnalyzer()


def main() -> None:
    """Draft from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cldr", type=Path, default=Path("/usr/share/unicode/cldr/common/subdivisions/ru.xml"))
    parser.add_argument("--names", type=Path, default=Path("/usr/share/locale/ru/LC_MESSAGES/geonames.mo"))
    options = parser.parse_args()
    for row in draft(options.cldr, options.names):
        print(*row, sep="\t")


if __name__ == "__main__":
    main()
