"""Days that gold's time arguments tell."""

from datetime import date

import pytest

from letopis.evaluate.when import Article
from letopis.layers import Analysis
from letopis.pipeline import annotate
from told_days import UNKNOWN, happenings, supposed_day

TEXT = "Полиция задержала Петрова 12 мая. После задержания прошёл обыск. Суд арестовал его. Форум открылся 3 и 4 июня."


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return annotate((Article("x", "1", TEXT, None, date(2014, 5, 20), ()).document(),))


def event(word: str, coref: str, time: str = "") -> dict[str, object]:
    start, at = TEXT.index(word), TEXT.index(time)
    args = [{"role": "time", "start": at, "end": at + len(time)}] if time else []
    return {"start": start, "end": start + len(word), "type": "other", "realis": "actual", "coref": coref, "args": args}


def test_a_time_argument_dates_its_whole_happening(analysis: Analysis) -> None:
    events = [event("задержала", "e1", "12 мая"), event("задержания", "e1"), event("арестовал", "e2")]
    assert [h.days for h in happenings(events, analysis)] == [("2014-05-12", "2014-05-12")] * 2 + [UNKNOWN]


def test_mentions_that_disagree_tell_nothing_of_the_others(analysis: Analysis) -> None:
    events = [event("задержала", "e1", "12 мая"), event("открылся", "e1", "3 и 4 июня"), event("арестовал", "e1")]
    found = [h.days for h in happenings(events, analysis)]
    assert found == [("2014-05-12", "2014-05-12"), ("2014-06-03", "2014-06-04"), UNKNOWN]


@pytest.mark.parametrize(("text", "year", "expected"), [
    ("Суд 31 июня отложил дело до 5 июля.", 2009, date(2009, 7, 5)),
    ("Он родился 3 мая 1971 года.", 2009, date(1971, 5, 3)),
    ("Завод, закрытый в 2003 году, открылся 7 августа.", None, date(2003, 8, 7)),
])
def test_a_day_of_the_text_is_supposed_to_be_the_report_s(text: str, year: int | None, expected: date) -> None:
    assert supposed_day(text, year) == expected


def test_a_text_without_days_is_of_june() -> None:
    assert (supposed_day("Завод закрыли.", None).year, supposed_day("Завод закрыли.", 1999).month) == (2012, 6)
