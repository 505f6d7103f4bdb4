"""Events across documents: average link over pairs, and events of a small corpus in any order, with known answers and without."""

import random
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.evaluate.resolved import annotate_all, put
from letopis.layers import Document
from letopis.resolve.contents import Longs
from letopis.resolve.duplicates import find_duplicates
from letopis.resolve.entities import resolve_entities
from letopis.resolve.events import _DATES, _REALIS, _TYPES, resolve_events
from letopis.resolve.happenings import rivalled
from letopis.resolve.joining import _joined, join
from letopis.store.blocks import Answers, save
from letopis.store.corpus import Corpus

TEXTS = (
    ("2024-03-01", "Пожар на складе в Перми", "В Перми загорелся склад. Пожар в Перми тушили 80 спасателей МЧС. Пострадавших нет."),
    ("2024-03-01", "Склад горит в Перми", "Пожар на складе в Перми тушат спасатели. Пожар начался утром, сообщило МЧС."),
    ("2024-05-20", "Пожар в жилом доме в Омске", "В Омске произошёл пожар в жилом доме. Пожар потушили за час."),
    ("2024-03-02", "Губернатор у врачей", "Губернатор Иван Петров встретился с врачами в Туле. Встреча прошла в больнице."),
    ("2024-03-01", "Пожар в Москве", "В Москве загорелся склад на Рябиновой. Пожар тушили спасатели, сообщило МЧС."),
    ("2024-03-09", "Пожар в Москве", "В Москве произошёл пожар в жилом доме на Тверской. Погибли два человека, сообщило МЧС."),
    ("2024-03-20", "Пожар в Москве", "В Москве сгорел ангар в Бирюлёве. Пожар потушили за три часа, причина устанавливается."),
    ("2024-04-02", "Пожар в Москве", "Пожар в московской больнице потушили утром 2 апреля. Эвакуированы 120 пациентов."),
    ("2024-04-15", "Пожар в Москве", "В Москве горел торговый центр на Каширском шоссе. Пожар охватил тысячу метров."),
    ("2024-03-01", "Министр о налогах", "Министр финансов Антон Силуанов заявил, что налоги не вырастут. Всё хорошо, сказал он."),
    ("2024-03-01", "О налогах", "Налоги не вырастут, заявил министр финансов Антон Силуанов. Всё хорошо, сказал Силуанов."),
    ("2024-03-01", "Банк о налогах", "Глава Центробанка Эльвира Набиуллина заявила, что налоги не вырастут. Всё хорошо."),
)
FIRES, SAID = (4, 5, 6, 7, 8), (9, 10, 11)
pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 10_000)), max_size=40)


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_nothing(found: list[tuple[int, int, int]], chance: random.Random) -> None:
    distinct = list({(min(a, b), max(a, b)): (min(a, b), max(a, b), s) for a, b, s in found if a != b}.values())
    first = join(_array(distinct), 2500, 0, {})
    chance.shuffle(distinct)
    assert join(_array(distinct), 2500, 0, {}) == first


@given(pairs)
def test_blocks_joined_one_by_one_are_what_they_are_together(found: list[tuple[int, int, int]]) -> None:
    distinct = _array(list({(min(a, b), max(a, b)): (min(a, b), max(a, b), s) for a, b, s in found if a != b}.values()))
    assert join(distinct, 2500, 0, {}) == _joined(distinct, 2500, 0, {})


def _array(found: list[tuple[int, int, int]]) -> Longs:
    return np.array(found, np.int64).reshape(-1, 3)


def test_what_was_not_compared_speaks_against() -> None:
    chain = _array([(0, 1, 9000), (1, 2, 5500), (2, 3, 9000)])
    assert join(chain, 2500, 0, {}) == {1: 0, 3: 2}
    assert join(chain, 1000, 0, {}) == {1: 0, 3: 0, 2: 0}


def test_what_two_have_said_is_never_joined_whoever_stands_between() -> None:
    chain = _array([(0, 1, 9000), (1, 2, 9000), (0, 2, 9000), (2, 3, 9000)])
    assert join(chain, 2500, 0, {}) == {1: 0, 2: 0, 3: 0}
    assert join(chain, 2500, 0, {0: 7, 2: 8, 3: 8}) == {1: 0, 3: 2}


@given(pairs, st.dictionaries(st.integers(0, 12), st.integers(0, 2)))
def test_no_event_has_two_owners(found: list[tuple[int, int, int]], owner: dict[int, int]) -> None:
    distinct = list({(min(a, b), max(a, b)): (min(a, b), max(a, b), s) for a, b, s in found if a != b}.values())
    first = join(_array(distinct), 2500, 0, owner)
    owners: dict[int, set[int]] = {}
    for sighting, number in owner.items():
        owners.setdefault(first.get(sighting, sighting), set()).add(number)
    assert all(len(of) == 1 for of in owners.values())


def test_the_second_best_of_a_document_counts_half() -> None:
    rows, document = np.array([[0, 2], [0, 3], [1, 3]], np.int64), np.array([0, 0, 1, 1], np.int32)
    assert rivalled(np.array([8000, 5001, 6000], np.int32), rows, document).tolist() == [8000, 2500, 6000]


@pytest.mark.parametrize("threads", [1, 4])
@given(st.permutations(range(5)))
def test_sources_that_disagree_are_settled_in_any_order(threads: int, order: list[int]) -> None:
    rows = [                                         # an open start, equal support: only the last day tells them apart
        (None, "2018-10-10", "day", "crime.fraud", 0.1, "planned", "a"),
        (None, "2018-11-10", "day", "crime.theft", 0.2, "planned", "b"),
        (None, "2018-10-10", "day", "crime.theft", 0.2, "hypothetical", "c"),
        (None, "2018-11-10", "day", "crime.fraud", 0.2, "planned", "d"),
        (None, "2018-12-10", "day", "crime.fraud", 0.1, "planned", "d"),
    ]
    sql = duckdb.connect(config={"threads": threads})
    sql.execute("CREATE TABLE event_members (event_id VARCHAR, date_start DATE, date_end DATE, granularity VARCHAR, type VARCHAR, "
                "salience DOUBLE, realis VARCHAR, root VARCHAR, document_id VARCHAR, anchor INT, told DATE)")
    for i in order:
        values = ["v", *rows[i], rows[i][-1], 7, "2018-11-20"]
        sql.execute("INSERT INTO event_members VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    dated = sql.execute(_DATES.format()).fetchone()
    assert dated == ("v", {"s": None, "e": date(2018, 11, 10), "g": "day"})
    assert sql.execute(_TYPES).fetchone() == ("v", "crime.theft")
    assert sql.execute(_REALIS).fetchone() == ("v", "planned")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("events")


def _events(folder: Path, order: tuple[int, ...], answers: Answers, run: str = "") -> list[dict[str, object]]:
    """The events of TEXTS, put into units in an order, each article a unit of its own."""
    documents = [_document(i) for i in order]
    own = folder / "-".join([*map(str, order), run])
    stored = put((a for d in documents for a in annotate_all((d,))), own)
    corpus = Corpus(own, sorted(stored.entries, key=lambda e: e.key))
    try:
        find_duplicates(corpus)
        entities, _ = resolve_entities(corpus, answers)
        found = resolve_events(corpus, entities, answers)
        if run:
            save(corpus, folder, run)
        return found.to_pylist()
    finally:
        corpus.close()


def _document(number: int) -> Document:
    day, title, text = TEXTS[number]
    name = f"d{number}"
    return Document(
        name, name, None, "txt", text, 0, name, annotated=True, language="ru", title=title, published_date=date.fromisoformat(day)
    )


def test_units_in_any_order_give_equal_events_with_known_answers_and_without(folder: Path) -> None:
    (folder / ".blocks").mkdir()
    clean = Answers()
    first = _events(folder, (0, 1, 2, 3), clean, "run")
    assert clean.computed > 0
    again = Answers(folder / ".blocks" / "run.parquet")
    assert _events(folder, (3, 1, 0, 2), again) == first
    assert again.computed == 0
    assert again.reused == clean.computed


def test_one_fire_in_two_articles_is_one_and_another_fire_is_not(folder: Path) -> None:
    found = [e for e in _events(folder, (0, 1, 2, 3), Answers()) if e["type"] == "disaster.fire"]
    assert sorted((e["document_count"], str(e["first_published"])) for e in found)[-1] == (2, "2024-03-01")
    assert all(e["first_published"] == e["last_published"] for e in found)


def test_fires_of_five_days_are_five(folder: Path) -> None:
    found = [e for e in _events(folder, FIRES, Answers()) if e["type"] == "disaster.fire"]
    assert {e["document_count"] for e in found} == {1}
    assert len({e["first_published"] for e in found}) == len(FIRES)


def test_one_statement_in_two_articles_is_one_and_what_another_says_is_not(folder: Path) -> None:
    found = [e for e in _events(folder, SAID, Answers()) if str(e["type"]).startswith("statement.")]
    assert max(int(str(e["document_count"])) for e in found) == 2
