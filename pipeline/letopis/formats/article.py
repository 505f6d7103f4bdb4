"""What every format ends in: the text and metadata of one article -> its Document, and Rejects for what was lost of them.

Contract: the text runs from the first to the last character that is not blank, and `text_start` counts from where the
format's text begins; a text with nothing to see, or longer than `most` with its title, is one Reject and no Document.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from letopis.formats.decoding import is_blank
from letopis.formats.fields import Metadata, Problem
from letopis.formats.language import detect
from letopis.layers import Document, Reject


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from: `record` counts from '1' in a file of many, and is None in a file of one."""

    key: str
    path: str
    record: str | None
    format: str
    content_sha256: str

    def refuse(self, error: str, message: str) -> Reject:
        """The article itself can't be taken."""
        return Reject(self.path, self.record, "format" if self.record is None else "record", error, message)

    def reject(self, problem: Problem) -> Reject:
        """A header's defect, told beside the document."""
        return Reject(self.path, self.record, "header", problem.error, problem.message)


def article(origin: Origin, metadata: Metadata, body: str, start: int | None, *, most: int) -> Iterator[Document | Reject]:
    """The document, then what of its header could not be used. `start` is the offset of `body` (None: it is extracted)."""
    text = body.strip()
    size = len(text) + len(metadata.title or "")
    if size > most:
        yield origin.refuse("too_long", f"it has {size:,} characters with its title, the limit for one article is {most:,}")
        return
    if is_blank(text):
        yield origin.refuse("no_body" if origin.record is None else "no_text", "there is no text in it")
        return
    yield _document(origin, metadata, text, None if start is None else start + len(body) - len(body.lstrip()))
    yield from map(origin.reject, metadata.problems)


def _document(origin: Origin, metadata: Metadata, text: str, text_start: int | None) -> Document:
    found = detect(text, metadata.language)
    stamp = metadata.published
    return Document(
        key=origin.key,
        path=origin.path,
        record=origin.record,
        format=origin.format,
        text=text,
        text_start=text_start,
        content_sha256=origin.content_sha256,
        annotated=found == "ru",
        language=metadata.language or found,
        site=metadata.site,
        url=metadata.url,
        archive_url=metadata.archive_url,
        publication=metadata.publication,
        title=metadata.title,
        description=metadata.description,
        author=metadata.author,
        sections=metadata.sections,
        keywords=metadata.keywords,
        published=stamp.moment if stamp else None,
        published_date=stamp.day if stamp else None,
    )
