"""Which places a name in any case may mean: 'в Чэнду', 'штате Техас', 'Нижегородской обл.', 'лондонского'.

Contract. `look_up` gives the candidates of one mention, without a choice between them; names the gazetteer does not know
have none. The rules are tried in order, the first that knows the name answers. A form pymorphy3 makes up counts only if
the gazetteer knows it, otherwise 'Чэнду' became 'чэнд' and 'Того' 'тот'. Nothing here looks at the text around.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from pymorphy3.analyzer import Parse

from letopis.find import lexicons
from letopis.find.gazetteer import Uses, fold, gazetteer
from letopis.text.dictionary import inflected, parses

_ADJECTIVE_END = re.compile(r"(?<=[кн])(?:ого|ому|ими|ой|ий|ый|им|ым|ом|ем|ая|яя|ую|ою|ое|ие|ые|их|ых)$|(?<=[гкцс]о)$")
_SHORT = {"обл": "область", "р н": "район", "респ": "республика", "окр": "округ", "о в": "остров"}
_ASIDE = re.compile(r"^(?:во?|на|из|к|по|под|у|от|до|при) (?=\w)|(?<=\w) \(.*$")   # 'Во Франции', 'Российская Федерация (РФ)'
_CYRILLIC = re.compile(r"[а-яё'.-]+")         # pymorphy3 raises on letters without a Unicode name, and knows no others anyway
WORD_DOUBT, ADJECTIVE_DOUBT = 1.0, 2.5
_COMBINATIONS = 24            # nominatives tried of a name of several words
_STEM = 4                     # letters a stem keeps at least
_GREAT = 100_000              # people of a city that may be found by its stem
_DISTRICT = frozenset({"district"})
_NOMINATIVE = frozenset({"nomn"})
_CASES = ("а", "у", "е", "и", "ы", "я", "ю", "ом", "ем", "ой", "ей", "ью", "ам", "ах")   # endings a case may have put on
_ENDINGS = ("", "а", "я", "ь", "о", "е", "ы", "и", "й")


class Found(NamedTuple):
    """Candidates of a name: (row, use)s, the kinds its own words allow (none: any), and the rule that knew it."""

    places: Uses
    kinds: frozenset[str]
    rule: str


_NOTHING = Found((), frozenset(), "unknown")


@lru_cache(maxsize=30_000)
def look_up(surface: str, normal: str, *, adjective: bool) -> Found:
    """Candidates of a mention by its text and its nominative form."""
    surface, normal = _spelt_out(surface), _spelt_out(normal)
    for rule in ADJECTIVE_RULES if adjective or _is_adjective(surface) else NOUN_RULES:
        found = rule(surface, normal)
        if found.places:
            return found
    return _NOTHING


def kinds_said(word: str) -> frozenset[str]:
    """Kinds of place a generic word before a name says: 'штате' -> state, 'г' -> city; none for other words."""
    return _kinds_of(fold(word))


@lru_cache(maxsize=20_000)
def doubt(name: str) -> float:
    """How much speaks against a town of this name: 'Северный' is an adjective first, 'Победа' a word, 'Кинель' neither."""
    known = [p for p in _parses(fold(name)) if p.is_known]
    if not known or any("Geox" in p.tag for p in known):
        return 0.0
    return ADJECTIVE_DOUBT if "ADJF" in known[0].tag else WORD_DOUBT


def _spelt_out(name: str) -> str:
    """'Нижегородской обл.' -> 'нижегородской область'; the other words keep their case for the rules."""
    folded = _ASIDE.sub("", fold(name).strip(" .,;:()'")) or fold(name)
    for short, word in _SHORT.items():
        folded = re.sub(rf"\b{re.escape(short)}(?![а-я])\.?", word, folded) if short in folded else folded
    return folded


def _is_adjective(surface: str) -> bool:
    """'Уральского' stands for the Urals rather than for a town Уральский, unless the town is great ('Волжский')."""
    if " " in surface or not _ADJECTIVE_END.search(surface):
        return False
    masculines = tuple(_masculines(surface))
    towns = any(_is_great(row) for form in (surface, *masculines) for row, _ in gazetteer().nouns(form))
    return not towns and any(gazetteer().adjective(form) for form in masculines)


def _parses(word: str) -> tuple[Parse, ...]:
    return parses(word) if _CYRILLIC.fullmatch(word) else ()


def _known(names: Iterable[str], rule: str, kinds: frozenset[str] = frozenset()) -> Found:
    places = next((p for p in map(gazetteer().nouns, names) if p), ())
    return Found(places, kinds, rule)


def _as_normal(_surface: str, normal: str) -> Found:
    return _known((normal,), "normal")


def _as_surface(surface: str, _normal: str) -> Found:
    return _known((surface,), "surface")


def _generic(surface: str, normal: str) -> Found:
    """'штат Техас', 'г. Москва', 'реке Волге': the generic word says the kind, the rest is the name."""
    for name in (normal, surface):
        first, _, rest = name.partition(" ")
        kinds = _kinds_of(first.rstrip("."))
        if kinds and rest:
            found = _known((rest, *_nominatives(rest)), "generic", kinds)
            if any(gazetteer().kinds[row] in kinds for row, _ in found.places):
                return found
    return _NOTHING


@lru_cache(maxsize=2_000)
def _kinds_of(word: str) -> frozenset[str]:
    """Kinds of the generic word a form belongs to: 'штате' -> state."""
    generic = _generic_words()
    if word in generic or word[:3] not in _generic_starts():
        return generic.get(word, frozenset())
    return next((generic[lemma] for lemma in (fold(p.normal_form) for p in _parses(word)) if lemma in generic), frozenset())


@lru_cache(maxsize=1)
def _generic_starts() -> frozenset[str]:
    """Words that begin otherwise need no parse: a parse costs what a hundred look-ups do."""
    return frozenset(word[:3] for word in _generic_words())


@lru_cache(maxsize=1)
def _generic_words() -> dict[str, frozenset[str]]:
    return {fold(row["word"]): frozenset(row["kinds"].split()) for row in lexicons.table("place_words")}


def _in_cases(surface: str, _normal: str) -> Found:
    """'Северной Корее', 'Ростовом-на-Дону': the nominatives of every word, tried together."""
    return _known(islice(_nominatives(surface), _COMBINATIONS), "cases")


def _as_district(surface: str, normal: str) -> Found:
    """'Сергиево-Посадского муниципального района', 'Истринский городской округ' -> 'Истринский район'."""
    for name in (normal, surface):
        words = name.split(" ")
        if len(words) > 2 and words[-1][:4] in ("райо", "окру") and words[-2][:4] in ("муни", "горо"):
            return _known((f"{form} район" for form in _nominatives(" ".join(words[:-2]))), "district", _DISTRICT)
    return _NOTHING


def _by_stem(surface: str, _normal: str) -> Found:
    """'Шэньчжэня', which no dictionary knows: great cities, regions and countries that differ in the ending alone."""
    if " " in surface:
        return _NOTHING
    stems = [surface[:-len(case)] for case in _CASES if surface.endswith(case)]
    for stem in (s for s in stems if len(s) >= _STEM):
        for ending in _ENDINGS:
            great = tuple((row, use) for row, use in gazetteer().nouns(stem + ending) if _is_great(row))
            if great:
                return Found(great, frozenset(), "stem")
    return _NOTHING


def _is_great(row: int) -> bool:
    return gazetteer().kinds[row] in ("country", "state") or gazetteer().populations[row] >= _GREAT


def _by_adjective(surface: str, normal: str) -> Found:
    """'российская столица' is Moscow, 'азербайджанское государство' Azerbaijan, 'столица Сирии' Damascus."""
    words = (normal or surface).split(" ")
    head = next((w for w in words if w[:5] in ("столи", "госуд")), None)
    if head is None or len(words) < 2:
        return _NOTHING
    rest = " ".join(w for w in words if w is not head)
    country = next((row for row, _ in (_adjective(rest, rest).places or _in_cases(rest, rest).places)
                    if gazetteer().kinds[row] == "country"), None)
    if country is None:
        return _NOTHING
    row = gazetteer().capital_of(country) if head.startswith("столи") else country
    return _NOTHING if row is None else Found(((row, 0),), frozenset(), "description")


def _adjective(surface: str, normal: str) -> Found:
    """'лондонского' -> 'лондонский', 'российско-' -> 'российский', 'Подмосковная' -> 'подмосковный'."""
    for name in (normal, surface):
        for form in (name, *_masculines(name)):
            places = gazetteer().adjectives(form)
            if places:
                return Found(places, frozenset(), "adjective")
    return _NOTHING


def _masculines(adjective: str) -> Iterator[str]:
    stem = _ADJECTIVE_END.sub("", adjective)
    yield from (stem + ending for ending in ("ий", "ый", "ой"))
    if adjective.endswith("о"):
        yield adjective[:-1] + "ий"


NOUN_RULES = (_as_normal, _as_surface, _generic, _in_cases, _as_district, _by_adjective, _by_stem, _adjective)
ADJECTIVE_RULES = (_adjective,)


def _nominatives(name: str) -> Iterator[str]:
    """Names whose every word may be the nominative of the one given; most probable parses first."""
    yield from (" ".join(words) for words in product(*map(_forms, name.split(" "))))


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, ...]:
    """Nominatives of a word in its own number, its dictionary forms, and the word itself: 'корее' -> 'корея', 'корее'."""
    forms = []
    for parse in _parses(word):
        if not (parse.tag.POS == "NOUN" and parse.tag.number == "sing"):   # whose nominative is the dictionary's form
            nominative = inflected(parse, _NOMINATIVE)
            forms += [fold(nominative)] if nominative else []
        forms.append(fold(parse.normal_form))
    return tuple(dict.fromkeys([*forms, word]))
