"""What a night's page and its JSON tell, that they are cheap, pruned and forgotten, and that texts stay texts."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from letopis.journal import write
from letopis.journal.elements import h, link
from letopis.journal.page import SCRIPT
from letopis.journal.words import WORDS
from letopis.store.snapshot import settled
from tests.journal.conftest import letopis, run, told
from tests.run.made import write as write_article
from tests.site.conftest import SCRIPT as INJECTED


class Page(HTMLParser):
    """A page as a browser reads it: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def root(nights: Path, tmp_path: Path) -> Path:
    """A copy of the three nights that a test may go on from."""
    return Path(shutil.copytree(nights, tmp_path / "root", symlinks=True))


def page_of(root: Path) -> Page:
    return Page((root / "out" / "journal" / "latest.html").read_text(encoding="utf-8"))


# --- what is told -------------------------------------------------------------------------------------------------------


def test_the_night_is_counted_as_the_tables_have_it(nights: Path) -> None:
    found, snapshot = told(nights / "out"), settled(nights / "out")
    run_row = pd.read_parquet(snapshot / "runs").sort_values("started").iloc[-1]
    for name in ("new", "changed", "missing", "removed", "unchanged", "rejected", "stale", "fingerprint"):
        assert found["run"][name] == run_row[name], name
    assert {d["path"] for d in found["documents"]["added"]} == {"0012.md", "odd.md"}
    assert [d["path"] for d in found["documents"]["changed"]] == ["0003.md"]
    assert found["documents"]["missing"] == ["0005.md"]
    assert [(r["error"], r["rejects"], r["path"]) for r in found["rejects"]] == [("empty", 1, "empty.md")]
    assert set(found["run"]["seconds_per_stage"]) == {"annotate", "resolve", "publish"}
    assert {s["path"] for s in found["slowest"]} == {"0003.md", "0012.md", "odd.md"}


def test_what_was_gained_is_what_changes_say(nights: Path) -> None:
    found, snapshot = told(nights / "out")["gained"], settled(nights / "out")
    changes = pd.read_parquet(snapshot / "changes").query("run_id == @snapshot.name and change == 'added'")
    for name, key in (("entities", "entity_id"), ("events", "event_id")):
        ids = set(changes[changes.table_name == name].id)
        assert found["counts"][f"{name}_added"] == len(ids)
        assert {row[key] for row in found[name]} <= ids
        assert found[name]


def test_the_watch_list_tells_what_came_of_each(nights: Path) -> None:
    person, place, nobody, meetings, there, wrong = told(nights / "out")["watch"]
    assert [e["name"] for e in person["entities"]] == ["Ильсур Метшин"]
    assert person["mentions"] >= 1
    assert [a["path"] for a in person["articles"]] == ["odd.md"]
    assert "Метшиным" in person["articles"][0]["sentence"]
    assert any(e["is_new"] for e in person["events"])
    assert place["mentions"] >= 1
    assert (nobody["entities"], nobody["mentions"]) == ([], 0)
    assert [(e["path"], e["is_new"]) for e in meetings["events"]] == [("odd.md", True)]
    assert there["events_count"] >= 3
    assert there["problem"] is None
    assert "Could not convert" in wrong["problem"]


def test_what_is_only_redone_is_no_news(root: Path) -> None:
    (root / "letopis.toml").write_text('timezone = "Asia/Omsk"\nwatch = ["Казань"]\n')
    assert run(root).exit_code == 0
    found = told(root / "out")
    assert (found["documents"]["redone_count"], found["documents"]["changed_count"], found["run"]["stale"]) == (13, 0, 1)
    assert found["watch"][0]["entities"]
    assert found["watch"][0]["mentions"] == 0


def test_an_id_that_is_gone_is_followed(root: Path) -> None:
    out = root / "out"
    entities = pd.read_parquet(settled(out) / "entities").query("name == 'Казань'")
    (root / "letopis.toml").write_text(f'watch = ["{entities.entity_id.iloc[0]}", "nosuchid"]\n')
    write_article(root / "in", 20)
    assert run(root).exit_code == 0
    by_id, unknown = told(out)["watch"]
    assert [e["name"] for e in by_id["entities"]] == ["Казань"]
    assert unknown["entities"] == []


def test_a_condition_that_is_none_is_wrong_usage(root: Path) -> None:
    (root / "letopis.toml").write_text("watch_queries = { 'Встречи' = 'kind = 1' }\n")
    result = run(root)
    assert result.exit_code == 2
    assert "'Встречи' is no condition on events" in " ".join(result.output.split())


def test_a_night_with_nothing_new_says_so_and_reads_no_text(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letopis.journal.facts.keyword_recall", None)                # whatever calls it fails
    assert run(root).exit_code == 0
    found = told(root / "out")
    assert (found["documents"]["added_count"], found["keywords"], found["gained"]["counts"]) == (0, None, {})
    assert found["drift"]["figures"] == []
    assert [w["mentions"] for w in found["watch"][:2]] == [0, 0]
    assert "Ничего нового." in page_of(root).text
    assert len(list((root / "out" / "journal" / ".profiles").iterdir())) == 2


# --- the page -----------------------------------------------------------------------------------------------------------


def test_texts_stay_texts(nights: Path) -> None:
    page = page_of(nights)
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert page.text.count(SCRIPT) == 1
    assert not {tag for tag, _ in page.tags} & {"img", "iframe", "object", "form"}
    assert INJECTED in page.text
    assert "В <b>Казани</b>" in page.text
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not [a["href"] for _, a in page.tags if (a.get("href") or "").startswith("javascript")]


def test_nothing_is_asked_of_a_network(nights: Path) -> None:
    page = page_of(nights)
    assert not [a for tag, a in page.tags if "src" in a or tag == "link"]
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in (policy or "")


def test_articles_lead_to_where_they_are(nights: Path, tmp_path: Path) -> None:
    links = {a["href"] for tag, a in page_of(nights).tags if tag == "a"}
    assert (nights / "in" / "0012.md").as_uri() in links
    assert link("x", "HTTPS://a.example/1").get("href") == "HTTPS://a.example/1"
    assert [link("x", bad).tag for bad in ("javascript:alert(1)", "data:text/html,x", "http://[", None)] == ["span"] * 4
    secret = tmp_path / "secret.md"
    secret.write_text("")
    (tmp_path / "in").mkdir()
    assert write._address({"url": None, "path": "../secret.md"}, [tmp_path / "in"]) is None


def test_both_languages_say_the_same_things() -> None:
    for key, (russian, english) in WORDS.items():
        assert russian and english, key
        fields = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in (russian, english)]
        assert fields[0] == fields[1], key


def test_an_element_keeps_the_order_of_its_children() -> None:
    made = h("p.note.small", "раз ", h("b", "два"), " три", None, h("i"), "четыре", id="x")
    assert ("".join(made.itertext()), made.attrib) == ("раз два тричетыре", {"id": "x", "class": "note small"})


# --- files --------------------------------------------------------------------------------------------------------------


def test_pages_go_when_their_days_are_over_and_nothing_else_does(root: Path) -> None:
    folder = root / "out" / "journal"
    for name in ("20200101T000000-abc123.html", "20200101T000000-abc123.json", "notes.html"):
        (folder / name).write_text("old")
    for number in range(40):
        (folder / ".profiles" / f"20200101T0000{number:02}-abc123.json").write_text("{}")
    assert run(root).exit_code == 0
    names = {p.name for p in folder.iterdir()}
    assert not [n for n in names if n.startswith("2020")]
    assert {"notes.html", "latest.html"} <= names
    assert len(list((folder / ".profiles").iterdir())) == write.NIGHTS


def test_no_days_no_pages(root: Path) -> None:
    (root / "letopis.toml").write_text("journal_days = 0\n")
    write_article(root / "in", 20)
    assert run(root).exit_code == 0
    assert not (root / "out" / "journal" / f"{settled(root / 'out').name}.html").exists()


def test_what_is_forgotten_is_on_no_page(root: Path) -> None:
    def said() -> str:
        return "".join(p.read_text(encoding="utf-8") for p in (root / "out" / "journal").rglob("*") if p.is_file())

    assert "Метшин" in said()
    assert letopis("forget", "odd.md", "--out", root / "out").exit_code == 0
    (root / "letopis.toml").write_text("")
    assert run(root).exit_code == 0
    assert "Метшин" not in said()
    assert len(list((root / "out" / "journal" / ".profiles").iterdir())) == 2       # counts of nobody in particular


def test_a_journal_that_can_not_be_written_is_an_alarm_and_the_tables_are_published(root: Path) -> None:
    shutil.rmtree(root / "out" / "journal")
    (root / "out" / "journal").write_text("in the way")
    before = settled(root / "out")
    result = run(root)
    assert result.exit_code == 9
    assert "the tables are published" in " ".join(result.output.split())
    assert settled(root / "out") != before


def test_a_damaged_profile_is_as_none(root: Path) -> None:
    for file in (root / "out" / "journal" / ".profiles").iterdir():
        file.write_text("{half")
    write_article(root / "in", 20)
    assert run(root).exit_code == 0
    assert told(root / "out")["drift"]["before"] == 0


def test_the_json_is_json_for_anybody(nights: Path) -> None:
    text = (nights / "out" / "journal" / f"{settled(nights / 'out').name}.json").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert json.loads(text)["run"]["status"] == "done"
    assert (nights / "out" / "journal" / "latest.html").stat().st_size < 300_000
