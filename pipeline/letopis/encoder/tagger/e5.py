"""The first layers of multilingual-e5-small in numpy: windows of pieces -> what stands around every token.

Contract. A window is run alone, so a token's numbers are the same in any batch. The layers are torch's, in single precision; gelu
within 1e-7 of the exact one. Folded when loaded: the scale of attention into the queries, that of gelu's argument into the
matrices before and behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from letopis.encoder.tagger.pieces import Pieced, Pieces, pieced
from letopis.encoder.tagger.tokens import Tokens
from letopis.encoder.tagger.windows import windows
from letopis.encoder.weights import Floats
from letopis.layers import Ints, Words

EPSILON = np.float32(1e-12)
HEADS = 12
BEGIN, END, UNKNOWN = 0, 2, 3       # numbers of pieces: around every window, and of what is none
TILE = 32                   # rows of gelu at once: they stay near
GELU = tuple(np.float32(c) for c in (1.12837875, 0.102768489, -1.86820263e-4, -6.25351438e-4, 8.99242264e-5, -6.05449858e-6,
                                     1.64185419e-7))
"""erf(x) = tanh(x * p(x * x)): the polynomial fitted on |x| < 4.6, beyond which both are 1."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A layer norm."""

    gain: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class Layer:
    """A post-norm transformer layer; matrices [in, out]."""

    attend: Floats                    # to queries (scaled), keys, values
    attend_bias: Floats
    out: Floats
    out_bias: Floats
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    norm1: Norm
    norm2: Norm


@dataclass(frozen=True, slots=True)
class E5:
    """All of it, and its pieces."""

    pieces: Pieces
    word: Floats                      # [piece, width]
    place: Floats                     # [place in the window, width]
    norm: Norm
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Windowed:
    """The pieces of a batch's tokens, and the tokens [start, end) of every window."""

    own: Pieced
    windows: list[tuple[int, int]]


def windowed(e5: E5, tokens: Tokens, words: Words, document: Ints) -> Windowed:
    """The windows of a batch; `document` is each sentence's."""
    own = pieced(e5.pieces, tokens, words, document)
    return Windowed(own, windows(tokens.first, document, own.first))


def contexts(e5: E5, batch: Windowed, start: int, end: int) -> Floats:
    """[end - start, width] the mean of the states of a token's first and last piece, of tokens [start, end)."""
    found = np.empty((end - start, e5.word.shape[1]), np.float32)
    for a, b in batch.windows:
        if a < end and b > start:
            x, y = max(a, start), min(b, end)
            found[x - start:y - start] = _means(e5, batch.own, a, b)[x - a:y - a]
    return found


def _means(e5: E5, own: Pieced, start: int, end: int) -> Floats:
    first = own.first[start:end + 1] - own.first[start] + 1
    states = encode(e5, np.concatenate([[BEGIN], own.piece[own.first[start]:own.first[end]], [END]]))
    mean: Floats = (states[first[:-1]] + states[first[1:] - 1]) / np.float32(2)
    return mean


def encode(e5: E5, pieces: Ints) -> Floats:
    """[piece, width] the states of one window."""
    x = _normed(e5.word[pieces] + e5.place[:len(pieces)], e5.norm)
    for layer in e5.layers:
        x = _normed(_attended(layer, x), layer.norm1)
        x = _normed(_passed(layer, x), layer.norm2)
    return x


def _attended(layer: Layer, x: Floats) -> Floats:
    """x and what each piece sees of the others."""
    n, width = x.shape
    given = x @ layer.attend
    given += layer.attend_bias
    q, k, v = given.reshape(n, 3, HEADS, -1).transpose(1, 2, 0, 3)
    weights = q @ k.transpose(0, 2, 1)
    weights -= weights.max(axis=2, keepdims=True)
    np.exp(weights, out=weights)
    seen: Floats = weights @ v
    seen /= np.einsum("hij->hi", weights)[:, :, None]
    return _added(seen.transpose(1, 0, 2).reshape(n, width) @ layer.out, layer.out_bias, x)


def _passed(layer: Layer, x: Floats) -> Floats:
    """x and what the inner layer makes of it."""
    inner: Floats = x @ layer.up
    inner += layer.up_bias
    for start in range(0, len(inner), TILE):
        _gelu(inner[start:start + TILE])
    return _added(inner @ layer.down, layer.down_bias, x)


def _added(y: Floats, bias: Floats, x: Floats) -> Floats:
    """y + bias + x, in place."""
    y += bias
    y += x
    return y


def _gelu(x: Floats) -> None:
    """x * (1 + erf(x)), in place."""
    square = x * x
    p = square * GELU[-1]
    for c in GELU[-2:0:-1]:
        p += c
        p *= square
    p += GELU[0]
    p *= x
    np.tanh(p, out=p)
    p += np.float32(1)
    x *= p


def _normed(x: Floats, norm: Norm) -> Floats:
    """Layer norm, in place."""
    size = np.float32(x.shape[1])
    x -= np.einsum("ij->i", x)[:, None] / size
    x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) / size + EPSILON))[:, None]
    x *= norm.gain
    x += norm.shift
    return x


def e5_of(file: Mapping[str, npt.NDArray[np.generic]]) -> E5 | None:
    """E5 out of a file's arrays (training/export.py); None where it has no layers of it."""
    count = len({name.split(".")[2] for name in file if name.startswith("e5.layers.")})
    if not count:
        return None
    numbers = {name: a.astype(np.float32) for name, a in file.items() if name.startswith("e5.")}
    forms, scores = file["pieces.form"].tolist(), file["pieces.score"].tolist()
    pieces = Pieces({f: i for i, f in enumerate(forms)}, dict(zip(forms, scores, strict=True)), UNKNOWN)
    layers = tuple(_layer(numbers, f"e5.layers.{i}") for i in range(count))
    return E5(pieces, numbers["e5.word.weight"], numbers["e5.place"], _norm(numbers, "e5.norm"), layers)


def _layer(file: Mapping[str, Floats], name: str) -> Layer:
    width = len(file[f"{name}.out.bias"])
    half = np.float32(np.sqrt(0.5))
    scale = np.ones(3 * width, np.float32)
    scale[:width] = (width // HEADS) ** -0.5
    attend, attend_bias = _linear(file, f"{name}.attend")
    out, out_bias = _linear(file, f"{name}.out")
    up, up_bias = _linear(file, f"{name}.up")
    down, down_bias = _linear(file, f"{name}.down")
    return Layer(
        attend * scale, attend_bias * scale, out, out_bias, up * half, up_bias * half, down * half, down_bias,
        _norm(file, f"{name}.norm1"), _norm(file, f"{name}.norm2"),
    )


def _linear(file: Mapping[str, Floats], name: str) -> tuple[Floats, Floats]:
    """Weight [in, out] and bias."""
    return np.ascontiguousarray(file[f"{name}.weight"].T), file[f"{name}.bias"]


def _norm(file: Mapping[str, Floats], name: str) -> Norm:
    return Norm(file[f"{name}.weight"], file[f"{name}.bias"])
