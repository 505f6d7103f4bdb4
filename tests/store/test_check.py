"""`letopis check` sees every kind of damage: each test breaks one thing in a good snapshot."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from letopis.store.check import check, fill_rates
from letopis.store.snapshot import settled


@pytest.fixture
def snapshot(sample_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(settled(sample_store), tmp_path / "snapshot"))


def spoil(snapshot: Path, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change the rows of a table's largest file, keeping its schema."""
    path = max((snapshot / name).rglob("*.parquet"), key=lambda p: p.stat().st_size)
    before = pq.read_table(path, partitioning=None)
    rows = change(before.to_pandas(types_mapper=pd.ArrowDtype))
    table = pa.Table.from_pandas(rows, schema=before.schema, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(before.schema.metadata), path)


def test_a_good_snapshot_has_no_problems(snapshot: Path) -> None:
    assert check(snapshot) == []


def test_every_column_has_a_fill_rate(snapshot: Path) -> None:
    rates = {(t, c): share for t, c, _, share in fill_rates(snapshot)}
    assert rates["documents", "document_id"] == 1.0
    assert rates["documents", "title"] < 1.0


DAMAGE: dict[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame], str]] = {
    "two rows of one key": ("mentions", lambda t: pd.concat([t, t.head(1)]), "rows of one key"),
    "a reference that leads nowhere": ("event_roles", lambda t: t.assign(event_mention_id="x"), "leads nowhere"),
    "an offset that misses its text": ("mentions", lambda t: t.assign(start=t.start + 1, end=t.end + 1), "not the slice"),
    "an offset outside the text": ("quotes", lambda t: t.assign(end=10**8), "outside its field"),
    "an illegal value": ("event_mentions", lambda t: t.assign(realis="perhaps"), "illegal value"),
    "a sentence where null is meant": ("mentions", lambda t: t.assign(entity_id=""), "is empty"),
    "a score that is no probability": ("event_mentions", lambda t: t.assign(score=1.5), "outside 0..1"),
    "a wrong count": ("entities", lambda t: t.assign(mention_count=t.mention_count + 1), "counted anew"),
    "a run that counts wrong": ("runs", lambda t: t.assign(new=t.new + 1), "are not the documents"),
    "a change that is none": ("changes", lambda t: t.assign(change="removed"), "are there"),
    "days in the wrong order": (
        "time_expressions", lambda t: t.assign(date_start=pd.Timestamp("2030-01-01").date(), reason=None), "end before they start"
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_seen(snapshot: Path, name: str) -> None:
    table, change, problem = DAMAGE[name]
    spoil(snapshot, table, change)
    assert any(problem in p for p in check(snapshot)), check(snapshot)


def test_a_missing_table_is_seen(snapshot: Path) -> None:
    shutil.rmtree(snapshot / "quotes")
    assert check(snapshot) == ["quotes: no Parquet file"]


def test_another_schema_is_seen(snapshot: Path) -> None:
    path = next((snapshot / "entities").rglob("*.parquet"))
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns(["name_latin"]), path)
    assert any("another schema" in p for p in check(snapshot))
