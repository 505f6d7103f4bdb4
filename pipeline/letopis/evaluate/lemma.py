"""Lemmas and parts of speech against a CoNLL-U file, with natasha's own beside ours.

Tokens are the file's. A lemma is right with case and ё folded; punctuation is left out of both scores, and
`pos_with_punctuation` says what the usual count gives. What it does not do: dependencies, features.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from letopis.layers import Words
from letopis.text import dictionary
from letopis.text.syntax import parse

Gold = tuple[str, str, str]     # form, lemma, part of speech
Answer = tuple[str, str]        # lemma, part of speech


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of right answers."""

    lemma: float
    pos: float
    pos_with_punctuation: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Ours and natasha's on the same tokens."""

    tokens: int
    words: int                        # without punctuation
    ours: Score
    natasha: Score


def evaluate(path: Path) -> Scores:
    """Scores on a file such as ../shared/corpora/lemma/lenta-dev.conllu; ValueError if it holds no sentence."""
    sentences = list(_sentences(path.read_text(encoding="utf-8")))
    if not sentences:
        raise ValueError(f"{path} holds no sentence")
    gold = [token for sentence in sentences for token in sentence]
    forms = [[form for form, _, _ in sentence] for sentence in sentences]
    words = sum(pos != "PUNCT" for _, _, pos in gold)
    return Scores(len(gold), words, score(gold, _ours(forms)), score(gold, _natasha(forms)))


def score(gold: Sequence[Gold], answers: Sequence[Answer]) -> Score:
    """Answers against gold, token by token."""
    pairs = [(g, a) for g, a in zip(gold, answers, strict=True) if g[2] != "PUNCT"]
    return Score(
        _share(_folded(g[1]) == _folded(a[0]) for g, a in pairs),
        _share(g[2] == a[1] for g, a in pairs),
        _share(g[2] == a[1] for g, a in zip(gold, answers, strict=True)),
    )


def _sentences(text: str) -> Iterable[list[Gold]]:
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
        tokens = [(row[1], row[2], row[3]) for row in rows if row[0].isdigit()]
        if tokens:
            yield tokens


def _ours(sentences: list[list[str]]) -> list[Answer]:
    first = np.cumsum([0, *map(len, sentences)]).astype(np.int32)
    numbers = np.repeat(np.arange(len(sentences), dtype=np.int32), np.diff(first))
    forms = [form for sentence in sentences for form in sentence]
    nowhere = np.zeros(len(forms), np.int32)
    syntax = parse(Words(numbers, nowhere, nowhere, forms, first))
    return list(zip(syntax.lemma, syntax.pos, strict=True))


def _natasha(sentences: list[list[str]]) -> list[Answer]:
    dictionary.analyzer()       # before natasha: it takes the place of pymorphy2
    from natasha import MorphVocab, NewsEmbedding, NewsMorphTagger

    vocabulary = MorphVocab()
    tagged = NewsMorphTagger(NewsEmbedding()).map(sentences)
    tokens = (token for markup in tagged for token in markup.tokens)
    return [(vocabulary.lemmatize(t.text, t.pos, t.feats), t.pos) for t in tokens]


def _folded(lemma: str) -> str:
    return lemma.lower().replace("ё", "е")


def _share(right: Iterable[bool]) -> float:
    answers = list(right)
    return round(sum(answers) / len(answers), 4) if answers else 0.0
