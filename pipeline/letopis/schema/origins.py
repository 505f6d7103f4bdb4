"""Clean offsets -> offsets of the original field, for single spans and for whole columns."""

from dataclasses import dataclass

import numpy as np

from letopis.layers import Documents, Ints, Readings, Span


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

    def columns(self, reading: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Original offsets of spans given as arrays; every span holds at least one character."""
        base = self.base[reading]
        return self.start[base + start], self.end[base + end - 1]

    def place(self, span: Span) -> tuple[int, str, int, int, int, str]:
        """(document, field, sentence in its document, start, end, text) of one span."""
        base = int(self.base[span.reading])
        start, end = int(self.start[base + span.start]), int(self.end[base + span.end - 1])
        document = int(self.document[span.reading])
        sentence = span.sentence - int(self.sentence_base[document])
        return document, self.field[span.reading], sentence, start, end, self.texts[span.reading][start:end]

    def local_id(self, span: Span, kind: str) -> str:
        """Id of a span without its document: 'text:12-20:PERSON'."""
        _, field, _, start, end, _ = self.place(span)
        return f"{field}:{start}-{end}:{kind}"


def origins(documents: Documents, readings: Readings, sentence_reading: Ints) -> Origins:
    """Gather what leads back to the originals of a batch."""
    lengths = [len(a) for a in readings.origin_start]
    base = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    texts = tuple(
        (documents[d].title or "") if field == "title" else documents[d].text
        for d, field in zip(readings.document.tolist(), readings.field, strict=True)
    )
    first = np.searchsorted(readings.document[sentence_reading], np.arange(len(documents))).astype(np.int32)
    return Origins(
        readings.document, readings.field, texts, _join(readings.origin_start), _join(readings.origin_end), base, first
    )


def _join(arrays: tuple[Ints, ...]) -> Ints:
    return np.concatenate(arrays).astype(np.int32) if arrays else np.zeros(0, np.int32)
