"""What the dictionary says for an edit: the parses of a form whose nominative the edit makes.

The nominatives of a parse are read from its paradigm, which the parse names: one look-up a paradigm, not one a word.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from pymorphy3.analyzer import Parse
from pymorphy3.units import DictionaryAnalyzer

from letopis.text.dictionary import paradigm, parses
from letopis.text.normal.pieces import KEEP, Edit, edit_between, fold

_NOMINALS = frozenset({"NOUN", "ADJF", "PRTF", "NUMR", "NPRO"})
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_KINDS = ("Surn", "Name", "Patr", "Geox", "Orgn", "Init", "Abbr", "Apro")
_NAMES = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn"})
_PEOPLE = frozenset({"Surn", "Name", "Patr"})
_CASES = {"nom": "N", "gen": "G", "dat": "D", "acc": "A", "abl": "I", "loc": "L", "voc": "V"}
_GENDERS = {"masc": "M", "femn": "F", "neut": "N"}
_NUMBERS = {"sing": "S", "plur": "P"}
_INFLECTED = frozenset({
    "nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen1", "gen2", "acc2", "loc1", "loc2", "sing", "plur",
    "masc", "femn", "neut", "GNdr", "Sgtm", "Pltm", "anim", "inan", "V-be", "V-ie", "V-oy", "V-ey", "Infr", "Litr", "Arch",
})
_STACK = 4                  # (analyzer, word, paradigm, place in it): parses that are read from a paradigm
MOST_PARSES = 24


class Backing(NamedTuple):
    """One reading of a form behind an edit; letters as in `phrase.Tag`, '' for what the reading leaves open."""

    kind: str               # part of speech, sort of name, gender, 'F' if it never changes, which nominative, known or guessed
    known: bool             # whether the dictionary has the word itself
    name: str               # S, N, P, G, O: surname, first name, patronymic, place, organisation; only of known words
    case: str
    number: str
    gender: str
    target: str             # gender of the nominative, P for a plural; '' for a word without cases
    ending: Edit            # the edit with what both sides have in common, and with ё


@lru_cache(maxsize=30_000)
def backings(low: str) -> Mapping[Edit, tuple[Backing, ...]]:
    """Edits of a folded form that a parse stands behind; of many parses the first."""
    found: dict[Edit, list[Backing]] = {}
    for parse in parses(low)[:MOST_PARSES]:
        place = parse.methods_stack[0]
        if len(place) == _STACK:
            for edit, backing in _readings(place[2], place[3], is_exact(parse)):
                behind = found.setdefault(edit, [])
                if backing not in behind:
                    behind.append(backing)
    return MappingProxyType({edit: tuple(behind) for edit, behind in found.items()})


@lru_cache(maxsize=30_000)
def spellings(low: str, edit: Edit, case: str, names: bool) -> frozenset[str]:
    """How the dictionary spells, with ё, what an edit makes of a form; of an unchanged form, in the case it is tagged with.

    With `names` only of parses that are names of people.
    """
    known = [p for p in parses(low) if is_exact(p) and (not names or p.tag.grammemes & _PEOPLE)]
    if edit != KEEP:
        made = (
            p.word[:len(p.word) - len(backing.ending[0])] + backing.ending[1]
            for p in known for e, backing in _readings(*p.methods_stack[0][2:], True) if e == edit
        )
        return frozenset(made)
    in_case = frozenset(p.word for p in known if _CASES.get(str(p.tag.case)[:3]) == case)
    return in_case or frozenset(p.word for p in known)


def is_exact(parse: Parse) -> bool:
    """Whether the parse is of the word itself, not of one that ends alike."""
    return len(parse.methods_stack) == 1 and isinstance(parse.methods_stack[0][0], DictionaryAnalyzer)


@lru_cache(maxsize=50_000)
def _readings(number: int, place: int, known: bool) -> tuple[tuple[Edit, Backing], ...]:
    """What one place of a paradigm stands behind; a word without cases behind itself."""
    tag = paradigm(number)[place][1]
    if tag.POS not in _NOMINALS:
        return ((KEEP, Backing(f"{tag.POS}.{known:d}", known, "", "", "", "", "", KEEP)),)
    name = next((k for k in _KINDS if k in tag.grammemes), "-")
    fixed = "F" if "Fixd" in tag.grammemes else ""
    letters = _CASES.get(str(tag.case)[:3], ""), _NUMBERS.get(str(tag.number), ""), _GENDERS.get(str(tag.gender), "")
    sort = name[0] if known and name in _NAMES else ""
    return tuple(
        (
            edit_between(fold(ending[0]), fold(ending[1])),
            Backing(f"{tag.POS}.{name}.{tag.gender}{fixed}.{which}.{known:d}", known, sort, *letters, target, ending),
        )
        for which, target, ending in _nominatives(number, place)
    )


def _nominatives(number: int, place: int) -> Iterator[tuple[str, str, Edit]]:
    """The nominatives for a place: which (s, p: same number; ps: singular of a plural; sm: masculine of another gender)."""
    prefix, tag, suffix = paradigm(number)[place]
    own = _core(tag)
    for which, many, gender in _wanted(tag):
        fitting = (n for n in _nominative_forms(number) if n.number == many and gender in (None, n.gender))
        found = next((n for n in fitting if n.prefix == prefix and n.core == own), None)
        if found is not None:
            yield which, "P" if many == "plur" else _GENDERS.get(str(gender or tag.gender), "C"), (suffix, found.suffix)


class _Nominative(NamedTuple):
    prefix: str
    suffix: str
    number: str | None
    gender: str | None
    core: frozenset[str]    # what it shares with the other cases of the same participle and degree


@lru_cache(maxsize=4000)
def _nominative_forms(number: int) -> tuple[_Nominative, ...]:
    nominatives = ((p, t, s) for p, t, s in paradigm(number) if t.case == "nomn")
    return tuple(_Nominative(p, s, t.number, t.gender, _core(t)) for p, t, s in nominatives)


def _wanted(tag: Any) -> list[tuple[str, str | None, str | None]]:
    """Nominatives to look for: which, number, gender."""
    adjective = tag.POS in _ADJECTIVES
    if tag.number == "plur":
        return [("p", "plur", None), ("ps", "sing", "masc" if adjective else None)]
    wanted: list[tuple[str, str | None, str | None]] = [("s", tag.number, tag.gender)]
    return [*wanted, ("sm", "sing", "masc")] if adjective and tag.gender != "masc" else wanted


def _core(tag: Any) -> frozenset[str]:
    return frozenset(tag.grammemes) - _INFLECTED
