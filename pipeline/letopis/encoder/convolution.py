"""A packed chunk -> what slovnet's convolutions make of its words.

Same decisions for any batching: a matrix product's rows do not depend on how many others there are, as long as their number
is a multiple of ROWS (BLAS has other kernels for remainders and for small matrices), so every product is filled up to one.
"""

import numpy as np

from letopis.encoder.packing import ROWS, Longs, Packed
from letopis.encoder.weights import CACHED_WORDS, Embedding, Floats, Layer, Network


def encode(network: Network, embedding: Embedding, packed: Packed) -> list[Floats]:
    """The outputs of every layer, [row, filters], blank rows zero."""
    states = [_first(network, embedding, packed)]
    for layer in network.layers[1:]:
        out = len(layer.bias)
        y = states[-1] @ layer.weight
        z = y[:, out:2 * out] + layer.bias
        z[1:] += y[:-1, :out]
        z[:-1] += y[1:, 2 * out:]
        states.append(_finish(z, layer, packed.blank))
    return states


def _first(network: Network, embedding: Embedding, packed: Packed) -> Floats:
    """The first layer: each distinct word is multiplied once, and each row adds up what three of them give."""
    layer, kind = network.layers[0], packed.kind
    given = np.zeros((len(packed.word) + 1, network.words.shape[1]), np.float32)
    given[1:] = _shares(network, embedding, packed.word)
    given[1:] += network.shapes[packed.shape]
    given = given.reshape(-1, len(layer.bias))          # three rows a distinct pair: for the next, itself, the one before
    z = given.take(kind * 3 + 1, axis=0)
    z += layer.bias
    z[1:] += given.take(kind[:-1] * 3, axis=0)
    z[:-1] += given.take(kind[1:] * 3 + 2, axis=0)
    return _finish(z, layer, packed.blank)


def _finish(z: Floats, layer: Layer, blank: Longs) -> Floats:
    np.maximum(z, 0, out=z)
    z *= layer.scale
    z += layer.shift
    z[blank] = 0
    return z


def _shares(network: Network, embedding: Embedding, word: Longs) -> Floats:
    """[word, 3 * out] the word vectors times the first layer's weights; those of frequent words are kept."""
    frequent = word < CACHED_WORDS
    asked = word[frequent]
    new = asked[~network.known[asked]]
    new = new[np.diff(new, prepend=-1) > 0]
    network.frequent[new] = _product(network, embedding, new)
    network.known[new] = True
    shares = np.empty((len(word), network.words.shape[1]), np.float32)
    shares[frequent] = network.frequent[asked]
    shares[~frequent] = _product(network, embedding, word[~frequent])
    return shares


def _product(network: Network, embedding: Embedding, word: Longs) -> Floats:
    quantisers, _, part = embedding.centroids.shape
    codes = embedding.codes[embedding.row[word]]
    vectors = np.zeros((-(-len(word) // ROWS) * ROWS, quantisers, part), np.float32)
    vectors[:len(word)] = embedding.centroids[np.arange(quantisers), codes]
    return (vectors.reshape(len(vectors), quantisers * part) @ network.words)[:len(word)]
