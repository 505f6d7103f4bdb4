"""Runs: what is done anew, what is kept, and that nothing else changes the tables."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from letopis.config import Config
from letopis.formats import InputError
from letopis.layers import Documents
from letopis.pipeline import annotate
from letopis.run import unit
from letopis.run.night import MANIFEST, StoreIsLocked, run_night
from letopis.run.request import Request as RunRequest
from letopis.schema import DOCUMENT_TABLES, TABLES
from letopis.store.check import check
from letopis.store.manifest import Manifest
from letopis.store.snapshot import settled
from tests.conftest import night, silent
from tests.run.same import bytes_of, table


def test_every_table_is_published_and_keeps_its_promises(small_corpus: Path, tmp_path: Path) -> None:
    run = night(small_corpus, tmp_path / "out")
    assert (run.new, run.changed, run.unchanged, run.missing, run.rejected) == (5, 0, 0, 0, 0)
    assert {p.name for p in settled(tmp_path / "out").iterdir() if p.is_dir()} == {t.name for t in TABLES}
    assert check(settled(tmp_path / "out")) == []


def test_no_row_is_lost_between_units_and_tables(sample_store: Path) -> None:
    for table_, _ in DOCUMENT_TABLES:
        kept = sum(pq.read_metadata(p).num_rows for p in sample_store.glob(f".units/*/{table_.name}.parquet"))
        assert len(table(sample_store, table_.name)) == kept > 0, table_.name


def test_the_same_documents_give_the_same_bytes(small_corpus: Path, tmp_path: Path) -> None:
    night(small_corpus, tmp_path / "a")
    night(small_corpus, tmp_path / "b", workers=2, config=Config(unit_characters=3000))
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_a_second_run_annotates_nothing_and_links_every_month(small_corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    night(small_corpus, out)
    first = settled(out)
    run = night(small_corpus, out)
    assert (run.new, run.changed, run.unchanged) == (0, 0, 5)
    assert run.bytes_rewritten == 0
    for file in (p for t, _ in DOCUMENT_TABLES for p in (settled(out) / t.name).rglob("*.parquet")):
        assert file.samefile(first / file.relative_to(settled(out)))
    assert len(table(out, "changes").query("run_id == @run.run_id")) == 0


def test_nights_in_any_order_equal_one_clean_run(small_corpus: Path, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.mkdir()
    for file in sorted(small_corpus.iterdir(), reverse=True):
        shutil.copy2(file, part)
        night(part, tmp_path / "nights")
    night(small_corpus, tmp_path / "clean")
    assert bytes_of(tmp_path / "nights") == bytes_of(tmp_path / "clean")


def test_a_changed_article_keeps_its_id_and_rewrites_its_month_only(small_corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    night(small_corpus, out)
    before, ids = settled(out), set(table(out, "documents").document_id)
    path = small_corpus / "gurova-vyigrala-turnir-v-batumi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\nОб этом сообщила пресс-служба турнира.\n", encoding="utf-8")
    run = night(small_corpus, out)
    assert (run.new, run.changed, run.unchanged) == (0, 1, 4)
    assert set(table(out, "documents").document_id) == ids
    now = settled(out)
    months = {p.parent.name for p in now.rglob("tokens/*/*.parquet") if not p.samefile(before / p.relative_to(now))}
    assert months == {"month=2024-01"}
    assert before.exists()


def test_what_has_gone_is_missing_and_kept(small_corpus: Path, tmp_path: Path) -> None:
    night(small_corpus, tmp_path / "out")
    (small_corpus / "gurova-vyigrala-turnir-v-batumi.md").unlink()
    run = night(small_corpus, tmp_path / "out")
    assert (run.unchanged, run.missing) == (4, 1)
    assert len(table(tmp_path / "out", "documents")) == 5


def test_a_renamed_file_costs_no_annotation(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(small_corpus, tmp_path / "out")
    monkeypatch.setattr(unit, "annotate", None)              # whatever calls it fails
    (small_corpus / "gurova-vyigrala-turnir-v-batumi.md").rename(small_corpus / "renamed.md")
    run = night(small_corpus, tmp_path / "out")
    assert (run.new, run.missing, run.rejected) == (1, 1, 0)
    documents = table(tmp_path / "out", "documents")
    mentions = table(tmp_path / "out", "mentions")
    renamed = documents[documents.path == "renamed.md"].document_id.iloc[0]
    assert len(mentions[mentions.document_id == renamed]) > 10


def test_a_document_that_fails_is_a_reject_and_its_neighbours_are_whole(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(small_corpus, tmp_path / "whole")

    def fragile(documents: Documents, model: str) -> object:
        if any("gurova" in d.path for d in documents):
            raise ZeroDivisionError("no such luck")
        return annotate(documents, model)

    monkeypatch.setattr(unit, "annotate", fragile)
    run = night(small_corpus, tmp_path / "out")
    assert (run.new, run.rejected) == (4, 1)
    rejects = table(tmp_path / "out", "rejects")
    assert rejects[["path", "stage"]].values.tolist() == [["gurova-vyigrala-turnir-v-batumi.md", "annotate"]]
    kept = set(table(tmp_path / "out", "mentions").mention_id)
    assert kept == set(table(tmp_path / "whole", "mentions").query("month != '2024-01'").mention_id)


def test_a_run_killed_while_publishing_leaves_the_last_snapshot(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    night(small_corpus, out)
    before = bytes_of(out)
    (small_corpus / "gurova-vyigrala-turnir-v-batumi.md").unlink()
    shutil.copy(Path(__file__).parents[2] / "data/sample/premiya-belaya-sova-vruchena.md", small_corpus)
    with monkeypatch.context() as patch:
        patch.setattr("letopis.run.publication.publish.write_tables", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            night(small_corpus, out)
    assert bytes_of(out) == before
    run = night(small_corpus, out)
    assert (run.new, run.unchanged, run.missing) == (0, 5, 1)     # the killed run's unit was finished
    assert check(settled(out)) == []


def test_a_folder_of_rejects_alone_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "empty.md").write_text("")
    run = night(folder, tmp_path / "out")
    assert (run.new, run.rejected) == (0, 1)
    assert len(table(tmp_path / "out", "rejects")) == 1
    assert check(settled(tmp_path / "out")) == []


def test_a_missing_input_is_an_error_and_never_an_empty_corpus(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        night(tmp_path / "nowhere", tmp_path / "out")


def test_two_runs_at_once_are_kept_apart(small_corpus: Path, tmp_path: Path) -> None:
    request = RunRequest((small_corpus,), tmp_path / "out", Config())
    seen = []

    def second_run(what: str, count: int) -> None:
        if what == "documents" and not seen:
            seen.append(what)
            with pytest.raises(StoreIsLocked):
                run_night(request, silent)

    run_night(request, second_run)
    assert seen


def test_switching_tokens_off_leaves_the_table_empty(small_corpus: Path, tmp_path: Path) -> None:
    night(small_corpus, tmp_path / "out", config=Config(tokens=False))
    assert len(table(tmp_path / "out", "tokens")) == 0
    assert check(settled(tmp_path / "out")) == []


def test_the_later_published_of_one_key_wins(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, day in (("a", "2023-01-02"), ("b", "2023-01-03"), ("c", "2023-01-01")):
        header = f"---\nurl: https://x.example/1\npublished: '{day}T10:00:00+03:00'\n---\n"
        (folder / f"{name}.md").write_text(f"{header}В Москве открылась выставка номер {name}.\n", encoding="utf-8")
    run = night(folder, tmp_path / "out", config=Config(key="url"))
    documents = table(tmp_path / "out", "documents")
    assert documents.path.tolist() == ["b.md"]
    assert (run.new, run.rejected) == (1, 2)
    manifest = Manifest(tmp_path / "out" / MANIFEST)
    assert sorted(r[0] for r in manifest.rejects()) == ["a.md", "c.md"]
    manifest.close()
