"""The days of happenings: stated in the clause, elsewhere in the text, or those of the report; and none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.find.clauses import Text, text_of
from letopis.find.dating.agree import pool, stretches_of
from letopis.find.dating.grounds import leads
from letopis.find.dating.moments import moments_of, words_at
from letopis.find.dating.told import told_of
from letopis.find.when import date_events
from letopis.layers import Analysis, Event, Role, Span
from letopis.pipeline import annotate
from tests.conftest import document

Analyse = Callable[..., Analysis]
THURSDAY = date(2023, 11, 16)


def layers(a: Analysis) -> Text:
    return text_of(a.readings, a.sentences, a.words, a.syntax)


def event(a: Analysis, trigger: str) -> Event:
    return next(e for e in a.events if a.readings.clean[e.span.reading][e.span.start:e.span.end] == trigger)


def days(e: Event) -> str:
    if e.start == e.end:
        return "" if e.start is None else str(e.start)
    return f"{e.start or ''}..{e.end or ''}"


@pytest.mark.parametrize(("text", "trigger", "expected", "granularity", "basis"), [
    ("Полиция задержала Ивана Петрова 3 мая 2022 года.", "задержала", "2022-05-03", "day", "explicit"),
    ("В 2010 году он ограбил банк в Перми.", "ограбил", "2010-01-01..2010-12-31", "year", "explicit"),
    ("Суд арестовал директора завода во вторник.", "арестовал", "2023-11-14", "day", "relative"),
    ("Форум пройдёт в Казани 25 и 26 декабря.", "Форум", "2023-12-25..2023-12-26", "range", "year_inferred"),
])
def test_a_clause_states_its_day(
    analyse: Analyse, text: str, trigger: str, expected: str, granularity: str, basis: str
) -> None:
    found = event(analyse(text, published=THURSDAY), trigger)
    assert (days(found), found.granularity, found.date_basis) == (expected, granularity, basis)


def test_each_clause_has_its_own(analyse: Analyse) -> None:
    a = analyse("Суд арестовал Петрова 10 ноября, а в 2015 году он ограбил банк.", published=THURSDAY)
    assert days(event(a, "арестовал")) == "2023-11-10"
    assert days(event(a, "ограбил")) == "2015-01-01..2015-12-31"


@pytest.mark.parametrize(("text", "basis"), [
    ("Полиция задержала Ивана Петрова в Перми.", "lead"),
    ("МОСКВА, 16 ноября — ПРАЙМ. Полиция задержала Ивана Петрова в Перми.", "dateline"),
])
def test_news_without_a_day_is_of_the_day_of_the_report(analyse: Analyse, text: str, basis: str) -> None:
    found = event(analyse(text, published=THURSDAY), "задержала")
    assert (days(found), found.granularity, found.date_basis) == ("2023-11-16", "day", basis)


def test_a_text_without_any_day_gives_none(analyse: Analyse) -> None:
    assert all(e.start is None and e.end is None and e.granularity is None and e.date_basis is None
               for e in analyse("Полиция задержала Ивана Петрова в Перми.", published=None).events)


def test_all_mentions_of_a_happening_agree(analyse: Analyse) -> None:
    text = "В Перми произошёл взрыв. Взрыв случился 14 ноября в доме на окраине. После взрыва пострадали трое."
    a = analyse(text, published=THURSDAY)
    one = [replace(e, cluster=7, start=None, end=None, granularity=None, date_basis=None) for e in a.events if "взрыв" in e.lemma]
    found = date_events(layers(a), a.documents, tuple(one), a.times, ())
    assert len(found) == 3
    assert {days(e) for e in found} == {"2023-11-14"}


def test_other_names_and_days_give_the_same_structure(analyse: Analyse) -> None:
    def bases(text: str, shift: int) -> list[tuple[object, ...]]:
        a = analyse(text, published=THURSDAY + timedelta(days=shift))
        return [(e.date_basis, e.granularity, None if e.start is None else (a.documents[0].published_date or e.start) - e.start)
                for e in a.events]

    first = bases("Полиция задержала Ивана Петрова в Самаре. Суд арестовал его во вторник.", 0)
    assert bases("Полиция задержала Олега Сидорова в Перми. Суд арестовал его во вторник.", 7) == first


@settings(max_examples=5, deadline=None)
@given(st.permutations([
    ("Полиция задержала Ивана Петрова. Суд арестовал его во вторник. В 2010 году он ограбил банк.", date(2023, 11, 16)),
    ("Форум пройдёт 25 и 26 декабря в Казани. Вчера министр объявил о форуме.", date(2020, 12, 1)),
    ("В мае погиб рабочий. Завод остановили.", None),
]))
def test_a_document_is_decided_the_same_in_any_company(texts: list[tuple[str, date | None]]) -> None:
    documents = tuple(document(text, key=f"{i}.txt", published=day) for i, (text, day) in enumerate(texts))
    together = [(days(e), e.date_basis, e.place_basis) for e in annotate(documents).events]
    assert together == [(days(e), e.date_basis, e.place_basis) for d in documents for e in annotate((d,)).events]


def test_moments_hold_lists_and_the_report(analyse: Analyse) -> None:
    a = analyse("Форум пройдёт 25 и 26 декабря.", published=THURSDAY)
    m = moments_of(layers(a), a.documents, a.times)
    assert m.listed.tolist() == [0, 1, 0]
    assert m.report.tolist() == [THURSDAY.toordinal()] and m.stated.tolist() == [0]
    table = stretches_of(m, np.zeros(3, np.int32))
    assert table.start.shape == (1, 4) and table.report.tolist() == [0]
    assert (table.end[0][table.column] == m.end).all()


def time_role(a: Analysis, number: int, words: str, score: float) -> Role:
    start = a.readings.clean[0].index(words)
    return Role(number, "time", Span(0, 0, start, start + len(words)), "time", None, None, None, None, score, "made up")


def test_roles_tell_the_widest_moment_they_cover(analyse: Analyse) -> None:
    a = analyse("Форум пройдёт 25 и 26 декабря, а 30 декабря выступит хор.", published=THURSDAY)
    m = moments_of(layers(a), a.documents, a.times)
    assert [(m.listed[i], m.first[i], m.last[i]) for i in range(4)] == [(0, 2, 2), (1, 2, 5), (0, 4, 5), (0, 8, 9)]
    roles = time_role(a, 0, "25 и 26 декабря", 0.9), time_role(a, 1, "30 декабря", 0.5), time_role(a, 2, "хор", 0.9)
    event, moment = (np.array(column, np.int32) for column in zip(*((e, t) for e in range(3) for t in range(4)), strict=True))
    told = told_of(layers(a), roles, m, event, moment, 3)
    assert told.own.reshape(3, 4).tolist() == [[1, 3, 1, 0], [0, 0, 0, 2], [0, 0, 0, 0]]
    assert told.others.reshape(3, 4).tolist() == [[0, 0, 0, 2], [1, 3, 1, 0], [1, 3, 1, 2]]
    assert told.event.tolist() == [3, 2, 1]


def test_a_preposition_is_one_of_the_moment_s_own_sentence(analyse: Analyse) -> None:
    a = analyse("С 5 мая он в отпуске. К 9 мая он вернётся", title="О чём он говорит с", published=THURSDAY)
    words = a.words.form
    asked = [words.index("О"), words.index("С"), words.index("5"), words.index("9")]
    assert leads(layers(a), np.array(asked, np.int32)).tolist() == [0, 0, 3, 5]


def test_words_are_found_by_offsets(analyse: Analyse) -> None:
    a = analyse("Он ушёл. Она пришла.")
    assert [a.words.form[w] for w in words_at(layers(a), [0, 1, 1], [3, 9, 14])] == ["ушёл", "Она", "пришла"]


def test_a_pool_is_mean_and_highest_by_group() -> None:
    mean, highest = pool(np.array([[0.0, 1.0], [0.5, 0.0], [1.0, 0.5]]), np.array([4, 2, 4]))
    assert mean.tolist() == [[0.5, 0.75], [0.5, 0.0], [0.5, 0.75]]
    assert highest.tolist() == [[1.0, 1.0], [0.5, 0.0], [1.0, 1.0]]
