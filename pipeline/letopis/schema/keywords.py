"""Table `keywords`: one row a keyword, author or publication of the front matter, resolved where it can be."""

from collections.abc import Iterator

import pyarrow as pa

from letopis.layers import Analysis, Document
from letopis.schema.origins import Origins
from letopis.schema.table import STRING, Column, Table, document_id, table

TABLE = Table(
    "keywords",
    "One keyword, author or publication of the front matter, resolved to what the corpus knows.",
    (
        document_id(),
        Column("keyword", STRING, "As the source states it.", False),
        Column("source", STRING, "Where it stood.", False, ("keyword", "author", "publication")),
        Column("entity_id", STRING, "The entity it names.", references="entities.entity_id"),
        Column("event_id", STRING, "The event it names.", references="events.event_id"),
    ),
    ("document_id", "source", "keyword"),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a distinct keyword; `resolve` fills in what it names."""
    out = [
        (number, keyword, source, None, None)
        for number, document in enumerate(analysis.documents)
        if document.annotated
        for source, keyword in _stated(document)
    ]
    return table(TABLE, out)


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    for keyword in dict.fromkeys(document.keywords or ()):
        yield "keyword", keyword
    if document.author:
        yield "author", document.author
    if document.publication:
        yield "publication", document.publication
