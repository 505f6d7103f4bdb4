"""natasha's chain and `letopis run` side by side: `python -m tests.benchmarks.side_by_side [CORPORA] [--articles N]`.

Whole processes on the same articles, pinned to one core, one BLAS thread each, by turns, medians; then `letopis run` with two
workers on two cores. natasha's chain is that of its README and writes nothing; `letopis run` writes every table. Prints the
figures and keeps them in data/benchmarks/DATE.json. Nothing else should run meanwhile.
"""

import argparse
import contextlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_EVERY = 1.0                          # seconds between two looks at the memory, which stop the process for some milliseconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """A process that ran to its end."""

    seconds: float
    megabytes: float                  # the most its process tree held at once, shared pages counted once (PSS)


def sample(corpora: Path, folder: Path, count: int) -> Path:
    """A Parquet file of so many articles of raw news, evenly drawn; of the bundled sample, repeated, without the corpora."""
    path = folder / "articles.parquet"
    raw = corpora / "raw_news.parquet"
    if raw.exists():
        table = pq.read_table(raw, columns=["id", "published", "text"])
        rows = [i * len(table) // count for i in range(count)] if len(table) >= count else [i % len(table) for i in range(count)]
        table = table.take(rows)
    else:
        texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "data" / "sample").rglob("*.md"))]
        table = pa.table({"text": [texts[i % len(texts)] for i in range(count)], "published": ["2023-11-14"] * count})
    pq.write_table(table.set_column(0, "id", pa.array([str(i) for i in range(len(table))])), path)
    return path


def tokens(path: Path) -> int:
    """Tokens of the texts by razdel, for both sides."""
    from razdel import tokenize

    return sum(sum(1 for _ in tokenize(text)) for text in pq.read_table(path, columns=["text"])["text"].to_pylist())


def timed(command: Sequence[str], cores: set[int]) -> Outcome:
    """Run a command on these cores to its end; a command that fails ends the benchmark with what it said."""
    start = time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS_", "PYTHONDONT"))} | ENVIRONMENT
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        os.sched_setaffinity(process.pid, cores)
        most = 0.0
        while process.poll() is None:
            most = max(most, sum(map(_megabytes, _tree(process.pid))))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_EVERY)
        seconds = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{said.read()[-2000:]}")
    return Outcome(seconds, most)


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(p for child in children for p in _tree(int(child)))]


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def compare(path: Path, folder: Path, rounds: int) -> dict[str, list[Outcome]]:
    """Outcomes of natasha and ours on one core by turns, then of ours on two."""
    found: dict[str, list[Outcome]] = {"natasha": [], "letopis": [], "letopis, 2 workers": []}
    natasha = [sys.executable, "-m", "tests.benchmarks.natasha_chain", str(path)]
    for _ in range(rounds):
        found["natasha"].append(timed(natasha, {0}))
        found["letopis"].append(timed(_run(path, folder, 1), {0}))
    if (os.cpu_count() or 1) > 1:
        found["letopis, 2 workers"] += [timed(_run(path, folder, 2), {0, 1}) for _ in range(rounds)]
    return found


def _run(path: Path, folder: Path, workers: int) -> list[str]:
    shutil.rmtree(folder / "out", ignore_errors=True)
    command = str(Path(sys.executable).parent / "letopis")
    return [command, "run", str(path), "--out", str(folder / "out"), "--workers", str(workers)]


def summary(found: dict[str, list[Outcome]], articles: int, words: int) -> dict[str, dict[str, float]]:
    """Name -> medians, and how many times natasha's speed."""
    medians = {name: statistics.median(o.seconds for o in outcomes) for name, outcomes in found.items() if outcomes}
    return {
        name: {
            "seconds": round(seconds, 2), "articles_per_second": round(articles / seconds, 1),
            "tokens_per_second": round(words / seconds), "microseconds_per_token": round(1e6 * seconds / words, 1),
            "peak_megabytes": round(max(o.megabytes for o in found[name])), "times_natasha": round(medians["natasha"] / seconds, 2),
        }
        for name, seconds in medians.items()
    }


def machine() -> dict[str, str | int]:
    """What the figures were taken on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {"processor": model, "cores": os.cpu_count() or 1, "system": platform.platform(), "python": platform.python_version()}


def main() -> None:
    """Compare, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = sample(asked.corpora, folder, asked.articles)
        words = tokens(path)
        figures = summary(compare(path, folder, asked.rounds), asked.articles, words)
        stages = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.stages", str(path)], cwd=ROOT, env=os.environ | ENVIRONMENT,
            capture_output=True, text=True, check=True,
        )
    for side, row in figures.items():
        sys.stdout.write(f"{side:20} " + "  ".join(f"{key} {value}" for key, value in row.items()) + "\n")
    sys.stdout.write(stages.stdout)
    now = datetime.now(UTC)
    kept = {"date": now.isoformat(timespec="seconds"), "machine": machine(), "articles": asked.articles, "tokens": words,
            "rounds": asked.rounds, "sides": figures, "microseconds_per_token_by_stage": json.loads(stages.stderr.splitlines()[-1])}
    target = ROOT / "data" / "benchmarks" / f"{now:%Y-%m-%d}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"kept in {target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
