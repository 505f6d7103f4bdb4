"""The Python API: frames of texts in hand, and the tables of a store pinned to one snapshot."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import letopis
from letopis.schema import TABLES
from tests.conftest import night


def test_annotate_gives_frames() -> None:
    frames = letopis.annotate("Вчера в Казани открылась выставка.", published=date(2024, 5, 18))
    assert {("Вчера", "DATE"), ("Казани", "CITY")} <= set(zip(frames["mentions"].text, frames["mentions"].type, strict=True))
    assert frames["time_expressions"].date_start.tolist() == [date(2024, 5, 17)]


def test_a_list_of_texts_equals_each_alone() -> None:
    texts = ["Суд в Твери арестовал чиновника.", "В Туле открылся музей."]
    together = letopis.annotate(texts)["event_mentions"]
    for number, text in enumerate(texts):
        alone = letopis.annotate(text)["event_mentions"].drop(columns="document")
        rows = together[together.document == number].drop(columns="document").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone)


def test_tables_are_pinned_to_one_snapshot(small_corpus: Path, tmp_path: Path) -> None:
    night(small_corpus, tmp_path / "out")
    tables = letopis.tables(tmp_path / "out")
    assert len(tables["documents"]) == 5
    next(small_corpus.iterdir()).write_text("Новый текст о выставке в Омске.", encoding="utf-8")
    (small_corpus / "new.txt").write_text("Другой текст о пожаре в Омске.", encoding="utf-8")
    night(small_corpus, tmp_path / "out")
    assert set(tables["mentions"].document_id) <= set(tables["documents"].document_id)
    assert len(letopis.tables(tmp_path / "out")["documents"]) == 6


def test_every_table_is_there(sample_store: Path) -> None:
    tables = letopis.tables(sample_store)
    assert list(tables) == [t.name for t in TABLES]
    with pytest.raises(KeyError, match="no table 'persons'"):
        tables["persons"]


def test_a_store_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="letopis run"):
        letopis.tables(tmp_path)
