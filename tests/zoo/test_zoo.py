"""The whole zoo in one night: every creature comes to what is said of it, good articles beside it are annotated as if alone.

A minute, most of it for the two creatures at the limits.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from letopis.config import Config
from tests.conftest import SAMPLE, night
from tests.run.same import assert_sound, table
from tests.zoo.make import CREATURES, GROWING, SLOW, URL, Creature, article, growing, make

NEIGHBOURS = ("forum-pobratimov-anons.md", "gurova-vyigrala-turnir-v-batumi.md", "arestovan-direktor-sklada-v-rybinske.md")
OWN_TABLES = (
    "documents", "sentences", "tokens", "mentions", "time_expressions", "quantities", "event_mentions", "event_roles", "quotes",
)
OF_CORPUS = {"entity_id", "speaker_entity_id", "source_entity_id", "place_entity_id", "event_id", "duplicate_of", "method"}
SECONDS, MEMORY = 120, 1_600              # of processor time, and MB, of the night: 44 and 1,071 when measured


@dataclass(frozen=True)
class Night:
    """One run of the command in a process of its own."""

    out: Path
    code: int
    seconds: float
    megabytes: int
    said: str


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The creatures with good neighbours between them."""
    folder = tmp_path_factory.mktemp("zoo") / "corpus"
    make(folder)
    growing(folder / GROWING)
    neighbours(folder)
    return folder


@pytest.fixture(scope="module")
def first(zoo: Path) -> Iterator[Night]:
    """The night over all of it, while somebody writes to one file."""
    stop = threading.Event()
    writer = threading.Thread(target=_write_on, args=(zoo / GROWING, stop))
    writer.start()
    yield run(zoo, zoo.parent / "out")
    stop.set()
    writer.join()


def neighbours(folder: Path) -> None:
    for name in NEIGHBOURS:
        shutil.copy(SAMPLE / name, folder)


def _write_on(file: Path, stop: threading.Event) -> None:
    while not stop.wait(0.001):
        with file.open("a", encoding="utf-8") as text:
            text.write("\n")


def run(folder: Path, out: Path) -> Night:
    with (out.parent / "stdout").open("w") as stdout, (out.parent / "stderr").open("w") as stderr:
        command = [str(Path(sys.executable).with_name("letopis")), "run", str(folder), "--out", str(out)]
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, cwd=out.parent)
        most, done = 0, (0, 0)
        while not done[0]:
            most = max(most, _most(process.pid))
            time.sleep(0.05)
            *done, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(done[1])
    seconds = used.ru_utime + used.ru_stime
    said = (out.parent / "stdout").read_text() + (out.parent / "stderr").read_text()
    return Night(out, process.returncode, seconds, most >> 10, said)


def _most(pid: int) -> int:
    """Kilobytes that a process or one of its workers has held at most; `ru_maxrss` counts what it was forked from, too."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:                       # it has just ended
        return 0
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
    return max(own, *(_most(int(child)) for child in children), 0)


def told(out: Path, path: str) -> list[str]:
    """The rejects of a file as `Creature` has them."""
    rows = table(out, "rejects").query("path == @path")
    return sorted(f"{record or ''} {stage} {error}".strip() for record, stage, error in zip(
        rows.record.where(rows.record.notna(), ""), rows.stage, rows.error, strict=True))


@pytest.mark.parametrize("creature", CREATURES + SLOW, ids=lambda c: c.path)
def test_each_comes_to_what_is_said_of_it(creature: Creature, first: Night) -> None:
    assert told(first.out, creature.path) == sorted(creature.rejects)
    documents = table(first.out, "documents").query("path == @creature.path")
    assert len(documents) == creature.documents
    assert documents.annotated.all() and all(creature.text in text for text in documents.text)
    normals = table(first.out, "mentions").groupby("document_id").normal.agg(set).reindex(documents.document_id)
    assert not creature.finds or all(creature.finds in found for found in normals), list(normals)


def test_reasons_are_for_people(first: Night) -> None:
    messages = table(first.out, "rejects").message
    assert messages.str.contains(" ").all()
    assert not messages.str.contains(r"Traceback|Error\b|0x|<class", regex=True).any(), list(messages)


def test_the_night_ends_soon_and_small_and_says_nothing_of_itself(first: Night) -> None:
    assert first.code == 0, first.said
    assert "Traceback" not in first.said and "Warning" not in first.said, first.said
    assert first.seconds < SECONDS and first.megabytes < MEMORY, (first.seconds, first.megabytes)
    assert_sound(first.out)


def test_nothing_was_carried_out(first: Night) -> None:
    assert not list(first.out.parent.rglob("owned"))
    assert {p.name for p in first.out.parent.iterdir()} == {"corpus", "out", "stdout", "stderr"}
    names = {p.name for p in first.out.rglob("*")}
    assert not any("passwd" in n or ".." in n for n in names)            # ids of documents are no paths


def test_a_file_that_grows_is_told_and_read_again(first: Night, zoo: Path, tmp_path: Path) -> None:
    assert told(first.out, GROWING) == ["format changed"]
    assert len(table(first.out, "documents").query("path == @GROWING")) == 2_000


def test_good_neighbours_are_annotated_as_if_alone(first: Night, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    neighbours(tmp_path / "corpus")
    night(tmp_path / "corpus", tmp_path / "out")
    for name in OWN_TABLES:
        alone, among = rows(tmp_path / "out", name), rows(first.out, name)
        pd.testing.assert_frame_equal(among, alone, check_dtype=False, check_categorical=False)
    assert len(rows(first.out, "mentions")) > 20


def rows(out: Path, name: str) -> pd.DataFrame:
    """The neighbours' rows of a table, without what the corpus says of them."""
    documents, found = table(out, "documents"), table(out, name)
    found = found[found.document_id.isin(documents.document_id[documents.path.isin(NEIGHBOURS)])]
    kept = found.drop(columns=[c for c in found if c in OF_CORPUS])
    return kept.sort_values(list(kept.columns[:6]), kind="stable").reset_index(drop=True)


def test_of_two_files_with_one_url_the_later_stands_where_urls_are_keys(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("a", "b"):
        (tmp_path / "corpus" / f"{name}.md").write_text(article(f"url: {URL}"), encoding="utf-8")
    night(tmp_path / "corpus", tmp_path / "out", config=Config(key="url"))
    assert told(tmp_path / "out", "b.md") == ["record duplicate_key"]
    assert list(table(tmp_path / "out", "documents").path) == ["a.md"]
