"""One article as HTML and as JSON: escaped, self-contained, with the offsets of the tables."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from letopis.cli import app
from letopis.show.article import NoSuchDocument, as_json, find_article
from letopis.show.html import marked, page
from tests.conftest import night

NAME = "otkrylsya-forum-volga-bez-granic.md"
EVIL = ('---\ntitle: "<script>alert(1)</script>"\n---\n'
        'Анна Ёлкина & <img src=x onerror="alert(1)"> прибыла в «Псков» на <b>встречу</b>.\n')


class Reader(HTMLParser):
    """Text inside the elements of class `text`, tags, and whether they nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.text, self.tags, self.titles = "", set[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        said = dict(attrs)
        self.titles += [said["title"] or ""] if "title" in said else []
        if tag not in ("meta", "br"):
            self.open.append((tag, said.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data if any(c == "text" for _, c in self.open) else ""


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_a_page_has_the_text_and_nothing_from_elsewhere(sample_store: Path) -> None:
    article = find_article(NAME, sample_store)
    html = page(article)
    reader = read(html)
    assert reader.text == article.document["text"]
    assert not reader.tags & {"script", "img", "link", "iframe"}
    assert "http" not in html.replace("http-equiv", "")
    assert len(reader.titles) >= len(article.rows["mentions"]) + len(article.rows["event_mentions"])


def test_what_an_article_says_stays_text(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "evil.md").write_text(EVIL, encoding="utf-8")
    night(tmp_path / "in", tmp_path / "out")
    article = find_article("evil.md", tmp_path / "out")
    html = page(article)
    reader = read(html)
    assert not reader.tags & {"script", "img", "b"}
    assert article.document["text"] in reader.text
    assert "<script" not in html


def test_json_has_the_offsets_of_the_tables(sample_store: Path) -> None:
    article = find_article(NAME, sample_store)
    whole = json.loads(json.dumps(as_json(article), ensure_ascii=False))
    assert whole["document"]["published_date"] == "2023-09-12"
    rows = 0
    for table in ("sentences", "mentions", "event_mentions", "event_roles", "time_expressions", "quantities", "quotes"):
        for row in whole[table]:
            assert whole["document"][row["field"]][row["start"]:row["end"]] == row["text"]
            rows += 1
    assert rows > 100
    assert {m["entity_id"] for m in whole["mentions"] if m["entity_id"]} <= whole["entities"].keys()
    assert {m["event_id"] for m in whole["event_mentions"]} == whole["events"].keys()


def test_a_document_by_id_path_or_end_of_a_path(sample_store: Path) -> None:
    article = find_article(NAME, sample_store)
    for name in (article.document["document_id"], f"somewhere/{NAME}"):
        assert find_article(name, sample_store).document == article.document
    with pytest.raises(NoSuchDocument, match="no document"):
        find_article("' OR 1=1 --", sample_store)
    with pytest.raises(NoSuchDocument, match="is the name of"):
        find_article("news.jsonl", sample_store)


def test_the_command(sample_store: Path, tmp_path: Path) -> None:
    def shown(*more: str) -> Result:
        return CliRunner().invoke(app, ["show", NAME, "--out", str(sample_store), *more])

    assert shown("--html", str(tmp_path / "x.html")).stdout == ""
    assert shown("--html", "-").stdout == (tmp_path / "x.html").read_text(encoding="utf-8")
    assert json.loads(shown("--json").stdout)["document"]["path"] == NAME
    assert shown("--json", "--html", "-").exit_code == 2
    assert shown("--html", str(tmp_path / "none" / "x.html")).exit_code == 1


def _mention(start: int, end: int, kind: str = "PERSON") -> dict[str, object]:
    return {"start": start, "end": end, "type": kind, "label": "PER", "entity_id": None, "normal": "<x>", "score": 0.5}


def test_a_trigger_across_the_edge_of_a_name_is_in_pieces() -> None:
    event = {"start": 2, "end": 6, "type": "contact.meeting", "realis": "planned"}
    html = marked("абвгдежз", [_mention(0, 4), _mention(1, 3), _mention(0, 4, "FAMILY")], [event], {})
    assert read(f'<p class="text">{html}</p>').text == "абвгдежз"
    assert html.count("<u ") == 3
    assert html.count("data-type") == 1
    assert "&lt;x&gt;" in html
