"""Table `documents`: one row an article."""

import pyarrow as pa

from letopis.layers import Analysis, Document
from letopis.schema.origins import Origins
from letopis.schema.table import BOOL, DAY, INT, STAMP, STRING, STRINGS, Column, Table, table

TABLE = Table(
    "documents",
    "One article.",
    (
        Column("document_id", STRING, "Hash of the document's key, by default its path under the input root.", False),
        Column("path", STRING, "File, relative to its input root; odd bytes percent-encoded.", False),
        Column("record", STRING, "Number of the record in a file of many, from 1."),
        Column("format", STRING, "Format of the file.", False, ("markdown", "txt", "jsonl", "csv", "parquet", "html")),
        Column("site", STRING, "Site it stood on."),
        Column("url", STRING, "Its address."),
        Column("archive_url", STRING, "Address of an archived copy."),
        Column("publication", STRING, "Name of the medium."),
        Column("title", STRING, "Title as the source states it."),
        Column("description", STRING, "Summary as the source states it."),
        Column("author", STRING, "Author as the source states it."),
        Column("sections", STRINGS, "Sections or rubrics; null where none are stated."),
        Column("keywords", STRINGS, "Keywords or tags; null where none are stated."),
        Column("language", STRING, "ISO 639-1 code, stated or detected."),
        Column("annotated", BOOL, "True for texts in Russian: only these have rows in other tables.", False),
        Column("published", STAMP, "When it was published, UTC."),
        Column("published_date", DAY, "The day the source states, in its own zone."),
        Column("text", STRING, "The decoded body; offsets of the tables count in it.", False),
        Column("text_start", INT, "First character of the body in the decoded file; null where it is extracted."),
        Column("content_sha256", STRING, "Of the file's bytes, or of the record's own.", False),
        Column("fingerprint", STRING, "Of the stages, models and configuration that made its rows.", False),
        Column("sentence_count", INT, "Sentences, the title's included.", False),
        Column("token_count", INT, "Tokens, the title's included.", False),
        Column("duplicate_of", STRING, "Article it nearly repeats: the earliest of them.", references="documents.document_id"),
        Column("month", STRING, "YYYY-MM of published_date, or 'undated'.", False),
    ),
    ("document_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a document; what only the store knows (id, fingerprint, duplicates) is left for it."""
    sentences = _counts(analysis, origins)
    return table(TABLE, [_row(i, d, *sentences[i]) for i, d in enumerate(analysis.documents)])


def _counts(analysis: Analysis, origins: Origins) -> list[tuple[int, int]]:
    documents = origins.document[analysis.sentences.reading].tolist()
    tokens = (analysis.words.first[1:] - analysis.words.first[:-1]).tolist()
    counts = [(0, 0)] * len(analysis.documents)
    for document, words in zip(documents, tokens, strict=True):
        s, t = counts[document]
        counts[document] = (s + 1, t + words)
    return counts


def _row(number: int, d: Document, sentences: int, tokens: int) -> tuple[object, ...]:
    month = f"{d.published_date:%Y-%m}" if d.published_date else "undated"
    return (
        number, d.path, d.record, d.format, d.site, d.url, d.archive_url, d.publication, d.title, d.description, d.author,
        _list(d.sections), _list(d.keywords), d.language, d.annotated, d.published, d.published_date, d.text, d.text_start,
        d.content_sha256, "", sentences, tokens, None, month,
    )


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
