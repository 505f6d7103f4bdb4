"""What resolution costs as a store grows: `python -m tests.benchmarks.scale STORE 500,1000,2000 [FILE.json]`.

Resolves, from nothing and each in a process of its own, so many of the store's documents, evenly drawn: seconds of processor
time of entities and events, peak memory, and what grows: sightings of happenings, the pairs of documents that are compared, and
the pairs of sightings that are kept for the joining. The figures of docs/scale.md are what this wrote into data/benchmarks.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from letopis import resolve as whole
from letopis.resolve import happenings
from letopis.run.night import MANIFEST
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus
from letopis.store.manifest import Entry, Manifest
from letopis.store.snapshot import current
from tests.benchmarks.side_by_side import machine


def entries_of(store: Path) -> list[Entry]:
    """The documents of a store."""
    manifest = Manifest(store / MANIFEST, rehearsal=True)
    found = list(manifest.all())
    manifest.close()
    return found


def measured(store: Path, count: int) -> dict[str, Any]:
    """One resolution in this process."""
    entries = entries_of(store)
    corpus = Corpus(store, [entries[i * len(entries) // count] for i in range(count)])
    seconds: dict[str, float] = {}
    for name in ("resolve_entities", "resolve_events"):
        setattr(whole, name, _timed(getattr(whole, name), name, seconds))
    tables = whole.resolve(corpus, Answers())
    told = {"sightings": "SELECT count(*) FROM sightings", "document_pairs": "SELECT count(*) FROM document_pairs",
            "pairs": f"SELECT count(*) FROM ({happenings._PAIRS.format(tie=happenings.TIE)})"}
    counts = {name: corpus.query(sql).column(0)[0].as_py() for name, sql in told.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"documents": count, **seconds, "peak_megabytes": peak, **{k: int(v) for k, v in counts.items()},
            "entities": len(tables["entities"]), "events": len(tables["events"])}


def _timed(function: Any, name: str, seconds: dict[str, float]) -> Any:
    def timed(*args: Any) -> Any:
        start = time.process_time()
        result = function(*args)
        seconds[name] = round(time.process_time() - start, 1)
        return result
    return timed


def storage(store: Path) -> dict[str, float]:
    """Bytes a document of the parts of a store, the snapshot as if it were alone; nothing where none has been published."""
    snapshot = current(store)
    if snapshot is None:
        return {}
    count = len(entries_of(store))
    parts = {"units": store / ".units", "blocks": store / ".blocks", "snapshot": snapshot}
    parts |= {f"snapshot.{p.name}": p for p in snapshot.iterdir() if p.is_dir()}
    return {name: round(_size(path) / count, 1) for name, path in sorted(parts.items())}


def _size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


def main() -> None:
    """Measure, print, keep."""
    store, counts = Path(sys.argv[1]), sys.argv[2]
    if counts.isdigit():
        sys.stdout.write(json.dumps(measured(store, int(counts))))
        return
    rows = []
    for count in filter(None, counts.split(",")):
        command = [sys.executable, "-m", "tests.benchmarks.scale", str(store), count]
        rows.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
        sys.stdout.write(f"{json.dumps(rows[-1])}\n")
    kept = {"machine": machine(), "resolution": rows, "bytes_a_document": storage(store)}
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
