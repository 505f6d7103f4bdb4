"""Positions against NEREL's relations, over an invented BRAT file."""

from pathlib import Path

import pytest

from letopis.evaluate.work import Pair, Score, read_relations

ANN = "\n".join([
    "\ufeffT1\tPERSON 0 9\tПётр Осин", "T2\tPROFESSION 11 19\tдиректор",
    "T3\tORGANIZATION 20 26;28 33\tзавода  Заря",
    "T4\tPERSON 40 45\tАнна", "R1\tWORKS_AS Arg1:T1 Arg2:T2\t", "R2\tWORKPLACE Arg1:T1 Arg2:T3\t",
    "R3\tWORKPLACE Arg1:T2 Arg2:T3\t",
    "R4\tWORKS_AS Arg1:T1 Arg2:T2\t", "R5\tSPOUSE Arg1:T1 Arg2:T4\t", "N1\tReference T1 Wikidata:Q1\tОсин",
])
POST, PLACE = Pair("WORKS_AS", (0, 9), (11, 19)), Pair("WORKPLACE", (0, 9), (20, 33))


def test_relations_of_people_are_read_each_once(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text(ANN, encoding="utf-8")
    assert read_relations(path) == [PLACE, POST]


@pytest.mark.parametrize(("found", "right"), [
    ([POST], 1),
    ([POST._replace(other=(5, 12))], 1),                        # an overlap is enough
    ([POST._replace(other=(30, 33))], 0),                       # another post
    ([POST._replace(person=(40, 45))], 0),                      # another person
    ([POST._replace(relation="WORKPLACE")], 0),
    ([POST, POST._replace(other=(12, 19))], 1),                 # one to one
])
def test_a_pair_is_right_where_both_spans_overlap(found: list[Pair], right: int) -> None:
    score = Score()
    score.add([POST], found, 1)
    assert score.right == right
    assert score.figures()["precision"] == round(right / len(found), 4)


def test_figures_of_nothing_are_zero() -> None:
    assert Score().figures() == {"precision": 0.0, "recall": 0.0, "recall_in_sentence": 0.0}
