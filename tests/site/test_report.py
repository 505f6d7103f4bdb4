"""The report on disk: complete, the same twice, and nothing in it that could run or reach out."""

import re
from bisect import bisect_right
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from letopis.cli import app
from letopis.schema.event_mentions import REALIS
from letopis.schema.event_roles import ROLES
from letopis.schema.mentions import ENTITY_TYPES
from letopis.site.families import FAMILIES
from letopis.site.files import path_of
from letopis.site.report import STATIC, NotAReport, write_report
from letopis.store.snapshot import settled
from tests.site.conftest import SCRIPT, shards, unpacked

SOURCES = sorted(STATIC.glob("*.js"))
PAGE = (STATIC / "index.html").read_text(encoding="utf-8")


def ids(store: Path, table: str, column: str) -> list[str]:
    sql = f"SELECT {column} FROM read_parquet('{settled(store)}/{table}/**/*.parquet') ORDER BY 1"
    return [row[0] for row in duckdb.sql(sql).fetchall()]


@pytest.mark.parametrize(("kind", "table", "column"), [
    ("articles", "documents", "document_id"), ("events", "events", "event_id"), ("entities", "entities", "entity_id"),
])
def test_every_row_has_its_page(kind: str, table: str, column: str, site: Path, odd_store: Path, manifest: dict[str, Any]) -> None:
    files, firsts = shards(site, kind), manifest["shards"][kind]
    assert [key for file in files for key, _ in file] == ids(odd_store, table, column)
    assert all(bisect_right(firsts, key) - 1 == n for n, file in enumerate(files) for key, _ in file)


def records(site: Path, kind: str) -> dict[str, Any]:
    return {key: record for file in shards(site, kind) for key, record in file}


def test_offsets_lead_to_the_text(site: Path) -> None:
    articles = records(site, "articles").values()
    names = [(a["names"][m[5]][0], a["text"][m[1]:m[2]]) for a in articles for m in a["mentions"] if m[0] == 0 and m[5]]
    assert ("Сергей Черёмин", "Сергей Черёмин") in names
    odd = next(a for a in articles if SCRIPT in (a["title"] or ""))
    assert odd["text"].startswith("😀")
    assert "встретился" in [odd["text"][e[1]:e[2]] for e in odd["events"] if e[0] == 0]


def test_roles_stand_with_their_event(site: Path) -> None:
    for article in records(site, "articles").values():
        assert all(0 <= role[3] < len(article["events"]) for role in article["roles"])
        assert all(role[4] in ROLES for role in article["roles"])


def test_an_event_of_several_articles_has_the_sightings_of_all(site: Path, odd_store: Path) -> None:
    event = max(records(site, "events").items(), key=lambda e: (e[1]["document_count"], e[0]))
    said = f"SELECT DISTINCT document_id FROM read_parquet('{settled(odd_store)}/event_mentions/**/*.parquet') WHERE event_id = ?"
    documents = {row[0] for row in duckdb.connect().execute(said, [event[0]]).fetchall()}
    assert len(documents) > 1
    assert {s[0] for s in event[1]["sightings"]} == documents
    assert all(any(part[1] == "hit" for part in s[6] if isinstance(part, list)) for s in event[1]["sightings"])


def test_people_have_posts_statements_events_company_and_context(site: Path) -> None:
    people = records(site, "entities").values()
    person = next(e for e in people if e["name"] == "Людмила Завьялова")
    assert person["positions"] and person["statements"] and person["mentions"]
    assert any(e["company"] and e["positions"] and e["events"] for e in people)
    assert all("Завьялов" in next(p[0] for p in m[6] if isinstance(p, list)) for m in person["mentions"])


def test_statements_stand_apart(site: Path, manifest: dict[str, Any]) -> None:
    folder, length, total = manifest["lists"]["happenings"]
    rows = [row for file in shards(site, folder) for row in file]
    assert len(rows) == length <= total
    assert not any(row[2].startswith("statement.") for row in rows)
    said = manifest["lists"]["family:statement"]
    assert said[1] and all(row[2].startswith("statement.") for row in unpacked(site / "data" / path_of(f"{said[0]}/0")))


def test_lists_are_where_the_manifest_says(site: Path, manifest: dict[str, Any]) -> None:
    folders = [folder for folder, _, _ in manifest["lists"].values()]
    assert len(folders) == len(set(folders))
    for folder, length, _ in manifest["lists"].values():
        assert sum(len(f) for f in shards(site, folder)) == length


def test_the_index_has_the_words_of_names(site: Path) -> None:
    rows = [(token, row[4]) for file in shards(site, "search") for token, row in file]
    assert ("ceremin", "Сергей Черёмин") in rows
    assert ("ce*", "Сергей Черёмин") in rows
    assert [token for token, _ in rows] == sorted(token for token, _ in rows)


def test_the_same_snapshot_gives_the_same_bytes(site: Path, odd_store: Path, tmp_path: Path) -> None:
    write_report(settled(odd_store), tmp_path / "again")
    one, two = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (site, tmp_path / "again"))
    assert one == two


def test_nothing_of_the_corpus_is_in_the_clear_or_in_a_path(site: Path) -> None:
    for path in (site / "data").rglob("*.js"):
        assert re.fullmatch(r'letopis\.put\("[\w/-]+","[A-Za-z0-9+/=]*"\);\n', path.read_text(encoding="ascii"))
        ours = r"(overview|manifest|(articles|events|entities|search)/\d+/\d+|lists/(articles|events|entities)(-\d+)+/\d+/\d+)\.js"
        assert re.fullmatch(ours, path.relative_to(site / "data").as_posix())


def test_an_older_report_is_replaced_and_nothing_is_left_beside(odd_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_report(settled(odd_store), folder)
    (folder / "data" / "stray.js").write_text("old")
    write_report(settled(odd_store), folder)
    assert not (folder / "data" / "stray.js").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_something_else_is_left_alone(odd_store: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(NotAReport):
        write_report(settled(odd_store), tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_report_that_fails_leaves_the_old_one(site: Path, odd_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_report(settled(odd_store), folder)
    with pytest.raises(duckdb.Error):
        write_report(tmp_path / "nowhere", folder)
    assert (folder / "data" / "manifest.js").read_bytes() == (site / "data" / "manifest.js").read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


# --- the command --------------------------------------------------------------------------------------------------------

def test_the_command_says_what_it_wrote(odd_store: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", "--store", str(odd_store), "--out", str(tmp_path / "site")])
    assert result.exit_code == 0, result.output
    assert "index.html" in result.output


@pytest.mark.parametrize(("store", "out", "said"), [
    ("nowhere", "new", "run `letopis run` first"), (None, ".", "neither empty nor a report"),
])
def test_wrong_usage_is_told(store: str | None, out: str, said: str, odd_store: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    result = CliRunner().invoke(app, ["report", "--store", store or str(odd_store), "--out", str(tmp_path / out)])
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


# --- the pages ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_text_stays_text(path: Path) -> None:
    forbidden = (r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|setAttribute\(\"style|"
                 r"fetch\(|XMLHttp|import\(")
    assert not re.search(forbidden, path.read_text(encoding="utf-8"))


def test_the_page_allows_only_its_own_files() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', PAGE)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert not re.search(r"\son\w+=|\sstyle=|<script>|https?:|//", PAGE)


def test_every_script_and_sheet_is_there_and_loaded() -> None:
    loaded = set(re.findall(r'(?:src|href)="([\w.]+\.(?:js|css|svg))"', PAGE))
    assert loaded == {p.name for p in STATIC.iterdir()} - {"index.html"}


def strings(language: str) -> set[str]:
    text = (STATIC / "strings.js").read_text(encoding="utf-8")
    part = text[text.index(f"  {language}: {{"):]
    return set(re.findall(r"(\w+): \"", part[:part.index("\n  },")]))


def test_both_languages_say_the_same_things() -> None:
    assert strings("ru") - strings("en") <= RELATIONS
    assert not strings("en") - strings("ru")


RELATIONS = {name for name in strings("ru") if name.isupper()}      # English has the names of relations as NEREL writes them


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_value_of_the_tables_has_a_word(language: str) -> None:
    assert {*REALIS, *ROLES, *ENTITY_TYPES, *FAMILIES} <= strings(language)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_word_a_page_asks_for_is_there(language: str) -> None:
    asked = {key for path in SOURCES for key in re.findall(r'letopis\.t\("(\w+)"\)', path.read_text(encoding="utf-8"))}
    assert asked | set(re.findall(r'data-t="(\w+)"', PAGE)) <= strings(language)
