"""Whether the run time decides as the trained model: `python training/check_export.py CHECKPOINT FILE.npz`.

Both read SENTENCES sentences of the raw news, whole documents, cut into sentences and words the same way; the model's
parameters are rounded as in the file, and each event is typed by itself. Prints how many decisions there were and those that
differ: spans and types of each layer, triggers, their likeliest type and realis, what joins spans. Exit code 1 if any does.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import bundle
import vocabulary
from batch import Batch, Pairs, joinable
from corpora import Text, digest, read_raw
from decode import probabilities, triggers
from development import nested_spans
from flat import LAYERS, PAIRS, Corpus
from letopis.encoder import load, slovnet
from letopis.encoder.tagger import tag, tagging
from letopis.encoder.tagger.tagging import THRESHOLD
from letopis.encoder.tagger.tokens import split as fine
from letopis.encoder.tagger.weights import Weights, weights_of
from network import Tagger
from start import load_average
from subwords import Encoder, shipped
from tokens import split, words
from train_tagger import load_tagger

RUNS = Path(__file__).with_name("runs")
SENTENCES = 2000
Decision = tuple[str, int, int, str]
NAMES = tuple(n for n in LAYERS if n != "arguments")


def bundled(texts: list[Text], encoder: Encoder, pieces: tuple) -> Corpus:
    """The texts as training reads them."""
    numbers, kept = pieces
    own = bundle.Bundle(kept, {}, {})
    for text in texts:
        own.add(text, glue=False)
    return Corpus(bundle.arrays(own, encoder, numbers, {"raw": (0, len(texts))}), torch.device("cpu"))


@torch.no_grad()
def trained(model: Tagger, corpus: Corpus, bounds: np.ndarray) -> list[set[Decision]]:
    """The model's decisions by text; `bounds` are the characters of all tokens."""
    found: list[set[Decision]] = [set() for _ in corpus.texts[:-1]]
    blocks = corpus.sets["raw"]
    for part in corpus.pack(blocks, 2000):
        batch = corpus.batch(part, everything=True)
        sentence = np.searchsorted(corpus.first, batch.host.tokens, side="right") - 1
        text = np.searchsorted(corpus.texts, sentence, side="right") - 1
        at = bounds[batch.host.tokens]
        for token, kind, i, j, label in _decided(model, corpus, batch):
            found[text[token]].add((kind, int(at[i, 0]), int(at[j, 1]), label(at)))
    return found


def _decided(model: Tagger, corpus: Corpus, batch: Batch) -> Iterator[tuple]:
    states = model(batch, corpus.vectors)
    spans = {layer: nested_spans([model], [states], batch, layer) for layer in LAYERS}
    for layer, own in spans.items():
        yield from ((i, layer, i, j, _named(corpus.labels[layer][kind])) for i, j, kind in own)
    p = torch.softmax(model.triggers(states, batch.ahead), dim=1).clamp(min=1e-30).log().numpy()
    first = batch.host.first
    events = [(a + i, a + j) for a, b in pairwise(first.tolist()) for i, j, *_ in triggers(p[a:b], THRESHOLD)]
    types, realis = model.kinds(states, torch.tensor(events, dtype=torch.int64).reshape(-1, 2))
    for (i, j), t, r in zip(events, _likeliest(types), _likeliest(realis), strict=True):
        yield i, "events", i, j, _named(f"{corpus.labels['types'][t]} {corpus.labels['realis'][r]}")
    sides = {"triggers": [(i, j, 0) for i, j in events], **{n: spans[n] for n in ("nerel", "arguments")}}
    for name, (one, two, _) in PAIRS.items():
        pairs = _pairs(batch, sides[one], sides[two], same=one == two)
        scores = getattr(model, name)(states, pairs.ones, pairs.twos, pairs.pairs)
        for (a, b), kind in zip(pairs.pairs.tolist(), _likeliest(scores), strict=True):
            if kind:
                (i, j, _), (k, m, _) = sides[one][a], sides[two][b]
                yield i, name, i, j, _joined(k, m, corpus.labels[name][kind - 1])


def _likeliest(scores: Tensor) -> list[int]:
    found: list[int] = probabilities(scores.numpy()).argmax(axis=1).tolist()
    return found


def _named(label: str):
    return lambda _: label


def _joined(first: int, last: int, label: str):
    return lambda at: f"{label} {at[first, 0]} {at[last, 1]}"


def _pairs(batch: Batch, ones: list, twos: list, *, same: bool) -> Pairs:
    one, two = (np.array(x, np.int64).reshape(-1, 3) for x in (ones, twos))
    sentence = batch.sentence.numpy()
    pairs = joinable(sentence[one[:, 0]], sentence[two[:, 0]], same=same)
    tensors: list[Tensor] = [torch.from_numpy(x) for x in (one, two, pairs)]
    return Pairs(*tensors, tensors[2][:, 0])


def run(weights: Weights, text: Text) -> Iterator[Decision]:
    """The run time's."""
    own = words(text.text, split(text.text))
    states = slovnet.tag(load(), own, states=True).states
    tags = tag((weights,), own, np.zeros(len(own.first) - 1, np.int32), states, layers=NAMES)
    for layer, names in {**tags.names, "arguments": tags.arguments}.items():
        yield from ((layer, n.start, n.end, n.type) for n in names)
    for t, kind in zip(tags.triggers, tags.kinds, strict=True):
        yield "events", t.start, t.end, f"{kind.types[0][0]} {kind.realis[0][0]}"
    for name, links, ones, twos in (
        ("roles", tags.roles, tags.triggers, tags.arguments),
        ("relations", tags.relations, tags.names["nerel"], tags.names["nerel"]),
    ):
        for x in links:
            a, b = ones[x.one], twos[x.two]
            yield name, a.start, a.end, f"{x.label} {b.start} {b.end}"


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
    o = parser.parse_args()
    torch.set_num_threads(1)
    tagging.COMPANY = 0.0       # what other events say of an event comes after the model
    encoder = Encoder(o.encoder)
    texts = list(_texts(o.corpora))
    corpus = bundled(texts, encoder, vocabulary.load(encoder, [], RUNS / "cache" / "pieces.json"))
    model = load_tagger(o.checkpoint, corpus)
    load_average(model, o.file)
    with np.load(o.file) as file:
        weights = weights_of({name: file[name] for name in file.files})
    tokens = [fine(words(t.text, split(t.text))) for t in texts]
    bounds = np.concatenate([np.stack([t.start, t.end], axis=1) for t in tokens])
    count, differing = 0, []
    for text, mine in zip(texts, trained(model, corpus, bounds), strict=True):
        theirs = set(run(weights, text))
        count += len(mine)
        differing += [f"{text.id}\tmodel only\t{d}" for d in sorted(mine - theirs)]
        differing += [f"{text.id}\trun time only\t{d}" for d in sorted(theirs - mine)]
    said = f"{len(differing)} of {count} decisions differ on {len(texts)} documents"
    sys.stdout.write("\n".join([*islice(differing, 50), said]) + "\n")
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
