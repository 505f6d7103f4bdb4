"""Nights broken on purpose: `python -m tests.torture.torture 200`.

A store of one night stands; the second night of a changed folder is broken at a random step of each phase: killed, asked to end,
the disk full, the disk failing, memory short, a worker killed. Then: `check` is clean, the snapshot that a reader opened before is
as it was, the next run completes, and its tables are byte for byte those of a night that nobody disturbed. A trial is a fork of a
process that has the models loaded, broken for real. Prints what came of it; ends with 1 at the first promise that is broken.
"""

import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from letopis.config import Config
from letopis.run.failures import FAILURES
from letopis.run.stop import Stopped
from letopis.store.snapshot import settled
from tests.conftest import night
from tests.run.made import make_corpus, write
from tests.run.same import answers_of, assert_sound, bytes_of, what_changed
from tests.run.steps import STAGES, Steps
from tests.torture import disks

FAULTS = ("SIGKILL", "SIGTERM", "ENOSPC", "EIO", "memory")
NEEDS = {"ENOSPC": "a mount of tmpfs", "EIO": "a C compiler", "memory": "a control group of memory"}
WORKER = "worker killed"              # beside the points: workers are processes of their own, in the phase of units only
CONFIG = Config(unit_characters=600)  # several units in a night of ten articles
UNFORESEEN = 70                       # exit code of a child whose run ended with what no sentence is made of


@dataclass(frozen=True, slots=True)
class Point:
    """A fault at a step of a phase."""

    fault: str
    phase: str
    step: int
    seed: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What every trial begins with and must end with."""

    root: Path                        # on the small disk, where there is one
    first: Path                       # store of the first night
    folder: Path                      # articles as they are in the second
    whole: Path                       # store of both nights, undisturbed
    steps: dict[str, int]             # of the second, by phase


class Breaking(Steps):
    """Steps at one of which something breaks."""

    def __init__(self, point: Point | None, root: Path) -> None:
        super().__init__((point.phase, point.step) if point else None)
        self.point, self.root = point, root

    def fault(self) -> None:
        """Break."""
        if self.point:
            BREAK[self.point.fault](self.root, random.Random(self.point.seed))


BREAK: dict[str, Callable[[Path, random.Random], None]] = {
    "SIGKILL": lambda root, rng: os.kill(os.getpid(), signal.SIGKILL),
    "SIGTERM": lambda root, rng: os.kill(os.getpid(), signal.SIGTERM),
    "ENOSPC": lambda root, rng: disks.fill(root, rng.choice((0, 4_096, 65_536))),
    "EIO": lambda root, rng: disks.arm(root, rng.randrange(4), rng.choice((1, 1, -1))),
    "memory": lambda root, rng: disks.starve(Path((root.parent / "bound").read_text()), rng.choice((1, 2, 4, 8)) << 20),
}


def second_night(folder: Path, out: Path, breaking: Breaking | None, workers: int = 1) -> str:
    """The second night in a child; gives how it ended: 'done', a signal, or the class of what failed."""
    said = Path(tempfile.gettempdir()) / f"torture-{os.getpid()}"
    child = os.fork()
    if child == 0:
        code = 0
        try:
            end = _run(folder, out, breaking, workers)
        except BaseException as error:
            end, code = f"{type(error).__name__}: {error}", UNFORESEEN
        said.write_text(end)
        os._exit(code)
    _, status = os.waitpid(child, 0)
    end = said.read_text() if said.exists() else ""
    said.unlink(missing_ok=True)
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    assert os.waitstatus_to_exitcode(status) == 0, f"the run ended with what no sentence is made of: {end}"
    return end


def _run(folder: Path, out: Path, breaking: Breaking | None, workers: int) -> str:
    if breaking:
        breaking.install()
    if workers > 1:
        threading.Thread(target=_kill_a_worker, args=(random.Random(str(out)),), daemon=True).start()
    try:
        night(folder, out, prune="all", config=CONFIG, workers=workers)
    except Stopped:
        return "Stopped"
    except FAILURES as error:
        return type(error).__name__
    return "done"


def _kill_a_worker(rng: random.Random) -> None:
    """As the kernel does where memory runs out: the largest child, after a while."""
    children: list[str] = []
    while not children:
        time.sleep(0.01)
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    time.sleep(rng.uniform(0, 6))
    alive = [c for c in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split() if Path(f"/proc/{c}/statm").exists()]
    if alive:
        os.kill(int(max(alive, key=lambda c: int(Path(f"/proc/{c}/statm").read_text().split()[1]))), signal.SIGKILL)


def prepare(root: Path) -> Stage:
    """One night over 24 articles, and the folder of the next: eight more, one changed, one gone, one renamed."""
    folder = make_corpus(root / "corpus", 24)
    night(folder, root / "first", config=CONFIG)
    assert_sound(root / "first")
    for number in range(24, 32):
        write(folder, number)
    write(folder, 3, edition=1)
    (folder / "0005.md").unlink()
    (folder / "0007.md").rename(folder / "renamed.md")
    shutil.copytree(root / "first", root / "counted", symlinks=True)
    shutil.copytree(root / "first", root / "whole", symlinks=True)
    assert second_night(folder, root / "whole", None) == "done"
    assert_sound(root / "whole")          # what equals it is sound, too
    return Stage(root, root / "first", folder, root / "whole", _counted(folder, root / "counted"))


def _counted(folder: Path, out: Path) -> dict[str, int]:
    """The steps of each phase."""
    read, written = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Breaking(None, out)
        steps.install()
        night(folder, out, prune="all", config=CONFIG)
        os.write(written, " ".join(str(steps.counts[s]) for s in STAGES).encode())
        os._exit(0)
    os.close(written)
    with os.fdopen(read) as counts:
        found = dict(zip(STAGES, map(int, counts.read().split()), strict=True))
    os.waitpid(child, 0)
    return found


def points(count: int, steps: dict[str, int], faults: tuple[str, ...]) -> list[Point]:
    """So many seeded points, every phase and every fault in its turn."""
    rng = random.Random(0)
    kinds = [(fault, phase) for phase in STAGES for fault in faults]
    chosen = [kinds[i % len(kinds)] for i in range(count)]
    return [Point(fault, phase, rng.randint(1, steps[phase]), rng.randrange(1 << 30)) for fault, phase in chosen]


def trial(stage: Stage, point: Point) -> str:
    """Break a night, look, do the next, look again; gives how the broken one ended."""
    out = stage.root / "trial" / "out"
    shutil.copytree(stage.first, out, symlinks=True)
    opened = settled(out)
    before = contents(opened)
    if point.fault == WORKER:
        end = second_night(stage.folder, out, None, workers=2)
    else:
        end = second_night(stage.folder, out, Breaking(point, stage.root))
    disks.relieve(stage.root)
    assert contents(opened) == before, "the snapshot that a reader had opened was changed"
    if settled(out) != opened:            # else `check` has seen these very bytes
        assert_sound(out)
    assert second_night(stage.folder, out, None) == "done", "the next run did not complete"
    assert bytes_of(out) == bytes_of(stage.whole), "the tables differ from an undisturbed night's"
    assert what_changed(out) == what_changed(stage.whole), "the changes told differ"
    assert answers_of(out) == answers_of(stage.whole), "the answers kept differ"
    left = [*(out / "snapshots").glob(".*"), *(out / ".units").glob(".*"), *out.glob(".spill")]
    assert not left, f"something half written is left: {left}"
    shutil.rmtree(stage.root / "trial")
    return end


def contents(snapshot: Path) -> dict[str, str]:
    """Digest of every file that a reader of a snapshot may open."""
    return {str(p.relative_to(snapshot)): hashlib.sha256(p.read_bytes()).hexdigest() for p in snapshot.rglob("*") if p.is_file()}


def torture(count: int, root: Path, faults: tuple[str, ...], workers: int, every: int = 1) -> Counter[tuple[str, str, str]]:
    """(fault, phase, how the night ended) of so many trials or every n-th, and of `workers` more that kill a worker."""
    stage = prepare(root)
    ends: Counter[tuple[str, str, str]] = Counter()
    killed = [Point(WORKER, "units", 0, i) for i in range(workers)]
    for number, point in enumerate([*points(count, stage.steps, faults)[::every], *killed], start=1):
        start = time.perf_counter()
        try:
            end = trial(stage, point)
        except AssertionError as error:
            raise SystemExit(f"BROKEN  {point}: {error}") from error
        ends[point.fault, point.phase, end] += 1
        sys.stdout.write(f"ok  {number:4} {point.fault} in {point.phase} at step {point.step}: {end}  "
                         f"({time.perf_counter() - start:.1f} s)\n")
        sys.stdout.flush()
    return ends


def tell(ends: Counter[tuple[str, str, str]], seconds: float) -> Iterable[str]:
    """The figures as lines of a table."""
    yield f"{sum(ends.values())} nights broken in {seconds:.0f} s; every one mended by the next run\n"
    for fault in dict.fromkeys(f for f, _, _ in ends):
        phases = {p: sum(n for (f, q, _), n in ends.items() if (f, q) == (fault, p)) for p in STAGES}
        ways = Counter({e: sum(n for (f, _, w), n in ends.items() if (f, w) == (fault, e)) for _, _, e in ends})
        told = ", ".join(f"{end} {n}" for end, n in ways.most_common() if n)
        yield f"| {fault} | {' | '.join(str(phases[p]) for p in STAGES)} | {told} |\n"


def main(count: int, workers: int = 6, every: int = 1) -> None:
    """All of it; what this machine refuses is left out and said so."""
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(os.environ.get(disks.LOADED, temporary))
        layered = disks.with_layer(here, "tests.torture.torture")
        mounted = disks.small_disk(here / "disk")
        bound = disks.memory_group()
        (here / "bound").write_text(str(bound))
        missing = {"ENOSPC": not mounted, "EIO": not layered, "memory": bound is None}
        faults = tuple(f for f in FAULTS if not missing.get(f))
        sys.stdout.writelines(f"{f} is left out: {NEEDS[f]} is not to be had here\n" for f in FAULTS if f not in faults)
        try:
            start = time.perf_counter()
            ends = torture(count, here / "disk", faults, workers, every)
            sys.stdout.writelines(tell(ends, time.perf_counter() - start))
        finally:
            if bound:
                bound.parent.rmdir()
            if mounted:
                disks.unmount(here / "disk")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
