"""Oblique cases for made lessons: words the dictionary knows by their paradigm, other names by the rules of a school grammar.

Cases are the first letters of Universal Dependencies' (G, D, A, I, L). What it does not do: find out what in a phrase declines
(`normal_exchange`).
"""

import re
from functools import lru_cache

from letopis.text.dictionary import parses
from letopis.text.normal.phrase import Tag

CASES = {"N": "nomn", "G": "gent", "D": "datv", "A": "accs", "I": "ablt", "L": "loct"}
_GENDERS = {"M": "masc", "F": "femn", "N": "neut"}
_NUMBERS = {"S": "sing", "P": "plur"}
_HUSHES, _SOFT_I = "жшчщц", "гкхжшчщ"

# (ending of the nominative, gender or '' for any, endings of G, D, A, I, L); the first that fits.
_RULES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ские", "P", ("ских", "ским", "ских", "скими", "ских")),
    ("овы", "P", ("овых", "овым", "овых", "овыми", "овых")),
    ("евы", "P", ("евых", "евым", "евых", "евыми", "евых")),
    ("ёвы", "P", ("ёвых", "ёвым", "ёвых", "ёвыми", "ёвых")),
    ("ины", "P", ("иных", "иным", "иных", "иными", "иных")),
    ("ский", "M", ("ского", "скому", "ского", "ским", "ском")),
    ("ская", "F", ("ской", "ской", "скую", "ской", "ской")),
    ("ов", "M", ("ова", "ову", "ова", "овым", "ове")),
    ("ев", "M", ("ева", "еву", "ева", "евым", "еве")),
    ("ёв", "M", ("ёва", "ёву", "ёва", "ёвым", "ёве")),
    ("ова", "F", ("овой", "овой", "ову", "овой", "овой")),
    ("ева", "F", ("евой", "евой", "еву", "евой", "евой")),
    ("ёва", "F", ("ёвой", "ёвой", "ёву", "ёвой", "ёвой")),
    ("ина", "F", ("иной", "иной", "ину", "иной", "иной")),
    ("ия", "", ("ии", "ии", "ию", "ией", "ии")),
    ("я", "", ("и", "е", "ю", "ей", "е")),
    ("а", "", ("ы", "е", "у", "ой", "е")),
    ("й", "M", ("я", "ю", "я", "ем", "е")),
    ("ь", "M", ("я", "ю", "я", "ем", "е")),
)
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")
_FIXED = re.compile(r"(?:[оеёэиуюы]|[иы]х|аго|ово)$")


def decline(word: str, tag: Tag, case: str, *, animate: bool, guess: bool) -> str | None:
    """A nominative in another case, as it is written; None where nobody knows how.

    `tag` is the word's in the nominative; `guess` allows the school rules for a word that the dictionary has not.
    """
    if case == "N":
        return word
    known = _by_paradigm(word, tag, CASES[case], animate=animate)
    if known or not guess:
        return _as_written(word, known) if known else None
    return _by_rule(word, "P" if tag.number == "P" else tag.gender, "GDAIL".index(case))


def _by_paradigm(word: str, tag: Tag, case: str, *, animate: bool) -> str | None:
    for parse in parses(word.lower()):
        if len(parse.methods_stack) > 1 or parse.tag.case != "nomn" or not _agrees(parse.tag, tag):
            continue
        for wanted in _wanted(parse.tag, case, animate=animate):
            found = parse.inflect(wanted)
            if found and found.word[:2] == parse.word[:2]:      # not 'лучшая' -> 'наихорошей'
                return str(found.word)
    return None


def _agrees(mine: object, tag: Tag) -> bool:
    same_number = str(mine.number) == _NUMBERS.get(tag.number, "None")                      # type: ignore[attr-defined]
    gender = str(mine.gender)                                                               # type: ignore[attr-defined]
    return same_number and (tag.number == "P" or gender in (_GENDERS.get(tag.gender), "ms-f"))


def _wanted(tag: object, case: str, *, animate: bool) -> list[set[str]]:
    number = str(tag.number)                                                                # type: ignore[attr-defined]
    if case == "accs" and (number == "plur" or str(tag.gender) == "masc"):                  # type: ignore[attr-defined]
        return [{number, "gent" if animate else "nomn"}]
    return [{number, case}]


def _as_written(word: str, form: str) -> str:
    """The form with the word's capitals."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    if "-" in word:
        return "-".join(_as_written(a, b) for a, b in zip(word.split("-"), form.split("-"), strict=True))
    return form[0].upper() + form[1:] if word[0].isupper() else form


@lru_cache(maxsize=10_000)
def _by_rule(word: str, gender: str, place: int) -> str | None:
    if _FIXED.search(word) and gender != "P":
        return word
    if _CONSONANT.search(word) and gender == "F":
        return word
    for ending, wanted, cases in _RULES:
        if word.endswith(ending) and wanted in ("", gender):
            return _spelled(word[:-len(ending)], cases[place])
    if _CONSONANT.search(word) and gender == "M":
        return _spelled(word, ("а", "у", "а", "ом", "е")[place])
    return None


def _spelled(base: str, ending: str) -> str:
    if ending == "ы" and base[-1:] in _SOFT_I:
        ending = "и"
    if ending in ("ом", "ой") and base[-1:] in _HUSHES:
        ending = ending.replace("о", "е")
    return base + ending
