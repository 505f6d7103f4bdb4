"""Days and places of events against made-up gold."""

import json
from datetime import date
from pathlib import Path

import pytest

from letopis.evaluate import when
from letopis.pipeline import annotate

TEXT = "Полиция задержала Ивана Петрова в Перми 3 мая 2022 года. Суд арестовал его."


def gold_file(folder: Path, **days: str) -> Path:
    place = {"role": "place", "start": 34, "end": 39, "text": "Перми"}
    events = [
        {"start": 8, "end": 17, "type": "justice.arrest", "realis": "actual", "coref": "e1", "args": [place], **days},
        {"start": 61, "end": 70, "type": "justice.arrest", "realis": "actual", "coref": "e2", "args": []},
    ]
    path = folder / "events_x.jsonl"
    row = {"doc": "1", "published": "2022-05-04", "title": None, "text": TEXT, "events": events}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_gold_is_read(tmp_path: Path) -> None:
    (article,) = when.read_dated(gold_file(tmp_path, date_start="2022-05-03", date_end="2022-05-03"))
    assert (article.file, article.published, len(article.happenings)) == ("x", date(2022, 5, 4), 2)
    assert article.happenings[0].days == ("2022-05-03", "2022-05-03") and article.happenings[0].places == ((34, 39),)
    assert article.happenings[1].days == when.NONE


@pytest.mark.parametrize(("day", "right"), [("2022-05-03", 1.0), ("2022-05-02", 0.0)])
def test_days_are_right_where_both_ends_are_equal(tmp_path: Path, day: str, right: float) -> None:
    articles = when.read_dated(gold_file(tmp_path, date_start=day, date_end=day))
    pairs = [when.pair(a, annotate((a.document(),))) for a in articles]
    score = when.exact(articles, pairs)
    assert (score.recall, score.gold) == (right, 1)
    assert when.exact(articles, pairs, when.publication).recall == 0
    assert when.given(articles, pairs).gold >= 1


def test_a_place_is_right_where_it_is_that_of_gold(tmp_path: Path) -> None:
    (article,) = when.read_dated(gold_file(tmp_path))
    analysis = annotate((article.document(),))
    pairs = [when.pair(article, analysis)]
    assert (when.placed([analysis], pairs).recall, when.placed([analysis], pairs).gold) == (1.0, 1)
    assert when.placed([analysis], pairs, "lead").gold == 0


def test_all_figures_have_names(tmp_path: Path) -> None:
    found = when.figures(gold_file(tmp_path, date_start="2022-05-03", date_end="2022-05-03"), "fast", {"1"})
    assert {"days", "days, of those given", "days, publication always", "days, x", "place", "place, role"} <= set(found)
    assert found["days"].recall == 1


def test_nerel_events_are_read_beside_their_texts(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "nerel" / "dev").mkdir(parents=True)
    (tmp_path / "nerel" / "dev" / "7.txt").write_text(TEXT, encoding="utf-8")
    head = "doc\ttid\tstart\tend\ttext\ttype\ttype2\trealis\tdate_start\tdate_end\tnote"
    row = "7\tT1\t8\t17\tзадержала\tjustice.arrest\t\tactual\t2022-05-03\t2022-05-03\t"
    (tmp_path / "gold" / "nerel_dev_events.tsv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    (article,) = when.read_nerel(tmp_path, "dev")
    assert article.published is None and article.happenings[0].days == ("2022-05-03", "2022-05-03")
