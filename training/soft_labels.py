"""What a teacher thinks of the raw news: `python training/soft_labels.py CHECKPOINT OUT --corpora ../shared/corpora`.

Writes one Parquet file for every PART texts, a part that is there already is not made again, so a stopped run goes on.
One row is one span the teacher doubts or believes: layer (a layer of names, or 'triggers'), first and last token, its
likeliest classes with their probabilities; what is missing from 1 belongs to 'no span', and a span without a row has
none of it. A trigger's classes are event types, and `realis` holds the four probabilities. Held-out texts are left out.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch

from corpora import LAYER_TYPES, Text, digest, read_raw
from dataset import Data, load
from decode import Floats, softmax
from evaluate_tagger import load_tagger
from model import Tagger
from predict import Special, sentence_states
from samples import Sample, sample
from splits import development
from subwords import Encoder, kept

RUNS = Path(__file__).with_name("runs")
PART = 200          # texts of a file
LEAST = 0.02        # probability of a span that is written down
TOP = 4             # classes of a span
SCHEMA = pa.schema([
    ("source", pa.string()), ("id", pa.string()), ("layer", pa.string()), ("first", pa.int32()), ("last", pa.int32()),
    ("classes", pa.list_(pa.int8())), ("probabilities", pa.list_(pa.float32())), ("realis", pa.list_(pa.float32())),
])


def rows(model: Tagger, special: Special, texts: list[Text], samples: list[Sample]) -> Iterator[dict[str, Any]]:
    """The rows of some texts."""
    for owners, first, states in sentence_states(model, special, samples):
        for name in LAYER_TYPES:
            for owner, scores in zip(owners, model.spans[name](states, np.diff(first).tolist()), strict=True):
                yield from _named(texts, owner, name, softmax(scores.numpy(), axis=1))
        yield from _triggers(model, texts, (owners, first), states)


def _named(texts: list[Text], owner: tuple[int, int], name: str, p: Floats) -> Iterator[dict[str, Any]]:
    number, start = owner
    for i, j in zip(*np.nonzero(np.triu(1 - p[:, 0] > LEAST)), strict=True):
        row = {"layer": name, "first": start + int(i), "last": start + int(j), "realis": None}
        yield _key(texts[number]) | row | _top(p[i, 1:, j], 1.0)


def _triggers(
    model: Tagger, texts: list[Text], part: tuple[list[tuple[int, int]], list[int]], states: torch.Tensor
) -> Iterator[dict[str, Any]]:
    owners, bounds = part
    p = softmax(model.triggers(states, bounds).numpy(), axis=1)
    starts, lengths = np.nonzero(p[:, 1:] > LEAST)
    types, realis = model.kinds(states, torch.from_numpy(starts), torch.from_numpy(starts + lengths))
    sentences = np.searchsorted(bounds, starts, side="right") - 1
    likely = softmax(types.numpy(), axis=1), softmax(realis.numpy(), axis=1)
    for n, (a, length, s) in enumerate(zip(starts.tolist(), lengths.tolist(), sentences.tolist(), strict=True)):
        number, start = owners[s]
        first = start + a - bounds[s]
        row = {"layer": "triggers", "first": first, "last": first + length, "realis": likely[1][n].tolist()}
        yield _key(texts[number]) | row | _top(likely[0][n], float(p[a, 1 + length]))


def _key(text: Text) -> dict[str, str]:
    return {"source": text.corpus.removeprefix("raw/"), "id": text.id}


def _top(p: Floats, weight: float) -> dict[str, list]:
    best = np.argsort(-p)[:TOP]
    return {"classes": best.tolist(), "probabilities": (p[best] * weight).tolist()}


def raw_texts(corpora: Path) -> list[Text]:
    """The raw news less what is held out, in an order that has nothing to do with their source."""
    held = {t.text for texts in development(corpora).values() for t in texts}
    return sorted((t for t in read_raw(corpora) if t.text not in held), key=lambda t: digest(t.text))


@torch.no_grad()
def write(model: Tagger, data: Data, encoder: Encoder, corpora: Path, out: Path) -> None:
    """Write all parts that aren't there."""
    pieces = kept(encoder, data.numbers)
    texts = raw_texts(corpora)
    out.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(texts), PART):
        path = out / f"{start:05d}.parquet"
        if path.exists():
            continue
        some = texts[start:start + PART]
        found = rows(model, data.special, some, [sample(t, pieces, glue=False) for t in some])
        draft = path.with_suffix(".tmp")
        pq.write_table(pa.Table.from_pylist(list(found), SCHEMA), draft, compression="zstd")
        draft.rename(path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, default=RUNS / "e5-small-q4.bin")
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(options.encoder)
    data = load(options.corpora, encoder, RUNS / "cache")
    model = load_tagger(options.checkpoint, encoder, data.numbers)
    write(model, data, encoder, options.corpora, options.out)


if __name__ == "__main__":
    main()
