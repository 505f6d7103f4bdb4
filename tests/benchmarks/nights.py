"""A rehearsal of nights on a folder of articles: `python -m tests.benchmarks.nights FOLDER [NIGHTS]`.

Prints what a second run costs against the first, which months one added, one changed and one removed document rewrite, what
resolution computes and takes for one file more, and whether ten nights of a growing and changing folder, some of them killed on
the way, end with the tables of one clean run; `check` after every night. Ends with 1 if a promise is broken.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from letopis.config import Config
from letopis.resolve import resolve
from letopis.run.night import MANIFEST, run_night
from letopis.run.publication import basis
from letopis.run.request import Prune, Request, Run
from letopis.store.blocks import Answers, newest
from letopis.store.check import check
from letopis.store.corpus import Corpus
from letopis.store.manifest import Manifest
from letopis.store.snapshot import settled
from tests.run.same import bytes_of, table
from tests.run.steps import STAGES, Steps

NIGHTS = 10
KILLED = 0.3                          # share of nights that are killed on the way and done again
LATEST = 40                           # step of a phase at which one is killed; where there are fewer, it is not


def night(folder: Path, out: Path, prune: Prune = "all") -> tuple[Run, float]:
    """One run and its seconds; the tables are checked after it."""
    start = time.perf_counter()
    run = run_night(Request((folder,), out, Config(), prune=prune), lambda what, count: None)
    seconds = time.perf_counter() - start
    say(check(settled(out)) == [], f"check after {run.run_id}: {run.new} new, {run.changed} changed, {run.removed} removed")
    return run, seconds


def say(kept: bool, promise: str) -> None:
    """Print a promise and whether it was kept; a broken one ends the rehearsal."""
    sys.stdout.write(f"{'ok' if kept else 'BROKEN'}  {promise}\n")
    if not kept:
        raise SystemExit(1)


def second_run(folder: Path, out: Path) -> None:
    """The second run annotates nothing and takes less than a tenth of the first."""
    _, first = night(folder, out)
    again, second = night(folder, out)
    say(again.new + again.changed + (again.bytes_rewritten or 0) == 0, "a second run annotates nothing and rewrites nothing")
    say(second < first / 10, f"it takes {second / first:.3f} of the first ({second:.1f} of {first:.1f} s)")


def one_document(folder: Path, out: Path) -> None:
    """One added, one changed, one removed document rewrite their months only."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    kept = folder.parent / "kept"
    shutil.move(files[0], kept)
    rewritten(folder, out, "removing", files[0])
    shutil.move(kept, files[0])
    rewritten(folder, out, "adding", files[0])
    with files[1].open("a", encoding="utf-8") as file:
        file.write("\n\nОб этом сообщила пресс-служба.\n")
    rewritten(folder, out, "changing", files[1])


def rewritten(folder: Path, out: Path, what: str, file: Path) -> None:
    """Of the months, only that of the document is written anew, and those where an id followed: their rows differ, too."""
    before, documents = settled(out), table(out, "documents")
    night(folder, out)
    documents = documents if what == "removing" else table(out, "documents")
    month = documents.set_index("path").month[str(file.relative_to(folder))]
    now = settled(out)
    changed = {p.parent.name for p in now.glob("*/month=*/*.parquet") if not same_file(before / p.relative_to(now), p)}
    differing = {p.parent.name for p in now.glob("*/month=*/*.parquet") if not same_rows(before / p.relative_to(now), p)}
    say(changed <= differing | {f"month={month}"}, f"{what} a document of {month} rewrites {sorted(changed) or 'no month'}")


def same_file(old: Path, new: Path) -> bool:
    """Whether it is linked."""
    return old.exists() and old.samefile(new)


def same_rows(old: Path, new: Path) -> bool:
    """Whether the rows are equal."""
    return old.exists() and old.read_bytes() == new.read_bytes()


def one_file_more(folder: Path, out: Path) -> None:
    """Resolution computes the blocks of the new articles only, and gives what resolution of everything gives."""
    last = max((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    aside, kept = folder.parent / "aside", folder.parent / "kept.parquet"
    shutil.move(last, aside)
    night(folder, out)
    shutil.copy(newest(out) or out, kept)
    shutil.move(aside, last)
    night(folder, out)
    resolved(out, Answers())                           # dictionaries are read, names parsed: both of the next start alike
    whole, known = Answers(), Answers(kept, basis())
    (tables, full), (again, part) = resolved(out, whole), resolved(out, known)
    say(again == tables, "resolution from kept answers = resolution of everything, row for row")
    say(known.computed < whole.computed / 2, f"one file more computes {known.computed} blocks of {whole.computed}")
    sys.stdout.write(f"    it takes {part / full:.2f} of a full resolution ({part:.2f} of {full:.2f} s of processor time)\n")


def resolved(out: Path, answers: Answers) -> tuple[dict[str, pa.Table], float]:
    """The corpus-level tables of a store, and the seconds of processor time that they take."""
    manifest = Manifest(out / MANIFEST, rehearsal=True)
    corpus = Corpus(out, manifest.all())
    manifest.close()
    start = time.process_time()
    tables = resolve(corpus, answers)
    seconds = time.process_time() - start
    corpus.close()
    return tables, seconds


def many_nights(folder: Path, root: Path, count: int) -> None:
    """A folder that grows, changes and loses files for nights on end ends as one clean run of what is left."""
    rng, faults, killed = random.Random(0), random.Random(1), 0
    files = rng.sample(sorted(p for p in folder.rglob("*") if p.is_file()), k=len(list(folder.rglob("*.*"))))
    growing = root / "growing"
    growing.mkdir()
    for number in range(count):
        for file in files[number * len(files) // count:(number + 1) * len(files) // count]:
            shutil.copy(file, growing)
        EVENTS[number % len(EVENTS)](rng.choice(sorted(growing.iterdir())))
        if faults.random() < KILLED:
            killed += killed_night(growing, root / "nights", (faults.choice(STAGES), faults.randint(1, LATEST)))
        night(growing, root / "nights")
    night(growing, root / "clean")
    promise = f"{count} nights with changes, {killed} of them killed on the way = one clean run, byte for byte"
    say(bytes_of(root / "nights") == bytes_of(root / "clean"), promise)


def killed_night(folder: Path, out: Path, kill: tuple[str, int]) -> bool:
    """A night that kills itself at a step of a phase; whether it came so far."""
    child = os.fork()
    if child == 0:
        Steps(kill).install()
        run_night(Request((folder,), out, Config(), prune="all"), lambda what, count: None)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    sys.stdout.write(f"    a night that {'was killed' if killed else 'came through before it was killed'} in {kill[0]}\n")
    return killed


def edit(file: Path) -> None:
    """The article goes on."""
    with file.open("a", encoding="utf-8") as text:
        text.write("\n\nПодробности выясняются.\n")


EVENTS: tuple[Callable[[Path], object], ...] = (edit, Path.unlink, lambda f: f.rename(f.with_name(f"moved-{f.name}")))


def main(folder: Path, count: int = NIGHTS) -> None:
    """The whole rehearsal on a copy of the folder."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        copy = Path(shutil.copytree(folder, root / "corpus"))
        second_run(copy, root / "out")
        one_document(copy, root / "out")
        one_file_more(copy, root / "out")
        many_nights(copy, root, count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
