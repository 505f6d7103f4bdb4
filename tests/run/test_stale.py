"""Documents that an older pipeline annotated: done again in the order and time that are asked for, kept as they were until then."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from letopis.config import Config, seconds_of
from letopis.layers import Document
from letopis.run import overdue as module
from letopis.run import survey as survey_module
from letopis.run import unit
from letopis.store import units
from tests.conftest import night
from tests.run.made import make_corpus, text_of, write
from tests.run.same import assert_sound, bytes_of, table

OMSK = {"timezone": "Asia/Omsk"}      # another configuration of what makes rows: everything is stale
COUNT = 16


class Clock:
    """A clock of which every annotated document takes a second."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made, annotate = Clock(), unit.annotate

    def slow(documents: tuple[Document, ...], model: str) -> object:
        made.now += len(documents)
        return annotate(documents, model)

    monkeypatch.setattr(unit, "annotate", slow)
    monkeypatch.setattr(module, "time", made)
    monkeypatch.setattr(module, "HELPING", 2)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpus", COUNT)


@pytest.fixture
def out(tmp_path: Path, folder: Path) -> Path:
    night(folder, tmp_path / "out")
    return tmp_path / "out"


def config(budget: str, **options: object) -> Config:
    return Config(**OMSK, stale_budget=budget, unit_characters=300, **options)    # type: ignore[arg-type]  # two articles a unit


def made_by(out: Path) -> dict[str, list[str]]:
    """Fingerprint -> paths, newest first."""
    documents = table(out, "documents").sort_values(["published", "document_id"], ascending=[False, True])
    return {str(key): group.path.tolist() for key, group in documents.groupby("fingerprint")}


def test_a_budget_does_the_newest_and_keeps_the_rest_as_it_was(folder: Path, out: Path, clock: Clock) -> None:
    before = table(out, "documents").sort_values(["published", "document_id"], ascending=[False, True])
    mentions = table(out, "mentions")
    run = night(folder, out, config=config("8s"))
    assert 6 <= run.changed <= 10
    assert (run.new, run.missing, run.unchanged, run.stale) == (0, 0, COUNT - run.changed, COUNT - run.changed)
    assert set(made_by(out)[run.fingerprint]) == set(before.path[:run.changed])
    kept = mentions.document_id.isin(before.document_id[run.changed:])
    assert set(mentions[kept].mention_id) <= set(table(out, "mentions").mention_id)
    assert_sound(out)


def test_nights_within_a_budget_end_as_one_clean_run(folder: Path, out: Path, clock: Clock, tmp_path: Path) -> None:
    done = []
    for number in range(20):
        write(folder, COUNT + number)
        run = night(folder, out, config=config("6s"))
        assert run.new == 1
        assert_sound(out)
        done.append(run.changed)
        if not run.stale:
            break
    assert len(done) >= 3
    assert sum(done) == COUNT                                       # each once
    assert night(folder, out, config=config("6s")).changed == 0
    night(folder, tmp_path / "clean", config=Config(**OMSK))
    assert bytes_of(out) == bytes_of(tmp_path / "clean")


@pytest.mark.parametrize(("order", "column", "ascending"), [("oldest", "published", True), ("path", "path", True)])
def test_the_order_is_the_users(order: str, column: str, ascending: bool, folder: Path, out: Path, clock: Clock) -> None:
    run = night(folder, out, config=config("6s", stale_order=order))
    documents = table(out, "documents").sort_values([column, "document_id"], ascending=ascending)
    assert 0 < run.changed < COUNT
    assert set(made_by(out)[run.fingerprint]) == set(documents.path[:run.changed])


def test_no_time_does_what_is_new_only(folder: Path, out: Path, clock: Clock) -> None:
    write(folder, COUNT)
    write(folder, 3, edition=1)
    run = night(folder, out, config=config("0"))
    assert (run.new, run.changed, run.stale) == (1, 1, COUNT - 1)
    assert set(made_by(out)[run.fingerprint]) == {f"{COUNT:04}.md", "0003.md"}
    assert night(folder, out, config=Config(**OMSK)).changed == COUNT - 1                # no budget, no bound
    assert_sound(out)


def test_every_row_tells_which_versions_made_it(folder: Path, out: Path, clock: Clock) -> None:
    night(folder, out, config=config("8s"))
    runs = table(out, "runs")
    assert runs.fingerprint.nunique() == 2
    assert set(table(out, "documents").fingerprint) == set(runs.fingerprint)
    assert runs.stage_versions.str.contains("formats:").all()


def test_records_of_one_file_are_done_in_order_too(tmp_path: Path, clock: Clock) -> None:
    folder, out = tmp_path / "records", tmp_path / "many"
    folder.mkdir()
    rows = [{"id": n, "text": text_of(n).split("---\n")[2], "published": f"2024-01-{n + 1:02}"} for n in range(COUNT)]
    file = folder / "news.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    night(folder, out)
    first = night(folder, out, config=config("6s"))
    newest = table(out, "documents").sort_values("published", ascending=False).record[:first.changed]
    assert set(table(out, "documents").query("fingerprint == @first.fingerprint").record) == set(newest)
    with file.open("a") as lines:
        lines.write(json.dumps({"id": 99, "text": "В Казани открылась выставка.", "published": "2024-03-01"}) + "\n")
    second = night(folder, out, config=config("6s"))                   # the file has changed: its new record, and stale ones
    assert second.new == 1
    assert first.changed + second.changed + second.stale == COUNT
    while night(folder, out, config=config("6s")).stale:
        assert_sound(out)
    night(folder, tmp_path / "clean", config=Config(**OMSK))
    assert bytes_of(out) == bytes_of(tmp_path / "clean")


def test_what_waits_and_goes_is_missing(folder: Path, out: Path, clock: Clock) -> None:
    (folder / "0003.md").unlink()
    run = night(folder, out, config=config("0"))
    assert (run.missing, run.unchanged) == (1, COUNT - 1)
    assert night(folder, out, config=config("0"), prune="few").removed == 1


def test_what_can_be_read_no_more_leaves_as_from_a_clean_run(tmp_path: Path, clock: Clock) -> None:
    folder, out = tmp_path / "records", tmp_path / "many"
    folder.mkdir()
    texts = ["В Казани открылась выставка. " * times for times in (1, 30, 2)]
    rows = (json.dumps({"id": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
    (folder / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    night(folder, out)
    settings = {"limits": {"record_bytes": 1000}}
    run = night(folder, out, config=config("1h", **settings), prune="all")
    assert (run.changed, run.rejected, run.removed) == (2, 1, 1)
    assert night(folder, out, config=config("1h", **settings)).rejected == 0             # the file counts as read
    night(folder, tmp_path / "clean", config=Config(**OMSK, **settings))                 # type: ignore[arg-type]
    assert bytes_of(out) == bytes_of(tmp_path / "clean")


def test_a_unit_without_todays_columns_may_not_wait(folder: Path, out: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    schemas = {**units.UNIT_SCHEMAS, "mentions": units.UNIT_SCHEMAS["mentions"].remove(1)}
    monkeypatch.setattr(units, "UNIT_SCHEMAS", schemas)
    assert night(folder, out, config=config("0")).changed == COUNT


def test_a_killed_night_goes_on(folder: Path, out: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered = survey_module.Survey.entered
    seen: list[str] = []

    def dying(self: survey_module.Survey, source: str, document: Document) -> None:
        seen.append(document.path)
        if len(seen) == 7:
            raise KeyboardInterrupt
        entered(self, source, document)

    with monkeypatch.context() as patch:
        patch.setattr(survey_module.Survey, "entered", dying)
        with pytest.raises(KeyboardInterrupt):
            night(folder, out, config=config("1h"))
    run = night(folder, out, config=config("1h"))
    assert (run.stale, 0 < run.changed < COUNT) == (0, True)
    night(folder, tmp_path / "clean", config=Config(**OMSK))
    assert bytes_of(out) == bytes_of(tmp_path / "clean")


@pytest.mark.parametrize(("text", "seconds"), [("2h", 7200), ("90m", 5400), ("1h30m", 5400), ("45s", 45), ("0", 0)])
def test_a_time_is_read(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "2", "h", "2 h", "-1h", "1m2h", "two hours"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="no time"):
        seconds_of(text)


def test_missing_documents_of_an_older_version_stay_published_with_what_they_have(folder: Path, out: Path) -> None:
    before = table(out, "documents")
    gone = sorted(p for p in folder.rglob("*") if p.is_file())[0]
    gone.unlink()
    for path in (out / units.FOLDER).glob("*/keywords.parquet"):          # units as a version made them that knew less
        path.unlink()
    for path in (out / units.FOLDER).glob("*/documents.parquet"):
        rows = pq.read_table(path)
        pq.write_table(rows.drop_columns(["language"]), path)
    night(folder, out, config=Config(**OMSK))      # type: ignore[arg-type]
    assert_sound(out)
    after = table(out, "documents").set_index("path")
    assert len(after) == len(before)
    assert after.language.isna().sum() == after.language.isna()[str(gone.relative_to(folder))] == 1
