"""`letopis kb import` at the command line, and the setting `kb`."""

from pathlib import Path

from typer.testing import CliRunner

from letopis.cli import Code, app
from letopis.kb.storage import open_base
from tests.kb.made import ROWS, jsonl

RUN = CliRunner()


def test_an_import_says_what_it_did_and_which_lines_are_bad(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", ROWS)
    path.write_bytes(path.read_bytes() + b"{\n")
    done = RUN.invoke(app, ["kb", "import", str(path), "--kb", str(tmp_path / "kb"), "--name", "own"])
    assert done.exit_code == Code.DONE
    assert "line 5:" in done.output
    assert "4 items" in done.output
    assert [s.name for s in open_base(tmp_path / "kb").sources] == ["own"]


def test_the_folder_may_stand_in_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "letopis.toml"
    config.write_text(f"kb = '{tmp_path / 'kb'}'")
    path = jsonl(tmp_path / "a.jsonl", ROWS)
    assert RUN.invoke(app, ["kb", "import", str(path)]).exit_code == Code.USAGE
    assert RUN.invoke(app, ["kb", "import", str(path), "--config", str(config)]).exit_code == Code.DONE
    assert open_base(tmp_path / "kb").sources[0].items == 4


def test_what_cannot_be_imported_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    done = RUN.invoke(app, ["kb", "import", str(path), "--kb", str(tmp_path / "kb")])
    assert done.exit_code == Code.FAILED
    assert "no column id" in " ".join(done.output.split())


def test_a_run_whose_base_is_not_there_does_not_begin(tmp_path: Path) -> None:
    config = tmp_path / "letopis.toml"
    config.write_text(f"kb = '{tmp_path / 'nothing'}'")
    done = RUN.invoke(app, ["run", str(tmp_path), "--out", str(tmp_path / "out"), "--config", str(config)])
    assert done.exit_code == Code.USAGE
    assert "kb import" in " ".join(done.output.split())
