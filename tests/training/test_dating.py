"""The trainer of days on a made-up corpus: what it learns must show in the table."""

from dataclasses import replace
from datetime import date

import pytest

import dating
from letopis.evaluate.when import Article, Happening
from letopis.find.dating.weights import read
from letopis.pipeline import annotate

TEXT = "Полиция задержала Ивана Петрова {day} мая 2022 года. Суд арестовал его."


@pytest.fixture(scope="module")
def cases() -> list[dating.Case]:
    articles = []
    for n in range(1, 9):
        text, day = TEXT.format(day=n + 9), f"2022-05-{n + 9}"
        events = (
            Happening(8, 17, "justice.arrest", "actual", (day, day), "e1"),
            Happening(text.index("арестовал"), text.index("арестовал") + 9, "justice.arrest", "actual", ("", ""), "e2"),
        )
        articles.append(Article("x", str(n), text, None, date(2022, 6, 1), events))
    return [case for a in articles for case in dating.cases_of(a, annotate((a.document(),)))]


def test_an_article_is_seen_with_its_own_triggers_and_with_golds(cases: list[dating.Case]) -> None:
    assert len(cases) == 16
    ours, gold = cases[0], cases[1]
    assert len(gold.events) == 2 and gold.wanted[1] == (0, 0)
    assert ours.events[0].method != gold.events[0].method
    assert gold.wanted[0] == (date(2022, 5, 10).toordinal(),) * 2


def test_a_stated_day_is_learned(cases: list[dating.Case]) -> None:
    table = read(dating.train(cases))
    assert table.measures["agree"]["stated"] > 0
    assert table.facts["pair", "path"].max() > 0
    assert dating.train(cases) == dating.train(cases)


def test_where_silence_means_nothing_no_day_is_no_choice(cases: list[dating.Case]) -> None:
    dated = cases[1]
    told = dated._replace(article=replace(dated.article, file="told/x"), wanted=(dated.wanted[0], None))
    assert [len(rows) for rows in dating._fact_rows(dated, dating._Index())] == [3, 3]
    assert [[right for _, right in rows] for rows in dating._fact_rows(told, dating._Index())] == [[True, False]]


def test_held_files_are_not_trained_on() -> None:
    article = Article("stories_ryanair", "1", "", None, None, ())
    assert dating.is_held(article)
