"""Hidden states of slovnet's news models (morphology, syntax, names) as input: words -> float16 [words, 576].

The last two convolutional layers of each of the three encoders, in this order. Sentences are packed into one sequence with
a row of zeros between them, so every word's state is that of slovnet run on its sentence alone.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from natasha import NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser
from slovnet.shape import word_shape

WIDTH = 576
PACK = 4096


@dataclass(frozen=True, slots=True)
class _Layer:
    weight: npt.NDArray[np.float32]  # [in, 3 * out]: the three taps side by side
    bias: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]
    shift: npt.NDArray[np.float32]


def states(sentences: list[list[str]]) -> npt.NDArray[np.float16]:
    """States of all words of the sentences, in order."""
    parts = [_packed(part) for part in _packs(sentences)]
    return np.concatenate(parts) if parts else np.zeros((0, WIDTH), np.float16)


@lru_cache(maxsize=1)
def embedding() -> NewsEmbedding:
    """Navec as natasha ships it: 300 dimensions, 250,000 words of news."""
    return NewsEmbedding()


def _packs(sentences: list[list[str]]) -> list[list[list[str]]]:
    packs: list[list[list[str]]] = [[]]
    size = 0
    for s in sentences:
        if size > PACK:
            packs.append([])
            size = 0
        packs[-1].append(s)
        size += len(s) + 1
    return [p for p in packs if p]


def _packed(sentences: list[list[str]]) -> npt.NDArray[np.float16]:
    forms: list[str | None] = [None]
    for s in sentences:
        forms.extend(s)
        forms.append(None)
    words = np.array([f is not None for f in forms])
    ids = [_ids(f) if f is not None else (0, 0) for f in forms]
    word, shape = np.array(ids).T
    out = []
    for table, shapes, layers in _models():
        x = np.concatenate([table(word).astype(np.float32), shapes[shape]], axis=1)
        x[~words] = 0
        for layer in layers:
            x = _convolve(x, layer)
            x[~words] = 0
            out.append(x[words])
        del out[-len(layers):-2]
    return np.concatenate(out, axis=1).astype(np.float16)


def _convolve(x: npt.NDArray[np.float32], layer: _Layer) -> npt.NDArray[np.float32]:
    y = x @ layer.weight
    width = y.shape[1] // 3
    z = y[:, width:2 * width] + layer.bias
    z[1:] += y[:-1, :width]
    z[:-1] += y[1:, 2 * width:]
    return np.maximum(z, 0) * layer.scale + layer.shift


@lru_cache(maxsize=1 << 20)
def _ids(form: str) -> tuple[int, int]:
    words, shapes = _vocabularies()
    return words.encode(form.lower()), shapes.encode(word_shape(form))


@lru_cache(maxsize=1)
def _taggers() -> tuple:
    return tuple(kind(embedding()) for kind in (NewsMorphTagger, NewsSyntaxParser, NewsNERTagger))


def _vocabularies() -> tuple:
    encoder = _taggers()[0].infer.encoder
    return encoder.words_vocab, encoder.shapes_vocab


@lru_cache(maxsize=1)
def _models() -> list:
    models = []
    for tagger in _taggers():
        model = tagger.infer.model
        layers = [_layer(layer) for layer in model.encoder.layers]
        models.append((model.emb.word, model.emb.shape.weight.array.astype(np.float32), layers))
    return models


def _layer(layer: object) -> _Layer:
    taps = layer.conv.weight.array.astype(np.float32)  # [out, in, 3]
    norm = layer.norm
    scale = norm.weight.array / norm.std.array
    return _Layer(
        np.concatenate([np.ascontiguousarray(taps[:, :, k].T) for k in range(3)], axis=1),
        layer.conv.bias.array.astype(np.float32),
        scale.astype(np.float32),
        (norm.bias.array - norm.mean.array * scale).astype(np.float32),
    )
