"""Marks: on which side of a `not_same` something is, as 'key/number'."""

from collections.abc import Iterable


def apart(marks: Iterable[str], others: Iterable[str]) -> str | None:
    """The key by which two things are kept apart, None where nothing keeps them so."""
    mine = dict(map(parsed, marks))
    return next((key for key, number in sorted(map(parsed, others)) if mine.get(key, number) != number), None)


def parsed(mark: str) -> tuple[str, int]:
    """'0a1b/2' -> ('0a1b', 2)."""
    key, _, number = mark.partition("/")
    return key, int(number)
