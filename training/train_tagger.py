"""Train a tagger: `python training/train_tagger.py NAME --corpora ../shared/corpora`; the same command resumes.

Everything a run leaves is under training/runs/NAME: log.jsonl (one line a report), last.pt (the state to go on from, every
ten minutes and after each epoch) and best.pt (the averaged weights with the best development score). A run that is
stopped goes on from last.pt exactly: optimizer, schedule, averages, random numbers and the place in the epoch. Only the
number of epochs may differ from the first command's: the rate then falls to its end in what is left (the log says so).
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

import checkpoint
from batches import collate, epoch_order
from dataset import Data, load
from evaluate_tagger import follow
from features import navec
from losses import losses, total
from model import Shape, Tagger
from samples import Block, blocks
from soft_targets import read_soft
from subwords import Encoder, kept, shipped

RUNS = Path(__file__).with_name("runs")
SAVE_EVERY = 600.0  # seconds
REPORT_EVERY = 50   # steps
WARM_UP = 300       # steps
FLOOR = 0.02        # of the rate, at the end
CLIP = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is: all that its result depends on besides the data."""

    shape: Shape
    epochs: int
    seed: int
    size: int = 900             # pieces of a batch
    rate: float = 1e-3          # of all but E5
    e5_rate: float = 2e-4       # of E5's last layer
    e5_decay: float = 0.9       # from each layer to the one below
    average: float = 0.999
    soft: float = 0.0           # blocks with a teacher's labels in an epoch, as a multiple of the gold ones


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    epoch: int = 0
    batch: int = 0
    step: int = 0
    best: float = 0.0
    seconds: float = 0.0
    sums: Counter[str] = field(default_factory=Counter)


class Run:
    """A model in training."""

    def __init__(self, plan: Plan, folder: Path, data: Data, encoder: Encoder) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.folder, self.data = plan, folder, data
        self.samples = [*data.train, *data.soft]
        self.gold, self.soft = blocks(data.train), blocks(data.soft, first=len(data.train))
        self.model = Tagger(plan.shape, encoder, data.numbers, navec())
        self.optimizer = torch.optim.AdamW(_groups(self.model, plan), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.average = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self.progress = Progress()
        self.steps = plan.epochs * len(self._order(0))

    def train(self) -> None:
        """Go on to the last epoch."""
        self.clock = self.saved = time.monotonic()
        while self.progress.epoch < self.plan.epochs:
            self._epoch()
            self._develop()
            self.progress.epoch, self.progress.batch = self.progress.epoch + 1, 0
            self.save()

    def save(self) -> None:
        """Write last.pt, whole or not at all."""
        now = time.monotonic()
        self.progress.seconds += now - self.clock
        self.clock = self.saved = now
        state = {
            "plan": asdict(self.plan), "model": self.model.state_dict(), "average": self.average,
            "optimizer": self.optimizer.state_dict(), "random": torch.get_rng_state(),
            "progress": {f.name: getattr(self.progress, f.name) for f in fields(Progress)},
        }
        _write(state, self.folder / "last.pt")

    def resume(self) -> None:
        """Take up last.pt, if there is one."""
        path = self.folder / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False)
        if state["plan"] | {"epochs": self.plan.epochs} != asdict(self.plan):
            raise SystemExit(f"{path} is of another plan: {state['plan']}")
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        self.progress = Progress(**state["progress"])
        self.report(resumed=True, of=self.steps)

    def start(self, path: Path) -> None:
        """Begin with the averaged weights of another run of the same shape, or of a shipped file."""
        state = checkpoint.read(path)
        self.model.load_state_dict(state["average"], strict=False)
        self.average = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self.report(started_from=str(path))

    def report(self, **what: Any) -> None:
        """Add a line to log.jsonl."""
        p = self.progress
        line = {"time": time.strftime("%H:%M:%S"), "epoch": p.epoch, "batch": p.batch, "step": p.step, **what}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as f:
            f.write(json.dumps(line) + "\n")

    def _epoch(self) -> None:
        p = self.progress
        self.model.train()
        for part in self._order(p.epoch)[p.batch:]:
            found = self._step(collate(self.samples, part, self.data.special))
            p.sums.update({name: float(loss.detach()) for name, loss in found.items()})
            p.batch += 1
            p.step += 1
            if p.step % REPORT_EVERY == 0:
                self.report(of=self.steps, **{n: round(s / REPORT_EVERY, 4) for n, s in sorted(p.sums.items())})
                p.sums.clear()
            if time.monotonic() - self.saved > SAVE_EVERY:
                self.save()

    def _order(self, epoch: int) -> list[list[Block]]:
        """The batches of an epoch: all gold, and the next part of what the teacher labelled."""
        count = int(self.plan.soft * len(self.gold))
        turned = self.soft[(epoch * count) % max(len(self.soft), 1):] + self.soft
        return epoch_order(self.gold + turned[:count], self.plan.size, seed=self.plan.seed, epoch=epoch)

    def _step(self, batch: Any) -> dict[str, Tensor]:
        factor = _factor(self.progress.step, self.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        found = losses(self.model, batch)
        self.optimizer.zero_grad()
        total(found).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.optimizer.step()
        self._blend()
        return found

    @torch.no_grad()
    def _blend(self) -> None:
        step = self.progress.step
        share = 1 - min(self.plan.average, (1 + step) / (10 + step))
        current = [p for _, p in self.model.named_parameters()]
        torch._foreach_lerp_(list(self.average.values()), current, share)

    def _develop(self) -> None:
        current = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self.model.load_state_dict(self.average, strict=False)
        found = follow(self.model, self.data.special, self.data.dev)
        self.report(dev={name: round(value, 4) for name, value in found.items()})
        score = found["nerel"] + found["events"]
        if score > self.progress.best:
            self.progress.best = score
            weights = {"plan": asdict(self.plan), "average": self.average, "dev": found}
            _write(weights, self.folder / "best.pt")
        self.model.load_state_dict(current, strict=False)


def _groups(model: Tagger, plan: Plan) -> list[dict[str, Any]]:
    """Parameters with their peak rates: lower layers of E5 move less."""
    layers = plan.shape.layers
    rates: dict[float, list[Tensor]] = {}
    for name, p in model.named_parameters():
        depth = int(name.split(".")[2]) if name.startswith("e5.layers.") else -1
        rate = plan.e5_rate * plan.e5_decay ** (layers - 1 - depth) if name.startswith("e5.") else plan.rate
        rates.setdefault(rate, []).append(p)
    return [{"params": params, "peak": rate, "lr": rate} for rate, params in rates.items()]


def _factor(step: int, steps: int) -> float:
    """The rate as a part of its peak: up in a line, down in a line."""
    return min(1.0, (step + 1) / WARM_UP) * (1 - (1 - FLOOR) * step / steps)


def _write(state: dict[str, Any], path: Path) -> None:
    draft = path.with_suffix(".tmp")
    torch.save(state, draft)
    draft.rename(path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, default=shipped())
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--layers", type=int, default=6, help="of E5; 0 for the fast model")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--span", type=int, default=160)
    parser.add_argument("--lexicon", action="store_true", help="with data/lexicons/event_words.tsv")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--size", type=int, default=900, help="pieces of a batch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="a checkpoint to begin with")
    parser.add_argument("--soft", type=Path, help="folder that soft_labels.py wrote")
    parser.add_argument("--share", type=float, default=1.0, help="soft blocks of an epoch, as a multiple of the gold ones")
    options = parser.parse_args()
    torch.set_num_threads(1)
    folder = RUNS / options.name
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(options.encoder)
    data = load(options.corpora, encoder, RUNS / "cache")
    if options.soft:
        data = replace(data, soft=read_soft(options.soft, options.corpora, kept(encoder, data.numbers)))
    shape = Shape(layers=options.layers, hidden=options.hidden, span=options.span, lexicon=options.lexicon)
    share = options.share if options.soft else 0.0
    plan = Plan(shape, options.epochs, options.seed, size=options.size, rate=options.rate, soft=share)
    run = Run(plan, folder, data, encoder)
    if options.start and not (folder / "last.pt").exists():
        run.start(options.start)
    run.resume()
    run.train()


if __name__ == "__main__":
    main()
