"""Corrections as the user states them, and what says which mentions a correction is about.

Contract. A correction is about evidence, never about ids: a name with a type, or a place in a document (words quoted, or offsets).
`line` counts from 1 in the user's file and is for people: it decides nothing, and `key` does not hold it.
"""

import dataclasses
from dataclasses import dataclass

from letopis.ids import digest

SAME, NOT_SAME, RENAME, RETYPE, DROP = KINDS = ("same", "not_same", "rename", "retype", "drop")
ENTITY, EVENT = "entity", "event"


@dataclass(frozen=True, slots=True)
class Address:
    """A name with its type, or a document with a quote or with offsets; a type may stand beside these, too."""

    name: str | None = None
    type: str | None = None
    document: str | None = None       # document_id, path, or the end of a path; a record's number after '#'
    field: str | None = None          # text or title; None: the text, else the title
    quote: str | None = None
    occurrence: int | None = None     # of the quote in its field, from 1
    start: int | None = None
    end: int | None = None
    line: int = dataclasses.field(default=0, compare=False)

    def __str__(self) -> str:
        """'Иванов' PERSON; 'Иванов' (2) in a.md; 12-18 in a.md."""
        if self.name is not None:
            return f"'{self.name}' {self.type}"
        words = f"{self.start}-{self.end}" if self.quote is None else f"'{self.quote}'"
        return f"{words}{f' ({self.occurrence})' if self.occurrence else ''} in {self.document}"


_SAID = tuple(f.name for f in dataclasses.fields(Address) if f.compare)


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; `to` is the name or type that is right."""

    kind: str
    addresses: tuple[Address, ...]
    to: str | None = None
    why: str | None = None
    by: str | None = None
    line: int = dataclasses.field(default=0, compare=False)

    @property
    def key(self) -> str:
        """Of what it says, wherever it stands in the file and whoever says it why."""
        return digest(repr((self.kind, self.to, [tuple(getattr(a, name) for name in _SAID) for a in self.addresses])))

    def __str__(self) -> str:
        """'same: ..., ... (why; by)'."""
        said = "; ".join(filter(None, (self.why, self.by)))
        to = f" -> '{self.to}'" if self.to else ""
        return f"{self.kind}: {', '.join(map(str, self.addresses))}{to}{f' ({said})' if said else ''}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """A file of corrections, in its order. `sha256` is of its bytes."""

    items: tuple[Correction, ...] = ()
    file: str = ""
    sha256: str = ""


NONE = Corrections()
