"""Calendar arithmetic."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.find.dates import calendar
from letopis.find.dates.calendar import Closed

DAY = date(2024, 2, 29)


def both(interval: Closed | None) -> str:
    return f"{interval.start}..{interval.end}" if interval else "none"


@pytest.mark.parametrize(("unit", "shift", "expected"), [
    ("day", -1, "2024-02-28..2024-02-28"),
    ("week", -1, "2024-02-19..2024-02-25"),
    ("month", 1, "2024-03-01..2024-03-31"),
    ("quarter", -1, "2023-10-01..2023-12-31"),
    ("half", 0, "2024-01-01..2024-06-30"),
    ("year", -1, "2023-01-01..2023-12-31"),
    ("decade", 0, "2020-01-01..2029-12-31"),
    ("century", -1, "1901-01-01..2000-12-31"),
])
def test_units_around_a_day(unit: str, shift: int, expected: str) -> None:
    assert both(calendar.unit(DAY, unit, shift)) == expected


@pytest.mark.parametrize(("count", "unit", "expected"), [
    (-3, "day", "2024-02-26..2024-02-26"),
    (2, "week", "2024-03-14..2024-03-14"),
    (-6, "month", "2023-08-01..2023-08-31"),
    (-1, "year", "2023-01-01..2023-12-31"),
    (-1.5, "year", "2022-08-01..2022-08-31"),
    (-1.5, "month", "2024-01-14..2024-01-14"),
    (-2, "century", "1824-01-01..1824-12-31"),
    (-3000, "year", "none"),
])
def test_distances_are_as_exact_as_their_unit(count: float, unit: str, expected: str) -> None:
    assert both(calendar.back_or_forth(DAY, count, unit)) == expected


@pytest.mark.parametrize(("whole", "part", "expected"), [
    (calendar.months(2024, 2, 1, "month"), "end", "2024-02-21..2024-02-29"),
    (calendar.months(2024, 2, 1, "month"), "first", "2024-02-01..2024-02-15"),
    (calendar.months(2024, 2, 1, "month"), "20", "2024-02-20..2024-02-29"),
    (calendar.years(2024, 1, "year"), "middle", "2024-05-01..2024-08-31"),
    (calendar.years(2024, 1, "year"), "second", "2024-07-01..2024-12-31"),
    (calendar.unit(DAY, "week", 0), "start", "2024-02-26..2024-02-27"),
    (calendar.unit(DAY, "week", 0), "end", "2024-03-01..2024-03-03"),
    (calendar.season(2024, 0), "middle", "2024-01-01..2024-01-31"),
    (calendar.century(20), "second", "1951-01-01..2000-12-31"),
])
def test_parts(whole: Closed, part: str, expected: str) -> None:
    assert both(calendar.part(whole, part)) == expected


def test_a_month_later_is_never_past_its_end() -> None:
    assert calendar.same_day(date(2024, 1, 31), 1, "month") == DAY
    assert calendar.same_day(DAY, -1, "year") == date(2023, 2, 28)


def test_days_that_are_none() -> None:
    assert calendar.day(2023, 2, 29) is None
    assert calendar.day(2023, 4, 0) is None
    assert calendar.moved(date.max, 1) is None


@given(st.dates(), st.sampled_from(["week", "month", "quarter", "half", "year", "decade", "century"]))
def test_the_parts_of_a_unit_make_the_whole(day: date, name: str) -> None:
    whole = calendar.unit(day, name, 0)
    if whole is None:
        return
    assert whole.start <= day <= whole.end
    thirds = [calendar.part(whole, part) for part in ("start", "middle", "end")]
    halves = [calendar.part(whole, part) for part in ("first", "second")]
    for parts in (thirds, halves):
        assert all(parts)
        covered = [each for each in parts if each]
        assert (covered[0].start, covered[-1].end) == (whole.start, whole.end)
        assert all((b.start - a.end).days == 1 for a, b in pairwise(covered))
