"""What is corrected in brat comes back: as corrections that the next run obeys, and as training data without texts."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from letopis.cli import app
from letopis.config import Config
from letopis.export import export
from letopis.export.homecoming import Homecoming, from_brat, written
from letopis.export.returned import NoFolder, matched
from letopis.export.standoff import BadStandoff, Standoff, read
from letopis.resolve.corrections.parsing import parse
from letopis.store.snapshot import settled
from tests.conftest import SAMPLE, night

NAMES = ("forum-pobratimov-anons", "otkrylsya-forum-volga-bez-granic", "forum-gorodov-pobratimov-povolzhe-onlajn",
         "samara-i-nish-podpisali-memorandum", "arestovan-direktor-sklada-v-rybinske")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of five articles about a forum, and its articles beside it."""
    folder = tmp_path_factory.mktemp("forum")
    (folder / "in").mkdir()
    for name in NAMES:
        shutil.copy(SAMPLE / f"{name}.md", folder / "in")
    night(folder / "in", folder / "out")
    return folder / "out"


@pytest.fixture
def folder(store: Path, tmp_path: Path) -> Path:
    """A fresh export of it."""
    export(store, "brat", tmp_path / "brat")
    return tmp_path / "brat"


def frame(store: Path, table: str) -> pd.DataFrame:
    return pd.read_parquet(settled(store) / table)


def edit(folder: Path, change: Callable[[str, dict[str, str]], str | None]) -> int:
    """Every line through `change`, which is given the entity or event of each span; the number of lines that are others now."""
    changed = 0
    for path in sorted(folder.glob("[0-9u]*/*.ann")):
        lines = path.read_bytes().decode().splitlines()
        things = {m[1]: m[2] for line in lines if (m := re.match(r"N\d+\tReference (T\d+) Letopis:(\S+)\t", line))}
        new = [change(line, things) for line in lines]
        path.write_bytes("".join(f"{line}\n" for line in new if line is not None).encode())
        changed += sum(a != b for a, b in zip(lines, new, strict=True))
    return changed


def most_frequent(store: Path, kind: str) -> pd.Series:
    entities = frame(store, "entities")
    return entities[entities.type == kind].sort_values(["document_count", "mention_count", "entity_id"]).iloc[-1]


def obeyed(store: Path, tmp_path: Path, done: Homecoming) -> Path:
    """A copy of the store after a night with the corrections; none of them may be warned of."""
    shutil.copytree(store.parent, tmp_path / "again", symlinks=True)
    (tmp_path / "corrections.yaml").write_text(written(done.statements), encoding="utf-8")
    config = Config(corrections=str(tmp_path / "corrections.yaml"))
    run = night(tmp_path / "again" / "in", tmp_path / "again" / "out", config=config)
    assert run.new == run.changed == 0
    assert not run.warnings
    return tmp_path / "again" / "out"


def test_nothing_changed_is_nothing_to_correct(store: Path, folder: Path) -> None:
    done = from_brat(store, folder)
    assert (done.statements, dict(done.counts), done.told, done.unread) == ([], {}, [], [])
    assert parse(written(done.statements).encode(), "x").items == ()


def test_a_retyped_entity(store: Path, folder: Path, tmp_path: Path) -> None:
    thing = most_frequent(store, "ORGANIZATION")

    def change(line: str, things: dict[str, str]) -> str:
        key = line.split("\t", maxsplit=1)[0]
        return line.replace("ORGANIZATION", "FACILITY") if things.get(key) == thing.entity_id else line

    changed = edit(folder, change)
    done = from_brat(store, folder)
    assert [s.get("to") for s in done.statements] == ["FACILITY"]
    assert done.counts["marks retyped"] == changed == thing.mention_count
    after = frame(obeyed(store, tmp_path, done), "entities").set_index("entity_id")
    assert (after.type[thing.entity_id], after.name[thing.entity_id]) == ("FACILITY", thing["name"])


def test_one_of_many_mentions_retyped_is_no_correction(store: Path, folder: Path) -> None:
    thing, changed = most_frequent(store, "CITY").entity_id, list[str]()

    def change(line: str, things: dict[str, str]) -> str:
        if things.get(line.split("\t", maxsplit=1)[0]) != thing or changed:
            return line
        changed.append(line)
        return line.replace("CITY", "DISTRICT")

    assert edit(folder, change) == 1
    done = from_brat(store, folder)
    assert (list(done.statements), done.counts["marks retyped"]) == ([], 1)


def test_a_renamed_entity(store: Path, folder: Path, tmp_path: Path) -> None:
    thing, renamed = most_frequent(store, "ORGANIZATION"), list[str]()

    def change(line: str, things: dict[str, str]) -> str:
        if line.startswith("N") and f":{thing.entity_id}\t" in line and not renamed:
            renamed.append(line)
            return line.rsplit("\t", 1)[0] + "\tФорум: «Волга», 'да'"
        return line

    assert edit(folder, change) == 1                         # one reference is enough
    done = from_brat(store, folder)
    assert [s.get("to") for s in done.statements] == ["Форум: «Волга», 'да'"]
    assert frame(obeyed(store, tmp_path, done), "entities").set_index("entity_id").name[thing.entity_id] == "Форум: «Волга», 'да'"


def test_a_dropped_entity(store: Path, folder: Path, tmp_path: Path) -> None:
    thing = most_frequent(store, "PERSON")

    def change(line: str, things: dict[str, str]) -> str | None:
        gone = {k for k, t in things.items() if t == thing.entity_id}
        if line[0] == "E":                                   # the event stays, without this part
            return " ".join(p for p in line.split(" ") if p.rsplit(":", 1)[-1] not in gone)
        return None if gone & set(re.findall(r"\bT\d+", line if line[0] == "R" else line.rpartition("\t")[0])) else line

    edit(folder, change)
    done = from_brat(store, folder)
    assert not done.unread
    assert [s.keys() - {"why", "by"} for s in done.statements] == [{"drop"}]
    after = obeyed(store, tmp_path, done)
    assert thing.entity_id not in set(frame(after, "entities").entity_id)
    assert set(frame(store, "mentions").mention_id) == set(frame(after, "mentions").mention_id)


def test_two_that_are_one(store: Path, folder: Path, tmp_path: Path) -> None:
    entities = frame(store, "entities").sort_values("document_count")
    people = entities[entities.type == "PERSON"].entity_id.tolist()
    gone, heir = people[0], people[-1]
    assert edit(folder, lambda line, _: line.replace(f"Letopis:{gone}\t", f"Letopis:{heir}\t")) > 0
    done = from_brat(store, folder)
    assert [s.keys() - {"why", "by"} for s in done.statements] == [{"same"}]
    after = obeyed(store, tmp_path, done)
    assert len({gone, heir} & set(frame(after, "entities").entity_id)) == 1
    redirects = frame(after, "redirects")
    assert redirects.reason.tolist() == ["corrected"]


def test_one_that_is_two(store: Path, folder: Path, tmp_path: Path) -> None:
    entities = frame(store, "entities")
    thing = entities[(entities.type == "ORGANIZATION") & (entities.document_count > 1)].sort_values("entity_id").iloc[0]
    mentions = frame(store, "mentions")
    document = mentions[mentions.entity_id == thing.entity_id].document_id.min()
    path = next(folder.glob(f"[0-9u]*/{document}.ann"))
    path.write_text(path.read_text(encoding="utf-8").replace(f"Letopis:{thing.entity_id}\t", "Letopis:other\t"), encoding="utf-8")
    done = from_brat(store, folder)
    assert {next(iter(s)) for s in done.statements} == {"not_same"}
    after = obeyed(store, tmp_path, done)
    ids = set(mentions.mention_id[mentions.entity_id == thing.entity_id])
    was = frame(after, "mentions")
    was = was[was.mention_id.isin(ids)]
    here, elsewhere = (set(was.entity_id[was.document_id.eq(document) == side]) for side in (True, False))
    assert here
    assert not here & elsewhere


def test_a_retyped_event(store: Path, folder: Path, tmp_path: Path) -> None:
    events = frame(store, "events")
    event = events[events.type == "gathering.conference"].sort_values(["mention_count", "event_id"]).iloc[-1]

    def change(line: str, things: dict[str, str]) -> str:
        match = re.match(r"E\d+\tgathering-conference:(T\d+)", line)
        key = match[1] if match else line.split("\t", maxsplit=1)[0]
        return line.replace("gathering-conference", "culture-festival") if things.get(key) == event.event_id else line

    edit(folder, change)
    done = from_brat(store, folder)
    assert [s.get("to") for s in done.statements] == ["culture.festival"]
    after = frame(obeyed(store, tmp_path, done), "events").set_index("event_id")
    assert after.type[event.event_id] == "culture.festival"


def test_training_data_hold_offsets_and_no_text(store: Path, folder: Path, tmp_path: Path) -> None:
    documents = frame(store, "documents").set_index("document_id")
    path = sorted(folder.glob("[0-9u]*/*.ann"))[0]
    text = path.with_suffix(".txt").read_bytes().decode()
    word = re.search(r"\w{6,}", text)
    added = f"T9001\tPRODUCT {word.start()} {word.end()}\t{word[0]}\n#1\tAnnotatorNotes T9001\tздесь\n"
    path.write_bytes(path.read_bytes() + added.encode())
    with (tmp_path / "x.jsonl").open("w", encoding="utf-8") as stream:
        done = from_brat(store, folder, stream)
    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {r["document_id"] for r in rows} == {path.stem}
    assert dict(done.counts) == {"articles changed": 1, "marks added": 1}
    new = [m for r in rows for m in r["mentions"] if m["type"] == "PRODUCT" and m["entity"] is None]
    shift = len(text) - len(documents.text[path.stem])
    assert (word.start() - shift, word.end() - shift) in {(m["start"], m["end"]) for m in new}
    assert not re.search("[а-яё]", (tmp_path / "x.jsonl").read_text(encoding="utf-8"))
    with (tmp_path / "all.jsonl").open("w", encoding="utf-8") as stream:
        from_brat(store, folder, stream, all_articles=True)
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in ("mentions", "events", "relations"):
        table = frame(store, {"events": "event_mentions"}.get(name, name))
        assert sum(len(r[name]) for r in rows) == len(table) + (name == "mentions")


def test_what_cannot_be_read_is_told_and_the_rest_is_read(store: Path, folder: Path) -> None:
    first, second, third, fourth, fifth = sorted(folder.glob("[0-9u]*/*.ann"))
    first.write_text("T1\tPERSON 0 4\tне то\n", encoding="utf-8")
    second.with_suffix(".txt").write_text("другой текст", encoding="utf-8")
    third.unlink()
    fourth.write_bytes(b"\xff\xfe")
    (folder / ".original" / "2020-01").mkdir()
    (folder / ".original" / "2020-01" / "unknown.ann").touch()
    done = from_brat(store, folder)
    told = "\n".join(map(str, done.unread))
    assert len(done.unread) == 5
    for words in ("its text is not the article's", "is missing", "not UTF-8", "no such article"):
        assert words in told
    assert f"{first.name}:1: T1: the text there is not" in told
    assert not done.statements
    assert fifth.name not in told


def test_another_folder(store: Path, tmp_path: Path) -> None:
    with pytest.raises(NoFolder, match="export brat"):
        from_brat(store, tmp_path)


def test_the_command(store: Path, folder: Path, tmp_path: Path) -> None:
    asked = ["corrections", "from-brat", str(store), str(folder), "--out", str(tmp_path / "c.yaml")]
    asked += ["--annotations", str(tmp_path / "a.jsonl")]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.stderr
    assert "0 corrections" in done.stderr
    assert ((tmp_path / "c.yaml").read_text(), (tmp_path / "a.jsonl").read_text()) == ("[]\n", "")
    again = CliRunner().invoke(app, asked)
    assert again.exit_code == 2
    assert "there already" in " ".join(again.stderr.split())
    sorted(folder.glob("[0-9u]*/*.ann"))[0].write_text("?", encoding="utf-8")
    asked[-3], asked[-1] = str(tmp_path / "c2.yaml"), str(tmp_path / "a2.jsonl")
    assert CliRunner().invoke(app, asked).exit_code == 5
    nowhere = ["corrections", "from-brat", str(store), str(tmp_path), "--out", str(tmp_path / "c3.yaml")]
    assert CliRunner().invoke(app, nowhere).exit_code == 2
    assert not (tmp_path / "c3.yaml").exists()


TEXT = "Пожар в Уфе,\nэто было"
GOOD = "T1\tCITY 8 11\tУфе\nT2\tdisaster-fire 0 5\tПожар\nE1\tdisaster-fire:T2 place:T1 place2:T1\nA1\tRealis E1 actual\n"


def test_a_file_of_standoff() -> None:
    found = read(GOOD + "R1\tLOCATED_IN Arg1:T1 Arg2:T2\t\nN1\tReference T1 Letopis:a%20b\tУфа\n\n", TEXT, {"disaster-fire"})
    assert found.spans["T1"] == (8, 11, "CITY")
    assert found.events["E1"].parts == (("place", "T1"), ("place", "T1"))
    assert found.references == {"T1": ("a b", "Уфа")}
    assert read("T1\tCITY 8 12;13 16\tУфе, это\r\n", TEXT, ()).spans == {"T1": (8, 16, "CITY")}


@pytest.mark.parametrize(("lines", "line", "message"), [
    ("T1 CITY 8 11 Уфе", 1, "no line of standoff"), ("T1\tCITY 8 11\tУфа", 1, "not 'Уфа'"),
    ("T1\tTOWN 8 11\tУфе", 1, "no type 'TOWN'"),
    ("T1\tCITY 8 99\tУфе", 1, "no stretch"), ("T1\tCITY 8 16\tУфе, это", 1, "no stretch"), ("T1\tCITY 11 8\t", 1, "no stretch"),
    ("T1\tCITY 8 9;10 11\tУ е", 1, "no stretch"), ("T1\tCITY 8 11\tУфе\nT1\tCITY 8 11\tУфе", 2, "stands twice"),
    ("E1\tdisaster-fire:T9", 1, "its trigger T9"), (GOOD + "E2\tdisaster-fire:T1", 5, "its trigger T1"),
    (GOOD + "E2\tdisaster-fire:T2 place:T7", 5, "nothing is T7"), (GOOD + "E2\tdisaster-fire:T2 owner:T1", 5, "no part"),
    (GOOD + "R1\tLOCATED_IN Arg1:T1", 5, "no relation"), (GOOD + "R1\tLOCATED_IN Arg1:T1 Arg2:T5", 5, "nothing is T1 or T5"),
    (GOOD + "A2\tRealis E1 maybe", 5, "no attribute"), (GOOD + "N1\tReference T1 Wikidata:Q1\tx", 5, "no reference"),
    (GOOD + "N1\tReference T8 Letopis:Q1\tx", 0, "of T8"), ("*\tEquiv T1 T2", 1, "no line of standoff"),
])
def test_what_is_no_standoff(lines: str, line: int, message: str) -> None:
    with pytest.raises(BadStandoff, match=re.escape(message)) as caught:
        read(lines, TEXT, {"disaster-fire"})
    assert caught.value.line == line


def test_what_a_mark_is_now() -> None:
    spans = {"T1": (0, 5, "CITY"), "T2": (0, 5, "EVENT"), "T3": (8, 11, "CITY"), "T4": (20, 30, "LAW")}
    before = Standoff({**spans, "T5": (0, 5, "disaster-fire")})
    after = Standoff({"T9": (0, 5, "CITY"), "T2": (0, 5, "PERSON"), "T3": (7, 12, "CITY"), "T6": (40, 50, "LAW")})
    assert matched(before, after) == {"T1": "T9", "T2": "T2", "T3": "T3", "T4": None, "T5": None}
