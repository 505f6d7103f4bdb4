"""What something is called that goes by several names.

Contract. Names come most frequent first, at least one. It looks at nothing else; `rename` of the corrections is over it.
"""

from collections.abc import Sequence


def chosen_name(names: Sequence[str], kind: str) -> str:
    """The canonical name of a thing of this type."""
    return fullest(names) if kind == "PERSON" else complete(names)


def fullest(names: Sequence[str]) -> str:
    """A person's name with given name and surname, patronymic last resort: 'Сергей Черёмин' before 'Черёмин'."""
    return max(names, key=lambda n: (min(len(n.split()), 2), "." not in n, "ё" in n, -names.index(n)))


def complete(names: Sequence[str]) -> str:
    """The most frequent name, or a frequent one that says all of it and more: 'Верховный суд Пакистана' before 'Верховный суд'."""
    first = set(names[0].lower().split())
    fuller = (n for n in names[1:6] if first < set(n.lower().split()) and len(n.split()) < 9 and not set("«»\"()") & set(n))
    return next(fuller, names[0])
