"""Keys of names: evidence, folded, never display."""

from datetime import date

import pytest

from letopis.find.names import event_key, fold


@pytest.mark.parametrize(("name", "folded"), [
    ("ОАО «Газпром»", "оао газпром"),
    ("Черёмин", "черемин"),
    ('Газета "Правда".', "газета правда"),
    ("Нью-Йорк", "нью-йорк"),
])
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(folded) == folded


def test_an_event_without_a_date_has_no_key() -> None:
    assert event_key("gathering.conference", "Форум", None) is None
    assert event_key("gathering.conference", "Форум «Волга»", date(2023, 9, 12)) == "gathering.conference|форум волга|2023"
