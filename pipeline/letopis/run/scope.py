"""Which of the documents of the inputs a run looks at."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from letopis.layers import Document

File: TypeAlias = tuple[str, str]
"""An input and a path in it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """So many at most, published from a day on (or on no known day), of these files only; by default all."""

    limit: int | None = None
    since: date | None = None
    only: frozenset[File] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether what was not seen has gone."""
        return self == EVERYTHING

    def reaches(self, document: Document) -> bool:
        """Whether a document is not too old."""
        return self.since is None or document.published_date is None or document.published_date >= self.since


EVERYTHING = Scope()
