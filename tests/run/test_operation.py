"""What an operator does: prune, retry, forget, stop, rehearse, wait; and that a reader never loses what he reads."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from typer.testing import CliRunner

from letopis import nightly, tables
from letopis.cli import app
from letopis.config import Config
from letopis.layers import Documents
from letopis.pipeline import annotate
from letopis.run import unit
from letopis.run.forget import NoSuchDocument, forget
from letopis.run.night import LOCK, MANIFEST, run_night
from letopis.run.plan import plan
from letopis.run.request import Request
from letopis.run.scope import Scope
from letopis.run.status import rejected_inputs, status
from letopis.run.stop import Stopped
from letopis.store.manifest import Manifest
from letopis.store.snapshot import remove_old, settled
from tests.conftest import night, silent
from tests.run.made import make_corpus, write
from tests.run.same import assert_sound, bytes_of, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpus", 30)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def counts(out: Path) -> dict[str, int]:
    """The row of the last run, its counts."""
    last = table(out, "runs").sort_values("started").iloc[-1]
    return {name: int(last[name]) for name in ("new", "changed", "removed", "missing", "unchanged")}


def failing(name: str) -> Callable[[Documents, str], object]:
    """An `annotate` that fails on one path."""
    def fragile(documents: Documents, model: str) -> object:
        if any(d.path == name for d in documents):
            raise ZeroDivisionError("no such luck")
        return annotate(documents, model)
    return fragile


# --- pruning ------------------------------------------------------------------------------------------------------------


def test_a_few_that_have_gone_are_pruned(folder: Path, out: Path) -> None:
    night(folder, out)
    (folder / "0003.md").unlink()
    (folder / "0004.md").rename(folder / "renamed.md")
    night(folder, out, prune="few")
    assert counts(out) == {"new": 1, "changed": 0, "removed": 2, "missing": 0, "unchanged": 28}
    removed = table(out, "changes").query("table_name == 'documents' and change == 'removed'")
    assert len(removed) == 2
    assert_sound(out)


def test_many_that_have_gone_are_kept_and_told(folder: Path, out: Path) -> None:
    night(folder, out)
    for number in range(4):
        (folder / f"{number:04}.md").unlink()
    run = night(folder, out, prune="few")
    assert (run.unpruned, run.removed, run.missing) == (4, 0, 4)
    assert len(table(out, "documents")) == 30
    run = night(folder, out, prune="all")
    assert (run.unpruned, run.removed, run.missing) == (0, 4, 0)
    assert len(table(out, "documents")) == 26


def test_renaming_everything_is_no_loss(folder: Path, out: Path) -> None:
    night(folder, out)
    for path in list(folder.iterdir()):
        path.rename(folder / f"moved-{path.name}")
    run = night(folder, out, prune="few")
    assert (run.new, run.removed, run.unpruned) == (30, 30, 0)


def test_the_rejects_of_a_file_that_has_gone_are_pruned(folder: Path, out: Path) -> None:
    (folder / "empty.md").write_text("")
    night(folder, out)
    (folder / "empty.md").unlink()
    night(folder, out)
    assert len(table(out, "rejects")) == 1
    night(folder, out, prune="few")
    assert len(table(out, "rejects")) == 0


# --- scope --------------------------------------------------------------------------------------------------------------


def test_since_looks_at_what_is_new_enough_and_a_plain_run_at_the_rest(folder: Path, out: Path) -> None:
    night(folder, out, scope=Scope(since=date(2024, 3, 1)))
    days = table(out, "documents").published_date
    assert len(days) == 14
    assert min(days) >= date(2024, 3, 1)
    assert night(folder, out).new == 16


def test_a_rehearsal_counts_and_writes_nothing(folder: Path, out: Path) -> None:
    night(folder, out)
    write(folder, 30)
    write(folder, 2, edition=1)
    (folder / "0005.md").unlink()
    (folder / "empty.md").write_text("")
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    found = plan(Request((folder,), out, Config()), silent)
    assert (found.new, found.changed, found.stale, found.unchanged, found.missing, found.rejected) == (1, 1, 0, 28, 1, 1)
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == before
    assert night(folder, out).new == 1


def test_a_rehearsal_needs_no_store(folder: Path, out: Path) -> None:
    assert plan(Request((folder,), out, Config()), silent).new == 30
    assert not out.exists()


def test_another_configuration_makes_documents_stale(folder: Path, out: Path) -> None:
    night(folder, out)
    found = plan(Request((folder,), out, Config(timezone="Asia/Omsk")), silent)
    assert (found.new, found.changed, found.stale) == (0, 0, 30)


# --- retry and status ---------------------------------------------------------------------------------------------------


def test_retry_tries_the_rejected_files_only(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(unit, "annotate", failing("0003.md"))
        assert night(folder, out).rejected == 1
        assert night(folder, out).rejected == 0                       # a plain run doesn't try it again
    write(folder, 30)
    inputs, files = rejected_inputs(out)
    assert [path for _, path in files] == ["0003.md"]
    run = run_night(Request(inputs, out, Config(), scope=Scope(only=files)), silent)
    assert (run.new, run.rejected, run.missing) == (1, 0, 0)
    assert len(table(out, "rejects")) == 0
    assert len(table(out, "documents")) == 30


def test_retry_takes_the_model_that_is_asked_for(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "empty.md").write_text("")
    night(folder, out)
    asked: list[Request] = []
    monkeypatch.setattr(nightly, "_do", asked.append)
    for words in (("--model", "accurate"), ()):
        assert CliRunner().invoke(app, ["retry", "--out", str(out), *words]).exit_code == 0
    assert [request.config.model for request in asked] == ["accurate", "fast"]
    assert CliRunner().invoke(app, ["retry", "--out", str(out), "--model", "huge"]).exit_code == 2


def test_a_reject_that_is_met_again_counts_its_attempts(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit, "annotate", failing("0003.md"))
    night(folder, out)
    inputs, files = rejected_inputs(out)
    run_night(Request(inputs, out, Config(), scope=Scope(only=files)), silent)
    row = table(out, "rejects").iloc[0]
    assert (row.path, row.attempts) == ("0003.md", 2)
    assert row.first_seen < row.last_seen


def test_what_two_inputs_reject_alike_is_one_row(folder: Path, out: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    for number, root in enumerate((folder, other)):
        (root / "empty.md").write_text("")
        (root / f"{number}.xyz").write_text("?")
    run = run_night(Request((folder, other), out, Config()), silent)
    rejects = table(out, "rejects").query("error != 'duplicate_key'")
    assert rejects[["path", "attempts"]].values.tolist() == [["0.xyz", 1], ["1.xyz", 1], ["empty.md", 2]]
    assert (run.new, run.rejected) == (30, 30 + 4)
    assert_sound(out)


def test_status_tells_what_the_store_holds(folder: Path, out: Path) -> None:
    (folder / "empty.md").write_text("")
    night(folder, out)
    (folder / "0001.md").unlink()
    night(folder, out)
    found = status(out, "another fingerprint")
    assert [r["status"] for r in found.runs] == ["done", "done"]
    assert (found.documents, found.missing, found.stale, found.forgotten) == (30, 1, 30, 0)
    assert [(stage, error, count, path) for stage, error, count, path, _ in found.rejects] == [("format", "empty", 1, "empty.md")]


# --- forgetting ---------------------------------------------------------------------------------------------------------


def everything_in(out: Path) -> str:
    """All that any file of a store says."""
    frames = [pq.read_table(p, partitioning=None).to_pandas().to_csv() for p in out.rglob("*.parquet")]
    rest = [p.read_bytes().decode("utf-8", "replace") for p in out.rglob("*") if p.is_file() and p.suffix != ".parquet"]
    return "".join(frames + rest)


def test_a_forgotten_document_is_nowhere_and_stays_away(folder: Path, out: Path) -> None:
    secret = "Зоя Ромашкина"
    path = folder / "secret.md"
    path.write_text(f"---\npublished: '2024-02-02'\n---\n\n{secret} открыла выставку в Казани.\n", encoding="utf-8")
    shutil.copy(path, folder / "twin.md")
    night(folder, out)
    write(folder, 30)
    night(folder, out)
    assert secret in everything_in(out)
    run, found = forget(Request((), out, Config()), ["secret.md"])
    assert (run.removed, run.unchanged) == (2, 31)
    assert {e.path for e in found} == {"secret.md", "twin.md"}
    assert "Ромашкин" not in everything_in(out)
    assert_sound(out)
    night(folder, out)
    assert "Ромашкин" not in everything_in(out)
    assert set(table(out, "rejects").error) == {"forgotten"}
    assert status(out, "").forgotten == 2
    assert len(table(out, "documents")) == 31


def test_a_killed_forget_is_finished_by_the_next_run(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(folder, out)
    name = table(out, "documents").set_index("path").text["0009.md"]
    with monkeypatch.context() as patch:
        patch.setattr("letopis.run.forget.publish_run", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            forget(Request((), out, Config()), ["0009.md"])
    night(folder, out)
    assert name not in everything_in(out)
    assert len(list((out / "snapshots").iterdir())) == 1


def test_a_forget_that_fails_says_so(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(folder, out)
    with monkeypatch.context() as patch:
        patch.setattr("letopis.run.forget.publish_run", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="the disk is full"):
            forget(Request((), out, Config()), ["0009.md"])
    assert [run["status"] for run in status(out, "").runs] == ["done", "failed"]
    assert status(out, "").runs[-1]["finished"] is not None
    night(folder, out)
    assert "0009.md" not in set(table(out, "documents").path)


def test_what_is_not_there_can_not_be_forgotten(folder: Path, out: Path) -> None:
    night(folder, out)
    with pytest.raises(NoSuchDocument):
        forget(Request((), out, Config()), ["0001.md", "nobody.md"])
    assert len(table(out, "documents")) == 30


# --- two documents of one key -------------------------------------------------------------------------------------------


def keyed(folder: Path, name: str, hour: int) -> None:
    header = f"---\nurl: https://x.example/1\npublished: '2023-01-02T{hour:02}:00:00+03:00'\n---\n"
    (folder / f"{name}.md").write_text(f"{header}В Москве открылась выставка номер {name}.\n", encoding="utf-8")


def test_a_loser_comes_back_when_the_winner_goes(tmp_path: Path, out: Path) -> None:
    folder, config = tmp_path / "corpus", Config(key="url")
    folder.mkdir()
    keyed(folder, "a", 10)
    night(folder, out, config=config)
    keyed(folder, "b", 11)
    night(folder, out, config=config)
    assert table(out, "documents").path.tolist() == ["b.md"]
    run = night(folder, out, config=config)
    assert (run.new, run.changed) == (0, 0)                           # the loser is read, not annotated
    (folder / "b.md").unlink()
    night(folder, out, config=config)
    assert table(out, "documents").path.tolist() == ["a.md"]
    assert len(table(out, "rejects")) == 0
    assert_sound(out)


def test_of_equals_the_first_by_name_wins_whatever_came_first(tmp_path: Path) -> None:
    config = Config(key="url", unit_characters=1)
    for order in ("ab", "ba"):
        folder, out = tmp_path / order, tmp_path / f"out-{order}"
        folder.mkdir()
        for name in order:
            keyed(folder, name, 10)
            night(folder, out, config=config)
        assert table(out, "documents").path.tolist() == ["a.md"]
    assert bytes_of(tmp_path / "out-ab") == bytes_of(tmp_path / "out-ba")


# --- stopping, waiting, full disks --------------------------------------------------------------------------------------


def test_sigterm_ends_after_the_running_unit(folder: Path, out: Path) -> None:
    def term(what: str, count: int) -> None:
        if what == "documents":
            os.kill(os.getpid(), signal.SIGTERM)

    config = Config(unit_characters=500)
    with pytest.raises(Stopped):
        run_night(Request((folder,), out, config), term)
    manifest = Manifest(out / MANIFEST)
    kept = manifest.count()
    manifest.close()
    assert 0 < kept < 30
    assert not (out / "current").exists()
    run = night(folder, out, config=config)
    assert run.new == 30 - kept
    assert table(out, "runs").sort_values("started").status.tolist() == ["interrupted", "done"]


def test_a_second_run_can_wait(folder: Path, out: Path) -> None:
    (out / LOCK).parent.mkdir(parents=True)
    held = threading.Event()

    def other_run() -> None:
        with FileLock(out / LOCK):
            held.set()
            time.sleep(0.3)

    thread = threading.Thread(target=other_run)
    thread.start()
    held.wait()
    assert night(folder, out, wait=True).new == 30
    thread.join()


def test_a_full_disk_is_told_before_publishing(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(folder, out)
    before = settled(out)
    write(folder, 30)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 10**6, 10**6))  # type: ignore[attr-defined]
        with pytest.raises(OSError, match="are free"):
            night(folder, out)
    assert settled(out) == before
    assert night(folder, out).new == 0                                # its unit was finished
    assert table(out, "runs").sort_values("started").status.tolist() == ["done", "failed", "done"]


def test_a_file_system_without_links_gets_copies(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(folder, out)
    first = bytes_of(out)

    def no_links(source: object, target: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    night(folder, out)
    assert bytes_of(out) == first
    assert_sound(out)


# --- readers and snapshots ----------------------------------------------------------------------------------------------


def test_a_reader_keeps_one_snapshot_while_another_becomes_current(folder: Path, out: Path) -> None:
    night(folder, out)
    reader = tables(out)
    documents = reader["documents"]
    write(folder, 31)
    write(folder, 2, edition=1)
    night(folder, out)
    mentions = reader["mentions"]                                     # read after the swap
    assert set(mentions.document_id) <= set(documents.document_id)
    assert len(tables(out)["documents"]) == len(documents) + 1
    spans = mentions.query("field == 'text'").merge(documents[["document_id", "text"]], on="document_id")
    assert all(row.text_y[row.start:row.end] == row.text_x for row in spans.itertuples())


def test_old_rows_stay_readable_in_the_older_snapshot(folder: Path, out: Path) -> None:
    night(folder, out)
    before = settled(out)
    old = table(out, "documents").set_index("path").text["0002.md"]
    write(folder, 2, edition=1)
    night(folder, out)
    assert pd.read_parquet(before / "documents").set_index("path").text["0002.md"] == old
    assert table(out, "documents").set_index("path").text["0002.md"] != old


def test_snapshots_go_when_they_have_not_been_current_for_long_enough(folder: Path, out: Path) -> None:
    config = Config(snapshots_kept=2)
    for number in range(40, 45):
        write(folder, number)
        night(folder, out, config=config)
    kept = sorted((out / "snapshots").iterdir())
    assert len(kept) == 5                                             # all younger than a day
    day = 24 * 3600
    for age, path in enumerate(reversed(kept)):                       # each was current for a day, the last one since now
        os.utime(path, (time.time() - age * day, time.time() - age * day))
    remove_old(out, keep=2, hours=36)
    assert sorted((out / "snapshots").iterdir()) == kept[2:]          # the third was current until a day ago
    remove_old(out, keep=2, hours=1)
    assert sorted((out / "snapshots").iterdir()) == kept[3:]          # two at least
