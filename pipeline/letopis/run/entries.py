"""Documents as the manifest and a survey see them."""

from dataclasses import dataclass

from letopis.ids import document_id
from letopis.layers import Document
from letopis.store.manifest import Entry


@dataclass(frozen=True, slots=True)
class Seen:
    """The document that stands for its key in a run."""

    published: str                    # '' for unknown
    input: str
    path: str
    record: str | None

    def beats(self, other: "Seen") -> bool:
        """Whether it is the one to keep of two with one key: published later, or of equals the first by its name."""
        return self.published > other.published or (self.published == other.published and self.place < other.place)

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands."""
        return self.input, self.path, int(self.record or 0)


def seen(name: str, document: Document) -> Seen:
    """A document of an input."""
    return Seen(_stamp(document), name, document.path, document.record)


def content(document: Document) -> str:
    """What its rows are made of: the bytes, and the format they were read as."""
    return f"{document.format}:{document.content_sha256}"


def entry(name: str, document: Document, fingerprint: str, unit: str, number: int) -> Entry:
    """The manifest's entry of a document whose rows are number `number` of a unit."""
    month = f"{document.published_date:%Y-%m}" if document.published_date else "undated"
    return Entry(
        document_id(document.key), document.key, name, document.path, document.record, content(document), fingerprint, unit,
        number, month, _stamp(document) or None,
    )


def _stamp(document: Document) -> str:
    return document.published.isoformat() if document.published else ""
