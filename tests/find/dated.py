"""From a sentence to its times, for the tests of dates: with real syntax, or flat (no word has a head)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from letopis.find.times import find_times
from letopis.layers import Document, Syntax, Time, Words
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

THURSDAY = date(2023, 11, 16)


def document(text: str, published: date | None, key: str = "a") -> Document:
    """A text article."""
    return Document(
        key=key, path=key, record=None, format="txt", text=text, text_start=0, content_sha256="", annotated=True,
        published_date=published,
    )


def flat(words: Words) -> Syntax:
    """Syntax that says nothing: the grammar alone decides."""
    count = len(words.form)
    lemmas = [form.lower() for form in words.form]
    return Syntax(lemmas, ["X"] * count, [""] * count, np.full(count, -1, np.int32), [""] * count)


def times(texts: Sequence[str], published: date | None, *, parsed: bool = False) -> list[list[tuple[str, Time]]]:
    """The times of every text of a batch, each with its words."""
    documents = tuple(document(text, published, key=str(i)) for i, text in enumerate(texts))
    readings = read(documents)
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    found = find_times(documents, readings, sentences, words, parse(words) if parsed else flat(words))
    by_text: list[list[tuple[str, Time]]] = [[] for _ in texts]
    for time in found:
        clean = readings.clean[time.span.reading]
        by_text[int(readings.document[time.span.reading])].append((clean[time.span.start:time.span.end], time))
    return by_text


def shown(text: str, published: date | None = THURSDAY, *, parsed: bool = False) -> str:
    """All times of a text in one line: 'words: first..last granularity basis; ...'."""
    return "; ".join(f"{words}: {value(time)} {time.granularity} {time.basis}"
                     for words, time in times([text], published, parsed=parsed)[0])


def days(text: str, published: date | None = THURSDAY, *, parsed: bool = False) -> str:
    """The same with the days alone."""
    return "; ".join(f"{words}: {value(time)}" for words, time in times([text], published, parsed=parsed)[0])


def value(time: Time) -> str:
    """'2023-11-14', '2023-11-14..2023-11-16', '2014-01-01..', or the reason why there is none."""
    if time.reason:
        return time.reason
    if time.start == time.end:
        return str(time.start)
    return f"{time.start or ''}..{time.end or ''}"
