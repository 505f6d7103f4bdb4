"""Where a model's weights begin: multilingual-e5-small's layers out of the bundle, an adapted E5, or another run's averages."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from flat import Corpus
from network import E5, PLACES
from pack import unpacked as restored

WAIT = 1.0          # seconds
SCALE = ".scale"    # letopis.encoder.tagger.stored
Floats = npt.NDArray[np.float32]


def there(path: Path | None) -> Path | None:
    """The file, once it is there: what needs another run's end may start beside it and load meanwhile."""
    while path and not path.exists():
        time.sleep(WAIT)
    return path


def place_e5(e5: E5, corpus: Corpus, adapted: Path | None) -> None:
    """E5's weights as they came, or of adapt.py's file."""
    if adapted:
        state = torch.load(adapted, weights_only=False, map_location=corpus.device)["e5"]
        e5.load_state_dict({n: p.float() for n, p in state.items() if n in e5.state_dict()})
        return
    e5.load_state_dict({n: torch.from_numpy(a) for n, a in weights(corpus.e5, len(e5.layers)).items()})


def weights(tensors: dict[str, npt.NDArray], layers: int) -> dict[str, Floats]:
    """The first layers by the names of `network.E5`."""
    word = unpacked(tensors["emb.word"])
    width = word.shape[1]
    found = {
        "word.weight": word + tensors["emb.type"][:width], "place": tensors["emb.pos"].reshape(-1, width),
        "norm.weight": tensors["emb.ln.w"], "norm.bias": tensors["emb.ln.b"],
    }
    for i in range(layers):
        parts = {"attend": ("q", "k", "v"), "out": ("ao",), "up": ("fi",), "down": ("fo",)}
        for name, own in parts.items():
            found[f"layers.{i}.{name}.weight"] = np.concatenate([unpacked(tensors[f"l{i}.{p}.w"]) for p in own])
            found[f"layers.{i}.{name}.bias"] = np.concatenate([tensors[f"l{i}.{p}.b"] for p in own])
        for name, own in {"norm1": "aln", "norm2": "oln"}.items():
            found[f"layers.{i}.{name}.weight"] = tensors[f"l{i}.{own}.w"]
            found[f"layers.{i}.{name}.bias"] = tensors[f"l{i}.{own}.b"]
    return found


def unpacked(blocks: npt.NDArray) -> Floats:
    """[rows, columns] of blocks [rows, columns / 32, 18] (letopis.encoder.tagger.stored)."""
    scale = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    both = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    found: Floats = (both * scale).reshape(len(blocks), -1)
    return found


def read(path: Path) -> dict[str, Any]:
    """'plan' and 'average', the weights, of a run's best.pt or of a shipped file, whose weights are rounded."""
    if path.suffix != ".npz":
        state: dict[str, Any] = torch.load(path, weights_only=False, map_location="cpu")
        return state
    with np.load(path) as file:
        arrays = {n: file[n] for n in file.files if not n.startswith(("labels.", "calibration.", "pieces.", "events"))}
    plan = json.loads(str(arrays.pop("plan")))
    found = {n: restored(a, arrays[n + SCALE]) if n + SCALE in arrays else a for n, a in arrays.items() if not n.endswith(SCALE)}
    average = {n: torch.from_numpy(a.astype(np.float32)) for n, a in found.items()}
    if "e5.place" in average:       # a shipped file has those that windows use
        place = average["e5.place"]
        average["e5.place"] = torch.cat([place, torch.zeros(PLACES - len(place), place.shape[1])])
    return {"plan": plan, "average": average}


def load_average(model: nn.Module, path: Path) -> None:
    """Weights of `read`; heads that they lack stay as they are."""
    own = model.state_dict()
    average: dict[str, Tensor] = read(path)["average"]
    model.load_state_dict({n: p.float() for n, p in average.items() if n in own and own[n].shape == p.shape}, strict=False)
