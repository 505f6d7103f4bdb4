"""Scoring of time expressions."""

import json
from pathlib import Path

from letopis.evaluate.times import Dated, by_basis, by_rule, pair, read_annotations, read_gold, score, score_rows


def dated(start: int, end: int, days: str, basis: str = "explicit", method: str = "") -> Dated:
    return Dated(start, end, (days, days), basis, method)


GOLD = [dated(0, 10, "2018-01-01"), dated(20, 30, "2018-01-02", "relative"), dated(40, 50, "2018-01-03", "relative")]
FOUND = [
    dated(2, 10, "2018-01-01", method="day_month"),
    dated(22, 30, "2018-01-09", "relative", "weekday"),
    dated(60, 70, "2018-01-04", "relative", "weekday"),
]


def test_right_is_what_overlaps_and_has_the_same_days() -> None:
    result = score(pair(GOLD, FOUND))
    assert (result.gold, result.found, result.overlapping, result.right) == (3, 3, 2, 1)
    assert (result.precision, result.recall, result.f1) == (1 / 3, 1 / 3, 1 / 3)


def test_one_to_one_and_the_larger_overlap_first() -> None:
    two = [dated(0, 4, "2018-01-05"), dated(3, 10, "2018-01-01")]
    assert score(pair([GOLD[0]], two)).right == 1
    assert score(pair([GOLD[0]], two)).found == 2


def test_each_basis_has_its_line() -> None:
    lines = by_basis(pair(GOLD, FOUND))
    assert lines["explicit"].f1 == 1.0
    assert (lines["relative"].gold, lines["relative"].found, lines["relative"].right) == (2, 2, 0)
    assert lines["year_inferred"].f1 == 0.0


def test_rules_are_counted() -> None:
    assert by_rule(pair(GOLD, FOUND)) == {"day_month": (1, 1), "weekday": (0, 2)}


def test_scores_are_smoothed_precisions() -> None:
    assert score_rows({"weekday": (95, 100), "night": (0, 0)}) == ["night\t0\t0\t0.9000", "weekday\t95\t100\t0.9476"]


def test_gold_files_are_read(tmp_path: Path) -> None:
    row = {"start": 3, "end": 7, "date_start": "2018-01-01", "date_end": None, "basis": "explicit"}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"doc": "a", "timex": [row]}) + "\n", encoding="utf-8")
    assert read_gold(gold) == {"a": [Dated(3, 7, ("2018-01-01", ""), "explicit")]}
    none = {"source": "s", "id": "2", "start": None, "end": None, "date_start": None, "date_end": None, "basis": None}
    notes = tmp_path / "notes.jsonl"
    lines = [json.dumps({"source": "s", "id": "1", **row}), json.dumps(none)]
    notes.write_text("\n".join(lines), encoding="utf-8")
    assert read_annotations(notes) == {("s", "1"): [Dated(3, 7, ("2018-01-01", ""), "explicit")], ("s", "2"): []}
