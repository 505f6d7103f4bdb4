"""Small questions about words that every finder asks: features, dependents, phrases, spans."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from letopis.layers import Readings, Sentences, Span, Syntax, Words

_PHRASE = {"amod", "nmod", "det", "nummod", "nummod:gov", "nummod:entity", "flat", "flat:name", "flat:foreign"}


@dataclass(frozen=True, slots=True)
class Text:
    """The layers of the language, together."""

    readings: Readings
    sentences: Sentences
    words: Words
    syntax: Syntax
    children: tuple[tuple[int, ...], ...]   # [word] its dependents, in order
    bounds: tuple[list[int], list[int], list[int]]      # starts and ends of words, first words of sentences: asked one by one


def text_of(readings: Readings, sentences: Sentences, words: Words, syntax: Syntax) -> Text:
    """Put the layers together and turn heads into lists of dependents."""
    children: list[list[int]] = [[] for _ in words.form]
    for i, head in enumerate(syntax.head.tolist()):
        if head >= 0:
            children[head].append(i)
    bounds = words.start.tolist(), words.end.tolist(), words.first.tolist()
    return Text(readings, sentences, words, syntax, tuple(map(tuple, children)), bounds)


@lru_cache(maxsize=10_000)
def features(feats: str) -> Mapping[str, str]:
    """'Case=Gen|Number=Sing' -> {'Case': 'Gen', 'Number': 'Sing'}."""
    return dict(part.split("=", 1) for part in feats.split("|") if "=" in part)


def feature(text: Text, word: int, name: str) -> str:
    """One feature of a word, '' where it has none."""
    return features(text.syntax.feats[word]).get(name, "")


def dependents(text: Text, word: int, *relations: str) -> Iterator[int]:
    """Dependents of a word in these relations; 'nsubj' also means 'nsubj:pass'."""
    for child in text.children[word]:
        relation = text.syntax.deprel[child]
        if relation in relations or relation.partition(":")[0] in relations:
            yield child


def preposition(text: Text, word: int) -> str:
    """Lemma of the preposition of a word, '' for none."""
    return next((text.words.form[c].lower() for c in dependents(text, word, "case")), "")


def phrase(text: Text, head: int) -> tuple[int, int]:
    """The noun phrase of a head as words [first, last): its agreeing and genitive dependents, no clauses, no preposition.

    A parsed sentence may hold a cycle (each word has its likeliest head), so no word is visited twice.
    """
    seen = {head}
    stack = [head]
    while stack:
        word = stack.pop()
        for child in text.children[word]:
            if child not in seen and text.syntax.deprel[child] in _PHRASE and abs(child - word) < 12:
                seen.add(child)
                stack.append(child)
    return min(seen), max(seen) + 1


def span_of(text: Text, first: int, last: int) -> Span:
    """The span of words [first, last) of one sentence."""
    sentence = int(text.words.sentence[first])
    reading = int(text.sentences.reading[sentence])
    return Span(reading, sentence, int(text.words.start[first]), int(text.words.end[last - 1]))


def words_of(text: Text, span: Span) -> tuple[int, int]:
    """The words [first, last) of its first sentence that a span touches; at least one."""
    starts, ends, sentences = text.bounds
    a, b = sentences[span.sentence:span.sentence + 2]
    first, last = bisect_right(ends, span.start, a, b), bisect_left(starts, span.end, a, b)
    return min(first, b - 1), max(last, first + 1)


def words_of_each(text: Text, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The words [first, last) of each span, as `words_of` gives them one by one."""
    sentence = np.array([s.sentence for s in spans], np.int64)
    own = text.words.sentence.astype(np.int64) << 32
    first = np.searchsorted(own | text.words.end, sentence << 32 | np.array([s.start for s in spans], np.int64), side="right")
    last = np.searchsorted(own | text.words.start, sentence << 32 | np.array([s.end for s in spans], np.int64), side="left")
    first = np.minimum(first, text.words.first[sentence + 1] - 1)
    return list(zip(first.tolist(), np.maximum(last, first + 1).tolist(), strict=True))


def head_word(text: Text, first: int, last: int) -> int:
    """The word of [first, last) whose head lies outside; the first of several."""
    for word in range(first, last):
        head = int(text.syntax.head[word])
        if not first <= head < last:
            return word
    return first


def by_sentence(spans: Sequence[Span], count: int) -> list[list[int]]:
    """[sentence] numbers of the spans that start in it."""
    found: list[list[int]] = [[] for _ in range(count)]
    for i, span in enumerate(spans):
        found[span.sentence].append(i)
    return found
