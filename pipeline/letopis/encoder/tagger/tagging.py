"""Words with slovnet's states -> nested names and event triggers, in offsets of their readings.

Contract. The same decisions for a sentence in any batch of its document. Names nest and never cross, triggers never overlap; both
lie in one sentence. A probability is that of the head, put through the head's calibration and rounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from letopis.encoder.slovnet import Halves
from letopis.encoder.tagger import decode
from letopis.encoder.tagger.bilstm import Encoded, Read, encode
from letopis.encoder.tagger.e5 import Windowed, contexts, windowed
from letopis.encoder.tagger.events import kind_scores, trigger_scores, vectors_of
from letopis.encoder.tagger.features import places
from letopis.encoder.tagger.products import with_ones
from letopis.encoder.tagger.spans import span_scores
from letopis.encoder.tagger.tokens import Tokens, split
from letopis.encoder.tagger.weights import Weights
from letopis.encoder.weights import Floats, load
from letopis.layers import Ints, Words

CHUNK = 16384               # tokens of a BiLSTM's run: what their forms give takes some 40 MB
PART = 512                  # tokens of a head's run: what the starts of spans give takes 8 MB
THRESHOLD = 0.5             # of a trigger
SHOWN = 4                   # types and realis of a trigger


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name or a trigger: offsets in the reading of its sentence."""

    sentence: int
    start: int
    end: int
    type: str                         # '' for a trigger
    score: float


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of event a trigger speaks of: the likeliest types and realis with their probabilities, likeliest first."""

    types: tuple[tuple[str, float], ...]
    realis: tuple[tuple[str, float], ...]
    score: float                      # calibrated: the likeliest type is right


@dataclass(slots=True)
class Tags:
    """What was found in a batch, in order."""

    names: dict[str, list[Tagged]] = field(default_factory=dict)    # by layer: 'nerel', 'slavicner', 'factrueval'
    triggers: list[Tagged] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)                 # [trigger]


def tag(
    models: Sequence[Weights], words: Words, document: Ints, states: Halves, *, layers: Sequence[str] = ("nerel",),
    events: bool = True,
) -> Tags:
    """The names of the layers asked for and the events, by the mean of the models' probabilities and the last one's calibration;
    `document` is each sentence's, `states` each word's."""
    found = Tags({name: [] for name in layers})
    tokens = split(words)
    seen = [windowed(m.e5, tokens, words, document) if m.e5 else None for m in models]
    for chunk in _chunks(tokens, places(tokens, document), states):
        encoded = [_encoded(m, chunk, s) for m, s in zip(models, seen, strict=True)]
        for part in _parts(chunk, encoded):
            for name in layers:
                found.names[name] += _names(models, name, part)
            if events:
                _events(models, part, found)
    return found


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some sentences of a batch: the number of the first, its first token, and the tokens as numbers."""

    sentence: int
    token: int
    read: Read
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class _Part:
    """A few sentences, so few that what the heads make of them stays near: the numbers of the first and its first token, where
    each begins, the tokens' states by each model, with a 1 behind each, and what their forms say."""

    sentence: int
    token: int
    bounds: list[int]
    states: tuple[Floats, ...]
    own: tuple[Floats, ...]
    tokens: Tokens

    def tagged(self, number: int, span: decode.Found, kind: str, calibration: Floats) -> Tagged:
        """A span of the part's tokens, which lies in its sentence `number`, in the reading."""
        score = round(float(np.interp(span[3], *calibration)), decode.PLACES)
        start, end = int(self.tokens.start[self.token + span[0]]), int(self.tokens.end[self.token + span[1]])
        return Tagged(self.sentence + number, start, end, kind, score)


def _chunks(tokens: Tokens, place: Ints, states: Halves) -> Iterator[_Chunk]:
    """Runs of whole sentences of at most CHUNK tokens, or one longer."""
    for start, end in _runs(tokens.first, CHUNK):
        a, b = int(tokens.first[start]), int(tokens.first[end])
        if b > a:
            distinct, piece = np.unique(tokens.piece[a:b], return_inverse=True)
            read = Read(tokens.first[start:end + 1] - a, piece.astype(np.int32), tokens.pieces[distinct], place[a:b],
                        states[tokens.word[a:b]])
            yield _Chunk(start, a, read, tokens)


def _encoded(weights: Weights, chunk: _Chunk, seen: Windowed | None) -> Encoded:
    """The tokens of a chunk by one model."""
    read = chunk.read
    if weights.e5 and seen:
        read = replace(read, context=contexts(weights.e5, seen, chunk.token, chunk.token + len(read.piece)))
    return encode(weights, load().embedding, read)


def _parts(chunk: _Chunk, encoded: Sequence[Encoded]) -> Iterator[_Part]:
    """Runs of whole sentences of at most PART tokens, or one longer."""
    first, piece = chunk.read.first, chunk.read.piece
    for start, end in _runs(first, PART):
        a, b = int(first[start]), int(first[end])
        if b > a:
            bounds = (first[start:end + 1] - a).tolist()
            states, own = tuple(with_ones(e.states[a:b]) for e in encoded), tuple(e.own[piece[a:b]] for e in encoded)
            yield _Part(chunk.sentence + start, chunk.token + a, bounds, states, own, chunk.tokens)


def _runs(first: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Sentences [start, end) that begin at `first`, by at most `size` tokens or one longer."""
    start, count = 0, len(first) - 1
    while start < count:
        end = max(start + 1, int(np.searchsorted(first, first[start] + size, side="right")) - 1)
        yield start, end
        start = end


def _names(models: Sequence[Weights], layer: str, part: _Part) -> Iterator[Tagged]:
    labels, calibration = models[-1].spans[layer].labels, models[-1].calibration[layer]
    scored = zip(*(span_scores(m.spans[layer], s, part.bounds) for m, s in zip(models, part.states, strict=True)), strict=True)
    for number, (first, scores) in enumerate(zip(part.bounds, scored, strict=False)):
        for i, j, kind, p in decode.nested(decode.mean(scores)):
            yield part.tagged(number, (first + i, first + j, kind, p), labels[kind], calibration)


def _events(models: Sequence[Weights], part: _Part, found: Tags) -> None:
    each, last = list(zip(models, part.states, part.own, strict=True)), models[-1]
    spans = decode.triggers(decode.mean([trigger_scores(m.triggers, s, part.bounds) for m, s, _ in each]), THRESHOLD)
    ends = np.array([(i, j) for i, j, _, _ in spans], np.int64).reshape(-1, 2)
    first = np.array(part.bounds)
    number = np.searchsorted(first, ends[:, 0], side="right") - 1
    kinds = zip(*(kind_scores(m.kinds, vectors_of(s[:, :-1], own, first, ends)) for m, s, own in each), strict=True)
    types, realis = (decode.probabilities(decode.mean(scores)) for scores in kinds)
    sure = np.round(np.interp(types.max(axis=1), *last.calibration["types"]), decode.PLACES).tolist()
    calibration = last.calibration["triggers"]
    found.triggers += [part.tagged(n, span, "", calibration) for n, span in zip(number.tolist(), spans, strict=True)]
    ranked = (_ranked(last.kinds.types, types), _ranked(last.kinds.realis, realis), sure)
    found.kinds += [Kind(t, r, p) for t, r, p in zip(*ranked, strict=True)]


def _ranked(labels: tuple[str, ...], p: npt.NDArray[np.float64]) -> list[tuple[tuple[str, float], ...]]:
    """The SHOWN likeliest labels of each row with their probabilities; of equals the one that comes first."""
    order = np.argsort(-p, axis=1, kind="stable")[:, :SHOWN]
    best = np.take_along_axis(p, order, axis=1)
    return [
        tuple((labels[i], q) for i, q in zip(row, own, strict=True)) for row, own in zip(order.tolist(), best.tolist(), strict=True)
    ]
