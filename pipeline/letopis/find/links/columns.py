"""What the facts of pairs look at, read off the layers once: words and mentions of a batch as columns of whole numbers.

Contract. A column of words has one row more than there are words, which stands for no word and has itself as its head. Lemmas are
hashes, equal on every machine; what a lemma or features say is read once for each that is different.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from letopis.find.clauses import Text, features
from letopis.layers import Mention

Longs = npt.NDArray[np.int64]

_MARKS = {",": 1, "(": 2, ")": 4, "—": 8, "–": 8, "-": 8, "«": 16, '"': 16, "»": 16, ":": 32, ";": 32, ".": 32}
_VERB = 64                            # a verb is told as marks are
_CASES = {"Nom": 1, "Gen": 2, "Dat": 3, "Acc": 4, "Ins": 5, "Loc": 6}
_FORMS = {None: 0, "name": 1, "adjective": 2, "abbreviation": 3, "nominal": 4}
_FAR = 1 << 32                        # more than any offset or number of an entity


@dataclass(frozen=True, slots=True)
class WordColumns:
    """Columns [word + 1]."""

    sentence: Longs
    lemma: Longs
    case: Longs
    deprel: Longs
    head: Longs
    preposition: Longs                # lemma of what depends on it as 'case'
    marks: Longs                      # bits: which mark it is, or a verb


@dataclass(frozen=True, slots=True)
class MentionColumns:
    """Columns [mention], in order."""

    type: Longs
    form: Longs
    sentence: Longs
    first: Longs                      # its words [first, last)
    last: Longs
    head: Longs                       # the first word whose head lies outside
    entity: Longs                     # number in the batch, -1 for none
    fresh: Longs                      # 1 for the first mention of its entity, 0 for a later one, 2 without entity
    parent: Longs                     # number, -1 for none
    kinds: npt.NDArray[np.int32]      # [mention + 1, types] how many of each type come before it


def word_columns(text: Text) -> WordColumns:
    """The columns of the words of a batch."""
    syntax, count = text.syntax, len(text.syntax.lemma)
    lemma, marks = _read(syntax.lemma, (_hash, lambda lemma: _MARKS.get(lemma, 0)))
    case, verb = _read(syntax.feats, (_case, lambda feats: _VERB if "VerbForm=" in feats else 0))
    (deprel,) = _read(syntax.deprel, (lambda name: _hash(name.partition(":")[0]),))
    head = np.append(np.where(syntax.head < 0, count, syntax.head), count).astype(np.int64)
    preposition = np.zeros(count + 1, np.int64)
    ruled = np.flatnonzero(deprel == _hash("case"))
    preposition[head[ruled]] = lemma[ruled]
    return WordColumns(np.append(text.words.sentence, -1).astype(np.int64), lemma, case, deprel, head, preposition, marks | verb)


def mention_columns(
    text: Text, words: WordColumns, mentions: Sequence[Mention], entities: Sequence[int], types: Mapping[str, int]
) -> MentionColumns:
    """The columns of the mentions of a batch; `types` numbers NEREL's."""
    rows = [
        (types[m.type], _FORMS[m.form], m.span.sentence, m.span.start, m.span.end, -1 if m.parent is None else m.parent)
        for m in mentions
    ]
    kind, form, sentence, start, end, parent = np.fromiter(chain.from_iterable(rows), np.int64, 6 * len(rows)).reshape(-1, 6).T
    first, last = _words_of(text, sentence, start, end)
    own = np.array(entities, np.int64)
    document = text.readings.document[text.sentences.reading[sentence]].astype(np.int64)
    entity = np.where(own < 0, -1, document * _FAR + own)
    fresh = np.zeros(len(rows), np.int64)
    fresh[np.unique(entity, return_index=True)[1]] = 1
    fresh[own < 0] = 2
    kinds = np.zeros((len(rows) + 1, len(types)), np.int32)
    kinds[np.arange(1, len(rows) + 1), kind] = 1
    head = _heads(words.head, first, last)
    return MentionColumns(
        kind, form, sentence, first, last, head, entity, fresh, parent, np.cumsum(kinds, axis=0, dtype=np.int32),
    )


def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _case(feats: str) -> int:
    return _CASES.get(features(feats).get("Case", ""), 0)


def _read(values: list[str], questions: tuple[Callable[[str], int], ...]) -> list[Longs]:
    """[question][word + 1] the answers to questions about each value, asked once a value; 0 of no word."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    at = np.append(np.fromiter(map(numbers.__getitem__, values), np.int64, len(values)), len(numbers))
    return [np.array([*map(question, numbers), 0], np.int64)[at] for question in questions]


def _words_of(text: Text, sentence: Longs, start: Longs, end: Longs) -> tuple[Longs, Longs]:
    """The words [first, last) of their first sentence that spans touch; at least one (`clauses.words_of`, all at once)."""
    inside = text.words.sentence.astype(np.int64) * _FAR
    first = np.searchsorted(inside + text.words.end, sentence * _FAR + start, side="right")
    last = np.searchsorted(inside + text.words.start, sentence * _FAR + end, side="left")
    behind = text.words.first[sentence + 1].astype(np.int64)
    first = np.minimum(first, behind - 1)
    return first, np.maximum(np.minimum(last, behind), first + 1)


def _heads(head: Longs, first: Longs, last: Longs) -> Longs:
    found, left = first.copy(), np.arange(len(first))
    for step in range(int((last - first).max(initial=0))):
        left = left[first[left] + step < last[left]]
        word = first[left] + step
        outside = (head[word] < first[left]) | (head[word] >= last[left])
        found[left[outside]] = word[outside]
        left = left[~outside]
    return found
