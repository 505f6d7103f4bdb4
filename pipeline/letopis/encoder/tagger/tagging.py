"""Words with slovnet's states -> nested names and event triggers, in offsets of their readings.

Contract. The same decisions for a sentence in any batch of its document. Names nest and never cross, triggers never overlap; both
lie in one sentence. A probability is that of the head, put through the head's calibration and rounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from letopis.encoder.packing import Longs
from letopis.encoder.slovnet import Halves
from letopis.encoder.tagger import decode
from letopis.encoder.tagger.bilstm import Encoded, Read, encode
from letopis.encoder.tagger.e5 import Windowed, contexts, windowed
from letopis.encoder.tagger.events import Probabilities, in_company, kind_scores, trigger_scores, vectors_of
from letopis.encoder.tagger.features import places
from letopis.encoder.tagger.pairs import joinable, pair_scores
from letopis.encoder.tagger.products import with_ones
from letopis.encoder.tagger.spans import span_scores
from letopis.encoder.tagger.tokens import Tokens, split
from letopis.encoder.tagger.weights import Weights
from letopis.encoder.weights import Floats, load
from letopis.layers import Ints, Words

CHUNK = 8192                # tokens of a BiLSTM's run: what their forms give takes some 20 MB
PART = 512                  # tokens of a head's run: what the starts of spans give takes 8 MB
THRESHOLD = 0.5             # of a trigger, of a name
COMPANY = 0.5               # of a type: the other events of the document
UNSURE = 0.3                # of an argument: whether it is one, the role decides, too
ARGUMENTS = "arguments"     # the layer of what plays a part in some event
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


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two spans of a sentence: the trigger of an event and its argument, or two names."""

    one: int                          # number of the trigger, or of the name
    two: int                          # number of the argument, or of the other name
    label: str                        # role, or NEREL's relation
    score: float


@dataclass(slots=True)
class Tags:
    """What was found in a batch, in order."""

    names: dict[str, list[Tagged]] = field(default_factory=dict)    # by layer: 'nerel', 'slavicner', 'factrueval'
    triggers: list[Tagged] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)                 # [trigger]
    arguments: list[Tagged] = field(default_factory=list)           # what plays a part in some event
    roles: list[Link] = field(default_factory=list)                 # between triggers and arguments
    relations: list[Link] = field(default_factory=list)             # between names of the layer 'nerel'


def tag(
    models: Sequence[Weights], words: Words, document: Ints, states: Halves, *, layers: Sequence[str] = ("nerel",),
    events: bool = True,
) -> Tags:
    """The names of the layers asked for and the events, by the mean of the models' probabilities and the last one's calibration;
    `document` is each sentence's, `states` each word's."""
    found = Tags({name: [] for name in layers})
    kinds: list[tuple[Probabilities, Probabilities]] = []
    tokens = split(words)
    seen = [windowed(m.e5, tokens, words, document) if m.e5 else None for m in models]
    for chunk in _chunks(tokens, places(tokens, document), states):
        encoded = [_encoded(m, chunk, s) for m, s in zip(models, seen, strict=True)]
        for part in _parts(chunk, encoded):
            named = {name: _spans(models, name, part) for name in layers}
            joins = bool(models[-1].pairs)
            if "nerel" in named and joins:
                _relations(models, part, named["nerel"], found)
            triggers = _triggers(models, part) if events else []
            if events:
                kinds.append(_kinds(models, part, triggers))
                found.triggers += part.tagged(triggers, [""] * len(triggers), models[-1].calibration["triggers"])
            if events and joins:
                arguments = _spans(models, ARGUMENTS, part)
                _roles(models, part, (triggers, arguments), found)
                found.arguments += _tagged(models, ARGUMENTS, part, arguments)
            for name, spans in named.items():
                found.names[name] += _tagged(models, name, part, spans)
    if kinds:
        types, realis = (np.concatenate(each) for each in zip(*kinds, strict=True))
        at = document[np.array([t.sentence for t in found.triggers], np.int64)]
        found.kinds = _ranked_kinds(models[-1], in_company(types, at, COMPANY), realis)
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

    def tagged(self, spans: list[decode.Found], kinds: Sequence[str], calibration: Floats) -> list[Tagged]:
        """Spans of the part's tokens, of these kinds, in the reading."""
        ends = _ends(spans)
        sentence = (self.sentence + _sentences(self, ends)).tolist()
        start, end = self.token + ends[:, 0], self.token + ends[:, 1]
        sure = np.round(np.interp([span[3] for span in spans], *calibration), decode.PLACES).tolist()
        places = zip(sentence, self.tokens.start[start].tolist(), self.tokens.end[end].tolist(), kinds, sure, strict=True)
        return [Tagged(*each) for each in places]


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


def _spans(models: Sequence[Weights], layer: str, part: _Part) -> list[decode.Found]:
    """The spans of a layer, in tokens of the part, sentence after sentence."""
    threshold = UNSURE if layer == ARGUMENTS else THRESHOLD
    scored = zip(*(span_scores(m.spans[layer], s, part.bounds) for m, s in zip(models, part.states, strict=True)), strict=True)
    found = (decode.nested(decode.mean(scores), threshold) for scores in scored)
    return [(first + i, first + j, kind, p) for first, spans in zip(part.bounds, found, strict=False) for i, j, kind, p in spans]


def _tagged(models: Sequence[Weights], layer: str, part: _Part, spans: list[decode.Found]) -> list[Tagged]:
    labels, calibration = models[-1].spans[layer].labels, models[-1].calibration[layer]
    return part.tagged(spans, [labels[kind] for _, _, kind, _ in spans], calibration)


def _ends(spans: list[decode.Found]) -> Longs:
    """[span, 3] first token, last token, class."""
    return np.array([span[:3] for span in spans], np.int64).reshape(-1, 3)


def _sentences(part: _Part, ends: Longs) -> Longs:
    """The sentence of the part each span lies in."""
    return np.searchsorted(np.array(part.bounds), ends[:, 0], side="right") - 1


def _triggers(models: Sequence[Weights], part: _Part) -> list[decode.Found]:
    """The triggers of a part, in its tokens."""
    scores = [trigger_scores(m.triggers, s, part.bounds) for m, s in zip(models, part.states, strict=True)]
    return decode.triggers(decode.mean(scores), THRESHOLD)


def _kinds(models: Sequence[Weights], part: _Part, spans: list[decode.Found]) -> tuple[Probabilities, Probabilities]:
    """[trigger, type] and [trigger, realis] of a part's triggers, each by itself."""
    each, ends, first = zip(models, part.states, part.own, strict=True), _ends(spans), np.array(part.bounds)
    kinds = zip(*(kind_scores(m.kinds, vectors_of(s[:, :-1], own, first, ends[:, :2])) for m, s, own in each), strict=True)
    types, realis = (decode.probabilities(decode.mean(scores)) for scores in kinds)
    return types, realis


def _ranked_kinds(weights: Weights, types: Probabilities, realis: Probabilities) -> list[Kind]:
    """[trigger] its likeliest types and realis."""
    sure = np.round(np.interp(types.max(axis=1), *weights.calibration["types"]), decode.PLACES).tolist()
    ranked = (_ranked(weights.kinds.types, types), _ranked(weights.kinds.realis, realis), sure)
    return [Kind(t, r, p) for t, r, p in zip(*ranked, strict=True)]


def _roles(models: Sequence[Weights], part: _Part, spans: tuple[list[decode.Found], list[decode.Found]], found: Tags) -> None:
    """Enter the roles of a part's events, whose triggers are entered already and whose arguments are not."""
    triggers, arguments = map(_ends, spans)
    pairs = joinable(_sentences(part, triggers), _sentences(part, arguments))
    before = (len(found.triggers) - len(triggers), len(found.arguments))
    found.roles += _links(models, "roles", part, (triggers, arguments, pairs), before)


def _relations(models: Sequence[Weights], part: _Part, spans: list[decode.Found], found: Tags) -> None:
    """Enter the relations of a part's names, which are not entered yet."""
    names = _ends(spans)
    sentence = _sentences(part, names)
    pairs = joinable(sentence, sentence)
    before = len(found.names["nerel"])
    found.relations += _links(models, "relations", part, (names, names, pairs[pairs[:, 0] != pairs[:, 1]]), (before, before))


def _links(
    models: Sequence[Weights], name: str, part: _Part, of: tuple[Longs, Longs, Longs], before: tuple[int, int]
) -> Iterator[Link]:
    """What joins pairs of spans; their numbers begin at `before`."""
    one, two, pairs = of
    if not len(pairs):
        return
    heads = [m.pairs[name] for m in models]
    p = decode.probabilities(decode.mean(
        [pair_scores(head, s[:, :-1], (one, two), pairs) for head, s in zip(heads, part.states, strict=True)]
    ))
    best = p.argmax(axis=1)
    sure = np.round(np.interp(p.max(axis=1), *models[-1].calibration[name]), decode.PLACES)
    for row in np.flatnonzero(best).tolist():
        a, b = pairs[row].tolist()
        yield Link(before[0] + a, before[1] + b, heads[-1].labels[best[row] - 1], float(sure[row]))


def _ranked(labels: tuple[str, ...], p: Probabilities) -> list[tuple[tuple[str, float], ...]]:
    """The SHOWN likeliest labels of each row with their probabilities; of equals the one that comes first."""
    order = np.argsort(-p, axis=1, kind="stable")[:, :SHOWN]
    best = np.take_along_axis(p, order, axis=1)
    return [
        tuple((labels[i], q) for i, q in zip(row, own, strict=True)) for row, own in zip(order.tolist(), best.tolist(), strict=True)
    ]
