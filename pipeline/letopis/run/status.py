"""`letopis status`: what a store holds and what its last runs did. Reads a copy of the manifest."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letopis.run.night import MANIFEST
from letopis.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Status:
    """A store in figures."""

    runs: list[dict[str, Any]]                          # rows of `runs`, oldest first
    documents: int
    missing: int
    stale: int                                          # annotated by another pipeline, model or configuration
    forgotten: int
    rejects: list[tuple[str, str, int, str, str]]       # stage, error, how many, an example's path and message


def status(out: Path, fingerprint: str) -> Status:
    """The state of a store. Raises FileNotFoundError where there is none."""
    if not (out / MANIFEST).exists():
        raise FileNotFoundError(f"no store in {out}: run `letopis run` first")
    manifest = Manifest(out / MANIFEST, rehearsal=True)
    entries = manifest.all()
    found = Status(
        [json.loads(row) for row in manifest.runs()], len(entries), sum(e.state == "missing" for e in entries),
        sum(e.fingerprint != fingerprint for e in entries), manifest.count_forgotten(), _kinds(manifest.rejects()),
    )
    manifest.close()
    return found


def rejected_inputs(out: Path) -> tuple[tuple[Path, ...], frozenset[tuple[str, str]]]:
    """The inputs that have rejects, and the files (input, path) they are in."""
    manifest = Manifest(out / MANIFEST, rehearsal=True)
    files = frozenset(manifest.rejected_files())
    manifest.close()
    return tuple(Path(name) for name in sorted({name for name, _ in files})), files


def _kinds(rejects: list[tuple[Any, ...]]) -> list[tuple[str, str, int, str, str]]:
    counts = Counter((stage, error) for _, _, stage, error, *_ in rejects)
    examples = {(stage, error): (path, message) for path, _, stage, error, message, *_ in rejects}
    return [(*kind, count, *examples[kind]) for kind, count in counts.most_common()]
