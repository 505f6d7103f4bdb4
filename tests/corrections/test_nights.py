"""Corrections over nights: added, changed and taken back in any order they end as one clean run; a bad file changes nothing."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from letopis.cli import app
from letopis.config import Config
from letopis.resolve import blocks
from letopis.run.request import Run
from tests.conftest import night
from tests.run.made import make_corpus, write
from tests.run.same import answers_of, assert_sound, bytes_of, table

NAME = "{name: Анна Гурова, type: PERSON}"
FIRST = f"""\
- same: [{NAME}, {{name: Олег Дёмин, type: PERSON}}]
- rename: {{name: Казань, type: CITY}}
  to: Казань-град
"""
LAST = f"""\
- not_same: [{NAME}, {{document: "0003.md", quote: Анна Гурова}}]
- drop: {{name: Рыбинск, type: CITY}}
- retype: {{name: Северный ветер, type: ORGANIZATION}}
  to: WORK_OF_ART
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_corpus(tmp_path / "corpus", 30)
    (folder / "0003.md").write_text("---\ntitle: Выставка\n---\n\nАнна Гурова открыла выставку в Самаре.\n", encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def corrected(folder: Path, out: Path, text: str | None) -> Run:
    """A night with a file of corrections, or with none."""
    file = folder.parent / "corrections.yaml"
    file.write_text(text or "", encoding="utf-8")
    return night(folder, out, config=Config(corrections=str(file) if text is not None else ""))


def letopis(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.mark.parametrize("last", [None, FIRST, LAST], ids=["none", "first", "last"])
def test_nights_with_corrections_end_as_one_clean_run(last: str | None, folder: Path, out: Path, tmp_path: Path) -> None:
    moved = tmp_path / "later"
    moved.mkdir()
    for number in range(20, 30):
        shutil.move(folder / f"{number:04}.md", moved)
    for text in (LAST, None, FIRST):
        corrected(folder, out, text)
        assert_sound(out)
    for file in moved.iterdir():
        shutil.move(file, folder)
    corrected(folder, out, FIRST if last == LAST else LAST)
    run = corrected(folder, out, last)
    assert_sound(out)
    assert run.new == run.changed == 0
    clean = tmp_path / "clean"
    corrected(folder, clean, last)
    assert bytes_of(out) == bytes_of(clean)
    assert answers_of(out) == answers_of(clean)


def test_only_blocks_that_corrections_touch_are_computed(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[str] = []
    for name in ("settle_people", "settle_bodies"):
        settle = getattr(blocks, name)
        monkeypatch.setattr(blocks, name, lambda block, name=name, settle=settle: (settled.append(name), settle(block))[1])

    def settled_by(text: str | None) -> list[str]:
        settled.clear()
        run = corrected(folder, out, text)
        assert (run.new, run.changed) == (30 if text is None else 0, 0)
        return list(settled)

    assert len(settled_by(None)) > 2
    assert settled_by(LAST) == ["settle_people"]
    assert settled_by(f"# a remark\n\n{LAST}") == []
    assert settled_by(FIRST) == ["settle_people"]                          # what was kept apart; `same` computes none
    assert corrected(folder, out, FIRST).bytes_rewritten == 0


def test_what_is_corrected_is_told_in_the_tables(folder: Path, out: Path) -> None:
    corrected(folder, out, None)
    before = table(out, "entities").set_index("name").entity_id
    corrected(folder, out, FIRST)
    mentions, redirects = table(out, "mentions"), table(out, "redirects")
    said = set(mentions[mentions.text == "Казани"].method)
    assert len(said) == 1
    assert said.pop().endswith("+correction_rename")
    gone = redirects[redirects.old_id.isin([before["Анна Гурова"], before["Олег Дёмин"]])]
    assert list(gone.reason) == ["corrected"]
    corrected(folder, out, None)
    assert not table(out, "mentions").method.str.contains("correction").any()


def test_dropped_mentions_keep_their_rows(folder: Path, out: Path) -> None:
    corrected(folder, out, None)
    before = table(out, "mentions")
    corrected(folder, out, LAST)
    after = table(out, "mentions")
    assert list(after.mention_id) == list(before.mention_id)
    dropped = after[after.normal == "Рыбинск"]
    assert len(dropped) > 0
    assert dropped.entity_id.isna().all()
    assert set(dropped.method.str.partition("+")[2]) == {"correction_drop"}
    removed = table(out, "redirects")[lambda rows: rows.reason == "removed"]
    assert len(removed) == 1
    assert removed.new_id.isna().all()


def test_what_means_nothing_yet_is_told_by_run_and_check(folder: Path, out: Path, tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text("- drop: {document: '0030.md', quote: Анна Гурова}\n", encoding="utf-8")
    said = f"warning: {file}:1: drop: no document '0030.md'"
    for words in (("run", folder, "--out", out, "--corrections", file), ("run", folder, "--out", out, "--corrections", file),
                  ("check", out)):
        result = letopis(*words)
        assert result.exit_code == 0
        assert said in result.output
    write(folder, 30).write_text("Анна Гурова открыла выставку.", encoding="utf-8")
    assert "warning:" not in letopis("run", folder, "--out", out, "--corrections", file).output
    assert "warning:" not in letopis("check", out).output


@pytest.mark.parametrize("text", ["- drop: x\n", None])
def test_a_file_that_cannot_be_used_leaves_the_store_as_it_was(text: str | None, folder: Path, out: Path, tmp_path: Path) -> None:
    night(folder, out)
    before = bytes_of(out, runs=True)
    write(folder, 31)
    file = tmp_path / "corrections.yaml"
    if text is not None:
        file.write_text(text)
    result = letopis("run", folder, "--out", out, "--corrections", file)
    assert result.exit_code == 2
    assert (f"{file}:1: here stand" if text else "cannot be read") in result.output.replace("\n", "")
    assert bytes_of(out, runs=True) == before
