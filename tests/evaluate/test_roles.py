"""Roles against made-up gold: what counts as found, missed and wrong, and what syntax finds beside it."""

import json
from pathlib import Path

import pytest

from letopis.evaluate import roles
from letopis.evaluate.roles import Part
from letopis.evaluate.spans import score

TEXT = "Полиция Самары задержала Ивана Петрова. Ольга Смирнова приехала в Тольятти 3 мая 2022 года."


def at(phrase: str) -> tuple[int, int]:
    return TEXT.index(phrase), TEXT.index(phrase) + len(phrase)


@pytest.mark.parametrize(("right", "ours", "merged", "expected"), [
    ([Part("agent", 0, 10)], [Part("agent", 0, 5)], False, (1, 1, 1)),           # half of the union
    ([Part("agent", 0, 10)], [Part("agent", 0, 4)], False, (0, 1, 1)),
    ([Part("agent", 0, 10)], [Part("patient", 0, 10)], False, (0, 1, 1)),
    ([Part("agent", 0, 10)], [Part("patient", 0, 10)], True, (1, 1, 1)),
    ([Part("agent", 0, 10)], [Part("agent", 0, 10), Part("agent", 0, 9)], False, (1, 2, 1)),     # one to one
    ([Part("place", 0, 10)], [], True, (0, 0, 1)),
    ([], [Part("place", 0, 10)], True, (0, 1, 0)),
])
def test_a_part_is_right_by_half_of_the_union(
    right: list[Part], ours: list[Part], merged: bool, expected: tuple[int, int, int]
) -> None:
    assert tuple(roles.counts([[(right, ours)]], merged=merged)[0]) == expected


def test_one_role_counts_alone() -> None:
    documents = [[([Part("agent", 0, 5), Part("place", 9, 12)], [Part("agent", 0, 5), Part("time", 9, 12)])]]
    assert [roles.counts(documents, role=name).tolist() for name in ("agent", "place", "time")] == [
        [[1, 1, 1]], [[0, 0, 1]], [[0, 1, 0]],
    ]


def test_parts_of_missed_and_of_invented_events_count(tmp_path: Path) -> None:
    events = [
        {"start": at("задержала")[0], "end": at("задержала")[1], "type": "justice.arrest", "realis": "actual", "args": [
            {"role": "patient", "start": at("Ивана Петрова")[0], "end": at("Ивана Петрова")[1]}]},
        {"start": at("мая")[0], "end": at("мая")[1], "type": "other", "realis": "actual", "args": [
            {"role": "agent", "start": at("Полиция")[0], "end": at("Полиция")[1]}]},
    ]
    path = tmp_path / "gold"
    path.mkdir()
    (path / "events_made.jsonl").write_text(json.dumps({"doc": "1", "text": TEXT, "events": events}) + "\n", encoding="utf-8")
    (told,) = roles.read(path)
    found = roles.figures(path, "fast", {"1"})
    assert (told.file, len(told.parts)) == ("events/made", 2)
    assert found["roles"].gold == 2                                              # that of the event nobody can find is missed
    assert found["roles"].recall == 0.5
    assert found["roles"].precision < 0.5                                        # gold has no 'приехала'
    assert found["role patient"].recall == found["roles: syntax alone"].recall * 2 == 1.0


def test_nerel_links_are_read_with_their_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text(
        "\ufeffT1\tEVENT 0 7;9 12\tвстреча в\nT2\tCITY 20 26\tМоскве\nT3\tPERSON 30 33\tИва\n"
        "R1\tTAKES_PLACE_IN Arg1:T1 Arg2:T2\nR2\tKNOWS Arg1:T3 Arg2:T3\nR3\tTAKES_PLACE_IN Arg1:T1 Arg2:T2\n", encoding="utf-8",
    )
    assert roles.read_links(path) == {(0, 12, 20, 26, "TAKES_PLACE_IN")}


def test_no_document_gives_no_score() -> None:
    assert score(roles.counts([])).f1 == 0.0
