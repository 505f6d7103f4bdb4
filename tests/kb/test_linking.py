"""Links in whole corpora: better ids win, one item is one entity, two items are two, and redirects lead to better ids."""

from pathlib import Path

import duckdb
import pytest

from letopis.config import Config
from letopis.evaluate.resolved import Stored, annotate_all, put, resolve
from letopis.kb.storage import Base
from letopis.layers import Documents
from letopis.store.check import check
from letopis.store.snapshot import current
from tests.conftest import document, night
from tests.kb.made import ROWS, Row, base_of

TEXTS = {
    "a": "Губернатор Рязанской области Пётр Громыхалов приехал в Москву. Громыхалов открыл завод компании «Унжалес» в Костроме.",
    "b": "Губернатор Рязанской области Пётр Савельевич Громыхалов уволил заместителя.",
    "c": "В Костроме компания «Унжалес» наняла сто человек. Её директор Олег Ветров доволен.",
    "d": "Громыхалов приехал в Тулу.",
}
OWN: tuple[Row, ...] = (
    {"id": "person-17", "name": "Пётр Громыхалов", "aliases": [], "type": "PERSON", "description": "российский губернатор"},
    {"id": "city-1", "name": "Столица", "aliases": [], "type": "CITY", "description": "", "wikidata_id": "Q649"},
)


def documents(*names: str) -> Documents:
    return tuple(document(TEXTS[name], key=name) for name in names)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return put(annotate_all(documents(*TEXTS)), tmp_path_factory.mktemp("units"))


def ids(stored: Stored, base: Base | None) -> dict[tuple[str, str], str]:
    """(document, words) -> entity_id."""
    found = resolve(stored, base=base)
    return {(key, TEXTS[key][n.start:n.end]): n.entity for key, named in found.items() for n in named}


def test_one_item_is_one_entity_and_a_surname_alone_is_nobody(stored: Stored, tmp_path: Path) -> None:
    found = ids(stored, base_of(tmp_path, ROWS))
    assert found["a", "Пётр Громыхалов"] == found["b", "Пётр Савельевич Громыхалов"] == "Q9001"
    assert found["a", "Громыхалов"] == "Q9001"                  # the document itself says who that is
    assert found["d", "Громыхалов"].startswith("e")
    assert {entity for (_, words), entity in found.items() if "Унжалес" in words} == {"Q9002"}


def test_without_a_base_all_is_as_it_was(stored: Stored) -> None:
    found = ids(stored, None)
    assert found["a", "Москву"] == "Q649"
    assert {found["a", "Пётр Громыхалов"][0], found["c", "Олег Ветров"][0]} == {"e"}


def test_the_users_own_ids_are_better_than_wikidatas(stored: Stored, tmp_path: Path) -> None:
    base_of(tmp_path, ROWS, name="wikidata")
    found = ids(stored, base_of(tmp_path, OWN, name="own"))
    assert found["a", "Пётр Громыхалов"] == found["b", "Пётр Савельевич Громыхалов"] == "person-17"
    assert found["a", "Москву"] == "city-1"                     # by the id that both state
    assert "Q9002" in found.values()


def test_two_items_are_two_entities(tmp_path: Path) -> None:
    texts = (
        "Губернатор Рязанской области Пётр Громыхалов уехал.",
        "Чилийский хоккеист Пётр Громыхалов из Сантьяго забил гол в Чили.",
    )
    units = put(annotate_all(tuple(document(t, key=str(i)) for i, t in enumerate(texts))), tmp_path)
    player = {**ROWS[0], "id": "Q9009", "name": "Пётр Громыхалов", "aliases": [], "description": "чилийский хоккеист"}
    found = resolve(units, base=base_of(tmp_path / "base", (*ROWS, player)))
    named = [{n.entity for n in found[key] if n.type == "PERSON"} for key in ("0", "1")]
    assert named == [{"Q9001"}, {"Q9009"}]


def test_the_order_of_documents_changes_nothing(stored: Stored, tmp_path: Path) -> None:
    base = base_of(tmp_path, ROWS)
    again = put((a for d in reversed(documents(*TEXTS)) for a in annotate_all((d,))), tmp_path / "again")
    assert ids(again, base) == ids(stored, base)


def test_redirects_lead_from_our_ids_to_better_ones(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for name, text in TEXTS.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    night(corpus, out)
    before = set(_entities(out, "name ILIKE '%Громыхалов%' AND document_count = 2"))
    base_of(tmp_path, ROWS)
    config = Config(kb=str(tmp_path / "kb"))
    done = night(corpus, out, config=config)
    assert (done.new, done.changed, done.unchanged) == (0, 0, len(TEXTS))           # nothing is annotated for a base
    assert _entities(out, "entity_id = 'Q9001' AND wikidata_id = 'Q9001' AND link_method = 'kb_2'") == ["Q9001"]
    assert before and {_redirects(out)[old] for old in before} == {"Q9001"}
    snapshot = current(out)
    assert snapshot is not None and check(snapshot) == []
    base_of(tmp_path, OWN, name="own")
    night(corpus, out, config=config)
    assert {_redirects(out)[old] for old in (*before, "Q9001")} == {"person-17"}
    assert night(corpus, out, config=config).bytes_rewritten == 0                   # the same base changes nothing


def _entities(out: Path, where: str) -> list[str]:
    rows = duckdb.sql(f"SELECT entity_id FROM '{current(out)}/entities/*.parquet' WHERE {where}").fetchall()
    return [str(row[0]) for row in rows]


def _redirects(out: Path) -> dict[str, str]:
    return dict(duckdb.sql(f"SELECT old_id, new_id FROM '{current(out)}/redirects/*.parquet'").fetchall())
