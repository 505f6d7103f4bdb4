"""Blocks -> tensors, and the order of the blocks in an epoch.

Contract. The order is a function of the seed and the epoch alone, so a resumed run sees what an unbroken one would have
seen. Blocks of like length share a batch (little padding), and the batches are shuffled.
"""

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from samples import Block, Ints, Sample


@dataclass(frozen=True, slots=True)
class Batch:
    """Some blocks: tokens are concatenated, sentence s is tokens first[s] to first[s + 1] - 1."""

    pieces: Tensor          # [windows, pieces] kept pieces, padded
    mask: Tensor            # [windows, pieces] True where a piece is
    window: Tensor          # [tokens] its window
    left: Tensor            # [tokens] its first piece in the window
    right: Tensor           # [tokens] its last piece
    features: Tensor        # [tokens, features]
    states: Tensor          # [tokens, 576]
    first: list[int]        # [sentences + 1]
    layers: dict[str, tuple[list[int], Ints]]   # sentences annotated; rows (first, last, class, weight) in batch tokens
    annotated: Tensor       # [tokens] True where every trigger is marked
    triggers: Ints          # [triggers, 3] of the annotated tokens
    types: Ints             # [.., 4] of events of known type
    realis: Ints            # [.., 4]


def epoch_order(blocks: list[Block], size: int, *, seed: int, epoch: int) -> list[list[Block]]:
    """Batches of about `size` pieces in the order of one epoch."""
    rng = random.Random(f"{seed}/{epoch}")
    shuffled = rng.sample(blocks, len(blocks))
    shuffled.sort(key=lambda b: b.cost + rng.random() * 24)
    batches = pack(shuffled, size)
    rng.shuffle(batches)
    return batches


def pack(blocks: list[Block], size: int) -> list[list[Block]]:
    """Runs of blocks of at most `size` pieces each (one block at least)."""
    batches: list[list[Block]] = []
    room = 0
    for b in blocks:
        if not batches or b.cost > room:
            batches.append([])
            room = size
        batches[-1].append(b)
        room -= b.cost
    return batches


def collate(samples: list[Sample], blocks: list[Block], special: tuple[int, int, int]) -> Batch:
    """The tensors of a batch; `special` are the numbers of begin, end and padding."""
    parts = [_part(samples[b.sample], b) for b in blocks]
    offsets = np.cumsum([0, *(p.stop - p.start for _, p in parts)])
    ranges = [(samples[b.sample], a, z) for b in blocks for a, z in b.windows]
    pieces, mask, left, right = _windows(ranges, special)
    first = [0]
    for b in blocks:
        first.extend((first[-1] + np.cumsum(np.diff(samples[b.sample].first[b.start:b.end + 1]))).tolist())
    shift = [(s, p, int(o) - int(p.start)) for (s, p), o in zip(parts, offsets[:-1], strict=True)]
    annotated = np.concatenate([np.full(p.stop - p.start, s.targets.triggers is not None) for s, p in parts])
    triggers = _rows([(s.targets.triggers, p, o) for s, p, o in shift if s.targets.triggers is not None], 3)
    types, realis = (_rows([(getattr(s.targets, name), p, o) for s, p, o in shift], 4) for name in ("types", "realis"))
    return Batch(
        torch.from_numpy(pieces), torch.from_numpy(mask),
        torch.from_numpy(np.repeat(np.arange(len(ranges)), [z - a for _, a, z in ranges])),
        torch.from_numpy(left), torch.from_numpy(right),
        torch.from_numpy(np.concatenate([s.features[p] for s, p in parts]).astype(np.int64)),
        torch.from_numpy(np.concatenate([s.states[p] for s, p in parts]).astype(np.float32)),
        first, _layers(shift, first), torch.from_numpy(annotated), triggers, types, realis,
    )


def _part(s: Sample, b: Block) -> tuple[Sample, slice]:
    return s, slice(s.first[b.start], s.first[b.end])


def _windows(ranges: list[tuple[Sample, int, int]], special: tuple[int, int, int]) -> tuple[npt.NDArray, ...]:
    bos, eos, pad = special
    rows, left, right = [], [], []
    for s, start, end in ranges:
        row = [bos]
        for t in range(start, end):
            left.append(len(row))
            row.extend(s.pieces[t])
            right.append(len(row) - 1)
        rows.append([*row, eos])
    width = max(map(len, rows))
    pieces = np.array([r + [pad] * (width - len(r)) for r in rows], np.int64)
    mask = np.arange(width) < np.array([[len(r)] for r in rows])
    return pieces, mask, np.array(left, np.int64), np.array(right, np.int64)


def _layers(shift: list[tuple[Sample, slice, int]], first: list[int]) -> dict[str, tuple[list[int], Ints]]:
    found = {}
    for name in sorted({name for s, _, _ in shift for name in s.targets.layers}):
        having = [(s.targets.layers[name], p, o) for s, p, o in shift if name in s.targets.layers]
        tokens = {t for _, p, o in having for t in (p.start + o, p.stop + o)}
        inside = [n for n, a in enumerate(first[:-1]) if any(p.start + o <= a < p.stop + o for _, p, o in having)]
        assert tokens <= set(first)
        found[name] = (inside, _rows(having, 4))
    return found


def _rows(parts: list[tuple[Ints, slice, int]], width: int) -> Ints:
    moved = [np.zeros((0, width), np.int32)]
    for spans, p, offset in parts:
        inside = spans[(spans[:, 0] >= p.start) & (spans[:, 1] < p.stop)].copy()
        inside[:, :2] += offset
        moved.append(inside)
    return np.concatenate(moved)
