"""What something is called that goes by several names.

Contract. Names come most frequent first, at least one. `readable` leaves out what no name looks like, spans that begin or end in
the wrong place; `rename` of the corrections is over all of it. It looks at nothing else.
"""

import re
from collections.abc import Sequence

from letopis.find.naming.people import person_name

_BRACKETS = re.compile(r"[()\[\]]")
_PAIRS = ("()", "[]", "«»", "“”")
_NO_PERSON = re.compile(r"[,;:\d#«»\"]")


def chosen_name(names: Sequence[str], kind: str) -> str:
    """The canonical name of a thing of this type."""
    return fullest(names) if kind == "PERSON" else complete(names)


def readable(names: Sequence[str], kind: str) -> list[str]:
    """The names without what a wrong span left in them: 'СК) России' is 'СК России', 'ВЗГЛЯД, 22 июня Евросоюз' is none.

    All of them where none is whole.
    """
    said = set(names)
    whole = [tidy for n in names if (tidy := _tidied(n)) and not _is_broken(tidy, kind, said)]
    return list(dict.fromkeys(whole or map(_tidied, names)))


def fullest(names: Sequence[str]) -> str:
    """A person's name with given name and surname, patronymic last resort: 'Сергей Черёмин' before 'Черёмин'."""
    best = max(names, key=lambda n: (_says_both(n), min(len(n.split()), 2), "." not in n, -names.index(n)))
    return next((n for n in names if "ё" in n and n.replace("ё", "е") == best.replace("ё", "е")), best)


def complete(names: Sequence[str]) -> str:
    """The most frequent name, or a frequent one that says all of it and more: 'Верховный суд Пакистана' before 'Верховный суд'."""
    first = set(names[0].lower().split())
    fuller = (n for n in names[1:6] if first < set(n.lower().split()) and len(n.split()) < 9 and not set("«»\"()") & set(n))
    return next(fuller, names[0])


def _says_both(name: str) -> bool:
    parts = person_name(name)
    return bool(parts.surname) and len(parts.given) > 1


def _tidied(name: str) -> str:
    """Without brackets where one of a pair is missing; a missing quotation mark is put where the span was cut."""
    balanced = all(name.count(a) == name.count(b) for a, b in ("()", "[]"))
    bare = name if balanced else " ".join(_BRACKETS.sub(" ", name).split())
    if bare.count("«") == bare.count("»") + 1 and bare.rfind("«") > bare.rfind("»"):
        return f"{bare}»"
    if bare.count("»") == bare.count("«") + 1 and ("«" not in bare or bare.find("»") < bare.find("«")):
        return f"«{bare}"
    return bare


def _is_broken(name: str, kind: str, said: set[str]) -> bool:
    """Half a pair of quotation marks, a clause after a whole name, or anything but words in a person's."""
    if any(name.count(pair[0]) != name.count(pair[1]) for pair in _PAIRS) or name.count('"') % 2:
        return True
    if kind == "PERSON":
        return bool(_NO_PERSON.search(name))
    before, comma, _ = name.partition(",")
    return bool(comma) and before in said
