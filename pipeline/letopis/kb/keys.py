"""The keys under which items are stored and mentions look for them: one function for both sides.

Contract. 'n:...' is a folded name as it stands, 'p:...' a person's surname and given name (masculine, the given name in full),
'b:...' the lemmas of a body's name without legal forms, kinds and places, 's:...' how either sounds in whatever letters, 'f:...' a
surname (of popes and kings the given name) alone. Keys find candidates; what is meant, `choice` decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from letopis.find.names import fold
from letopis.find.naming.bodies import body_name
from letopis.find.naming.people import PersonName, formal, masculine, person_name
from letopis.find.naming.sounds import bones, sound
from letopis.kb.families import inverted

LABEL, LABEL_PARTS, ALIAS, ALIAS_PARTS, SOUND, SHORT = range(6)      # what a key is: a label, its parts, an alias, parts of one ...
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-’'.]\w+)*|[^\w\s]")
_INITIAL = re.compile(r"(?<!\w)\w\.")
_NO_PERSON = re.compile(r"[,;\d«»\"]")
_STRESS = "\u0301"
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
    yield from sorted(found.items())


def is_name(label: str) -> bool:
    """Whether a label is a name: labels of concepts begin with a small letter ('генерал армии'); 'iPhone' is a name."""
    first = next((c for c in label if c.isalpha()), "")
    return bool(first) and not ("а" <= first <= "я" or first == "ё")


def _keys_of(name: str, label: str, family: str | None) -> Iterator[tuple[str, bool]]:
    """(key, whether it is the whole name)."""
    families = set((family or "").split())
    if families <= {"PER"}:
        if _is_short(name, label):
            return
        parts = person_name(name) if " " in name and not _NO_PERSON.search(name) else PersonName("")
        yield from ((key, False) for key in (person_key(parts), sound_key(parts), _bare(parts)) if key)
    if len(fold(name)) > 1:
        yield name_key(name), True
    if not families or families - {"PER", "LOC"}:
        core = body_key(name)
        if core:
            yield core, False
            yield from (("s:" + heard, False) for heard in [sound(core[2:])] if heard and core.count(" ") < _WORDS)


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
    forms = _TOKEN.findall(name)
    core = " ".join(body_name(forms, {}).core).replace("-", " ") if forms and any(f[0].isalnum() for f in forms) else ""
    return f"b:{core}" if len(core) > 1 else None
