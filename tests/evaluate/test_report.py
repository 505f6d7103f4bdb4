"""`letopis evaluate` on made-up gold: what counts as right, and natasha beside it."""

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from letopis.cli import app
from letopis.evaluate import report, tagged
from letopis.evaluate.gold import Text, Trigger
from letopis.evaluate.spans import macro
from letopis.layers import Event, Span

TEXT = "Анна Лосева приехала в Тулу."


def event(start: int, end: int, kind: str, realis: str = "actual") -> tuple[int, int, Event]:
    span = Span(0, 0, start, end)
    nothing = dict.fromkeys(("type2", "start", "end", "granularity", "date_basis", "place", "place_basis", "mention", "source"))
    return start, end, Event(
        span=span, lemma="", type=kind, type_score=1.0, realis=realis, salience=0.0, cluster=0, score=1.0, method="", **nothing,
    )


def test_nerel_in_all_types_and_as_natasha_knows_them(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "1.ann").write_text("T1\tPERSON 0 11\tАнна Лосева\nT2\tCITY 23 27\tТулу\n", encoding="utf-8")
    rows = {row.name: row for row in report.nerel(tmp_path, held_out=False, model="fast")}
    assert rows["PERSON"].ours.f1 == 1 and rows["CITY"].ours.f1 == 1
    assert rows["PERSON"].natasha is None
    coarse = rows["PER+ORG+LOC (coarse)"]
    assert coarse.ours.gold == 2 and coarse.natasha is not None and coarse.natasha.f1 == 1


def test_the_heads_of_other_conventions_answer() -> None:
    assert (0, 11, "PER") in tagged.names_of("factrueval", "fast")(TEXT)
    assert (23, 27, "LOC") in tagged.names_of("slavicner", "fast")(TEXT)


def test_events_are_matched_one_to_one() -> None:
    gold = Text("events/x", "1", TEXT, {}, triggers=(Trigger(12, 20, "movement.travel", "contact.visit", "actual"),))
    pairs = report.pair_events(gold, [event(12, 20, "contact.visit"), event(12, 15, "movement.travel")])
    assert [(g.type, e.type) for g, e in pairs] == [("movement.travel", "contact.visit")]
    assert report.right_type(pairs[0]) and report.right_group(pairs[0])


@pytest.mark.parametrize(("kind", "type_", "group"), [
    ("movement.travel", True, True), ("contact.visit", True, True), ("contact.call", False, True), ("life.death", False, False),
])
def test_either_type_of_gold_is_right(kind: str, type_: bool, group: bool) -> None:
    pair = (Trigger(0, 1, "movement.travel", "contact.visit", "actual"), event(0, 1, kind)[2])
    assert (report.right_type(pair), report.right_group(pair)) == (type_, group)


def test_one_type_of_gold_leaves_no_second_to_be_right() -> None:
    assert not report.right_group((Trigger(0, 1, "movement.travel", "", "actual"), event(0, 1, "life.death")[2]))


def test_the_mean_of_classes_weighs_them_alike() -> None:
    many, few = np.array([[90, 100, 100]], np.int64), np.array([[1, 2, 2]], np.int64)
    assert macro([many, few]).f1 == pytest.approx((0.9 + 0.5) / 2)


def test_an_unknown_set_is_a_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "conll", str(tmp_path)])
    assert result.exit_code == 2 and "slavicner" in result.output


def test_the_command_prints_a_row_a_type(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "1.ann").write_text("T1\tPERSON 0 11\tАнна Лосева\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", "nerel", str(tmp_path)])
    assert result.exit_code == 0 and "PERSON" in result.output and "natasha" in result.output
