"""Train a tagger: `python training/train_tagger.py NAME --bundle runs/bundle/bundle.pkl.xz`; the same command resumes.

Learns from gold; with --soft also from what teachers believe of raw news (soft.py). Everything a run leaves is under
training/runs/NAME: log.jsonl (one line a report), last.pt (the state to go on from, every ten minutes) and best.pt (the averaged
weights at the end). A run that is stopped goes on from last.pt: optimizer, schedule, averages, random numbers, place in the epoch.
A file that another command has still to write is waited for.
"""

import argparse
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from batch import Batch, moved
from development import scores
from flat import Corpus, Vectors
from network import Shape, Tagger
from objective import Soft, gold_losses, soft_losses, total
from start import WAIT, load_average, place_e5, read, there

RUNS = Path(__file__).with_name("runs")
SAVE_EVERY = 600.0  # seconds
REPORT_EVERY = 100  # steps
WARM_UP = 0.05      # of all steps
AHEAD = 8           # batches
FLOOR = 0.01        # of the rate, at the end
CLIP = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is: all that its result depends on besides the data."""

    shape: Shape
    steps: int
    seed: int
    size: int = 2000            # pieces of a batch of gold
    soft: int = 0               # parts of raw news with what teachers believe that a step learns from
    rate: float = 1e-3          # of all but E5
    e5_rate: float = 2e-4       # of E5's last layer
    e5_decay: float = 0.9       # from each layer to the one below
    average: float = 0.998


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    step: int = 0
    seconds: float = 0.0
    sums: Counter[str] = field(default_factory=Counter)


class Run:
    """A model in training."""

    def __init__(self, plan: Plan, folder: Path, corpus: Corpus, soft: Path | None) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.folder, self.corpus = plan, folder, corpus
        self.model = Tagger(plan.shape, corpus.labels, len(corpus.numbers)).to(corpus.device)
        self.progress = Progress()
        self.parts = Parts(soft, corpus.device, plan.seed) if soft else None

    def begin(self, start: Path | None, adapted: Path | None) -> None:
        """Initial weights, then the optimizer over all that learns."""
        if self.model.e5 is not None:
            place_e5(self.model.e5, self.corpus, adapted)
            self.model.e5.word.requires_grad_(False)
        if start:
            load_average(self.model, start)
        named = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        fused = self.corpus.device.type == "cuda"
        self.optimizer = torch.optim.AdamW(_groups(named, self.plan), betas=(0.9, 0.98), weight_decay=0.01, fused=fused)
        self.average = {n: p.detach().clone() for n, p in named}
        self.own = [p for _, p in named]

    def train(self, seconds: float, until: Path | None = None) -> None:
        """Go on to the last step, or until the time is up; the rate falls to its end either way."""
        self.clock = self.saved = time.monotonic()
        began, most = time.time() - self.progress.seconds, seconds
        self.gold = Gold(self.corpus, self.plan, self.progress.step)
        self.model.train()
        while self.progress.step < self.plan.steps and self._elapsed() < seconds:
            if until:
                seconds = min(most, max(float(until.read_text()) - began, 1.0))
            found = self._step(max(self.progress.step / self.plan.steps, self._elapsed() / seconds))
            self.progress.sums.update({name: loss.detach() for name, loss in found.items()})
            self.progress.step += 1
            if self.progress.step % REPORT_EVERY == 0:
                sums = {n: round(float(s) / REPORT_EVERY, 4) for n, s in sorted(self.progress.sums.items())}
                self.report(of=self.plan.steps, seconds=round(self._elapsed(), 1), **sums)
                self.progress.sums.clear()
            if time.monotonic() - self.saved > SAVE_EVERY:
                self.save()
        self.save()

    def finish(self, *, scored: bool = True) -> None:
        """Write the averaged weights, best.pt, then score them."""
        self.model.load_state_dict(self.average, strict=False)
        weights = {n: p.half().cpu() if p.is_floating_point() else p.cpu() for n, p in self.model.state_dict().items()}
        state = {"plan": asdict(self.plan), "average": weights, "steps": self.progress.step, "labels": self.corpus.labels}
        _write(state | {"numbers": self.corpus.numbers.tolist()}, self.folder / "best.pt")
        if scored:
            self.report(dev=scores([self.model], self.corpus), seconds=round(self.progress.seconds, 1))
        self.corpus.close()

    def save(self) -> None:
        """Write last.pt, whole or not at all."""
        self.progress.seconds = self._elapsed()
        self.clock = self.saved = time.monotonic()
        state = {
            "plan": asdict(self.plan), "model": self.model.state_dict(), "average": self.average,
            "optimizer": self.optimizer.state_dict(), "random": torch.get_rng_state(),
            "step": self.progress.step, "seconds": self.progress.seconds,
        }
        _write(state, self.folder / "last.pt")

    def resume(self) -> None:
        """Take up last.pt, if there is one."""
        path = self.folder / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False, map_location=self.corpus.device)
        if state["plan"] != asdict(self.plan):
            raise SystemExit(f"{path} is of another plan: {state['plan']}")
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.progress = Progress(state["step"], state["seconds"])
        self.report(resumed=True)

    def report(self, **what: Any) -> None:
        """Add a line to log.jsonl."""
        line = {"time": time.strftime("%H:%M:%S"), "step": self.progress.step, **what}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as f:
            f.write(json.dumps(line) + "\n")

    def _elapsed(self) -> float:
        return self.progress.seconds + time.monotonic() - self.clock

    def _step(self, done: float) -> dict[str, Tensor]:
        factor = min(1.0, done / WARM_UP + 1e-3) * max(FLOOR, 1 - done)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        self.optimizer.zero_grad()
        found = gold_losses(self.model, self.gold.take(), self.corpus.vectors)
        total(found).backward()
        for n in range(self.plan.soft if self.parts else 0):
            believed = soft_losses(self.model, *self.parts.take(self.progress.step * self.plan.soft + n, self.corpus.vectors))
            (total(believed) / self.plan.soft).backward()
            found |= {f"raw.{n}": loss for n, loss in believed.items()}
        nn.utils.clip_grad_norm_(self.own, CLIP)
        self.optimizer.step()
        self._blend()
        return found

    @torch.no_grad()
    def _blend(self) -> None:
        step = self.progress.step
        share = 1 - min(self.plan.average, (1 + step) / (10 + step))
        torch._foreach_lerp_(list(self.average.values()), self.own, share)


class Gold:
    """Batches of the training texts, epoch after epoch, some of them cut ahead."""

    def __init__(self, corpus: Corpus, plan: Plan, step: int) -> None:
        self.corpus, self.plan, self.step = corpus, plan, step
        self.epochs: dict[int, list[Any]] = {}
        self.count = len(self._epoch(0))
        self.asked: deque[Callable[[], Batch]] = deque()

    def take(self) -> Batch:
        """The next."""
        while len(self.asked) < AHEAD:
            epoch, place = divmod(self.step, self.count)
            batches = self._epoch(epoch)
            self.asked.append(self.corpus.ask("cut", batches[place % len(batches)]))
            self.step += 1
        return self.corpus.place(self.asked.popleft()())

    def _epoch(self, epoch: int) -> list[Any]:
        if epoch not in self.epochs:
            self.epochs = {epoch: self.corpus.epoch(self.corpus.sets["train"], self.plan.size, f"{self.plan.seed}/{epoch}")}
        return self.epochs[epoch]


class Parts:
    """What soft.py wrote, part by part: each once an epoch, in an order of the epoch's own; those written meanwhile later."""

    def __init__(self, folder: Path, device: torch.device, seed: int) -> None:
        self.folder, self.device, self.seed = folder, device, seed
        self.order: list[Path] = []
        self.begun = self.epoch = 0
        self.loaded: dict[Path, tuple[Batch, Soft]] = {}

    def wait(self) -> None:
        """Until there is one."""
        while not next(self.folder.glob("*.pt"), None):
            time.sleep(WAIT)

    def take(self, turn: int, vectors: Vectors) -> tuple[Batch, Vectors, Soft]:
        """What step after step learns from."""
        if turn - self.begun >= len(self.order):
            paths = sorted(self.folder.glob("*.pt"))
            order = np.random.default_rng([self.seed, self.epoch]).permutation(len(paths))
            self.order, self.begun, self.epoch = [paths[i] for i in order], turn, self.epoch + 1
        batch, soft = self._load(self.order[turn - self.begun])
        return batch, vectors, soft

    def _load(self, path: Path) -> tuple[Batch, Soft]:
        if path in self.loaded:
            return self.loaded[path]
        found: tuple[Batch, Soft] = moved(torch.load(path, weights_only=False, map_location="cpu"), self.device)
        if self.device.type != "cpu":
            self.loaded[path] = found
        return found


def _groups(named: list[tuple[str, nn.Parameter]], plan: Plan) -> list[dict[str, Any]]:
    """Parameters with their peak rates: lower layers of E5 move less."""
    layers = plan.shape.layers
    rates: dict[float, list[Tensor]] = {}
    for name, p in named:
        depth = int(name.split(".")[2]) if name.startswith("e5.layers.") else -1
        rate = plan.e5_rate * plan.e5_decay ** (layers - 1 - depth) if name.startswith("e5.") else plan.rate
        rates.setdefault(rate, []).append(p)
    return [{"params": params, "peak": rate, "lr": rate} for rate, params in rates.items()]


def _write(state: dict[str, Any], path: Path) -> None:
    draft = path.with_suffix(".tmp")
    torch.save(state, draft)
    draft.rename(path)


def load_tagger(path: Path, corpus: Corpus) -> Tagger:
    """The averaged weights of a run or of a shipped file, ready to predict."""
    state = read(path)
    model = Tagger(Shape(**state["plan"]["shape"]), corpus.labels, len(corpus.numbers)).to(corpus.device)
    model.load_state_dict({n: p.float() if p.is_floating_point() else p for n, p in state["average"].items()})
    return model.eval()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--bundle", type=Path, default=RUNS / "bundle" / "bundle.pkl.xz")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop then at the latest, the rate having fallen")
    parser.add_argument("--until", type=Path, help="file with the time by which to stop, in seconds since 1970; it may change")
    parser.add_argument("--quick", action="store_true", help="no development scores")
    parser.add_argument("--layers", type=int, default=6, help="of E5; 0 for the fast model")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--span", type=int, default=160)
    parser.add_argument("--pair", type=int, default=128)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--e5-rate", type=float, default=2e-4)
    parser.add_argument("--size", type=int, default=2000, help="pieces of a batch of gold")
    parser.add_argument("--soft", type=Path, help="folder that soft.py wrote, or is still writing")
    parser.add_argument("--parts", type=int, default=1, help="parts of it that a step learns from")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="a checkpoint to begin with")
    parser.add_argument("--adapted", type=Path, help="E5 that has read the news (adapt.py)")
    o = parser.parse_args()
    if o.device == "cpu":
        torch.set_num_threads(1)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    folder = RUNS / o.name
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(o.bundle, torch.device(o.device), without=("raw",))
    shape = Shape(layers=o.layers, hidden=o.hidden, span=o.span, pair=o.pair)
    plan = Plan(shape, o.steps, o.seed, o.size, o.parts if o.soft else 0, o.rate, o.e5_rate)
    run = Run(plan, folder, corpus, o.soft)
    run.report(loaded=True)
    run.begin(there(o.start), there(o.adapted))
    run.resume()
    if run.parts:
        run.parts.wait()
    run.train(o.seconds, o.until)
    run.finish(scored=not o.quick)


if __name__ == "__main__":
    main()
