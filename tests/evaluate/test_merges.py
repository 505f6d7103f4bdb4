"""Judged merges: the file is sound, and a store is asked for what became of each pair."""

import hashlib
from pathlib import Path

from letopis.evaluate.merges import FILE, Judged, read_pairs, verdicts
from letopis.resources import data_path
from tests.journal.conftest import letopis

TEXTS = ("В Самаре Людмила Завьялова открыла выставку.", "Людмила Завьялова сообщила, что форум пройдёт в Казани.")


def test_the_pairs_are_of_different_articles_and_most_are_one() -> None:
    pairs = read_pairs(data_path(FILE))
    assert len(pairs) == 200
    assert all(pair.a[0] != pair.b[0] and pair.a[1] < pair.a[2] and pair.b[1] < pair.b[2] for pair in pairs)
    assert sum(pair.one for pair in pairs) == 194


def test_a_store_is_asked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, text in enumerate(TEXTS):
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    assert letopis("run", tmp_path / "in", "--out", tmp_path / "out").exit_code == 0
    a, b = (hashlib.sha256(text.encode()).hexdigest()[:16] for text in TEXTS)
    same, two = Judged((a, 9, 26), (b, 0, 17), "PER", one=True), Judged((a, 2, 8), (b, 48, 54), "LOC", one=True)
    gone = Judged(("0" * 16, 0, 5), (b, 0, 17), "PER", one=True)
    assert list(verdicts(tmp_path / "out", (same, two, gone))) == [(same, True), (two, False)]
