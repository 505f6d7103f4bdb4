"""Where the sightings of an event say different things."""

from typing import Any

from letopis.site.events import conflicts


def sighting(document: str, **said: Any) -> dict[str, Any]:
    plain = {"date_start": None, "date_end": None, "place": None, "realis": "actual", "type": "disaster.fire"}
    return {"document_id": document} | plain | said


def number(document: str, text: str, value: float, kind: str = "count", unit: str = "человек") -> dict[str, Any]:
    return {"document_id": document, "text": text, "value": value, "kind": kind, "unit": unit}


def test_sightings_that_agree_have_none() -> None:
    seen = [sighting("a", place="Рыбинск"), sighting("b", place="Рыбинск"), sighting("c")]
    assert conflicts(seen, [number("a", "двое", 2), number("b", "двое", 2)]) == []


def test_days_differ_and_say_how_often_and_where() -> None:
    seen = [*(sighting(d, date_start="2023-02-07", date_end="2023-02-07") for d in "ab"),
            sighting("c", date_start="2023-02-08", date_end="2023-02-09")]
    assert conflicts(seen, []) == [["date", [["2023-02-07", 2, "a"], ["2023-02-08/2023-02-09", 1, "c"]]]]


def test_numbers_of_one_unit_differ() -> None:
    assert conflicts([sighting("a")], [number("a", "12 человек", 12), number("b", "14 человек", 14)]) == [
        ["count человек", [["12 человек", 1, "a"], ["14 человек", 1, "b"]]]]


def test_one_number_in_two_wordings_is_no_conflict() -> None:
    assert conflicts([sighting("a")], [number("a", "двое", 2), number("b", "2 человека", 2)]) == []


def test_numbers_of_other_units_do_not_meet() -> None:
    assert conflicts([sighting("a")], [number("a", "12 человек", 12), number("a", "3 машины", 3, unit="машина")]) == []


def test_one_spelling_is_no_conflict() -> None:
    assert conflicts([sighting("a", place="Орёл"), sighting("b", place="Орел")], []) == []
