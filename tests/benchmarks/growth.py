"""What nights cost as a store grows: `python -m tests.benchmarks.growth [CORPORA] [--night 500] [--times 10] [--hold]`.

A night of so many articles on an empty store; so many times more on another; a night with nothing new there, and one with as many
new ones as the first. Whole processes with one worker: seconds on the clock and of processor time, peak memory, bytes written.
Articles are made of raw news (of the bundled sample without it), the same for the same number: the first half of one article and
the second of another, `daily` of them a day. Prints the figures beside what is aimed at; keeps them in data/benchmarks. With
`--hold`, as in the rehearsal of nights, keeps nothing and ends with 1 where one of HELD is missed.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from letopis.store.snapshot import settled
from tests.benchmarks.side_by_side import ENVIRONMENT, ROOT, machine

FIRST = date(2020, 1, 1)
LINEAR, NIGHT, NOTHING, REWRITTEN = 1.05, 1.3, 10.0, 0.05      # issue H's: times the articles, times a first night, seconds, share
TIMES, IDLE, LATER = "times the articles, times the time", "a night with nothing new, seconds", "a later night, times the first"
HELD = (TIMES, IDLE)                  # LATER is 1.1 to 1.3 on 500 articles: resolution of a later night reads the whole store


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took."""

    articles: int                     # new ones
    seconds: float
    processor_seconds: float
    peak_megabytes: int               # of the command's process
    bytes_rewritten: int
    seconds_per_stage: dict[str, float]


def texts(corpora: Path) -> list[str]:
    """Articles to make others of."""
    raw = corpora / "raw_news.parquet"
    if raw.exists():
        return [str(text) for text in pq.read_table(raw, columns=["text"])["text"].to_pylist()]
    return [p.read_text(encoding="utf-8").split("---\n", 2)[-1] for p in sorted((ROOT / "data" / "sample").rglob("*.md"))]


def articles(sources: list[str], first: int, last: int, daily: int) -> Iterator[tuple[str, str, str]]:
    """Number, day and text of the articles [first, last)."""
    for number in range(first, last):
        head, tail = (sources[i] for i in random.Random(number).choices(range(len(sources)), k=2))
        yield str(number), str(FIRST + timedelta(days=number // daily)), _half(head, 0) + "\n\n" + _half(tail, 1)


def _half(text: str, which: int) -> str:
    """Of a text cut at the end of a line or a sentence near its middle."""
    middle = len(text) // 2
    cut = next((end + 1 for sign in ("\n", ". ") if (end := text.find(sign, middle)) >= 0), middle)
    return text[cut:].strip() if which else text[:cut].strip()


def file(path: Path, rows: Iterator[tuple[str, str, str]]) -> Path:
    """A Parquet file of articles."""
    pq.write_table(pa.table(dict(zip(("id", "published", "text"), map(list, zip(*rows, strict=True)), strict=True))), path)
    return path


def night(folder: Path, out: Path) -> Cost:
    """A run of the command with one worker over the files of a folder; ends the benchmark where the run fails."""
    command = [str(Path(sys.executable).parent / "letopis"), "run", str(folder), "--out", str(out), "--workers", "1"]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | ENVIRONMENT, stdout=silent, stderr=silent)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        time.sleep(0.2)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    run = pq.read_table(settled(out) / "runs").sort_by("started").to_pylist()[-1]
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    stages = {str(k): round(float(v), 2) for k, v in dict(run["seconds_per_stage"]).items()}
    return Cost(run["new"], round(seconds, 1), round(processor, 1), peak, run["bytes_rewritten"], stages)


def _peak(pid: int) -> int:
    """Megabytes a living process held at most; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def size(out: Path) -> int:
    """Bytes of a store; a file with several names once."""
    stats = {(s.st_dev, s.st_ino): s.st_size for s in (p.lstat() for p in out.rglob("*") if p.is_file() and not p.is_symlink())}
    return sum(stats.values())


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--night", type=int, default=500)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--daily", type=int, default=100)
    parser.add_argument("--hold", action="store_true")
    asked = parser.parse_args()
    few, many = asked.night, asked.night * asked.times
    sources = texts(asked.corpora)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "few").mkdir()
        (root / "many").mkdir()
        file(root / "few" / "a.parquet", articles(sources, many, many + few, asked.daily))
        file(root / "many" / "a.parquet", articles(sources, 0, many, asked.daily))
        costs = {"first": night(root / "few", root / "one"), "many": night(root / "many", root / "ten")}
        costs["nothing"] = night(root / "many", root / "ten")
        before = size(root / "ten")
        file(root / "many" / "b.parquet", articles(sources, many, many + few, asked.daily))
        costs["later"] = night(root / "many", root / "ten")
    first, later = costs["first"].processor_seconds, costs["later"].processor_seconds
    figures = {
        TIMES: (costs["many"].processor_seconds / first, LINEAR * asked.times),
        IDLE: (costs["nothing"].seconds, NOTHING),
        LATER: (later / first, NIGHT),
        "rewritten by it, share of the store": (costs["later"].bytes_rewritten / before, REWRITTEN),
    }
    for what, cost in costs.items():
        sys.stdout.write(f"{what:8} {cost}\n")
    for what, (found, aimed) in figures.items():
        sys.stdout.write(f"{'ok ' if found <= aimed else 'no '} {what}: {found:.3f}, at most {aimed}\n")
    if asked.hold:
        sys.exit(any(found > aimed for found, aimed in (figures[what] for what in HELD)))
    now = datetime.now(UTC)
    kept = {
        "date": now.isoformat(timespec="seconds"), "machine": machine(),
        "asked": {"night": few, "times": asked.times, "daily": asked.daily}, "store_bytes": before,
        "costs": {what: asdict(cost) for what, cost in costs.items()},
        "figures": {what: {"found": round(found, 4), "at_most": aimed} for what, (found, aimed) in figures.items()},
    }
    target = ROOT / "data" / "benchmarks" / f"{now:%Y-%m-%d}-growth.json"
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"kept in {target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
