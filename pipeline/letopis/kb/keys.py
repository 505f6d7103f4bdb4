"""The keys under which items are stored and mentions look for them: one function for both sides.

Contract. 'n:...' is a folded name as it stands, 'p:...' a person's surname and given name (masculine, the given name in full),
'b:...' the lemmas of a body's name without legal forms, kinds and places, 's:...' how either sounds in whatever letters, 'f:...' a
surname (of popes and kings the given name) alone. Keys find candidates; what is meant, `choice` decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from letopis.find.lexicons import words
from letopis.find.names import fold
from letopis.find.naming.bodies import body_name, place_word, union_of
from letopis.find.naming.people import PersonName, formal, is_patronymic, masculine, person_name
from letopis.find.naming.sounds import bones, sound
from letopis.kb.families import inverted
from letopis.text.dictionary import parses

LABEL, LABEL_PARTS, ALIAS, ALIAS_PARTS, SOUND, SHORT, PLACELESS = range(7)      # a label, its parts, an alias, parts of one ...
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-’'.]\w+)*|[^\w\s]")
_INITIAL = re.compile(r"(?<!\w)\w\.")
_INITIAL_LETTER = re.compile(r"(?<![\w-])[^\W\d_]")
_NO_PERSON = re.compile(r"[,;\d«»\"]")
_STRESS = "\u0301"
_SPANS = (3, 2, 1)                    # words of a place's name that are looked up as one
_SURNAME = 4                          # letters of a surname between a given name and another surname
_WORDS = 3                            # words of a name whose sound is a key
_LONGEST = 120                        # characters of a name that a text would use


def name_key(name: str) -> str:
    """'Нью-Йорк' -> 'n:нью йорк'."""
    return "n:" + " ".join(fold(name).replace("-", " ").split())


def person_key(name: PersonName) -> str | None:
    """'Сергей Евгеньевич Черёмин' -> 'p:черемин|сергей'; None without a surname and a given name, or a regnal number."""
    if len(name.given) < 2 or not name.full:
        return None
    return f"p:{masculine(name.surname)}|{formal(name.given)}|{name.mark if name.numbered else ''}"


def sound_key(name: PersonName) -> str | None:
    """'Уоррен Баффет', 'Баффетт' and 'Warren Buffett' share 's:бфт|рн'; None where too few consonants tell."""
    surname, given = bones(name.surname), bones(name.given)
    return f"s:{surname}|{given}" if len(surname) > 1 and given and len(surname + given) > 3 and len(name.given) > 2 else None


def short_key(name: PersonName) -> str | None:
    """'Путин' -> 'f:путин', 'Кирилл' -> 'f:кирилл': who is meant takes a post and a place besides."""
    word = masculine(name.surname) or name.given
    return f"f:{word}" if len(word) > 2 else None


def person_keys(name: PersonName) -> list[str]:
    """The keys a mention of a person is looked for by."""
    found = (person_key(name), sound_key(name)) if name.full else (short_key(name),)
    return [key for key in found if key]


def item_keys(label: str, aliases: Iterable[str], family: str | None) -> Iterator[tuple[str, int]]:
    """(key, how it comes from the item), the best way of each first; nothing for a common noun ('премьер-министр')."""
    if not is_name(label):
        return
    plain = (unicodedata.normalize("NFC", name.replace(_STRESS, "")) for name in (label, *aliases))
    names = dict.fromkeys(n for a in plain if (n := _ASIDE.sub("", inverted(a) or a)) and len(n) <= _LONGEST)
    found: dict[str, int] = {}
    for i, name in enumerate(names):
        for key, whole in _keys_of(name, label, family):
            said = (LABEL, LABEL_PARTS) if i == 0 else (ALIAS, ALIAS_PARTS)
            use = {"s": SOUND, "f": SHORT}.get(key[0], said[not whole])
            found[key] = min(use, found.get(key, use))
        if _is_person(family) and (first := _first_surname_key(name)):
            found.setdefault(first, ALIAS_PARTS)
        if _is_body(family) and (bare := _placeless_key(name)) and (i == 0 or " " in bare):
            found.setdefault(bare, PLACELESS)
    yield from sorted(found.items())


def is_name(label: str) -> bool:
    """Whether a label is a name: those of concepts have no capital in any word ('генерал армии'), 'группа «Цветы»' has one."""
    return any(not ("а" <= first <= "я" or first == "ё") for first in _INITIAL_LETTER.findall(label))


def _keys_of(name: str, label: str, family: str | None) -> Iterator[tuple[str, bool]]:
    """(key, whether it is the whole name)."""
    if _is_person(family):
        if _is_short(name, label):
            return
        parts = person_name(name) if " " in name and not _NO_PERSON.search(name) else PersonName("")
        yield from ((key, False) for key in (person_key(parts), sound_key(parts), _bare(parts)) if key)
    if len(fold(name)) > 1:
        yield name_key(name), True
    if _is_body(family):
        core = body_key(name)
        if core:
            yield core, False
            yield from (("s:" + heard, False) for heard in [sound(core[2:])] if heard and core.count(" ") < _WORDS)


def _is_body(family: str | None) -> bool:
    """Whether it can be more than a person or place."""
    return not family or bool(set(family.split()) - {"PER", "LOC"})


def _is_person(family: str | None) -> bool:
    """Whether it can be a person."""
    return set((family or "").split()) <= {"PER"}


def _first_surname_key(name: str) -> str | None:
    """'Алан Гарсиа Перес' goes by the first of two surnames, 'Мейв Кеннеди Маккин' by her own."""
    parts = person_name(name) if not _NO_PERSON.search(name) else PersonName("")
    between = parts.middle[0] if len(parts.middle) == 1 else ""
    if len(between) < _SURNAME or is_patronymic(between) or between in words("given_names_alone"):
        return None
    return person_key(PersonName(between, parts.given))


def _bare(name: PersonName) -> str | None:
    """Of a name with a given name; who has no surname must have a number or nothing else: 'Бенедикт XVI', 'Патриарх Кирилл'."""
    if not name.given or (name.middle and not name.surname):
        return None
    return short_key(PersonName("" if name.numbered else name.surname, name.given))


def _is_short(name: str, label: str) -> bool:
    """Whether a person's alias is a surname or given name alone, or has initials: nobody is linked by those."""
    words, own = fold(name).split(), fold(label).split()
    return bool(_INITIAL.search(name)) or (len(words) == 1 and len(own) > 1 and words[0] in own)


@lru_cache(maxsize=100_000)
def body_key(name: str) -> str | None:
    """'ПАО «Газпром»' -> 'b:газпром'."""
    return _body_key(_TOKEN.findall(name), {})


def _placeless_key(name: str) -> str | None:
    """'Палата общин Великобритании' -> 'b:палата община': what texts call it where the country is clear; None without a place."""
    forms = _TOKEN.findall(name)
    places = dict(_places_in(forms))
    key = _body_key(forms, places) if places else None
    return None if key == body_key(name) else key


def _body_key(forms: list[str], places: Mapping[int, str]) -> str | None:
    core = " ".join(body_name(forms, places).core).replace("-", " ") if any(f[0].isalnum() for f in forms) else ""
    return f"b:{core}" if len(core) > 1 else None


def _places_in(forms: list[str]) -> Iterator[tuple[int, str]]:
    """The words that name a place, after the first one or as an adjective: 'Республики Беларусь', 'Нижегородский'."""
    start = 0
    while start < len(forms):
        found = next(((n, key) for n in _SPANS if (key := _place_of(tuple(forms[start:start + n]), first=start == 0))), None)
        if found is not None:
            yield from ((i, found[1]) for i in range(start, start + found[0]))
        start += found[0] if found else 1


@lru_cache(maxsize=100_000)
def _place_of(forms: tuple[str, ...], *, first: bool) -> str | None:
    if not forms[0][0].isupper():
        return None
    if len(forms) == 1 and "ADJF" in parses(forms[0])[0].tag:
        return place_word(forms[0], adjective=True)
    name = " ".join(forms)
    return None if first else place_word(name, adjective=False) or (union_of(name) if " " in name else None)
