"""A tagger with layers of E5 -> one file for run time and training: `python training/export_accurate.py CHECKPOINT OUT.npz`.

Big matrices are whole numbers with a scale for every run of weights (letopis.encoder.tagger.stored), what is small are halves; the
embedding, which training leaves as it came, keeps E5's 4-bit blocks. `checkpoint.read` gives the file back to evaluate, to label
with or to train on from.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

import checkpoint
import export
from event_words import EVENT_SIZES, EVENT_WIDTHS
from features import NAVEC, WIDTHS
from letopis.encoder.tagger.e5 import BEGIN, END, UNKNOWN
from letopis.encoder.tagger.stored import SCALE, rounded
from letopis.encoder.tagger.windows import WINDOW
from model import Events
from subwords import BLOCK, Encoder, shipped

RUNS = Path(__file__).with_name("runs")
LEVELS = 31         # the largest whole number: six bits, which the archive's compression finds
BIG = 1 << 14       # weights of a matrix that is rounded


def arrays(state: dict[str, Any], encoder: Encoder, numbers: list[int]) -> dict[str, npt.NDArray]:
    """The arrays of the file: of a checkpoint and the numbers of its pieces in E5's vocabulary."""
    state = with_lexicon(state)
    parameters = state["average"] | {"e5.place": state["average"]["e5.place"][:WINDOW + 2]}
    plain = export.arrays({name: p for name, p in parameters.items() if not name.startswith("e5.")})
    e5 = {name: p.numpy().astype(np.float16) for name, p in parameters.items() if name.startswith("e5.")}
    plan = {"plan": np.array(json.dumps(state["plan"]))}
    return plain | e5 | _rounded(parameters) | _vocabulary(encoder, numbers) | plan


def with_lexicon(state: dict[str, Any]) -> dict[str, Any]:
    """A checkpoint that knows the event lexicon: one trained without decides as before, all weights of what is new being zero."""
    shape, weights = state["plan"]["shape"], dict(state["average"])
    if shape.get("lexicon"):
        return state
    before = NAVEC + sum(WIDTHS) + shape["states"]
    for name in ("lstm.weight_ih_l0", "lstm.weight_ih_l0_reverse"):
        weights[name] = _widened(weights[name], before, Events.width)
    side = 2 * shape["hidden"] + NAVEC + Events.width
    halves = weights["kinds.inner.0.weight"].split(2 * shape["hidden"], dim=1)
    weights["kinds.inner.0.weight"] = torch.cat([_widened(half, half.shape[1], side) for half in halves], dim=1)
    random = torch.Generator().manual_seed(0)       # not zeros: from those nothing could be learnt later
    for i, size in enumerate(zip(EVENT_SIZES, EVENT_WIDTHS, strict=True)):
        weights[f"inputs.events.embeddings.{i}.weight"] = torch.randn(size, generator=random)
    plan = state["plan"] | {"shape": shape | {"lexicon": True}}
    return {"plan": plan, "average": weights}


def _widened(matrix: Tensor, before: int, columns: int) -> Tensor:
    return torch.cat([matrix[:, :before], torch.zeros(len(matrix), columns), matrix[:, before:]], dim=1)


def _rounded(parameters: dict[str, Tensor]) -> dict[str, npt.NDArray]:
    found: dict[str, npt.NDArray] = {}
    for name, p in parameters.items():
        if p.ndim == 2 and p.numel() >= BIG and name != "e5.place":
            found[name], found[name + SCALE] = rounded(p.numpy(), LEVELS)
    return found


def _vocabulary(encoder: Encoder, numbers: list[int]) -> dict[str, npt.NDArray]:
    """The kept pieces: their forms, scores, numbers in E5's vocabulary and rows of its embedding."""
    form = {number: piece for piece, number in encoder.pieces.items()}
    special = {encoder.bos: BEGIN, encoder.eos: END, encoder.unk: UNKNOWN}
    if any(numbers[place] != number for number, place in special.items()):
        raise SystemExit("the run time knows begin, end and unknown by other numbers")
    _, length, at = encoder.directory["emb.word"]
    blocks = np.frombuffer(encoder.bytes, np.uint8, length, at).reshape(-1, encoder.hidden // BLOCK, 18)
    return {
        "pieces.form": np.array([form[n] for n in numbers]), "pieces.score": encoder.scores[numbers],
        "pieces.number": np.array(numbers, np.int32), "pieces.blocks": blocks[numbers],
        "pieces.type": encoder.vector("emb.type")[:encoder.hidden],
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, default=shipped())
    options = parser.parse_args()
    encoder = Encoder(options.encoder)
    numbers = json.loads((RUNS / "cache" / "pieces.json").read_text())
    state = checkpoint.read(options.checkpoint)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **arrays(state, encoder, numbers))
    sys.stdout.write(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
