"""What must be equal of two stores, and what a store must keep to at any time."""

import hashlib
from pathlib import Path

import pandas as pd

from letopis.schema import RUN_TABLES
from letopis.store.blocks import newest
from letopis.store.check import check
from letopis.store.snapshot import settled

RUN_NAMES = {t.name for t in RUN_TABLES}


def bytes_of(out: Path, *, runs: bool = False) -> dict[str, str]:
    """Relative path -> digest of every table file of the current snapshot; the run tables only where asked for."""
    snapshot = settled(out)
    files = (p for p in snapshot.rglob("*.parquet") if runs or p.relative_to(snapshot).parts[0] not in RUN_NAMES)
    return {str(p.relative_to(snapshot)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def table(out: Path, name: str) -> pd.DataFrame:
    """A table of the current snapshot."""
    return pd.read_parquet(settled(out) / name)


def answers_of(out: Path) -> list[tuple[str, tuple[int, ...]]]:
    """What the store keeps of blocks, in order; none where it has no file of them."""
    file = newest(out)
    rows = pd.read_parquet(file) if file else pd.DataFrame({"digest": [], "answer": []})
    return [(digest, tuple(map(int, answer))) for digest, answer in zip(rows.digest, rows.answer, strict=True)]


def what_changed(out: Path) -> set[tuple[str, str, str]]:
    """(table, id, change) of all runs after the first."""
    changes = table(out, "changes")
    first = table(out, "runs").sort_values("started").run_id.iloc[0]
    return set(changes[changes.run_id != first][["table_name", "id", "change"]].itertuples(index=False, name=None))


def assert_sound(out: Path) -> None:
    """The current snapshot keeps all its promises."""
    assert check(settled(out)) == []
