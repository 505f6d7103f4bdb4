"""How a place is judged against a gold link."""

import pytest

from letopis.evaluate.places import Gold, Item, figures, judge, judge_name, judge_news
from letopis.find.gazetteer import gazetteer

ITEMS = {
    "Q649": Item(frozenset({"Москва"}), "Москва: столица России"),
    "Q1": Item(frozenset({"Брест"}), "Брест: город во Франции"),
    "Q2": Item(frozenset({"Сербия"}), "сборная Сербии по футболу: команда"),
}
BREST = {gazetteer().place(k).country: k for k in gazetteer().candidates("Брест")}


@pytest.mark.parametrize(("key", "item", "expected"), [
    ("Q649", "Q649", "right"),
    ("Q656", "Q649", "wrong"),
    (None, "Q649", "none"),
    (BREST["FR"], "Q1", "right"),              # no Wikidata id in the gazetteer: the label and the country tell
    (BREST["BY"], "Q1", "wrong"),
    ("Q403", "Q2", "unusable"),                # gold is a team
    ("Q403", "Q404", "unusable"),              # an item nothing is known of
])
def test_judge(key: str | None, item: str, expected: str) -> None:
    assert judge(key, Gold("d", 0, 1, "CITY", item), ITEMS) == expected


def test_latin_ids() -> None:
    assert judge_name("Q145", Gold("d", 0, 1, "LOCATION", "United Kingdom")) == "right"
    assert judge_name("Q142", Gold("d", 0, 1, "LOCATION", "United Kingdom")) == "wrong"
    assert judge_name("Q142", Gold("d", 0, 1, "LOCATION", "Nowhere At All")) == "unusable"


def test_what_is_no_place_must_have_no_row() -> None:
    street, village = (Gold("d", 0, 1, "LOCATION", item) for item in ("", "unknown"))
    assert [judge_news(None, street), judge_news("Q649", street), judge_news(None, village)] == ["unusable", "wrong", "none"]


def test_shares_are_of_the_usable() -> None:
    shares = figures([(False, "right"), (False, "none"), (False, "unusable"), (True, "wrong")])
    assert shares["nouns"] == {"right": 0.5, "wrong": 0.0, "none": 0.5, "usable": 2, "unusable": 1}
    assert shares["adjectives"]["wrong"] == 1.0
