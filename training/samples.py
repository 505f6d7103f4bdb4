"""Texts -> arrays to learn from: one `Sample` a text, its tokens in columns, its gold spans in token numbers.

Contract. Sentences are numbered in the text; targets are rows (first token, last token, class, weight) with token numbers
of the text, inside one sentence; the weight is a probability in ten-thousandths, all of them for gold, and what is missing
at a span belongs to 'no span'. A gold span that doesn't fall on token borders is left out and counted in `lost`.
Windows are runs of whole sentences of at most WINDOW pieces, so a window depends on its text alone; a longer sentence has
several windows of its own. `blocks` are what a batch is made of: sentences with the windows that cover them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpora import LAYER_TYPES, REALIS, Text, Trigger
from features import features
from letopis.encoder.tagger.pieces import shortened
from letopis.encoder.tagger.windows import WINDOW
from states import states
from subwords import Pieces
from tokens import Sentence, split

Ints = npt.NDArray[np.int32]
ALL = 10_000   # weight of what is certain
SECOND = 3_000 # of the second type of an event
TYPES_FILE = Path(__file__).resolve().parent.parent / "data" / "ontology" / "event_types.tsv"


@dataclass(frozen=True, slots=True)
class Targets:
    """What is to be learnt of one text, int32 rows."""

    layers: dict[str, Ints]                 # of a layer of names: (first, last, class, weight)
    triggers: Ints | None                   # (first, last, weight); None where not every trigger is marked
    types: Ints                             # of events of known type: (first, last, type, weight)
    realis: Ints                            # (first, last, realis, weight)
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """One text in columns, and what is to be learnt of it."""

    corpus: str
    id: str
    bounds: Ints                            # [tokens, 2] characters
    first: Ints                             # [sentences + 1] first token of each
    features: Ints                          # [tokens, len(SIZES)]
    states: npt.NDArray[np.float16]         # [tokens, 576]
    pieces: tuple[tuple[int, ...], ...]     # [tokens]
    targets: Targets


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences `start` to `end` of a sample and the token ranges of the windows that cover them."""

    sample: int
    start: int
    end: int
    windows: tuple[tuple[int, int], ...]
    cost: int                               # pieces


@lru_cache(maxsize=1)
def event_types() -> tuple[str, ...]:
    """The 65 types of the ontology, in its order."""
    lines = TYPES_FILE.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(line.split("\t")[0] for line in lines if line)


def sample(text: Text, pieces: Pieces, *, glue: bool) -> Sample:
    """The arrays of one text; `glue` joins the sentences that a gold span crosses (for training)."""
    events = (text.triggers or ()) + text.typed
    spans = [(x.start, x.end) for layer in text.layers.values() for x in layer] + [(x.start, x.end) for x in events]
    sentences = split(text.text, tuple(spans) if glue else ())
    place = _Places(sentences)
    return Sample(
        text.corpus, text.id, place.bounds, place.first, features(text.text, sentences), _states(text.text, sentences),
        _segment(text.text, place.bounds, pieces), _targets(text, place),
    )


def blocks(samples: list[Sample], *, first: int = 0) -> list[Block]:
    """All blocks of the samples, in order; the samples are numbered from `first`."""
    return [b for number, s in enumerate(samples, first) for b in _blocks(number, s)]


class _Places:
    """Character spans -> token numbers."""

    def __init__(self, sentences: list[Sentence]) -> None:
        tokens = [t for s in sentences for t in s.tokens]
        self.bounds = np.array(tokens, np.int32).reshape(-1, 2)
        self.first = np.cumsum([0, *(len(s.tokens) for s in sentences)]).astype(np.int32)
        self.starts = {a: i for i, (a, _) in enumerate(tokens)}
        self.ends = {b: i for i, (_, b) in enumerate(tokens)}
        self.sentence = np.repeat(np.arange(len(sentences)), np.diff(self.first))
        self.lost = 0

    def rows(self, spans: Iterable[tuple[int, ...]], width: int) -> Ints:
        found = []
        for start, end, *rest in spans:
            a, b = self.starts.get(start, -1), self.ends.get(end, -1)
            if 0 <= a <= b and self.sentence[a] == self.sentence[b]:
                found.append((a, b, *rest))
            else:
                self.lost += 1
        return np.array(found, np.int32).reshape(-1, width)


def _targets(text: Text, place: _Places) -> Targets:
    events = (text.triggers or ()) + text.typed
    layers = {
        name: place.rows([(x.start, x.end, LAYER_TYPES[name].index(x.type), ALL) for x in labels], 4)
        for name, labels in text.layers.items()
    }
    triggers = None if text.triggers is None else place.rows([(t.start, t.end, ALL) for t in text.triggers], 3)
    lost = place.lost
    types = place.rows([(t.start, t.end, *kind) for t in events for kind in _types(t)], 4)
    return Targets(
        layers, triggers, types, place.rows([(t.start, t.end, REALIS.index(t.realis), ALL) for t in events], 4), lost,
    )


def _types(t: Trigger) -> list[tuple[int, int]]:
    """(type, weight): all of it, or shared with the second type where an annotator named two."""
    first = event_types().index(t.type)
    return [(first, ALL - SECOND), (event_types().index(t.type2), SECOND)] if t.type2 else [(first, ALL)]


def _states(text: str, sentences: list[Sentence]) -> npt.NDArray[np.float16]:
    of_words = states([[text[a:b] for a, b in s.words] for s in sentences])
    first = np.cumsum([0, *(len(s.words) for s in sentences)])
    rows = [first[n] + w for n, s in enumerate(sentences) for w in s.word_of]
    return of_words[np.array(rows, np.int64)]


def _segment(text: str, bounds: Ints, pieces: Pieces) -> tuple[tuple[int, ...], ...]:
    ends = [-1, *bounds[:-1, 1].tolist()]
    found = (pieces.segment(text[a:b], spaced=a != end) for (a, b), end in zip(bounds.tolist(), ends, strict=True))
    return tuple(shortened(p) for p in found)


def _blocks(number: int, s: Sample) -> list[Block]:
    sizes = np.array([len(p) for p in s.pieces])
    found: list[Block] = []
    start, cost = 0, 0
    for n, (a, b) in enumerate(zip(s.first[:-1], s.first[1:], strict=True)):
        size = int(sizes[a:b].sum())
        if n > start and cost + size > WINDOW:
            found.append(_block(number, s, sizes, (start, n)))
            start, cost = n, 0
        cost += size
    if len(s.first) > 1:
        found.append(_block(number, s, sizes, (start, len(s.first) - 1)))
    return found


def _block(number: int, s: Sample, sizes: Ints, sentences: tuple[int, int]) -> Block:
    start, end = sentences
    windows, at, cost = [], int(s.first[start]), 0
    for t in range(at, int(s.first[end])):
        if cost + sizes[t] > WINDOW and t > at:
            windows.append((at, t))
            at, cost = t, 0
        cost += int(sizes[t])
    windows.append((at, int(s.first[end])))
    return Block(number, start, end, tuple(windows), int(sizes[s.first[start]:s.first[end]].sum()))
