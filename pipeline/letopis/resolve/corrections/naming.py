"""Whether what goes by some names is meant by a name that a user states.

Contract. Names are compared by their words, in any order, folded. A short form beside a fuller name ('Черёмин', 'Департамент') is
not what a thing is called: only its fullest names and its abbreviations are, and what it is called in the tables. A full name of a
person means also who has a patronymic. Names come most frequent first.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from letopis.find.names import fold
from letopis.resolve.canonical import chosen_name
from letopis.resolve.corrections.statements import Address

Words = frozenset[str]
Thing = TypeVar("Thing", bound=Hashable)


def words(name: str) -> Words:
    """'Черёмин Сергей' -> {'черемин', 'сергей'}."""
    return frozenset(fold(name).split())


def longest(name: str) -> str:
    """The longest word, which whoever is called so has in some name, too."""
    return max(sorted(words(name)), key=len, default="")


def bears(names: Sequence[str], wanted: Words, *, person: bool) -> bool:
    """Whether something with these names is called so."""
    own = {words(name) for name in names}
    fullest = [w for w in own if not any(w < other for other in own)]
    main = words(chosen_name(names, "PERSON" if person else ""))
    patronymic = person and len(wanted) > 1
    return wanted in (main, *fullest) or (patronymic and any(wanted < w and len(w) == len(wanted) + 1 for w in fullest))


def called(things: Iterable[tuple[Thing, str, Sequence[str]]], addresses: Iterable[Address]) -> dict[Address, set[Thing]]:
    """Which of the things (thing, type, names) each address by name means."""
    by_word: defaultdict[tuple[str | None, str], list[Address]] = defaultdict(list)
    found: dict[Address, set[Thing]] = {}
    for address in addresses:
        found[address] = set()
        by_word[address.type, longest(address.name or "")].append(address)
    for thing, kind, names in things:
        keys = {(kind, word) for name in names for word in words(name)}
        for address in (a for key in keys & by_word.keys() for a in by_word[key]):
            if bears(names, words(address.name or ""), person=kind == "PERSON"):
                found[address].add(thing)
    return found
