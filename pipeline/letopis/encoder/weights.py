"""The loader: natasha's navec embedding and slovnet's three models, as arrays ready for packed inference.

The only door of this folder to the disk. navec's codes are mapped, not read, so processes share them, and the vocabulary of
250,000 words, which the three models repeat, is read once. What it does not do: compute.
"""

import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from navec.vocab import Vocab
from slovnet.exec.model import NER, Morph, Syntax
from slovnet.exec.pack import Pack

from letopis.encoder import graphs
from letopis.encoder.graphs import Matrix, Run
from letopis.encoder.layers import Biaffine, Layer, Linear, best_tag, convolutions, relation_of, scored_heads

Floats: TypeAlias = graphs.Floats

NAVEC = "emb/navec_news_v1_1B_250K_300d_100q.tar"
NAVEC_ID = "news_v1_1B_250K_300d_100q"
CACHED_WORDS = 8192         # 24 MB a model; the most frequent words and <unk> make up 81 % of news text


@dataclass(frozen=True, slots=True)
class Embedding:
    """navec: product-quantised word vectors, words numbered by frequency, <unk> first."""

    number: dict[str, int]            # lower-cased word -> its number
    codes: npt.NDArray[np.uint8]      # [row of navec, quantiser]
    row: npt.NDArray[np.int64]        # [number] row of navec
    centroids: Floats                 # [quantiser, code, part of the vector]
    wordless: npt.NDArray[np.int64]   # rows of <unk> and <pad>


@dataclass(frozen=True, slots=True)
class Network:
    """One of slovnet's encoders: word and shape vectors, then three convolutions of 256, 128 and 64 filters."""

    words: Matrix                     # [vector, 3 * out] the first convolution's share for the word
    shapes: Floats                    # [shape, 3 * out] and what it makes of each shape
    frequent: Floats                  # [number of a frequent word, 3 * out] vector @ words, filled when first asked
    known: npt.NDArray[np.bool_]      # [number] whether that row is filled
    convolve: Run                     # see layers.convolutions


@dataclass(frozen=True, slots=True)
class Morphology:
    """Part of speech and features in one tag: 'NOUN|Animacy=Inan|Case=Gen|Gender=Fem|Number=Sing'."""

    network: Network
    best: Run                         # see layers.best_tag
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Heads by one biaffine form, relations by another."""

    network: Network
    heads: Run                        # see layers.scored_heads
    relation: Run                     # see layers.relation_of
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Models:
    """All that is loaded, once a process."""

    embedding: Embedding
    shapes: dict[str, int]            # slovnet's word_shape -> number, the same in the three models
    morphology: Morphology
    syntax: Dependencies
    names: Network                    # of persons, places and organisations; its decisions are not asked for


@lru_cache(maxsize=1)
def load() -> Models:
    """The models of this process, out of the installed natasha. FileNotFoundError where it is not installed."""
    morphology, tags, shapes = _read("morph", Morph, "tag")
    syntax, relations, _ = _read("syntax", Syntax, "rel")
    names, _, _ = _read("ner", NER, "tag")
    return Models(
        _embedding(_data() / NAVEC),
        {shape: i for i, shape in enumerate(shapes)},
        Morphology(_network(morphology), best_tag(_linear(morphology.head.proj)), tags),
        Dependencies(
            _network(syntax), scored_heads(_biaffine(syntax.head)), relation_of(_biaffine(syntax.rel)), relations,
        ),
        _network(names),
    )


def _data() -> Path:
    """natasha's data folder, without importing natasha: that would load its grammars and pymorphy2's dictionary."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("natasha is not installed: it holds the models")
    return Path(spec.submodule_search_locations[0]) / "data"


def _read(name: str, kind: Any, labels: str) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """A slovnet model with its weights (but for navec), its labels and its shapes."""
    with Pack(str(_data() / f"model/slovnet_{name}_news_v1.tar")) as pack:
        pack.load_meta().check_protocol()
        model = pack.load_model(kind)
        if model.emb.word.id != NAVEC_ID:
            raise ValueError(f"slovnet's {name} wants the embedding {model.emb.word.id}, not {NAVEC_ID}")
        model = model.inject_arrays(dict(pack.load_arrays(model.weights)))
        return model, tuple(pack.load_vocab(labels).items), tuple(pack.load_vocab("shape").items)


def _embedding(path: Path) -> Embedding:
    """navec's archive holds its parts uncompressed: pq.bin is 16 bytes of sizes, the codes, then the centroids."""
    with tarfile.open(path) as tar:
        pq = tar.getmember("pq.bin")
        vocabulary = Vocab.from_file(tar.extractfile("vocab.bin"))
    size, vector, quantisers, codes = np.fromfile(path, np.uint32, 4, offset=pq.offset_data).tolist()
    start = pq.offset_data + 16
    rows = np.memmap(path, np.uint8, "r", start, (size, quantisers))
    centroids = np.fromfile(path, np.float32, codes * vector, offset=start + size * quantisers)
    counts = np.array(vocabulary.counts)
    counts[vocabulary.unk_id] = counts.max() + 1
    order = np.argsort(-counts, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return Embedding(
        dict(zip(vocabulary.words, rank.tolist(), strict=True)), rows, order, centroids.reshape(quantisers, codes, -1),
        np.array([vocabulary.unk_id, vocabulary.pad_id]),
    )


def _network(model: Any) -> Network:
    layers = tuple(_layer(layer) for layer in model.encoder.layers)
    first, size = layers[0].weight, model.emb.shape.weight.shape[0]
    vector = first.shape[0] - model.emb.shape.dim
    shapes = np.einsum("ij,jk->ik", model.emb.shape.weight.array, first[vector:])
    return Network(
        Matrix(np.ascontiguousarray(first[:vector])),
        shapes.reshape(size, -1),
        np.zeros((CACHED_WORDS, first.shape[1]), np.float32),
        np.zeros(CACHED_WORDS, np.bool_),
        convolutions(layers),
    )


def _layer(layer: Any) -> Layer:
    conv, norm = layer.conv, layer.norm
    scale = norm.weight.array.astype(np.float64) / norm.std.array
    return Layer(
        _side_by_side(conv.weight.array[:, :, k].T for k in range(3)),
        conv.bias.array,
        scale.astype(np.float32),
        (norm.bias.array - norm.mean.array * scale).astype(np.float32),
    )


def _side_by_side(taps: Iterable[Floats]) -> Floats:
    return np.ascontiguousarray(np.concatenate(list(taps), axis=1))


def _linear(linear: Any) -> Linear:
    return Linear(linear.weight.array, linear.bias.array)


def _biaffine(form: Any) -> Biaffine:
    return Biaffine(_linear(form.head.proj), _linear(form.tail.proj), form.root.array, form.kernel.array)
