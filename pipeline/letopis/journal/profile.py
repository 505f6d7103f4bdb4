"""What the tables of a night are like in figures, and how far they drift from the nights before.

A profile counts rows of every document-level table, how many have each column filled, and how the types divide. Drift is a number
from 0 (alike) to 1 of each of them:

- `density`: rows per character of text, the difference by the larger of the two,
- `types`: half the sum of the differences of the shares (total variation distance),
- `filled`: the difference of the shares that are filled.

It is told only where both sides have enough documents and ROWS rows, so that it is not noise. Profiles name nobody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from letopis.journal.night import Night
from letopis.schema import DOCUMENT_TABLES

ROWS = 200
TYPES = (
    "sentences.role", "tokens.pos", "mentions.type", "mentions.form", "anaphors.kind", "relations.relation", "positions.status",
    "time_expressions.granularity", "time_expressions.basis", "quantities.kind", "event_mentions.type", "event_mentions.realis",
    "event_mentions.date_basis", "event_roles.role", "event_roles.kind", "quotes.kind", "documents.language", "documents.format",
)
_FRESH = "SEMI JOIN (FROM tonight WHERE kind <> 'redone') USING (document_id)"     # redone ones are of other times


@dataclass(slots=True)
class Profile:
    """Counts over some documents."""

    documents: int = 0
    characters: int = 0
    rows: Counter[str] = field(default_factory=Counter)         # table
    filled: Counter[str] = field(default_factory=Counter)       # 'table.column'
    types: dict[str, Counter[str]] = field(default_factory=dict)    # 'table.column' -> value

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        types = {name: dict(counts) for name, counts in self.types.items()}
        return {"documents": self.documents, "characters": self.characters, "rows": dict(self.rows), "filled": dict(self.filled),
                "types": types}

    def add(self, kept: Mapping[str, Any]) -> None:
        """Count another one, as it was kept, too."""
        self.documents += kept["documents"]
        self.characters += kept["characters"]
        self.rows.update(kept["rows"])
        self.filled.update(kept["filled"])
        for name, counts in kept["types"].items():
            self.types.setdefault(name, Counter()).update(counts)


@dataclass(frozen=True, slots=True)
class Drift:
    """One figure of tonight and of the nights before. `shown` is the type that moved most, where types are compared."""

    kind: str                         # density, types, filled
    name: str                         # 'mentions', 'mentions.type', 'documents.author'
    tonight: float
    before: float
    drift: float
    shown: str | None = None


def profile_of(night: Night) -> Profile:
    """The profile of the documents that were added or changed."""
    found = Profile()
    if night.is_empty:
        return found
    for table, _ in DOCUMENT_TABLES:
        names = [c.name for c in table.columns if c.nullable and c.name != "month"]
        counts = ["count(*) AS _rows", *(f'count("{n}") AS "{n}"' for n in names)]
        row = next(night.rows(f"SELECT {', '.join(counts)} FROM {table.name} {_FRESH}"))
        found.rows[table.name] = row.pop("_rows")
        found.filled.update({f"{table.name}.{n}": filled for n, filled in row.items()})
    size = next(night.rows("SELECT count(*) AS n, coalesce(sum(length(text)), 0) AS characters "
                           f"FROM documents {_FRESH} WHERE annotated"))
    found.documents, found.characters = size["n"], int(size["characters"])
    found.types = {name: Counter(dict(_types(night, *name.split(".")))) for name in TYPES}
    return found


def _types(night: Night, table: str, column: str) -> Iterator[tuple[str, int]]:
    rest = f'FROM {table} {_FRESH} WHERE "{column}" IS NOT NULL GROUP BY 1 ORDER BY 1'
    return ((row["value"], row["n"]) for row in night.rows(f'SELECT "{column}" AS value, count(*) AS n {rest}'))


def pooled(kept: Iterable[Mapping[str, Any]]) -> Profile:
    """The nights before as one."""
    total = Profile()
    for each in kept:
        total.add(each)
    return total


def drifts(tonight: Profile, before: Profile, *, documents: int) -> list[Drift]:
    """Every figure that can be compared, what drifted most first; none where a side has too few documents."""
    if min(tonight.documents, before.documents) < documents:
        return []
    found = [*_densities(tonight, before), *_filled(tonight, before), *_divided(tonight, before)]
    return sorted(found, key=lambda d: (-d.drift, d.kind, d.name))


def _densities(tonight: Profile, before: Profile) -> Iterator[Drift]:
    for name, rows in before.rows.items():
        if rows * tonight.characters >= ROWS * before.characters:            # so many are awaited tonight
            a, b = tonight.rows[name] / tonight.characters, rows / before.characters
            yield Drift("density", name, round(1000 * a, 3), round(1000 * b, 3), round(abs(a - b) / max(a, b), 4))


def _filled(tonight: Profile, before: Profile) -> Iterator[Drift]:
    for name, filled in before.filled.items():
        table = name.split(".")[0]
        rows = tonight.rows[table], before.rows[table]
        if min(rows) >= (1 if table == "documents" else ROWS):
            a, b = tonight.filled[name] / rows[0], filled / rows[1]
            yield Drift("filled", name, round(a, 4), round(b, 4), round(abs(a - b), 4))


def _divided(tonight: Profile, before: Profile) -> Iterator[Drift]:
    for name, counts in before.types.items():
        now = tonight.types.get(name, Counter())
        if min(now.total(), counts.total()) >= ROWS:
            moves = {v: now[v] / now.total() - counts[v] / counts.total() for v in now.keys() | counts.keys()}
            most = max(sorted(moves), key=lambda v: abs(moves[v]))
            shares = now[most] / now.total(), counts[most] / counts.total()
            distance = sum(map(abs, moves.values())) / 2
            yield Drift("types", name, round(shares[0], 4), round(shares[1], 4), round(distance, 4), most)
