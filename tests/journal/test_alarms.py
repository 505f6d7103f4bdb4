"""Alarms: each passes its threshold and no other, tells so, and ends the run with its own code; the tables are published."""

import json
from pathlib import Path

import pytest

from letopis import nightly
from letopis.journal.alarms import KINDS
from letopis.journal.profile import Profile, drifts, pooled
from letopis.journal.words import WORDS
from letopis.store.snapshot import settled
from tests.journal.conftest import letopis, told
from tests.run.made import make_corpus, text_of, write


def corpus(tmp_path: Path, count: int = 8) -> Path:
    return make_corpus(tmp_path / "in", count)


def codes(tmp_path: Path, config: str) -> tuple[int, list[str], str]:
    """A night with a configuration: exit code, kinds of alarms, and what was said."""
    (tmp_path / "letopis.toml").write_text(config)
    result = letopis("run", tmp_path / "in", "--out", tmp_path / "out", "--config", tmp_path / "letopis.toml")
    assert "Traceback" not in result.output
    return result.exit_code, [a["kind"] for a in told(tmp_path / "out")["alarms"]], " ".join(result.output.split())


def test_every_kind_has_a_code_and_words() -> None:
    assert set(KINDS) == set(nightly.CODES)
    assert set(KINDS) <= set(WORDS)
    assert len(set(nightly.CODES.values())) == len(KINDS)


def test_missing_above_the_threshold(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    assert codes(tmp_path, "")[:2] == (0, [])
    (folder / "0001.md").unlink()
    assert codes(tmp_path, "missing_threshold = 0.2")[:2] == (0, [])
    code, kinds, said = codes(tmp_path, "")
    assert (code, kinds) == (7, ["missing"])
    assert "12.5% of the documents are missing, more than missing_threshold = 0.1; the tables are published" in said


def test_rejects_above_the_threshold(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    for number in range(2):
        (folder / f"empty{number}.md").write_text("")
    assert codes(tmp_path, "")[:2] == (3, ["rejects"])
    assert settled(tmp_path / "out")
    assert "20.0%" in (tmp_path / "out" / "journal" / "latest.html").read_text(encoding="utf-8")


def test_a_disk_that_is_nearly_full_comes_before_all_else(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    for number in range(2):
        (folder / f"empty{number}.md").write_text("")
    assert codes(tmp_path, "disk_gb = 1e9")[:2] == (9, ["disk", "rejects"])
    assert codes(tmp_path, "disk_gb = 0\nreject_threshold = 1")[:2] == (0, [])


def test_drift_of_what_is_filled(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    settings = "drift_documents = 5\n"
    assert codes(tmp_path, settings)[:2] == (0, [])
    for number in range(8, 14):
        write(folder, number)
    assert codes(tmp_path, settings)[:2] == (0, [])                      # alike
    for number in range(14, 20):
        text = text_of(number).replace("published:", "stated:")
        (folder / f"{number:04}.md").write_text(text, encoding="utf-8")
    code, kinds, said = codes(tmp_path, settings)
    assert (code, kinds) == (8, ["drift"])
    assert "drift of 1.00, more than drift_threshold = 0.35: filled documents.published (+1)" in said
    figures = told(tmp_path / "out")["drift"]
    assert (figures["documents"], figures["nights"], figures["before"]) == (6, 2, 14)
    assert figures["figures"][0] == {
        "kind": "filled", "name": "documents.published", "tonight": 0.0, "before": 1.0, "drift": 1.0, "shown": None,
    }


def told_of(tmp_path: Path, count: int, text: str, header: str = "") -> None:
    """So many articles of one text, a decade apart."""
    for number in range(count):
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        day = f"published: {1950 + 10 * number}-05-18"
        (folder / f"{number}.md").write_text(f"---\ntitle: Номер {number}\n{day}\n{header}---\n{text}\n", encoding="utf-8")


def test_somebody_in_too_many_articles(tmp_path: Path) -> None:
    told_of(tmp_path, 5, "В Самаре Людмила Завьялова открыла выставку.")
    assert codes(tmp_path, "")[:2] == (0, [])                            # too few articles to judge
    code, kinds, said = codes(tmp_path, "drift_documents = 5")
    assert (code, kinds) == (10, ["size"])
    assert "Людмила Завьялова in 100% of the articles, more than entity_share = 0.8" in said      # and nothing of Самара
    assert codes(tmp_path, "drift_documents = 5\nentity_share = 1")[:2] == (0, [])


def test_the_articles_own_publication_may_be_in_all_of_them(tmp_path: Path) -> None:
    told_of(tmp_path, 5, "Агентство «Самарский вестник» открыло выставку.", "publication: Самарский вестник\n")
    assert codes(tmp_path, "drift_documents = 5")[:2] == (0, [])


def test_somebody_who_speaks_for_too_many_years(tmp_path: Path) -> None:
    told_of(tmp_path, 8, "Людмила Завьялова сообщила, что выставка в Самаре удалась.")
    code, kinds, said = codes(tmp_path, "")
    assert (code, kinds) == (11, ["years"])
    assert "Людмила Завьялова over 70 years, more than entity_years = 60" in said
    assert codes(tmp_path, "entity_years = 80")[:2] == (0, [])


def test_an_archive_may_tell_of_the_dead(tmp_path: Path) -> None:
    told_of(tmp_path, 8, "В музее прошла выставка, Людмила Завьялова жила здесь.")
    assert codes(tmp_path, "")[:2] == (0, [])


def kept(documents: int, people: int, places: int, filled: int) -> Profile:
    rows = {"documents": documents, "mentions": people + places}
    return pooled([{
        "documents": documents, "characters": 1000 * documents, "rows": rows,
        "filled": {"mentions.form": filled}, "types": {"mentions.type": {"PERSON": people, "CITY": places}},
    }])


def test_drift_in_figures() -> None:
    before = kept(300, 3000, 3000, 6000)
    found = {d.kind: d for d in drifts(kept(100, 500, 100, 300), before, documents=100)}
    assert (found["density"].tonight, found["density"].before, found["density"].drift) == (6.0, 20.0, 0.7)
    assert (found["filled"].tonight, found["filled"].before, found["filled"].drift) == (0.5, 1.0, 0.5)
    assert found["types"].drift == pytest.approx(1 / 3, abs=1e-4)
    assert found["types"].shown in ("PERSON", "CITY")
    assert drifts(kept(100, 1000, 1000, 2000), before, documents=100)[0].drift == 0


def test_a_tagger_that_finds_nothing_has_drifted_wholly() -> None:
    assert drifts(kept(100, 0, 0, 0), kept(300, 3000, 3000, 6000), documents=100)[0].drift == 1


@pytest.mark.parametrize(("tonight", "before"), [(99, 300), (300, 99), (0, 300), (300, 0)])
def test_few_documents_are_not_compared(tonight: int, before: int) -> None:
    assert drifts(kept(tonight, 500, 0, 0), kept(before, 0, 500, 0), documents=100) == []


def test_the_log_has_every_step_under_one_run_id(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    (folder / "empty.md").write_text("")
    log = tmp_path / "log.jsonl"
    for _ in range(2):
        result = letopis("run", folder, "--out", tmp_path / "out", "--log-json", log)
        (folder / "0001.md").unlink(missing_ok=True)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert len({line["run_id"] for line in lines}) == 2                  # the file goes on
    assert [line["event"] for line in lines[:2]] == ["run started", "rejected"]
    alarm, finished = lines[-2:]
    assert (alarm["event"], alarm["kind"], alarm["level"]) == ("alarm", "missing", "warning")
    assert (finished["event"], finished["exit_code"], finished["run_id"]) == ("run finished", 7, settled(tmp_path / "out").name)
    assert result.exit_code == 7


def test_the_log_on_standard_output_is_alone_there(tmp_path: Path) -> None:
    result = letopis("run", corpus(tmp_path), "--out", tmp_path / "out", "--log-json", "-")
    assert result.exit_code == 0
    assert all(json.loads(line)["run_id"] for line in result.stdout.splitlines())


def test_a_log_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    result = letopis("run", corpus(tmp_path), "--out", tmp_path / "out", "--log-json", tmp_path / "nowhere" / "log")
    assert result.exit_code == 2
    assert "the log cannot be written" in result.output
