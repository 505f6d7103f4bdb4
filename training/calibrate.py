"""Scores -> probabilities: `python training/calibrate.py FILE.npz --corpora ../shared/corpora`, after the export.

The accurate model's probabilities are means with the fast one's, so it is calibrated with `--beside models/tagger/fast.npz`.

The run time tags the development texts; for every head a logistic curve of the score's log odds says how often it was right
(names: exact span and type; triggers: overlapping; types: the likeliest is gold's first or second; what joins spans: both exact and
the same). The curves replace those of the
file, sampled at POINTS. Printed: mean distance of score and share right over ten bins (ECE), and the area under the ROC of right
against wrong, both on fifths of the documents the curve was not fitted on.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from corpora import LAYER_TYPES, Text, digest, read_relations, read_roles
from letopis.encoder import load, slovnet
from letopis.encoder.tagger import tag
from letopis.encoder.tagger.tagging import Tagged, Tags
from letopis.encoder.tagger.weights import Weights, weights_of
from letopis.evaluate.spans import match
from splits import development
from tokens import split, words

POINTS = np.array([0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98, 0.99, 0.995, 0.999, 1])
FIFTHS = 5
EDGE = 1e-4
Columns = npt.NDArray[np.float64]   # [scored, (document, score, right)]


def scored(models: Sequence[Weights], corpora: Path, most: int) -> dict[str, Columns]:
    """Head -> (document, score, whether it was right) of all that was found in the development texts, `most` of each layer's."""
    dev = {layer: sorted(texts, key=lambda t: digest(t.id))[:most] for layer, texts in development(corpora).items()}
    roles, relations = read_roles(corpora), read_relations(corpora)
    rows: defaultdict[str, list[tuple[int, float, bool]]] = defaultdict(list)
    for layer in LAYER_TYPES:
        for number, text in enumerate(dev[layer]):
            right = {(x.start, x.end, x.type) for x in text.layers[layer]}
            tags = _tags(models, text, (layer,))
            found = tags.names[layer]
            if layer == "nerel":
                own = {(p.start, p.end, p.start2, p.end2, p.name) for p in relations[text.text]}
                links = [(x.score, (*_ends(found[x.one]), *_ends(found[x.two]), x.label) in own) for x in tags.relations]
                rows["relations"] += [(number, score, hit) for score, hit in links]
            rows[layer] += [(number, n.score, (n.start, n.end, n.type) in right) for n in found]
    for number, text in enumerate(dev["events"]):
        tags, gold = _tags(models, text, ()), text.triggers or ()
        pairs = match([(t.start, t.end, "") for t in gold], [(t.start, t.end, "") for t in tags.triggers])
        right = {f: g for g, f in pairs}
        rows["triggers"] += [(number, t.score, f in right) for f, t in enumerate(tags.triggers)]
        likeliest = {f: tags.kinds[f].types[0] for f in right}
        near = {f: (gold[g].start, gold[g].end) for f, g in right.items()}
        own = {(p.start, p.end, p.start2, p.end2, p.name) for p in roles[text.text]}
        ends = {(p.start2, p.end2) for p in roles[text.text]}
        rows["arguments"] += [(number, a.score, (a.start, a.end) in ends) for a in tags.arguments]
        rows["roles"] += [
            (number, x.score, (*near.get(x.one, (-1, -1)), *_ends(tags.arguments[x.two]), x.label) in own) for x in tags.roles
        ]
        rows["types"] += [(number, p, kind in (gold[right[f]].type, gold[right[f]].type2)) for f, (kind, p) in likeliest.items()]
    return {name: np.array(r, np.float64) for name, r in rows.items()}


def _ends(span: Tagged) -> tuple[int, int]:
    return span.start, span.end


def curve(columns: Columns) -> npt.NDArray[np.float32]:
    """[2, POINTS] the table of a head."""
    return np.stack([POINTS, _fitted(columns)(POINTS)]).astype(np.float32)


def quality(columns: Columns) -> tuple[float, float]:
    """ECE and AUROC of curves on what they were not fitted on."""
    p = np.zeros(len(columns))
    for n in range(FIFTHS):
        out = columns[:, 0] % FIFTHS == n
        p[out] = _fitted(columns[~out])(columns[out, 1])
    right = columns[:, 2]
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(abs(p[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    return float(error), float(roc_auc_score(right, p))


def _fitted(columns: Columns):
    model = LogisticRegression(C=100).fit(_odds(columns[:, 1]), columns[:, 2])
    return lambda p: model.predict_proba(_odds(p))[:, 1]


def _odds(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    inside = np.clip(p, EDGE, 1 - EDGE)
    return np.log(inside / (1 - inside))[:, None]


def _tags(models: Sequence[Weights], text: Text, layers: tuple[str, ...]) -> Tags:
    own = words(text.text, split(text.text))
    states = slovnet.tag(load(), own, states=True).states
    return tag(models, own, np.zeros(len(own.first) - 1, np.int32), states, layers=layers, events=not layers)


def _read(path: Path) -> dict[str, npt.NDArray]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help="files whose probabilities are averaged with the file's")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--most", type=int, default=1_000_000, help="development texts of a layer")
    options = parser.parse_args()
    arrays, *beside = map(_read, (options.file, *options.beside))
    plain = {name: np.array([[0, 1], [0, 1]], np.float32) for name in arrays if name.startswith("calibration.")}
    for name, columns in scored([*map(weights_of, beside), weights_of(arrays | plain)], options.corpora, options.most).items():
        arrays[f"calibration.{name}"] = curve(columns)
        error, area = quality(columns)
        sys.stdout.write(f"{name}: {len(columns)} scored, ECE {error:.4f}, AUROC {area:.4f}\n")
    np.savez_compressed(options.file, **arrays)


if __name__ == "__main__":
    main()
