"""What teachers think of the raw news: `python training/soft_labels.py CHECKPOINT... OUT --corpora ../shared/corpora`.

Writes one Parquet file for every PART texts, a part that is there already is not made again, so a stopped run goes on.
One row is one span the teachers doubt or believe: layer (a layer of names, or 'triggers'), first and last token, its
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
from predict import Owners, Special, sentence_batches
from samples import Sample, sample
from splits import development
from subwords import Encoder, kept, shipped

RUNS = Path(__file__).with_name("runs")
PART = 200          # texts of a file
LEAST = 0.02        # probability of a span that is written down
TOP = 4             # classes of a span
SCHEMA = pa.schema([
    ("source", pa.string()), ("id", pa.string()), ("layer", pa.string()), ("first", pa.int32()), ("last", pa.int32()),
    ("classes", pa.list_(pa.int8())), ("probabilities", pa.list_(pa.float32())), ("realis", pa.list_(pa.float32())),
])


def rows(models: list[Tagger], special: Special, texts: list[Text], samples: list[Sample]) -> Iterator[dict[str, Any]]:
    """The rows of some texts: probabilities are the means of the models'."""
    for owners, batch in sentence_batches(special, samples):
        states = [(m, m(batch)) for m in models]
        lengths = np.diff(batch.first).tolist()
        for name in LAYER_TYPES:
            scored = zip(*(m.spans[name](s, lengths) for m, s in states), strict=True)
            for owner, scores in zip(owners, scored, strict=True):
                yield from _named(texts, owner, name, _mean([softmax(s.numpy(), axis=1) for s in scores]))
        yield from _triggers(states, texts, (owners, batch.first))


def _mean(likely: list[Floats]) -> Floats:
    return np.mean(likely, axis=0)


def _named(texts: list[Text], owner: tuple[int, int], name: str, p: Floats) -> Iterator[dict[str, Any]]:
    number, start = owner
    for i, j in zip(*np.nonzero(np.triu(1 - p[:, 0] > LEAST)), strict=True):
        row = {"layer": name, "first": start + int(i), "last": start + int(j), "realis": None}
        yield _key(texts[number]) | row | _top(p[i, 1:, j], 1.0)


def _triggers(
    models: list[tuple[Tagger, torch.Tensor]], texts: list[Text], part: tuple[Owners, list[int]]
) -> Iterator[dict[str, Any]]:
    owners, bounds = part
    p = _mean([softmax(m.triggers(s, bounds).numpy(), axis=1) for m, s in models])
    starts, lengths = np.nonzero(p[:, 1:] > LEAST)
    ends = torch.from_numpy(starts), torch.from_numpy(starts + lengths)
    kinds = [m.kinds(s, *ends) for m, s in models]
    types, realis = (_mean([softmax(k[n].numpy(), axis=1) for k in kinds]) for n in (0, 1))
    sentences = np.searchsorted(bounds, starts, side="right") - 1
    for n, (a, length, s) in enumerate(zip(starts.tolist(), lengths.tolist(), sentences.tolist(), strict=True)):
        number, start = owners[s]
        first = start + a - bounds[s]
        row = {"layer": "triggers", "first": first, "last": first + length, "realis": realis[n].tolist()}
        yield _key(texts[number]) | row | _top(types[n] / np.sort(types[n])[-TOP:].sum(), float(p[a, 1 + length]))


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
def write(models: list[Tagger], data: Data, encoder: Encoder, corpora: Path, out: Path, *, every: tuple[int, int]) -> None:
    """Write all parts that aren't there; `every` (2, 1) writes every second part from the second on."""
    pieces = kept(encoder, data.numbers)
    texts = raw_texts(corpora)
    out.mkdir(parents=True, exist_ok=True)
    for start in range(every[1] * PART, len(texts), every[0] * PART):
        path = out / f"{start:05d}.parquet"
        if path.exists():
            continue
        some = texts[start:start + PART]
        found = rows(models, data.special, some, [sample(t, pieces, glue=False) for t in some])
        draft = path.with_suffix(".tmp")
        pq.write_table(pa.Table.from_pylist(list(found), SCHEMA), draft, compression="zstd")
        draft.rename(path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, default=shipped())
    parser.add_argument("--of", type=int, default=1, help="processes that share the work")
    parser.add_argument("--number", type=int, default=0, help="of this process, from 0")
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(options.encoder)
    data = load(options.corpora, encoder, RUNS / "cache")
    models = [load_tagger(c, encoder, data.numbers) for c in options.checkpoints]
    write(models, data, encoder, options.corpora, options.out, every=(options.of, options.number))


if __name__ == "__main__":
    main()
