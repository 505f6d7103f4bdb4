"""Scoring of quantities."""

import json
from dataclasses import replace
from pathlib import Path

from letopis.evaluate.quantities import Gold, Pair, Score, is_right, pair, read_annotations, score_rows
from letopis.layers import Event, Quantity, Span

GOLD = [
    Gold(0, 10, 12, None, False, "count", "человек", (20, 27)),
    Gold(30, 40, 5, 7, True, "measure", "km", None),
    Gold(50, 55, 3, None, False, "count", "ребёнок", None),
]


def quantity(start: int, end: int, value: float, unit: str, event: int | None = None) -> Quantity:
    return Quantity(Span(0, 0, start, end), "count", value, None, False, unit, event, 0.9, "count_digits")


def event(start: int, end: int) -> Event:
    nowhere = (None,) * 8
    return Event(Span(0, 0, start, end), "погибнуть", "other", None, 1.0, "actual", *nowhere, 0.0, 0, 1.0, "test")


FOUND = [quantity(0, 10, 12, "человек", 0), quantity(30, 40, 5, "km"), quantity(60, 65, 9, "дом")]


def test_right_is_value_range_and_unit() -> None:
    assert is_right(GOLD[0], FOUND[0])
    assert not is_right(GOLD[1], FOUND[1])                               # no value_max
    assert is_right(GOLD[1], replace(FOUND[1], value_max=7.0))
    assert is_right(GOLD[2], quantity(50, 55, 3, "ребенок"))             # ё folded


def test_one_to_one_and_the_right_one_first() -> None:
    two = [quantity(0, 10, 11, "человек"), quantity(0, 2, 12, "человек")]
    assert pair(GOLD[:1], two) == [Pair(GOLD[0], two[1]), Pair(None, two[0])]


def test_figures() -> None:
    score = Score()
    score.add(pair(GOLD, FOUND), [event(20, 27)])
    figures = score.figures()
    assert (figures["gold"], figures["found"], figures["precision"], figures["recall"]) == (3, 3, 0.3333, 0.3333)
    assert (figures["right_of_met"], figures["tied"], figures["tie"]) == (0.5, 1, 1.0)


def test_ties_only_where_there_is_event_gold() -> None:
    score = Score()
    score.add(pair(GOLD, FOUND), None)
    assert score.figures()["tied"] == 0


def test_scores_are_smoothed_precisions() -> None:
    assert score_rows({("b", True): 95, ("b", False): 5, ("a", True): 0}) == ["a\t0\t0\t0.9000", "b\t95\t100\t0.9476"]


def test_annotations_are_read_by_part(tmp_path: Path) -> None:
    row = {**GOLD[0]._asdict(), "event": [20, 27]}
    parts = {"1": "develop", "2": "held_out"}
    lines = [{"source": "s", "id": i, "part": part, "quantities": [row]} for i, part in parts.items()]
    path = tmp_path / "quantities.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert read_annotations(path, "held_out") == {("s", "2"): [GOLD[0]]}
