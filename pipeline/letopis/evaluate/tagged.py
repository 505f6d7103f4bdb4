"""What the shipped pipeline finds in texts, and natasha as it is shipped: spans in characters of the original.

Names by NEREL's convention are the table `mentions`; those by SlavicNER's and factRuEval's come from heads of the tagger that only
an evaluation asks. natasha's own tagger is loaded only here.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from letopis.encoder import load, slovnet, tagger
from letopis.layers import Analysis, Document, Event, Readings
from letopis.pipeline import annotate
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.tokens import tokenize

Spans: TypeAlias = list[tuple[int, int, str]]


def mentions(text: str, model: str = "fast") -> Spans:
    """The rows of `mentions`."""
    analysis = analyse(text, model)
    return [(*original(analysis.readings, m.span.reading, m.span.start, m.span.end), m.type) for m in analysis.mentions]


def events(text: str, model: str = "fast") -> list[tuple[int, int, Event]]:
    """The rows of `event_mentions`, with their offsets."""
    analysis = analyse(text, model)
    return [(*original(analysis.readings, e.span.reading, e.span.start, e.span.end), e) for e in analysis.events]


def names_of(layer: str, model: str) -> Callable[[str], Spans]:
    """A finder of names by the convention of a layer: 'slavicner' or 'factrueval'."""
    def find(text: str) -> Spans:
        readings = read((_document(text),))
        sentences = segment(readings)
        words = tokenize(readings, sentences)
        states = slovnet.tag(load(), words, states=True).states
        document = readings.document[sentences.reading]
        tags = tagger.tag(tagger.load_taggers(model), words, document, states, layers=(layer,), events=False)
        found = ((int(sentences.reading[n.sentence]), n) for n in tags.names[layer])
        return [(*original(readings, reading, n.start, n.end), n.type) for reading, n in found]
    return find


def natasha(text: str) -> Spans:
    """natasha's names: PER, LOC, ORG."""
    return list(_natasha(text))


def analyse(text: str, model: str = "fast") -> Analysis:
    """All layers of one text."""
    return annotate((_document(text),), model)


def original(readings: Readings, reading: int, start: int, end: int) -> tuple[int, int]:
    """Offsets in the original text of clean ones."""
    return int(readings.origin_start[reading][start]), int(readings.origin_end[reading][end - 1])


def _document(text: str) -> Document:
    return Document("x", "x", None, "txt", text, 0, "", annotated=True)


def _natasha(text: str) -> Iterator[tuple[int, int, str]]:
    from natasha import Doc
    segmenter, tagger_ = _loaded()
    doc = Doc(text)
    doc.segment(segmenter)
    doc.tag_ner(tagger_)
    spans: Iterable[Any] = doc.spans
    yield from ((s.start, s.stop, s.type) for s in spans)


@lru_cache(maxsize=1)
def _loaded() -> tuple[Any, Any]:
    from natasha import NewsEmbedding, NewsNERTagger, Segmenter
    return Segmenter(), NewsNERTagger(NewsEmbedding())
