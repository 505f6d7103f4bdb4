"""A trained tagger -> the file the run time reads: `python training/export.py CHECKPOINT OUT.npz`.

The averaged weights under their own names: big matrices are whole numbers with a scale for every run of weights
(letopis.encoder.tagger.stored), what is small are halves. Beside them the event lexicon by word form, the labels of the classes, a
calibration that changes nothing (`calibrate.py` fits one) and, where the model has layers of E5, the pieces that they read.
`train_tagger.py --start OUT.npz` goes on from such a file.
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

from event_words import event_table
from flat import LAYERS, PAIRS
from letopis.encoder.tagger.e5 import BEGIN, END, UNKNOWN
from letopis.encoder.tagger.stored import SCALE, rounded
from letopis.encoder.tagger.windows import WINDOW
from pack import BIG, LEVELS
from subwords import Encoder, shipped

IDENTITY = np.array([[0, 1], [0, 1]], np.float32)
CALIBRATED = (*LAYERS, "triggers", "types", *PAIRS)


def arrays(state: dict[str, Any], encoder: Encoder) -> dict[str, npt.NDArray]:
    """The arrays of the file."""
    weights: dict[str, Tensor] = dict(state["average"])
    read = any(name.startswith("e5.") for name in weights)
    if read:
        weights["e5.place"] = weights["e5.place"][:WINDOW + 2]
    found: dict[str, npt.NDArray] = {}
    for name, p in weights.items():
        if p.ndim == 2 and p.numel() >= BIG and name != "e5.place":
            found[name], found[name + SCALE] = rounded(p.float().numpy(), LEVELS)
        else:
            found[name] = p.numpy().astype(np.float16)
    found |= {f"labels.{name}": np.array(values) for name, values in state["labels"].items()}
    found |= {f"calibration.{name}": IDENTITY for name in CALIBRATED}
    plan = {"plan": np.array(json.dumps(state["plan"])), "events": event_table()}
    return found | plan | (_vocabulary(encoder, state["numbers"]) if read else {})


def _vocabulary(encoder: Encoder, numbers: list[int]) -> dict[str, npt.NDArray]:
    """The kept pieces: their forms, scores and numbers in E5's vocabulary."""
    form = {number: piece for piece, number in encoder.pieces.items()}
    special = {encoder.bos: BEGIN, encoder.eos: END, encoder.unk: UNKNOWN}
    if any(numbers[place] != number for number, place in special.items()):
        raise SystemExit("the run time knows begin, end and unknown by other numbers")
    return {
        "pieces.form": np.array([form[n] for n in numbers]), "pieces.score": encoder.scores[numbers],
        "pieces.number": np.array(numbers, np.int32),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, default=shipped())
    o = parser.parse_args()
    state = torch.load(o.checkpoint, weights_only=False, map_location="cpu")
    o.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(o.out, **arrays(state, Encoder(o.encoder)))
    sys.stdout.write(f"{o.out}: {o.out.stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
