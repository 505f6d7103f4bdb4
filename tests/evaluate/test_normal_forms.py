"""Scores of normal forms: how both corpora are read, and what counts as right."""

from pathlib import Path

import pytest

from letopis.evaluate import runormas, slavicner_lemmas
from letopis.evaluate.normal_forms import Case, compare, parse_cases, score

TEXT = "Слова Сергея Черёмина удивили Курскую и Тульскую области."


@pytest.mark.parametrize(("gold", "found", "exact", "loose"), [
    ("Сергей Черёмин", "Сергей Черемин", 1, 1), ("газета «Правда»", "Газета \"Правда\"", 0, 1), ("Москва", "Москвы", 0, 0),
])
def test_score(gold: str, found: str, exact: float, loose: float) -> None:
    assert (score([gold], [found]).exact, score([gold], [found]).loose) == (exact, loose)


def test_score_of_nothing() -> None:
    assert score([], []).exact == 0


def test_runormas_is_read(tmp_path: Path) -> None:
    (tmp_path / "7.txt").write_bytes(f"\u2028{TEXT}".encode())
    (tmp_path / "7.ann").write_text("7 22\n31 38 50 57\n", encoding="utf-8")
    (tmp_path / "7.norm").write_text("Сергей Черёмин\nКурская область\n", encoding="utf-8")
    first, second = runormas.read_cases(tmp_path)
    assert (first.surface, first.gold) == ("Сергея Черёмина", "Сергей Черёмин")
    assert (second.surface, second.gold) == ("Курскую области", "Курская область")


@pytest.mark.parametrize(("document", "part"), [("1", "train"), ("4", "choose"), ("15", "choose"), ("0", "final"), ("9", "final")])
def test_parts_of_runormas_never_change(document: str, part: str) -> None:
    assert runormas.part_of(document) == part


def test_slavicner_is_read(tmp_path: Path) -> None:
    for folder in ("ner/brexit", "raw/brexit"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "raw/brexit/a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "ner/brexit/a.tsv").write_text("6\t21\tСергея Черёмина\tСергей Черёмин\tPER\tPER-1\n", encoding="utf-8")
    (case,) = slavicner_lemmas.read_cases(tmp_path, ["brexit"])
    assert (case.document, case.surface, case.type) == ("brexit/a", "Сергея Черёмина", "PERSON")


def test_systems_stand_in_one_table() -> None:
    cases = [Case("a", TEXT, ((6, 21),), "Сергей Черёмин", "PERSON"), Case("b", "Он в Москве.", ((5, 11),), "Москва", "CITY")]
    table = compare(parse_cases(cases))
    assert list(table) == ["letopis", "natasha", "surface"]
    assert table["letopis"].exact == 1
    assert table["surface"].exact == 0
