from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats.dates import BadDate, parse_published

MOSCOW = ZoneInfo("Europe/Moscow")

READ = [  # what stands in the header, the moment in UTC, the day in the source's own zone
    ("2023-11-16T11:16:09+00:00", "2023-11-16T11:16:09", "2023-11-16"),
    ("2023-11-16T00:30:00+10:00", "2023-11-15T14:30:00", "2023-11-16"),      # the day is the source's, not that of UTC
    ("2023-11-16T11:16:09Z", "2023-11-16T11:16:09", "2023-11-16"),
    ("2023-11-16T11:16:09.123456789Z", "2023-11-16T11:16:09.123456", "2023-11-16"),
    ("2023-11-16T11:16:09+0300", "2023-11-16T08:16:09", "2023-11-16"),
    ("2023-11-16T11:16:09-05", "2023-11-16T16:16:09", "2023-11-16"),
    ("2023-11-16T11:16:09+03:00[Europe/Moscow]", "2023-11-16T08:16:09", "2023-11-16"),
    ("2023-11-16 11:16", "2023-11-16T08:16:00", "2023-11-16"),               # naive: the configured zone
    ("2023-11-16 11:16 МСК", "2023-11-16T08:16:00", "2023-11-16"),
    ("2023-11-16 11:16:09 GMT+3", "2023-11-16T08:16:09", "2023-11-16"),
    ("2023-11-16", "2023-11-15T21:00:00", "2023-11-16"),                     # no time: midnight of the configured zone
    ("2019/12/14", "2019-12-13T21:00:00", "2019-12-14"),                     # Lenta.ru
    ("14.12.2019", "2019-12-13T21:00:00", "2019-12-14"),
    ("14/12/2019", "2019-12-13T21:00:00", "2019-12-14"),
    ("12/14/2019", "2019-12-13T21:00:00", "2019-12-14"),
    ("14 декабря 2019", "2019-12-13T21:00:00", "2019-12-14"),
    ("14 дек 2019, 10:00", "2019-12-14T07:00:00", "2019-12-14"),
    ("16 ноября 2023 г. в 10:15", "2023-11-16T07:15:00", "2023-11-16"),
    ("10:15, 16 ноября 2023", "2023-11-16T07:15:00", "2023-11-16"),
    ("Thu, 16 Nov 2023 23:16:09 +0300", "2023-11-16T20:16:09", "2023-11-16"),
    ("Nov 16, 2023 3:05 pm", "2023-11-16T12:05:00", "2023-11-16"),
    ("20231116", "2023-11-15T21:00:00", "2023-11-16"),
    ("1573890000", "2019-11-16T07:40:00", "2019-11-16"),
    ("1573930000123", "2019-11-16T18:46:40.123", "2019-11-16"),
    ("1991-06-01 12:00", "1991-06-01T09:00:00", "1991-06-01"),               # summer time of that year
]


@pytest.mark.parametrize(("written", "moment", "day"), READ)
def test_reads(written: str, moment: str, day: str) -> None:
    published = parse_published(written, MOSCOW)
    assert published is not None
    assert published.moment == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert published.day == date.fromisoformat(day)


@pytest.mark.parametrize("written", [
    "вчера", "31.02.2020", "2023-02-31", "20023-01-01", "16 мая 2020 и 17 мая 2020", "0001-01-01T00:00+14:00",
    "2023-11-16T25:00", "2023-11-16 +99:00", "2023-11-16 13", "05/06/2019", "05-06-2019", "16.11.23", "14 мартобря 2020",
    "16 ноября", "1e999", "9" * 13,
])
def test_refuses_what_is_no_date(written: str) -> None:
    with pytest.raises(BadDate, match="published"):
        parse_published(written, MOSCOW)


@pytest.mark.parametrize("written", ["", " ", "-", "~", "None", "NaN", "2009", "2009-05"])
def test_no_day_is_no_error(written: str) -> None:
    assert parse_published(written, MOSCOW) is None


@given(st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.timezones()))
def test_iso_stamps_come_back(moment: datetime) -> None:
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() % 60:                        # zones of the 19th century had odd seconds
        return
    published = parse_published(moment.isoformat(), MOSCOW)
    assert published is not None
    assert (published.moment, published.day) == (moment.astimezone(UTC), moment.date())


@given(st.one_of(st.text(), st.from_regex(r"[0-9 .:/+TZ\-]{1,25}", fullmatch=True)))
def test_any_text_is_a_date_or_is_refused(written: str) -> None:
    try:
        published = parse_published(written, MOSCOW)
    except BadDate:
        return
    assert published is None or published.moment.tzinfo is UTC
