"""Answers about blocks: what is asked for comes back, and what is damaged, of another version or not asked for does not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from letopis.store.blocks import FOLDER, Answers, newest, remove_old, save
from letopis.store.corpus import Corpus

FOUND = [("a", [1, 1]), ("b", [1, 2, 1]), ("c", [2, 2])]


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = Corpus(tmp_path, [])
    yield corpus
    corpus.close()


def ask(corpus: Corpus, file: Path | None, *digests: str) -> tuple[dict[str, list[int]], int]:
    """The answers to digests, and how many of them are counted as reused."""
    answers = Answers(file)
    corpus.add("asked", pa.table({"digest": pa.array(digests, pa.string())}))
    answers.recall(corpus, "asked")
    rows = corpus.query("SELECT digest, answer FROM answers").to_pylist()
    return {row["digest"]: row["answer"] for row in rows}, answers.reused


def keep(corpus: Corpus, run_id: str = "run1", found: list[tuple[str, list[int]]] = FOUND) -> Path:
    """A file of answers."""
    answers = Answers()
    answers.recall(corpus, "documents")
    answers.enter(corpus, found)
    assert (answers.reused, answers.computed) == (0, len(found))
    save(corpus, corpus.out, run_id)
    return corpus.out / FOLDER / f"{run_id}.parquet"


def test_what_is_asked_for_comes_back_and_nothing_else(corpus: Corpus) -> None:
    file = keep(corpus)
    assert newest(corpus.out) == file
    assert ask(corpus, file, "c", "a", "unheard of") == ({"a": [1, 1], "c": [2, 2]}, 2)
    assert ask(corpus, None, "a") == ({}, 0)


def test_a_run_keeps_what_it_used_only(corpus: Corpus) -> None:
    first = keep(corpus)
    ask(corpus, first, "b")
    Answers().enter(corpus, [("d", [1, 1])])
    save(corpus, corpus.out, "run2")
    second = newest(corpus.out)
    assert pq.read_table(second)["digest"].to_pylist() == ["b", "d"]
    assert ask(corpus, second, "a", "b", "c", "d") == ({"b": [1, 2, 1], "d": [1, 1]}, 2)


def test_no_answer_is_kept_as_none(corpus: Corpus) -> None:
    assert ask(corpus, keep(corpus, found=[]), "a") == ({}, 0)


def test_the_same_answers_are_the_same_bytes(corpus: Corpus) -> None:
    assert keep(corpus, "run1").read_bytes() == keep(corpus, "run2", FOUND[::-1]).read_bytes()


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def other_columns(file: Path) -> None:
    pq.write_table(pa.table({"digest": ["a"], "clusters": [[1, 1]]}), file)


def torn(file: Path) -> None:
    """A page in the middle of it is another's."""
    data = bytearray(file.read_bytes())
    data[20:60] = bytes(40)
    file.write_bytes(bytes(data))


DAMAGES: tuple[Callable[[Path], object], ...] = (
    truncated, other_columns, torn, Path.unlink, lambda f: f.write_bytes(b""), lambda f: f.write_text("PAR1 no more"),
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_holds_nothing(damage: Callable[[Path], object], corpus: Corpus) -> None:
    file = keep(corpus)
    damage(file)
    assert ask(corpus, file, "a", "b", "c") == ({}, 0)


def test_an_answer_whose_seal_is_broken_is_none(corpus: Corpus) -> None:
    file = keep(corpus)
    rows = pq.read_table(file).to_pylist()
    rows[1]["answer"] = [1, 1, 1]
    pq.write_table(pa.Table.from_pylist(rows), file)
    assert ask(corpus, file, "a", "b", "c") == ({"a": [1, 1], "c": [2, 2]}, 2)


def test_only_the_newest_file_stays(corpus: Corpus) -> None:
    for run_id in ("run1", "run2", ".run3"):
        keep(corpus, run_id)
    remove_old(corpus.out, "run9", purging=False)
    assert [f.name for f in (corpus.out / FOLDER).iterdir()] == ["run2.parquet"]


def test_a_runs_own_file_stays_though_a_killed_one_left_a_newer(corpus: Corpus) -> None:
    for run_id in ("run1", "run2"):
        keep(corpus, run_id)
    remove_old(corpus.out, "run1", purging=False)
    assert [f.name for f in (corpus.out / FOLDER).iterdir()] == ["run1.parquet"]


@pytest.mark.parametrize(("run_id", "kept"), [("run1", ["run1.parquet"]), ("run9", [])])
def test_where_something_is_purged_only_the_runs_own_file_stays(run_id: str, kept: list[str], corpus: Corpus) -> None:
    for other in ("run1", "run2"):
        keep(corpus, other)
    remove_old(corpus.out, run_id, purging=True)
    assert [f.name for f in (corpus.out / FOLDER).iterdir()] == kept


def test_a_store_without_answers(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    remove_old(tmp_path, "run1", purging=True)
