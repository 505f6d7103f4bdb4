"""The command line: exit codes, what it prints, and that text stays text."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from letopis.cli import app
from letopis.store.snapshot import settled

runner = CliRunner()


def letopis(*words: str | Path) -> Result:
    return runner.invoke(app, [str(w) for w in words])


def test_run_tells_what_it_wrote_and_how_to_load_it(small_corpus: Path, tmp_path: Path) -> None:
    result = letopis("run", small_corpus, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "event_mentions" in result.output
    assert "letopis.tables(" in result.output


def test_limit(small_corpus: Path, tmp_path: Path) -> None:
    assert letopis("run", small_corpus, "--out", tmp_path / "out", "--limit", "2").exit_code == 0
    assert "2 documents" in letopis("check", tmp_path / "out").output


@pytest.mark.parametrize(("words", "code", "said"), [
    (("run", "nowhere", "--out", "out"), 2, "nowhere"),
    (("check", "nowhere"), 2, "run `letopis run` first"),
    (("show", "x", "--out", "nowhere"), 2, "run `letopis run` first"),
])
def test_wrong_usage_is_told(words: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = letopis(*words)
    assert result.exit_code == code
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("settings", "said"), [
    ("tokns = false", "tokns"),
    ("timezone = 'Mars/Olympus'", "Mars/Olympus"),
    ("model = 'huge'", "model"),
    ("tokens = ", "TOML"),
])
def test_a_wrong_configuration_is_told(settings: str, said: str, small_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "letopis.toml").write_text(settings)
    result = letopis("run", small_corpus, "--out", tmp_path / "out", "--config", tmp_path / "letopis.toml")
    assert result.exit_code == 2
    assert said in result.output


def test_many_rejects_end_with_three_and_the_tables_are_published(small_corpus: Path, tmp_path: Path) -> None:
    for number in range(3):
        (small_corpus / f"empty{number}.md").write_text("")
    result = letopis("run", small_corpus, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "5 documents" in letopis("check", tmp_path / "out").output


def test_ctrl_c_is_told_and_has_its_code(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("letopis.run.night._work", interrupted)
    result = letopis("run", small_corpus, "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert "the next run goes on" in result.output


def test_check_finds_damage(small_corpus: Path, tmp_path: Path) -> None:
    letopis("run", small_corpus, "--out", tmp_path / "out")
    shutil.rmtree(settled(tmp_path / "out") / "quotes")
    result = letopis("check", tmp_path / "out")
    assert result.exit_code == 5
    assert "quotes: no Parquet file" in result.output


def test_show_marks_an_article(sample_store: Path) -> None:
    result = letopis("show", "otkrylsya-forum-volga-bez-granic.md", "--out", sample_store)
    assert result.exit_code == 0
    assert "|PERSON]" in result.output
    assert "events, most salient first" in result.output


def test_show_of_an_unknown_document(sample_store: Path) -> None:
    result = letopis("show", "unknown.md", "--out", sample_store)
    assert result.exit_code == 2
    assert "no document 'unknown.md'" in result.output


def test_markup_in_a_text_stays_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "В Москве [bold red]открылась[/bold red] выставка [link=x]картин[/link] из Перми."
    (folder / "a.txt").write_text(text, encoding="utf-8")
    letopis("run", folder, "--out", tmp_path / "out")
    assert "[bold red]" in letopis("show", "a.txt", "--out", tmp_path / "out").output


def test_version_names_the_models() -> None:
    result = letopis("version")
    assert result.exit_code == 0
    assert "schema 1" in result.output


def test_json_logs(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETOPIS_LOGS", "json")
    result = letopis("run", small_corpus, "--out", tmp_path / "out")
    lines = [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines] == ["run started", "unit finished", *["stage finished"] * 3, "run finished"]
    assert len({line["run_id"] for line in lines}) == 1
    assert (lines[-1]["new"], lines[-1]["exit_code"]) == (5, 0)
