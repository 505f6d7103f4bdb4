"""What a trained tagger is read from: best.pt or last.pt of a run, or the shipped file of a tagger with layers of E5.

Contract. Either way 'plan' and 'average' (the averaged weights); of a shipped file, whose weights are rounded, also 'numbers':
those of its pieces in E5's vocabulary, by which the samples must be segmented.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from letopis.encoder.tagger.stored import restored_all

PLACES = 512        # of E5; a shipped file has those that windows use
NOT_TRAINED = ("pieces.", "calibration.")


def read(path: Path) -> dict[str, Any]:
    """The state of a run, or of a file of export_accurate.py."""
    if path.suffix == ".npz":
        return load_accurate(path)
    state: dict[str, Any] = torch.load(path, weights_only=False, map_location="cpu")
    return state


def load_accurate(path: Path) -> dict[str, Any]:
    """'plan', 'average' in single precision, and 'numbers'."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    weights = {
        name: torch.from_numpy(a.astype(np.float32)) for name, a in restored_all(arrays).items()
        if a.dtype.kind == "f" and not name.startswith(NOT_TRAINED)
    }
    place = weights["e5.place"]
    weights["e5.place"] = torch.cat([place, torch.zeros(PLACES - len(place), place.shape[1])])
    return {"plan": json.loads(str(arrays["plan"])), "average": weights, "numbers": arrays["pieces.number"].tolist()}
