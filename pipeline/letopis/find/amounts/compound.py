"""Quantities in two units are one: '2 часа 15 минут' is 135 minutes, '5 лет и 6 месяцев' 66 months."""

from dataclasses import replace

from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.shared import Read

_IN = {
    ("year", "month"): 12, ("week", "day"): 7, ("day", "hour"): 24, ("hour", "minute"): 60, ("minute", "second"): 60,
    ("km", "m"): 1000, ("m", "cm"): 100, ("t", "kg"): 1000, ("kg", "g"): 1000,
}


def put_together(sentence: Sentence, read: list[Read]) -> list[Read]:
    """Neighbours in falling units become one, in the smaller unit."""
    out: list[Read] = []
    for each in read:
        whole = _whole(sentence, out[-1], each) if out else None
        out[-1:] = [whole] if whole else [*out[-1:], each]
    return out


def _whole(sentence: Sentence, large: Read, small: Read) -> Read | None:
    gap = [sentence.form(w) for w in range(large.reading.last + 1, small.number.first)]
    if gap not in ([], ["и"]) or large.number.high is not None or small.number.high is not None:
        return None
    ratio = _ratio(large, small)
    if not ratio:
        return None
    value = large.number.low * ratio + small.number.low
    number = replace(small.number, first=large.number.first, low=value)
    return Read(number, small.reading._replace(kind=large.reading.kind))


def _ratio(large: Read, small: Read) -> float:
    if large.reading.unit == small.reading.unit and large.reading.kind == "money":
        return large.reading.factor / small.reading.factor if large.reading.factor > small.reading.factor else 0
    return _IN.get((large.reading.unit, small.reading.unit), 0)
