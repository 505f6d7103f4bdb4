"""Normal forms against gold, on spans given: ours, natasha's, and the surface, on the same words.

A case is one span of one text with its gold form. Right is the same string, ё folded ('exact'); `loose` also folds the case of
letters and leaves out quotation marks. What it does not do: read a corpus (`runormas`, `slavicner_lemmas`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from letopis.layers import Document, Readings, Span, Syntax, Words
from letopis.text.normal import normal_forms_of_parts
from letopis.text.normal.phrase import columns_of, phrase_of
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

BATCH = 50                  # documents


@dataclass(frozen=True, slots=True)
class Case:
    """A span of `text` in parts of (start, end), with its gold form; `type` is NEREL's, '' where unknown."""

    document: str
    text: str
    parts: tuple[tuple[int, int], ...]
    gold: str
    type: str = ""

    @property
    def surface(self) -> str:
        """The span as it stands in the text."""
        return " ".join(self.text[start:end] for start, end in self.parts)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A batch of texts with their layers, and the cases of it: spans in clean offsets."""

    readings: Readings
    words: Words
    syntax: Syntax
    cases: tuple[Case, ...]
    spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of right forms among `cases` spans."""

    cases: int
    exact: float
    loose: float


System: TypeAlias = Callable[[Parsed], list[str]]


def parse_cases(cases: Sequence[Case]) -> list[Parsed]:
    """The layers of all texts, in batches."""
    texts: dict[str, list[Case]] = {}
    for case in cases:
        texts.setdefault(case.document, []).append(case)
    groups = list(texts.values())
    return [_parsed(groups[i:i + BATCH]) for i in range(0, len(groups), BATCH)]


def compare(batches: Sequence[Parsed], systems: Mapping[str, System] | None = None) -> dict[str, Score]:
    """The table: a score for each system."""
    gold = [case.gold for batch in batches for case in batch.cases]
    return {
        name: score(gold, [form for batch in batches for form in system(batch)])
        for name, system in (systems or SYSTEMS).items()
    }


def score(gold: Sequence[str], found: Sequence[str]) -> Score:
    """How many found forms are gold's."""
    exact = sum(_exact(g) == _exact(f) for g, f in zip(gold, found, strict=True))
    loose = sum(_loose(g) == _loose(f) for g, f in zip(gold, found, strict=True))
    return Score(len(gold), exact / max(len(gold), 1), loose / max(len(gold), 1))


def _exact(form: str) -> str:
    return form.replace("ё", "е").replace("Ё", "Е")


def _loose(form: str) -> str:
    return _exact(form).lower().translate(str.maketrans("", "", "«»\"“”„"))


def _parsed(groups: Sequence[Sequence[Case]]) -> Parsed:
    readings = read(tuple(_document(group[0]) for group in groups))
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    readers = {int(d): r for r, d in enumerate(readings.document)}
    first = np.searchsorted(sentences.reading, np.arange(len(groups) + 1))
    cases, spans = [], []
    for d, group in enumerate(groups):
        for case in group:
            reading = readers[d]
            starts = sentences.start[first[reading]:first[reading + 1]]
            cases.append(case)
            spans.append(tuple(_span(readings, reading, int(first[reading]), starts, part) for part in case.parts))
    return Parsed(readings, words, parse(words), tuple(cases), tuple(spans))


def _document(case: Case) -> Document:
    return Document(case.document, case.document, None, "txt", case.text, 0, "", True)


def _span(readings: Readings, reading: int, first: int, starts: Any, part: tuple[int, int]) -> Span:
    """The clean span of a part: from the first character that ends after its start to the last that begins before its end."""
    start = int(np.searchsorted(readings.origin_end[reading], part[0], "right"))
    end = int(np.searchsorted(readings.origin_start[reading], part[1], "left"))
    sentence = first + max(int(np.searchsorted(starts, start, "right")) - 1, 0)
    return Span(reading, sentence, start, end)


# --- systems ------------------------------------------------------------------------------------------------------------


def ours(batch: Parsed) -> list[str]:
    """`letopis.text.normal`."""
    types = [case.type for case in batch.cases]
    return normal_forms_of_parts(batch.readings, batch.words, batch.syntax, batch.spans, types)


def natasha(batch: Parsed) -> list[str]:
    """natasha's `syntax_normalize` for organisations, `normalize` for all others, over the same words and syntax."""
    columns = columns_of(batch.words, batch.syntax)
    phrases = [phrase_of(columns, parts) for parts in batch.spans]
    return [
        _natasha(batch, phrase.words, case) if phrase else case.surface
        for phrase, case in zip(phrases, batch.cases, strict=True)
    ]


def surface(batch: Parsed) -> list[str]:
    """The span as it stands."""
    return [case.surface for case in batch.cases]


def _natasha(batch: Parsed, words: Sequence[int], case: Case) -> str:
    from natasha.norm import normalize, syntax_normalize

    change = syntax_normalize if case.type == "ORGANIZATION" else normalize
    return str(change(_vocabulary(), [_token(batch, word) for word in words]))


def _token(batch: Parsed, word: int) -> Any:
    from natasha.doc import DocToken

    words, syntax = batch.words, batch.syntax
    feats = dict(pair.split("=") for pair in syntax.feats[word].split("|")) if syntax.feats[word] else {}
    return DocToken(
        int(words.start[word]), int(words.end[word]), words.form[word], id=str(word), head_id=str(syntax.head[word]),
        rel=syntax.deprel[word], pos=syntax.pos[word], feats=feats,
    )


@lru_cache(maxsize=1)
def _vocabulary() -> Any:
    from natasha import MorphVocab

    return MorphVocab()


SYSTEMS: dict[str, System] = {"letopis": ours, "natasha": natasha, "surface": surface}
