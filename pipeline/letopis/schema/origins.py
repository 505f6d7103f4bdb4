"""Clean offsets -> offsets of the original field, for single spans and for whole columns."""

import dataclasses
from dataclasses import dataclass, replace

import numpy as np

from letopis.layers import Analysis, Ints, Span


@dataclass(frozen=True, slots=True)
class Origins:
    """The way back from the readings of a batch; `texts` are the original fields."""

    document: Ints
    field: tuple[str, ...]
    texts: tuple[str, ...]
    start: Ints
    end: Ints
    base: Ints
    sentence_base: Ints
    mentions: list[str] = dataclasses.field(default_factory=list)       # [mention] its id without its document
    events: list[str] = dataclasses.field(default_factory=list)         # [event mention] its id without its document

    def columns(self, reading: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Original offsets of spans given as arrays; every span holds at least one character."""
        base = self.base[reading]
        return self.start[base + start], self.end[base + end - 1]

    def place(self, span: Span) -> tuple[int, str, int, int, int, str]:
        """(document, field, sentence in its document, start, end, text) of one span."""
        base = self.base.item(span.reading)
        start, end = self.start.item(base + span.start), self.end.item(base + span.end - 1)
        document = self.document.item(span.reading)
        sentence = span.sentence - self.sentence_base.item(document)
        return document, self.field[span.reading], sentence, start, end, self.texts[span.reading][start:end]

    def local_id(self, span: Span, kind: str) -> str:
        """Id of a span without its document: 'text:12-20:PERSON'."""
        base = self.base.item(span.reading)
        start, end = self.start.item(base + span.start), self.end.item(base + span.end - 1)
        return f"{self.field[span.reading]}:{start}-{end}:{kind}"


def origins(analysis: Analysis) -> Origins:
    """Gather what leads back to the originals of a batch."""
    documents, readings = analysis.documents, analysis.readings
    lengths = [len(a) for a in readings.origin_start]
    base = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    texts = tuple(
        (documents[d].title or "") if name == "title" else documents[d].text
        for d, name in zip(readings.document.tolist(), readings.field, strict=True)
    )
    first = np.searchsorted(readings.document[analysis.sentences.reading], np.arange(len(documents))).astype(np.int32)
    bare = Origins(
        readings.document, readings.field, texts, _join(readings.origin_start), _join(readings.origin_end), base, first
    )
    mentions = [bare.local_id(m.span, m.type) for m in analysis.mentions]
    return replace(bare, mentions=mentions, events=[bare.local_id(e.span, e.type) for e in analysis.events])


def _join(arrays: tuple[Ints, ...]) -> Ints:
    return np.concatenate(arrays).astype(np.int32) if arrays else np.zeros(0, np.int32)
