"""Relations against NEREL's, over an invented BRAT file."""

from pathlib import Path

import pytest

from letopis.evaluate.relations import counts, documents, figures, read_links

TEXT = "Директор завода «Заря» Олег Ветров уехал. Гостей было много. Ветров вернулся."
ANN = "\n".join([
    "\ufeffT1\tPROFESSION 0 15\tДиректор завода", "T2\tORGANIZATION 17 21\tЗаря", "T3\tPERSON 23 34\tОлег Ветров",
    "T4\tPERSON 61 67\tВетров", "T5\tPROFESSION 0 8\tДиректор",
    "R1\tWORKPLACE Arg1:T3 Arg2:T2\t", "R2\tWORKPLACE Arg1:T3 Arg2:T2\t", "R3\tALTERNATIVE_NAME Arg1:T3 Arg2:T4\t",
    "R4\tSPOUSE Arg1:T4 Arg2:T3\t",
])
WORK, NAME = ("WORKPLACE", (23, 34), (17, 21)), ("ALTERNATIVE_NAME", (23, 34), (61, 67))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nerel")
    (folder / "1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "1.ann").write_text(ANN, encoding="utf-8")
    return folder


def test_relations_are_read_each_once(folder: Path) -> None:
    assert read_links(folder / "1.ann") == [NAME, ("SPOUSE", (61, 67), (23, 34)), WORK]


def test_both_spans_and_the_relation_make_a_hit(folder: Path) -> None:
    read = documents(folder)
    assert {WORK: 0, NAME: 2}.items() <= read[0].found.items()
    assert read[0].gold == {WORK: 0, NAME: 2, ("SPOUSE", (61, 67), (23, 34)): 2}
    right, found, gold = counts(read, "WORKPLACE")[0]
    assert (right, gold) == (1, 1) and found >= 1
    assert counts(read, "ALTERNATIVE_NAME").tolist() == [[1, 1, 1]]


def test_a_scope_leaves_out_what_lies_farther_apart(folder: Path) -> None:
    read = documents(folder)
    assert counts(read, "ALTERNATIVE_NAME", "one sentence").tolist() == [[0, 0, 0]]
    assert counts(read, "ALTERNATIVE_NAME", "neighbouring sentences").tolist() == [[0, 0, 0]]


def test_rules_stand_beside(folder: Path) -> None:
    scores = figures(folder, "fast")
    assert scores["WORKPLACE, document, rules alone"].recall == 1
    assert scores["ALTERNATIVE_NAME, document, rules alone"].recall == 0 < scores["ALTERNATIVE_NAME, document"].recall
