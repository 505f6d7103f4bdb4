"""Feature numbers and slovnet's states -> the tagger's states of the tokens, by one BiLSTM.

What a piece's form gives is multiplied once for all tokens of that form; what slovnet and the place in the document give goes with
the recurrence, so that every step is one product.
"""

from dataclasses import dataclass

import numpy as np

from letopis.encoder.packing import Longs
from letopis.encoder.slovnet import Halves
from letopis.encoder.tagger.features import EVENTS, NAVEC
from letopis.encoder.tagger.lanes import Lanes, lanes
from letopis.encoder.tagger.weights import Direction, Inputs, Weights
from letopis.encoder.weights import Embedding, Floats
from letopis.layers import Ints

EPSILON = np.float32(1e-5)
BLOCK = 512                 # tokens whose states are projected at once: they stay near


@dataclass(frozen=True, slots=True)
class Read:
    """The tokens of a chunk as numbers."""

    first: Ints                       # [sentence + 1]
    piece: Ints                       # [token] row of `pieces`
    pieces: Ints                      # [distinct, columns of a form]
    places: Ints                      # [token, columns of a place]
    states: Halves                    # [token, STATES]
    context: Floats | None = None     # [token, width of E5] where the tagger reads it


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of a chunk as vectors."""

    states: Floats                    # [token, 2 * hidden] forward, then backward
    own: Floats                       # [distinct piece, NAVEC + EVENTS] what the form itself says


def encode(weights: Weights, embedding: Embedding, read: Read) -> Encoded:
    """States of the tokens, and their forms' own vectors."""
    forms = _forms(weights.inputs, embedding, read.pieces)
    extra = _extra(weights.inputs, read)
    way = lanes(read.first)
    piece = np.append(read.piece, len(read.pieces))         # an idle row reads a zero
    there = _run(weights.forward, forms, extra, (way, way.forward, piece))[way.forward_row]
    back = _run(weights.backward, forms, extra, (way, way.backward, piece))[way.backward_row]
    own = np.concatenate([forms[:, :NAVEC], forms[:, forms.shape[1] - sum(EVENTS):]], axis=1)
    return Encoded(np.concatenate([there, back], axis=1), own)


def _forms(inputs: Inputs, embedding: Embedding, pieces: Ints) -> Floats:
    """[pieces and one of zeros, width] navec's vector, the embedded columns of every piece, the event lexicon's."""
    count = len(pieces)
    x = np.zeros((count + 1, NAVEC + sum(t.shape[1] for t in (*inputs.form, *inputs.events))), np.float32)
    x[:count, :NAVEC] = _navec(embedding, pieces[:, 0])
    at = NAVEC
    for column, table in enumerate(inputs.form, 1):
        x[:count, at:at + table.shape[1]] = table[pieces[:, column]]
        at += table.shape[1]
    for column, table in enumerate(inputs.events):
        x[:count, at:at + table.shape[1]] = table[inputs.known[pieces[:, 0], column]]
        at += table.shape[1]
    return x


def _navec(embedding: Embedding, row: Ints) -> Floats:
    """Vectors as training knows them: halves, and zeros for the rows of no word."""
    quantisers = len(embedding.centroids)
    parts = embedding.centroids[np.arange(quantisers), embedding.codes[row]].astype(np.float16)
    vectors = parts.reshape(len(row), NAVEC).astype(np.float32)
    vectors[np.isin(row, embedding.wordless)] = 0
    return vectors


def _extra(inputs: Inputs, read: Read) -> Floats:
    """[token + 1, states + context + places] what stands beside the hidden state of a step, zeros at the end."""
    count, width = len(read.piece), len(inputs.gain)
    at = width + (0 if read.context is None else read.context.shape[1])
    extra = np.zeros((count + 1, at + sum(t.shape[1] for t in inputs.place)), np.float32)
    if read.context is not None:
        extra[:count, width:at] = read.context
    for a in range(0, count, BLOCK):
        extra[a:min(a + BLOCK, count), :width] = _projected(inputs, read.states[a:a + BLOCK])
    for column, table in enumerate(inputs.place):
        extra[:count, at:at + table.shape[1]] = table[read.places[:, column]]
        at += table.shape[1]
    return extra


def _projected(inputs: Inputs, states: Halves) -> Floats:
    """A layer norm over slovnet's states and a linear layer, in one product."""
    x = states.astype(np.float32)
    size = np.float32(x.shape[1])
    mean = np.einsum("ij->i", x)[:, None] / size
    spread = np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / size - mean * mean + EPSILON)
    y = x @ inputs.states
    y -= mean * inputs.gain
    y /= spread
    y += inputs.shift
    return y


def _run(direction: Direction, forms: Floats, extra: Floats, order: tuple[Lanes, Longs, Ints]) -> Floats:
    """[step * width, hidden] the hidden states of one way through the lanes."""
    way, token, piece = order
    given = forms @ direction.form
    given += direction.bias
    out = np.empty((way.steps, way.width, direction.hidden), np.float32)
    state = cell = np.zeros((way.width, direction.hidden), np.float32)
    goes_on = (~way.begins).astype(np.float32)[:, :, None]
    for step, read in enumerate(token):
        beside = given.take(piece[read], axis=0)
        state, cell = direction.step(state=state, cell=cell, goes_on=goes_on[step], extra=extra[read], given=beside)
        out[step] = state
    return out.reshape(-1, direction.hidden)
