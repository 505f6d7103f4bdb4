"""A packed chunk -> what slovnet's convolutions make of its words."""

import numpy as np

from letopis.encoder.graphs import Floats
from letopis.encoder.packing import Longs, Packed
from letopis.encoder.weights import CACHED_WORDS, Embedding, Network


def encode(network: Network, embedding: Embedding, packed: Packed) -> list[Floats]:
    """The outputs of the last two layers, [row, filters], blank rows zero."""
    given = np.zeros((len(packed.word) + 1, network.words.values.shape[1]), np.float32)
    _shares(network, embedding, packed.word, given[1:])
    given[1:] += network.shapes[packed.shape]
    filled = np.ones((len(packed.kind), 1), np.float32)
    filled[packed.blank] = 0
    return network.convolve(given=given.reshape(len(given) * 3, -1), kind=packed.kind, filled=filled)


def _shares(network: Network, embedding: Embedding, word: Longs, shares: Floats) -> None:
    """[word, 3 * out] the word vectors times the first layer's weights; those of frequent words are kept."""
    frequent = word < CACHED_WORDS
    asked = word[frequent]
    new = asked[~network.known[asked]]
    new = new[np.diff(new, prepend=-1) > 0]
    network.frequent[new] = _vectors(embedding, new) @ network.words
    network.known[new] = True
    shares[frequent] = network.frequent[asked]
    shares[~frequent] = _vectors(embedding, word[~frequent]) @ network.words


def _vectors(embedding: Embedding, word: Longs) -> Floats:
    quantisers = len(embedding.centroids)
    vectors: Floats = embedding.centroids[np.arange(quantisers), embedding.codes[embedding.row[word]]]
    return vectors.reshape(len(word), quantisers * embedding.centroids.shape[2])
