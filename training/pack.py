"""A run's averaged weights, small enough to travel: `python training/pack.py best.pt OUT` writes OUT.0, ..; `--back` joins them.

Big matrices are whole numbers of eight bits with a scale for every 64 weights, all else halves.
"""

import argparse
import lzma
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

LEVELS, BLOCK, BIG = 31, 64, 1 << 14
PART = 15 << 20     # bytes


def packed(matrix: npt.NDArray) -> tuple[npt.NDArray, npt.NDArray]:
    """Whole numbers and scales of a matrix."""
    rows, columns = matrix.shape
    runs = np.pad(matrix.astype(np.float32), ((0, 0), (0, -columns % BLOCK))).reshape(rows, -1, BLOCK)
    scale = (np.abs(runs).max(axis=2) / LEVELS).astype(np.float16)
    unit = np.where(scale == 0, 1, scale.astype(np.float32))[:, :, None]
    whole = np.clip(np.rint(runs / unit), -LEVELS, LEVELS).reshape(rows, -1)[:, :columns]
    return whole.astype(np.int8), scale


def unpacked(whole: npt.NDArray, scale: npt.NDArray) -> npt.NDArray:
    """The matrix."""
    return whole.astype(np.float32) * np.repeat(scale.astype(np.float32), BLOCK, axis=1)[:, :whole.shape[1]]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--back", action="store_true", help="write CHECKPOINT out of OUT's parts")
    o = parser.parse_args()
    if o.back:
        parts = sorted(o.out.parent.glob(f"{o.out.name}.[0-9]"))
        state: dict[str, Any] = pickle.loads(lzma.decompress(b"".join(p.read_bytes() for p in parts)))
        restored = {n: unpacked(*a) if isinstance(a, tuple) else a for n, a in state["average"].items()}
        state["average"] = {n: torch.from_numpy(np.array(a, np.float32)) for n, a in restored.items()}
        torch.save(state, o.checkpoint)
        return
    state = torch.load(o.checkpoint, weights_only=False, map_location="cpu")
    arrays = {n: p.float().numpy() for n, p in state["average"].items()}
    state["average"] = {n: packed(a) if a.ndim == 2 and a.size >= BIG else a.astype(np.float16) for n, a in arrays.items()}
    data = lzma.compress(pickle.dumps(state, protocol=5), preset=1)
    for n, start in enumerate(range(0, len(data), PART)):
        o.out.with_name(f"{o.out.name}.{n}").write_bytes(data[start:start + PART])


if __name__ == "__main__":
    main()
