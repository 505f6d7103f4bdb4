"""brat's standoff, read strictly: what an annotator left behind, held against its text.

Contract. `read` takes the annotations of an article as `export brat` writes them and brat saves them. A line that is no standoff, a
span that is not the text it says, an id that nothing has: BadStandoff with its line. Notes ('#1') are for people: passed over.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from letopis.export.brat import BASE, OTHERS, fragments
from letopis.schema.event_mentions import REALIS
from letopis.schema.event_roles import ROLES
from letopis.schema.mentions import TYPES

Place: TypeAlias = tuple[int, int, str]
"""First character, first after it, type."""

_ID = re.compile(r"[TERNAM]\d+")
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_ARGUMENT = re.compile(r"([A-Za-z_-]+?)\d*:([TE]\d+)")


class BadStandoff(ValueError):
    """A file that cannot be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: its trigger (T) and its parts, role and id (T or E)."""

    type: str
    trigger: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Standoff:
    """The annotations of one article by their ids."""

    spans: dict[str, Place] = field(default_factory=dict)
    events: dict[str, Happening] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str]] = field(default_factory=dict)    # relation, subject, object
    realis: dict[str, str] = field(default_factory=dict)                        # of an event (E)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)        # of a span (T): id and name

    @property
    def triggers(self) -> set[str]:
        """The spans that are triggers."""
        return {e.trigger for e in self.events.values()}


def read(lines: str, text: str, event_types: Collection[str]) -> Standoff:
    """The annotations of `text`; `event_types` as brat has them ('disaster-fire'). Raises BadStandoff."""
    found, where = Standoff(), dict[str, int]()
    for number, line in enumerate(lines.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, _, rest = line.partition("\t")
        if not _ID.fullmatch(key) or not rest:
            raise BadStandoff(number, f"no line of standoff: {line[:60]!r}")
        if key in where:
            raise BadStandoff(number, f"{key} stands twice")
        where[key] = number
        try:
            _READERS[key[0]](found, key, rest, text)
        except ValueError as error:
            raise BadStandoff(number, f"{key}: {error}") from error
    _check(found, where, event_types)
    return found


# --- one line -----------------------------------------------------------------------------------------------------------

def _span(found: Standoff, key: str, rest: str, text: str) -> None:
    said, _, words = rest.partition("\t")
    match = _SPAN.fullmatch(said)
    if match is None:
        raise ValueError(f"no type and offsets: {said!r}")
    pieces = [(int(a), int(b)) for a, b in (p.split(" ") for p in match[2].split(";"))]
    start, end = pieces[0][0], pieces[-1][1]
    if end > len(text) or pieces != fragments(text, start, end):
        raise ValueError(f"{said!r} is no stretch of the text, broken at its line breaks alone")
    if " ".join(text[a:b] for a, b in pieces) != words:
        raise ValueError(f"the text there is not {words!r}")
    found.spans[key] = (start, end, match[1])


def _event(found: Standoff, key: str, rest: str, text: str) -> None:
    head, *parts = rest.split()
    kind, _, trigger = head.partition(":")
    found.events[key] = Happening(kind, trigger, tuple(_argument(p) for p in parts))


def _argument(part: str) -> tuple[str, str]:
    match = _ARGUMENT.fullmatch(part)
    if match is None or match[1] not in ROLES:
        raise ValueError(f"no part of an event: {part!r}")
    return match[1], match[2]


def _relation(found: Standoff, key: str, rest: str, text: str) -> None:
    match = re.fullmatch(r"(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*", rest)
    if match is None:
        raise ValueError(f"no relation: {rest!r}")
    found.relations[key] = (match[1], match[2], match[3])


def _attribute(found: Standoff, key: str, rest: str, text: str) -> None:
    match = re.fullmatch(r"Realis (E\d+) (\w+)\s*", rest)
    if match is None or match[2] not in REALIS:
        raise ValueError(f"no attribute: {rest!r}")
    found.realis[match[1]] = match[2]


def _reference(found: Standoff, key: str, rest: str, text: str) -> None:
    match = re.fullmatch(rf"Reference (T\d+) {BASE}:(\S+)\t(.*)", rest)
    if match is None:
        raise ValueError(f"no reference to {BASE}: {rest!r}")
    found.references[match[1]] = (re.sub("%([0-9A-F]{2,6})", lambda m: chr(int(m[1], 16)), match[2]), " ".join(match[3].split()))


_READERS = {"T": _span, "E": _event, "R": _relation, "A": _attribute, "M": _attribute, "N": _reference}


# --- the whole ----------------------------------------------------------------------------------------------------------

def _check(found: Standoff, where: Mapping[str, int], event_types: Collection[str]) -> None:
    for key, (_, _, kind) in found.spans.items():
        if kind not in TYPES and kind not in OTHERS.values() and kind not in event_types:
            raise BadStandoff(where[key], f"{key}: no type {kind!r}")
    for key, event in found.events.items():
        if event.trigger not in found.spans or found.spans[event.trigger][2] != event.type:
            raise BadStandoff(where[key], f"{key}: its trigger {event.trigger} is no {event.type}")
        for _, part in event.parts:
            if part not in found.spans and part not in found.events:
                raise BadStandoff(where[key], f"{key}: nothing is {part}")
    for key, (_, *ends) in found.relations.items():
        if not found.spans.keys() >= set(ends):
            raise BadStandoff(where[key], f"{key}: nothing is {' or '.join(ends)}")
    lost = [k for k in (*found.realis, *found.references) if k not in found.events and k not in found.spans]
    if lost:
        raise BadStandoff(0, f"an attribute or a reference of {lost[0]}, which nothing is")
