"""Let E5 read the news before it is taught: `python training/adapt.py NAME` fills in hidden pieces of all texts but those held out.

Leaves training/runs/NAME/adapted.pt, which `train_tagger.py --adapted` begins with; last.pt to go on from, every ten minutes.
"""

import argparse
import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from batch import moved
from flat import Corpus
from network import E5, Guess
from start import place_e5

RUNS = Path(__file__).with_name("runs")
SETS = ("train", "nerel", "events", "slavicner", "factrueval", "raw")
HIDDEN = 0.2        # of the pieces are guessed
SAVE_EVERY = 600.0  # seconds
REPORT_EVERY = 100  # steps
AHEAD = 8           # batches
WARM_UP, FLOOR = 0.03, 0.02


@dataclass(slots=True)
class Reading:
    """E5 as it reads."""

    e5: E5
    guess: Guess
    optimizer: torch.optim.Optimizer
    rate: float
    step: int = 0
    spent: float = 0.0                  # seconds
    lost: list[Tensor] = field(default_factory=list)

    def learn(self, given: tuple[Tensor, ...], done: float) -> None:
        """From one batch: pieces, mask, where one is guessed, where one is hidden; `done` is the share of the run."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * min(1.0, done / WARM_UP + 1e-3) * max(FLOOR, 1 - done)
        pieces, mask, guessed, hidden = given
        words = self.e5.word(pieces).flatten(0, 1).index_put((hidden,), self.guess.hidden)
        states = self.e5.encode(words.view(*pieces.shape, -1), mask).flatten(0, 1)[guessed]
        with torch.autocast(pieces.device.type, torch.bfloat16):
            found = self.guess(states, self.e5.word.weight)
        loss = F.cross_entropy(found.float(), pieces.flatten()[guessed])
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for group in self.optimizer.param_groups for p in group["params"]], 1.0)
        self.optimizer.step()
        self.step += 1
        self.lost.append(loss.detach())

    def save(self, path: Path) -> None:
        """All that going on needs."""
        torch.save({"e5": self.e5.state_dict(), "guess": self.guess.state_dict(), "optimizer": self.optimizer.state_dict(),
                    "step": self.step, "seconds": self.spent}, path)

    def resume(self, path: Path) -> None:
        """What `save` wrote."""
        state = torch.load(path, weights_only=False, map_location=next(self.e5.parameters()).device)
        self.e5.load_state_dict(state["e5"])
        self.guess.load_state_dict(state["guess"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent = state["step"], state["seconds"]


def batches(corpus: Corpus, size: int, seed: int, step: int) -> Iterator[Any]:
    """Epoch after epoch from a step on, some of them cut ahead."""
    blocks = np.concatenate([corpus.sets["train"], corpus.sets["raw"]])
    count = len(corpus.epoch(blocks, size, f"{seed}/0"))
    asked: deque[Any] = deque()
    while True:
        epoch, place = divmod(step, count)
        parts = corpus.epoch(blocks, size, f"{seed}/{epoch}")
        for n, part in enumerate(parts[place:], place):
            asked.append(corpus.ask("hidden", part, HIDDEN, 1000 * epoch + n))
            if len(asked) == AHEAD:
                yield asked.popleft()()
        step = (epoch + 1) * count


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--bundle", type=Path, default=RUNS / "bundle" / "bundle.pkl.xz")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--until", type=Path, help="file with the time by which to stop, in seconds since 1970")
    parser.add_argument("--size", type=int, default=16000, help="pieces of a batch")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=0)
    o = parser.parse_args()
    torch.manual_seed(o.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    folder = RUNS / o.name
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(o.bundle, torch.device(o.device), without=SETS)
    count = len(corpus.numbers)
    e5, guess = E5(count, o.layers).to(corpus.device), Guess(count).to(corpus.device)
    place_e5(e5, corpus, None)
    guess.hidden.data.copy_(e5.word.weight.data.mean(0))
    parameters = [*e5.parameters(), *guess.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=o.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=o.device == "cuda")
    run = Reading(e5, guess, optimizer, o.rate)
    if (folder / "last.pt").exists():
        run.resume(folder / "last.pt")
    begun = saved = time.monotonic()
    before = run.spent
    seconds = float(o.until.read_text()) - time.time() + before if o.until else float("inf")
    for given in batches(corpus, o.size, o.seed, run.step):
        done = max(run.step / o.steps, run.spent / seconds)
        if done >= 1:
            break
        run.learn(moved(given, corpus.device), done)
        run.spent = before + time.monotonic() - begun
        if run.step % REPORT_EVERY == 0:
            line = {"step": run.step, "seconds": round(run.spent, 1), "loss": round(float(torch.stack(run.lost).mean()), 4)}
            with (folder / "log.jsonl").open("a", encoding="utf-8") as f:
                f.write(json.dumps(line) + "\n")
            run.lost.clear()
        if time.monotonic() - saved > SAVE_EVERY:
            saved = time.monotonic()
            run.save(folder / "last.pt")
    draft = folder / "adapted.tmp"
    torch.save({"e5": {n: p.half().cpu() for n, p in e5.state_dict().items()}, "steps": run.step}, draft)
    draft.rename(folder / "adapted.pt")
    corpus.close()


if __name__ == "__main__":
    main()
