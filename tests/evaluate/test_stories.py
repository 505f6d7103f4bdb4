"""Links across documents: units by gold's events, what they are called, and what a link to an article of another topic costs."""

from letopis.evaluate.spans import score
from letopis.evaluate.stories import Told, link_counts, units_of

KEYED = {"a": [(0, 4, "@fire"), (10, 14, "@fire"), (20, 24, "a e1")], "b": [(0, 4, "@fire")], "c": [(0, 4, "@fire")]}


def told(start: int, event: str) -> Told:
    return Told(start, start + 4, event, "plain", 0.5)


def counts(found: dict[str, list[Told]]) -> tuple[int, int, int]:
    """Links right, found and of gold, each counted at its ends in documents of gold."""
    right, said, gold = link_counts(KEYED, found, lambda t: t.event).sum(axis=0).tolist()
    return right, said, gold


def test_a_unit_is_called_what_most_of_its_mentions_are() -> None:
    units = list(units_of("a", KEYED["a"], [told(0, "v1"), told(10, "v1"), told(20, "v2")], lambda t: t.event))
    assert [(u.gold, u.found) for u in units] == [("@fire", "v1"), ("a e1", "v2")]


def test_links_of_a_missed_unit_are_missed() -> None:
    found = {"a": [told(0, "v1"), told(10, "v1")], "b": [told(0, "v1")], "c": []}
    assert counts(found) == (2, 2, 6)
    assert score(link_counts(KEYED, found, lambda t: t.event)).precision == 1.0


def test_two_units_without_mentions_are_not_one() -> None:
    assert counts({"a": [], "b": [], "c": []}) == (0, 0, 6)


def test_a_link_to_an_article_that_gold_does_not_know_is_wrong() -> None:
    found = {"a": [told(0, "v1"), told(10, "v1")], "b": [told(0, "v1")], "c": [told(0, "v2")], "noise": [told(7, "v2")]}
    assert counts(found) == (2, 3, 6)
