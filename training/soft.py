"""What teachers think of the raw news: `python training/soft.py OUT --teachers A/best.pt B/best.pt`.

Writes OUT/<number>.pt, each a batch of some raw texts with the mean of what the teachers believe (objective.Soft), which
`train_tagger.py --soft OUT` learns from; a part that is there is not made again, so a stopped run goes on.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from batch import moved
from flat import Corpus
from objective import believe
from start import there
from train_tagger import RUNS, load_tagger

TEXTS = 8           # of a part
SETS = ("train", "nerel", "events", "slavicner", "factrueval", "raw")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--bundle", type=Path, default=RUNS / "bundle" / "bundle.pkl.xz")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--parts", type=int, default=1_000_000)
    parser.add_argument("--of", type=int, default=1, help="processes that share the work")
    parser.add_argument("--number", type=int, default=0, help="of this process, from 0")
    o = parser.parse_args()
    torch.set_num_threads(1)
    corpus = Corpus(o.bundle, torch.device(o.device), without=SETS, later=True)
    models = [load_tagger(t, corpus) for t in map(there, o.teachers) if t]
    o.out.mkdir(parents=True, exist_ok=True)
    start, end = corpus.texts_of["raw"]
    texts = start + np.random.default_rng(0).permutation(end - start)
    for number in range(o.number, min(o.parts, len(texts) // TEXTS), o.of):
        path = o.out / f"{number:05d}.pt"
        if path.exists():
            continue
        own = texts[number * TEXTS:(number + 1) * TEXTS].tolist()
        for text in own:
            corpus.states.fill(int(corpus.texts[text]), int(corpus.texts[text + 1]))
        blocks = np.concatenate([corpus.blocks_of(t, t + 1) for t in own])
        batch = corpus.batch(blocks[np.argsort(corpus.block_cost[blocks], kind="stable")], everything=True)
        draft = path.with_suffix(".tmp")
        torch.save(moved((batch, believe(models, batch, corpus.vectors)), torch.device("cpu")), draft)
        draft.rename(path)
    corpus.close()


if __name__ == "__main__":
    main()
