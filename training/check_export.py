"""Whether the run time decides as the trained model: `python training/check_export.py CHECKPOINT FILE.npz`.

Both read SENTENCES sentences of the raw news, whole documents, cut into sentences and words the same way; the model's
parameters are rounded as in the file. Prints how many decisions there were and those that differ: spans and types of each
layer, triggers, their likeliest type and realis. Exit code 1 if any does.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch

import vocabulary
from corpora import LAYER_TYPES, REALIS, Text, digest, read_raw
from evaluate_tagger import load_tagger
from letopis.encoder import load, slovnet
from letopis.encoder.tagger import tag
from letopis.encoder.tagger.tagging import THRESHOLD, Tags
from letopis.encoder.tagger.weights import Weights, weights_of
from model import Tagger
from predict import Prediction, predict
from samples import Sample, event_types, sample
from subwords import Encoder, shipped
from tokens import split, words

RUNS = Path(__file__).with_name("runs")
SENTENCES = 2000
Decision = tuple[str, int, int, str]


def differences(model: Tagger, weights: Weights, texts: list[Text], samples: list[Sample]) -> tuple[int, list[str]]:
    """How many decisions the model makes, and those that one of both makes alone."""
    special = (0, 0, 0)     # begin, end and padding of pieces, which only E5 reads
    predictions = predict(model, special, samples, tuple(LAYER_TYPES), threshold=THRESHOLD)
    count, found = 0, []
    for text, s, prediction in zip(texts, samples, predictions, strict=True):
        trained, run = set(_trained(s, prediction)), set(_run(weights, text))
        count += len(trained)
        found += [f"{text.id}\tmodel only\t{d}" for d in sorted(trained - run)]
        found += [f"{text.id}\trun time only\t{d}" for d in sorted(run - trained)]
    return count, found


def _trained(s: Sample, prediction: Prediction) -> Iterator[Decision]:
    for layer, spans in prediction.layers.items():
        yield from ((layer, *_characters(s, i, j), LAYER_TYPES[layer][kind]) for i, j, kind, _ in spans)
    for (i, j, _, _), types, realis in zip(prediction.triggers, prediction.types, prediction.realis, strict=True):
        yield "events", *_characters(s, i, j), f"{event_types()[int(types.argmax())]} {REALIS[int(realis.argmax())]}"


def _characters(s: Sample, first: int, last: int) -> tuple[int, int]:
    return int(s.bounds[first, 0]), int(s.bounds[last, 1])


def _run(weights: Weights, text: Text) -> Iterator[Decision]:
    own = words(text.text, split(text.text))
    states = slovnet.tag(load(), own, states=True).states
    tags: Tags = tag((weights,), own, np.zeros(len(own.first) - 1, np.int32), states, layers=tuple(LAYER_TYPES))
    for layer, names in tags.names.items():
        yield from ((layer, n.start, n.end, n.type) for n in names)
    for t, kind in zip(tags.triggers, tags.kinds, strict=True):
        yield "events", t.start, t.end, f"{kind.types[0][0]} {kind.realis[0][0]}"


def _texts(corpora: Path) -> Iterator[Text]:
    """Raw news in an order of its own, until there are SENTENCES sentences."""
    count = 0
    for text in sorted(read_raw(corpora), key=lambda t: digest(t.text)):
        if count >= SENTENCES:
            return
        count += len(split(text.text))
        yield text


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, default=shipped())
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(options.encoder)
    texts = list(_texts(options.corpora))
    numbers, pieces = vocabulary.load(encoder, [], RUNS / "cache" / "pieces.json")
    model = load_tagger(options.checkpoint, encoder, numbers)
    model.load_state_dict({name: p.half().float() for name, p in model.state_dict().items()})
    with np.load(options.file) as file:
        weights = weights_of({name: file[name] for name in file.files})
    samples = [sample(t, pieces, glue=False) for t in texts]
    count, found = differences(model, weights, texts, samples)
    sys.stdout.write("\n".join([*islice(found, 50), f"{len(found)} of {count} decisions differ on {len(texts)} documents"]) + "\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
