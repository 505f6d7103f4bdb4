"""The Python API: frames of texts in hand, and the tables of a store pinned to one snapshot."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

import letopis
import letopis.api
from letopis.config import Config
from letopis.schema import BY_NAME, TABLES
from tests.conftest import night

TABLE_KEYS = {"mentions": "mention_id", "events": "event_id", "redirects": "old_id"}


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


def test_an_annotation_is_frames_and_attributes() -> None:
    found = letopis.annotate(["Суд в Твери арестовал чиновника.", "Ничего."])
    assert found.mentions is found["mentions"]
    assert set(found) == set(found.keys()) <= set(dir(found))
    assert "mentions" in repr(found)
    with pytest.raises(AttributeError, match="no table 'persons'"):
        _ = found.persons
    with pytest.raises(KeyError):
        found["persons"]


def test_a_notebook_shows_marked_text_escaped() -> None:
    found = letopis.annotate(["Суд в Твери <script>alert(1)</script> & арестовал чиновника."] * 21)
    html = found._repr_html_()
    assert "<script" not in html
    plain = re.sub("<[^>]+>", "", found.marked()[0])
    assert unescape(plain) == found.documents.text[0]
    assert html.count("Твери</span>") == 20
    assert "+ 1" in html
    assert len(found.marked()) == 21


def test_nothing_to_annotate() -> None:
    assert len(letopis.annotate([]).mentions) == 0
    assert len(letopis.annotate("")["sentences"]) == 0
    assert letopis.annotate([])._repr_html_()


def test_a_handle_reads_by_what_is_at_hand(sample_store: Path) -> None:
    tables = letopis.tables(sample_store)
    for name in ("mentions", "events", "redirects"):
        handle = getattr(tables, name)
        ids = sorted(handle.pandas([TABLE_KEYS[name]])[TABLE_KEYS[name]])
        assert len(handle) == len(ids)
        assert sorted(handle.arrow([TABLE_KEYS[name]]).column(0).to_pylist()) == ids
        assert sorted(row[0] for row in handle.duckdb().project(TABLE_KEYS[name]).fetchall()) == ids
        assert sorted(handle.polars().collect()[TABLE_KEYS[name]].to_list()) == ids
        assert list(handle.columns) == [c.name for c in BY_NAME[name].columns]
        assert name in handle._repr_html_()
    with pytest.raises(AttributeError, match="no table 'persons'"):
        _ = tables.persons
    with pytest.raises(AttributeError, match="is a column"):
        _ = tables.events.date_start


def test_who_is_asked_for(sample_store: Path) -> None:
    tables = letopis.tables(sample_store)
    assert tables.entity("САМАРА").entity_id == "Q894"
    assert tables.entity("Q894")["name"] == "Самара"
    with pytest.raises(letopis.api.Ambiguous, match="gn:787657 CITY Ниш"):
        tables.entity("Ниш")
    assert tables.entity("Ниш", "PERSON").type == "PERSON"
    for nobody in ("Никто Никтоев", "", "' OR 1=1 --"):
        with pytest.raises(KeyError, match="nobody"):
            tables.events_of(nobody)
        with pytest.raises(KeyError, match="no event"):
            tables.participants(nobody)


def test_joins_say_what_the_tables_say(sample_store: Path) -> None:
    tables = letopis.tables(sample_store)
    parts, entities = tables["event_participants"], tables["entities"]
    busiest = parts[parts.role != "place"].groupby("entity_id").event_id.nunique().sort_values().index[-1]
    own = parts[parts.entity_id == busiest]
    events = tables.events_of(busiest)
    assert sorted(zip(events.event_id, events.role, strict=True)) == sorted(zip(own.event_id, own.role, strict=True))
    assert events.date_start.dropna().is_monotonic_increasing
    assert set(tables.events_of(busiest, role="agent").role) <= {"agent"}
    together = tables.co_participants(busiest).set_index("entity_id").events
    acting = parts[(parts.role != "place")]
    expected = acting[acting.event_id.isin(acting.event_id[acting.entity_id == busiest]) & (acting.entity_id != busiest)]
    assert together.to_dict() == expected.groupby("entity_id").event_id.nunique().to_dict()
    mentions = tables.mentions_of(busiest)
    assert len(mentions) == entities.set_index("entity_id").mention_count[busiest]
    assert all(m.text in m.sentence_text for m in mentions.itertuples())
    event = tables["events"].sort_values(["mention_count", "event_id"]).iloc[-1]
    assert len(tables.sightings(event.event_id)) == event.mention_count
    assert set(tables.participants(event.event_id).entity_id) == set(parts.entity_id[parts.event_id == event.event_id])
    speaker = tables["quotes"].speaker_entity_id.value_counts().index[0]
    assert len(tables.quotes_of(speaker)) == (tables["quotes"].speaker_entity_id == speaker).sum()
    positions = tables["positions"]
    holder, where = positions.person_entity_id.value_counts().index[0], positions.organisation_entity_id.value_counts().index[0]
    assert len(tables.positions_of(holder)) == (positions.person_entity_id == holder).sum()
    assert set(tables.positions_of(where).organisation) == {entities.set_index("entity_id")["name"][where]}


def test_an_id_that_is_gone_leads_on(small_corpus: Path, tmp_path: Path) -> None:
    night(small_corpus, tmp_path / "out")
    before = letopis.tables(tmp_path / "out")["entities"]
    first, second = before[before.type == "PERSON"].name[:2]
    (tmp_path / "c.yaml").write_text(
        f"- same: [{{name: {first}, type: PERSON}}, {{name: {second}, type: PERSON}}]\n", encoding="utf-8")
    night(small_corpus, tmp_path / "out", config=Config(corrections=str(tmp_path / "c.yaml")))
    tables = letopis.tables(tmp_path / "out")
    gone = tables["redirects"].old_id[0]
    assert gone not in set(tables["entities"].entity_id)
    assert tables.entity(gone).entity_id == tables["redirects"].new_id[0]
