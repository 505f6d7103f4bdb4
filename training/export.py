"""A trained tagger -> the file the run time reads: `python training/export.py CHECKPOINT OUT.npz`.

The averaged weights under their own names, rounded to halves (what the run time and `check_export.py` then both know), the event
lexicon by word form, the labels of the classes, and a calibration that changes nothing (`calibrate.py` fits one). E5's parameters
are left out: only a model without its layers can be run fast.
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from corpora import LAYER_TYPES, REALIS
from event_words import event_table
from samples import event_types

IDENTITY = np.array([[0, 1], [0, 1]], np.float32)


def arrays(parameters: dict[str, Tensor]) -> dict[str, npt.NDArray]:
    """The arrays of the file."""
    if any(name.startswith("e5.") for name in parameters):
        raise SystemExit("the checkpoint has layers of E5, which the fast run time does not read")
    weights = {name: p.numpy().astype(np.float16) for name, p in parameters.items()}
    labels = {**LAYER_TYPES, "types": event_types(), "realis": REALIS}
    calibrations = {f"calibration.{name}": IDENTITY for name in (*LAYER_TYPES, "triggers", "types")}
    named = {f"labels.{name}": np.array(values) for name, values in labels.items()}
    return {**weights, "events": event_table(), **named, **calibrations}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=False, map_location="cpu")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **arrays(state["average"]))


if __name__ == "__main__":
    main()
