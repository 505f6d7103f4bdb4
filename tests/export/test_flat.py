"""CSV, TSV and JSON lines, read back by the csv module, pandas and json."""

import csv
import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from letopis.export import Choice, export
from letopis.export.flat import GUARDED, guarded
from letopis.export.reading import months
from letopis.schema import TABLES
from letopis.store.snapshot import settled

DIALECTS = {"csv": (",", "utf-8-sig"), "tsv": ("\t", "utf-8")}
csv.field_size_limit(1 << 30)


def undone(cell: str) -> str:
    """What the documentation tells a reader to do."""
    return cell.removeprefix("'")


@pytest.mark.parametrize("form", DIALECTS)
def test_every_cell_comes_back(store: Path, tmp_path: Path, form: str) -> None:
    counts = export(store, form, tmp_path)
    delimiter, encoding = DIALECTS[form]
    for table in TABLES:
        with (tmp_path / f"{table.name}.{form}").open(encoding=encoding, newline="") as stream:
            read = list(csv.DictReader(stream, delimiter=delimiter))
        assert len(read) == counts[table.name]
        texts = [c.name for c in table.columns if str(c.type) == "string" and c.name != "month"]
        rows = pq.read_table(settled(store) / table.name).to_pylist()
        for row, cells in zip(rows, read, strict=True):
            assert {n: row[n] or "" for n in texts} == {n: undone(cells[n]) for n in texts}


@pytest.mark.parametrize("form", DIALECTS)
def test_no_cell_of_text_is_a_formula(hostile_store: Path, tmp_path: Path, form: str) -> None:
    export(hostile_store, form, tmp_path)
    delimiter, encoding = DIALECTS[form]
    guards = 0
    for table in TABLES:
        numbers = {c.name for c in table.columns if str(c.type) not in ("string", "list<element: string>")}
        with (tmp_path / f"{table.name}.{form}").open(encoding=encoding, newline="") as stream:
            for row in csv.DictReader(stream, delimiter=delimiter):
                for name, cell in row.items():
                    assert name in numbers or not cell.startswith(GUARDED[:-1])
                    guards += cell.startswith("'")
    assert guards > 3


def test_pandas_reads_what_parquet_holds(sample_store: Path, tmp_path: Path) -> None:
    export(sample_store, "csv", tmp_path)
    read = pd.read_csv(tmp_path / "entities.csv", parse_dates=["first_published"])
    stored = pd.read_parquet(settled(sample_store) / "entities")
    assert read.name.tolist() == stored.name.tolist()
    assert read.latitude.tolist() == pytest.approx(stored.latitude.tolist(), nan_ok=True)
    assert [json.loads(a) for a in read.aliases] == [list(a) for a in stored.aliases]
    assert read.first_published.dt.date.dropna().tolist() == stored.first_published.dropna().tolist()


def test_json_lines(store: Path, tmp_path: Path) -> None:
    counts = export(store, "jsonl", tmp_path)
    for table in TABLES:
        rows = [json.loads(line) for line in (tmp_path / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
        assert len(rows) == counts[table.name]
        assert all(list(row) == [c.name for c in table.columns] for row in rows)
    articles = [json.loads(line) for line in (tmp_path / "documents.jsonl").open(encoding="utf-8")]
    frame = pd.read_parquet(settled(store) / "documents")
    assert {a["document_id"]: a["text"] for a in articles} == dict(zip(frame.document_id, frame.text, strict=True))
    assert sorted({a["month"] for a in articles}) == months(settled(store))
    runs = json.loads((tmp_path / "runs.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert runs["seconds_per_stage"]
    assert runs["started"].endswith("Z")


def test_only_some_tables(sample_store: Path, tmp_path: Path) -> None:
    export(sample_store, "tsv", tmp_path, Choice(tables=("entities", "events")))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["entities.tsv", "events.tsv"]


@pytest.mark.parametrize("text", ["=1+1", "+7", "-5", "@a", "\tx", "\rx", "\nx", "'x", "''", "＝1", "обычный", "", "1-2"])
def test_the_guard_can_be_undone(text: str) -> None:
    assert undone(guarded(text)) == text
    assert not guarded(text).startswith(GUARDED[:-1])
