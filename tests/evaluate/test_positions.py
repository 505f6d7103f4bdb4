"""Scoring of positions. All over one invented sentence, with the spans cut by their words."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.evaluate.positions import (
    Found,
    Gold,
    GoldDocument,
    Pair,
    Range,
    Score,
    fold,
    found_in,
    is_right,
    meets,
    pair,
    read_annotations,
)
from letopis.layers import Mention, Position, Readings, Span

TEXT = (
    "Заместитель директора «Рассвета» по науке Пётр Осин и бывший мэр Заречья Анна Перова спорили, "
    "глава «Рассвета» молчал."
)


def cut(words: str) -> Range:
    return TEXT.index(words), TEXT.index(words) + len(words)


def gold(person: str, parts: list[str], normal: str, organisation: str | None, status: str = "current") -> Gold:
    where = None if organisation is None else cut(organisation)
    return Gold(cut(person), tuple(map(cut, parts)), frozenset({fold(normal)}), where, (), status)


def found(person: str, words: str, normal: str, organisation: str | None, status: str = "current") -> Found:
    where = None if organisation is None else cut(organisation)
    return Found(cut(person), cut(words), fold(normal), where, status, "test")


DEPUTY = gold("Пётр Осин", ["Заместитель директора", "по науке"], "заместитель директора по науке", "«Рассвета»")
MAYOR = gold("Анна Перова", ["мэр"], "мэр", "Заречья", "former")
HEAD = gold("Пётр Осин", ["глава"], "глава", "«Рассвета»")
DOCUMENT = GoldDocument((DEPUTY, MAYOR), (HEAD,))
RIGHT_MAYOR = found("Перова", "мэр", "мэр", "Заречья", "former")


@pytest.mark.parametrize(("row", "met"), [
    (found("Осин", "Заместитель директора «Рассвета» по науке", "заместитель", None), True),    # the gap counts little
    (found("Осин", "Заместитель директора", "заместитель директора", None), True),              # most of it
    (found("Осин", "Заместитель директора «Рассвета» по науке Пётр", "заместитель", None), True),   # more than half
    (found("Осин", "по науке", "наука", None), False),
    (found("Осин", "по науке", "Заместитель Директора по науке", None), True),                  # the same normal form
    (found("Анна Перова", "Заместитель директора", "заместитель директора", None), False),      # another person
])
def test_met_is_person_and_post(row: Found, met: bool) -> None:
    assert meets(DEPUTY, row) == met


@pytest.mark.parametrize(("row", "right"), [
    (RIGHT_MAYOR, True),
    (RIGHT_MAYOR._replace(status="current"), False),
    (RIGHT_MAYOR._replace(organisation=cut("«Рассвета»")), False),
    (RIGHT_MAYOR._replace(organisation=None), False),
])
def test_right_is_organisation_and_status(row: Found, right: bool) -> None:
    assert is_right(MAYOR, row) == right


@pytest.mark.parametrize(("own", "also", "row", "right"), [
    (None, (), None, True),
    (None, (), "Заречья", False),
    (None, ("Заречья",), "Заречья", True),        # not named here, but that is the one
    (None, ("Заречья",), None, True),
    ("Заречья", ("«Рассвета»",), None, False),
    ("Заречья", (None,), None, True),             # an organisation it may go without
])
def test_organisations_that_are_right_too(
    own: str | None, also: tuple[str | None, ...], row: str | None, right: bool
) -> None:
    ranges = tuple(None if one is None else cut(one) for one in also)
    mayor = MAYOR._replace(organisation=None if own is None else cut(own), also=ranges)
    assert is_right(mayor, RIGHT_MAYOR._replace(organisation=None if row is None else cut(row))) == right


def test_normal_forms_are_compared_without_case_and_yo() -> None:
    pilot = gold("Анна Перова", ["мэр"], "Пилот самолёта", None)
    assert meets(pilot, found("Перова", "спорили", "пилот самолета", None))


def test_one_to_one_and_the_right_one_first() -> None:
    wrong = RIGHT_MAYOR._replace(status="acting")
    assert pair([MAYOR], [wrong, RIGHT_MAYOR]) == [Pair(MAYOR, RIGHT_MAYOR), Pair(None, wrong)]
    assert pair([MAYOR, MAYOR], [RIGHT_MAYOR]) == [Pair(MAYOR, RIGHT_MAYOR), Pair(MAYOR, None)]


def test_figures() -> None:
    """Of four rows two are wholly right, one has no organisation, one stands where nothing does."""
    score = Score()
    score.add(DOCUMENT, [found("Осин", "Заместитель директора", "заместитель директора", None), RIGHT_MAYOR])
    score.add(GoldDocument((MAYOR,), ()), [RIGHT_MAYOR, found("Осин", "спорили", "спор", None)])
    figures = score.figures()
    assert (figures["precision"], figures["recall"], figures["f1"]) == (0.5, 0.6667, 0.5714)
    assert (figures["post_precision"], figures["post_recall"], figures["post_f1"]) == (0.75, 1.0, 0.8571)
    assert (figures["organisation"], figures["status"]) == (0.6667, 1.0)
    assert score.rules == {("test", True): 2, ("test", False): 2}


def test_optional_rows_neither_win_nor_lose() -> None:
    """Whoever the head is said to be, and of what."""
    score = Score()
    score.add(DOCUMENT, [found("Анна Перова", "глава «Рассвета»", "глава «Рассвета»", None), RIGHT_MAYOR])
    assert (score.gold, score.found, score.right, score.spared) == (2, 1, 1, 1)


def test_what_is_found_where_nothing_stands_counts_against_precision() -> None:
    score = Score()
    score.add(GoldDocument((), ()), [RIGHT_MAYOR])
    assert (score.figures()["found"], score.figures()["precision"]) == (1, 0.0)


def test_annotations_are_read_by_split(tmp_path: Path) -> None:
    row = {"person": cut("Анна Перова"), "position": [cut("мэр")], "normal": "Мэр", "organisation": None}
    row["status"] = "former"
    more = {"normal_also": ["градоначальник"], "organisation_also": [cut("Заречья"), None]}
    loose = {**row, "person": None}
    lines = [
        {"source": "s", "id": "1", "split": "held_out", "positions": [{**row, **more}], "optional": [loose]},
        {"path": "news_md/a.md", "split": "develop", "positions": [], "optional": []},
    ]
    path = tmp_path / "positions.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    read = MAYOR._replace(normals=frozenset({"мэр", "градоначальник"}), organisation=None, also=(cut("Заречья"), None))
    plain = MAYOR._replace(organisation=None, person=None)
    assert read_annotations(path, "held_out") == {("s", "1"): GoldDocument((read,), (plain,))}
    assert read_annotations(path, "develop") == {("news_md", "news_md/a.md"): GoldDocument((), ())}


def test_found_rows_stand_in_original_offsets() -> None:
    """The clean text lacks the two first characters of the original."""
    first = np.arange(2, 30, dtype=np.int32)
    readings = Readings(np.zeros(1, np.int32), ("text",), ("мэр Заречья Анна Перова",), (first,), (first + 1,), ((),))
    place = Mention(Span(0, 0, 4, 11), "STATE_OR_PROVINCE", "name", "Заречье", None, 1.0, "test")
    person = Mention(Span(0, 0, 12, 23), "PERSON", "name", "Анна Перова", None, 1.0, "test")
    rows = [Position(1, 0, "мэр", "current", Span(0, 0, 0, 3), 1.0, "test")]
    assert found_in(0, rows, [place, person], readings) == [Found((14, 25), (2, 5), "мэр", (6, 13), "current", "test")]
    assert found_in(1, rows, [place, person], readings) == []


WORDS = st.sampled_from(["Осин", "Перова", "мэр", "Заречья", "глава", "«Рассвета»", "Заместитель директора"])
ROWS = st.builds(found, WORDS, WORDS, WORDS, st.none() | WORDS, st.sampled_from(["current", "former"]))


@given(st.lists(ROWS, max_size=6))
def test_every_row_is_counted_once(rows: list[Found]) -> None:
    score = Score()
    score.add(DOCUMENT, rows)
    assert score.gold == 2
    assert score.found + score.spared == len(rows)
    assert score.right <= min(score.organisation, score.status) <= score.met <= 2
