"""What holds for every format: one snapshot, nothing half written, refusals that say why, ids that stay names."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from letopis import export as package
from letopis.cli import app
from letopis.config import Config
from letopis.export import FORMATS, BadChoice, Choice, FileFormat, NoStore, export
from letopis.export.conllu import NoTokens
from letopis.export.names import file_name
from tests.conftest import night

EVENTS = [n for n, f in FORMATS.items() if "realis" in f.options]


def _written(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_snapshot_gives_the_same_bytes(hostile_store: Path, tmp_path: Path, form: str) -> None:
    for n in "12":
        target = tmp_path / n / "x" if isinstance(FORMATS[form], FileFormat) else tmp_path / n
        export(hostile_store, form, target)
    assert _written(tmp_path / "1") == _written(tmp_path / "2")
    assert _written(tmp_path / "1")


@pytest.mark.parametrize("form", FORMATS)
def test_a_store_of_nothing(tmp_path: Path, form: str) -> None:
    (tmp_path / "in").mkdir()
    night(tmp_path / "in", tmp_path / "out")
    export(tmp_path / "out", form, tmp_path / "target")
    assert (tmp_path / "target").exists()


def test_what_cannot_be(sample_store: Path, tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="letopis run"):
        export(tmp_path / "none", "csv", tmp_path)
    for form, choice, message in (
        ("xml", Choice(), "no format 'xml': formats are csv"), ("csv", Choice(tables=("persons",)), "no tables persons"),
        ("csv", Choice(realis=("planned",)), "csv knows no --realis"), ("ftm", Choice(tables=("events",)), "ftm knows no --table"),
        ("geojson", Choice(realis=("maybe",)), "no realis maybe"),
    ):
        with pytest.raises(BadChoice, match=message):
            export(sample_store, form, tmp_path / "x", choice)
    (tmp_path / "file").touch()
    with pytest.raises(BadChoice, match="is a file"):
        export(sample_store, "csv", tmp_path / "file")
    with pytest.raises(BadChoice, match="is a folder"):
        export(sample_store, "ftm", tmp_path)
    with pytest.raises(BadChoice, match="somebody's work"):
        export(sample_store, "brat", tmp_path)


def test_what_fails_leaves_what_was(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(snapshot: Path, stream: object, choice: Choice) -> None:
        stream.write("half")  # type: ignore[attr-defined]
        raise OSError(28, "no space left on device")

    (tmp_path / "x.json").write_text("before")
    monkeypatch.setitem(package.FORMATS, "geojson", FileFormat("geojson", "", fails))  # type: ignore[arg-type]
    with pytest.raises(OSError, match="no space"):
        export(sample_store, "geojson", tmp_path / "x.json")
    assert _written(tmp_path) == {"x.json": b"before"}


@pytest.mark.parametrize("form", EVENTS)
def test_realis(sample_store: Path, tmp_path: Path, form: str) -> None:
    counts = {r: export(sample_store, form, tmp_path / r, Choice(realis=(r,))) for r in ("actual", "planned")}
    sizes = [(tmp_path / r).stat().st_size for r in ("actual", "planned")]
    assert sizes[0] > sizes[1] > 0
    name = "Event" if form == "ftm" else "events"
    assert counts["actual"][name] > counts["planned"][name] > 0


def test_a_store_without_tokens(small_corpus: Path, tmp_path: Path) -> None:
    night(small_corpus, tmp_path / "out", config=Config(tokens=False))
    with pytest.raises(NoTokens, match="tokens = true"):
        export(tmp_path / "out", "conllu", tmp_path / "x.conllu")
    assert not (tmp_path / "x.conllu").exists()


NAMES = ["../../etc/passwd", "..", ".", "", "a/b", "a\\b", "-rf", "nul\x00", "Иванов" * 60, "gn:1", "a|b"]


@pytest.mark.parametrize("name", NAMES)
def test_ids_stay_one_name(name: str, tmp_path: Path) -> None:
    escaped = file_name(name)
    assert (tmp_path / escaped).resolve().parent == tmp_path.resolve()
    assert escaped.isascii()
    assert 0 < len(escaped) <= 120
    assert not escaped.startswith((".", "-"))


def test_two_long_ids_are_two_names() -> None:
    assert file_name("a" * 300) != file_name("a" * 301)


def test_the_command(sample_store: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(app, ["export", "geojson", "--store", str(sample_store), "--out", "-"])
    assert done.exit_code == 0
    assert done.stdout.startswith('{"type":"FeatureCollection"')
    done = runner.invoke(app, ["export", "csv", "--store", str(sample_store), "--out", str(tmp_path), "--table", "events"])
    assert done.exit_code == 0
    assert (tmp_path / "events.csv").exists()
    for asked, message in ((["csv", "--out", "-"], "standard output"), (["xls", "--out", "-"], "no format")):
        done = runner.invoke(app, ["export", *asked, "--store", str(sample_store)])
        assert done.exit_code == 2
        assert message in done.stderr
