"""Recall of keywords without a store that stays."""

from pathlib import Path

from letopis.evaluate import keywords
from letopis.store.recall import keyword_recall
from tests.conftest import SAMPLE, night


def article(folder: Path, name: str, *words: str) -> None:
    text = f"---\ntitle: Визит\nkeywords: [{', '.join(words)}]\npublished: 2023-05-04\n---\nМинистр Пётр Осин прибыл в Казань.\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


def test_what_occurs_counts_and_is_found_where_the_article_names_it(tmp_path: Path) -> None:
    article(tmp_path, "a", "Казань", "Экономика", "Министр")
    article(tmp_path, "b", "Пётр Осин")
    assert keywords.recall(tmp_path).tolist() == [[1, 2, 2], [1, 1, 1]]


def test_it_is_what_check_prints_of_a_store(tmp_path: Path) -> None:
    night(SAMPLE, tmp_path / "out")
    known = keyword_recall((tmp_path / "out" / "current").resolve())
    assert keywords.recall(SAMPLE).sum(axis=0).tolist() == [known.found, known.occurring, known.occurring]
