"""Quotes of a text as lines that a person reads: 'd: Мы готовы [Петров]', 'i: налоги не вырастут [Петров]'."""

import re

from letopis.find.quotes import find_quotes
from letopis.layers import Document, Mention, Quote, Readings, Sentences, Span, Syntax, Words
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

Layers = tuple[Readings, Sentences, Words, Syntax, tuple[Mention, ...]]

PEOPLE = ("Иван Петров", "Петров", "Анна Орлова", "Орлова", "Орловой")
BODIES = ("ТАСС", "Ромашка", "МЧС", "Минтранс", "Минтрансе", "Заря")
NAMES = dict.fromkeys(PEOPLE, "PERSON") | dict.fromkeys(BODIES, "ORGANIZATION")
_NAME = re.compile(r"\b(" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\b")


def layers(*texts: str) -> Layers:
    """Texts, a document each, with the names of NAMES as mentions."""
    documents = tuple(Document(f"{i}", f"{i}", None, "markdown", text, 0, "", True) for i, text in enumerate(texts))
    readings = read(documents)
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    return readings, sentences, words, parse(words), mentions(readings, sentences)


def mentions(readings: Readings, sentences: Sentences) -> tuple[Mention, ...]:
    """The names in the sentences, in order."""
    out = []
    spans = zip(sentences.reading.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    for s, (r, start, end) in enumerate(spans):
        for m in _NAME.finditer(readings.clean[r], start, end):
            out.append(Mention(Span(r, s, m.start(), m.end()), NAMES[m[1]], "name", m[1], None, 1.0, "test"))
    return tuple(out)


def quotes(*texts: str) -> tuple[Layers, tuple[Quote, ...]]:
    """The quotes of texts and the layers they were found in."""
    found = layers(*texts)
    return found, find_quotes(*found, ())


def shown(text: str) -> list[str]:
    """The quotes of one text, a line each."""
    (readings, _, _, _, named), found = quotes(text)
    return [line(q, readings, named) for q in found]


def line(quote: Quote, readings: Readings, named: tuple[Mention, ...]) -> str:
    """'d: Мы готовы [Петров]'; a speaker that is no mention stands in small brackets ('(эксперты)')."""
    text = readings.clean[quote.span.reading][quote.span.start:quote.span.end]
    if quote.speaker_mention is not None:
        who = f" [{named[quote.speaker_mention].normal}]"
    elif quote.speaker is not None:
        who = f" ({readings.clean[quote.speaker.reading][quote.speaker.start:quote.speaker.end]})"
    else:
        who = ""
    return f"{quote.kind[0]}: {text}{who}"
