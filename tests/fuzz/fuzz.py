"""Spoilt files of every format through reading and annotation: `python -m tests.fuzz.fuzz 20000`.

Of every input come documents or rejects and never an exception; a good file that is read beside each hundred gives what it gives
alone; every record of a file whose records are still to be counted comes to a document or a reject. Prints how far inputs came.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from letopis.formats import Options, Source, find_sources, read_source
from letopis.layers import Document, Reject
from letopis.pipeline import annotate
from letopis.schema import unit_rows
from tests.fuzz.mutations import BODIES, Case, cases

TOGETHER = 100                        # inputs that are annotated in one batch, a good document at its end
SLOWEST = 20.0                        # seconds that reading one input may take, far above what any takes


@dataclass(slots=True)
class Figures:
    """What became of the inputs."""

    inputs: int = 0
    reached: int = 0                  # inputs that gave a document that was annotated
    documents: int = 0
    slowest: float = 0.0
    rejects: Counter[str] = field(default_factory=Counter)
    suffixes: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Of inputs, those that reached annotation."""
        return self.reached / max(1, self.inputs)


class Fuzz:
    """Reads inputs one by one and annotates them by the batch."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.figures = folder, Figures()
        self.waiting: list[Document] = []
        self.alone = _rows((_good(folder),), 0)

    def feed(self, case: Case) -> None:
        """One input, by way of a file."""
        file = self.folder / f"a{case.suffix}"
        file.write_bytes(case.content)
        start = time.perf_counter()
        found = read(file)
        seconds = time.perf_counter() - start
        file.unlink()
        assert seconds < SLOWEST, f"{seconds:.0f} s for {case!r}"
        self._judge(case, found)
        figures = self.figures
        figures.slowest = max(figures.slowest, seconds)
        figures.inputs += 1
        figures.suffixes[case.suffix] += 1
        figures.rejects.update(f"{r.stage} {r.error}" for r in found if isinstance(r, Reject))
        documents = [d for d in found if isinstance(d, Document)]
        figures.reached += any(d.annotated for d in documents)
        figures.documents += len(documents)
        self.waiting += documents
        if figures.inputs % TOGETHER == 0:
            self.annotate()

    def annotate(self) -> None:
        """All that waits, and a good article behind it, which must not notice."""
        batch = (*self.waiting, _good(self.folder))
        assert _rows(batch, len(batch) - 1) == self.alone, "a neighbour was changed"
        self.waiting = []

    def _judge(self, case: Case, found: list[Document | Reject]) -> None:
        assert found, f"nothing came of {case!r}"
        for row in found:
            if isinstance(row, Document):
                assert row.text == row.text.strip() != "" and row.text.encode(), case
            else:
                assert row.error and row.message and row.message.isprintable() and len(row.message) < 1_000, (case, row.message)
        keys = [row.key for row in found if isinstance(row, Document)]
        assert len(keys) == len(set(keys)), case
        if case.suffix in (".jsonl", ".ndjson"):
            _count_lines(case, found)


def read(file: Path) -> list[Document | Reject]:
    """All that comes of a file."""
    options = Options()
    (source,) = find_sources([file], options.limits)
    return list(read_source(source, options)) if isinstance(source, Source) else [source]


def _count_lines(case: Case, found: list[Document | Reject]) -> None:
    """Documents + rejects = lines, where the file could be read."""
    told = {row.record for row in found if row.record is not None}
    if not told or any(isinstance(row, Reject) and row.stage == "format" for row in found):
        return
    try:
        lines = case.content.decode("utf-8-sig", "surrogatepass").split("\n")
    except UnicodeDecodeError:
        return
    if "\0" not in case.content.decode("latin-1"):
        assert told == {str(i) for i, line in enumerate(lines, start=1) if line.strip(" \t\r\x0b\x0c")}, case


def _good(folder: Path) -> Document:
    file = folder / "good.jsonl"
    file.write_text(json.dumps({"id": "good", "title": "Мост", "text": "\n\n".join(BODIES), "published": "2024-03-05"}) + "\n")
    (document,) = (row for row in read(file) if isinstance(row, Document))
    return document


def _rows(documents: tuple[Document, ...], number: int) -> dict[str, list[dict[str, object]]]:
    """The rows of one document of a batch, without its number."""
    tables: dict[str, pa.Table] = dict(unit_rows(annotate(documents)))
    return {name: [{k: v for k, v in r.items() if k != "document"} for r in t.to_pylist() if r["document"] == number]
            for name, t in tables.items()}


def fuzz(count: int, folder: Path, *, seed: int = 0) -> Figures:
    """So many inputs; the same ones for the same seed. Raises AssertionError, or what a parser raised."""
    one = Fuzz(folder)
    phases = (Phase.generate, Phase.shrink)
    checks = list(HealthCheck)

    @seeded(seed)
    @settings(max_examples=count, deadline=None, database=None, phases=phases, suppress_health_check=checks, derandomize=False)
    @given(cases())
    def each(case: Case) -> None:
        one.feed(case)

    each()
    one.annotate()
    return one.figures


def tell(figures: Figures, seconds: float) -> str:
    """The figures as lines."""
    kinds = ", ".join(f"{kind} {n}" for kind, n in figures.rejects.most_common())
    formats = ", ".join(f"{suffix} {n}" for suffix, n in sorted(figures.suffixes.items()))
    return (f"{figures.inputs} inputs in {seconds:.0f} s: {figures.reached} ({figures.share:.1%}) reached annotation with "
            f"{figures.documents} documents; slowest to read {figures.slowest:.2f} s\nformats: {formats}\nrejects: {kinds}\n")


if __name__ == "__main__":
    begin = time.perf_counter()
    with TemporaryDirectory() as temporary:
        done = fuzz(int(sys.argv[1]), Path(temporary))
    sys.stdout.write(tell(done, time.perf_counter() - begin))
    sys.exit(done.share < 0.6)
