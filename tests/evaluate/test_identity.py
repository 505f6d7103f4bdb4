"""The score of identity across documents: links, B-cubed, and which mention answers for a gold one."""

from letopis.evaluate.identity import GoldMention, Unit, best, links, score, units
from letopis.evaluate.resolved import Named


def named(start: int, end: int, entity: str) -> Named:
    return Named("text", start, end, "PERSON", entity)


def test_links_and_b_cubed() -> None:
    found = [Unit("a", "X", "1"), Unit("b", "X", "1"), Unit("c", "X", "2"), Unit("c", "Y", "1")]
    assert sum(r for r, _, _ in links(found)) == 2            # one link right, counted at both ends
    s = score(found)
    assert s.links == (1 / 3, 1 / 3, 1 / 3)
    precision = (2 / 3 + 2 / 3 + 1 + 1 / 3) / 4
    recall = (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4
    assert abs(s.b_cubed[0] - precision) < 1e-9
    assert abs(s.b_cubed[1] - recall) < 1e-9


def test_units_of_one_document_make_no_link() -> None:
    assert score([Unit("a", "X", "1"), Unit("a", "Y", "1")]).links[0] == 0.0


def test_a_mention_answers_by_half_of_the_union() -> None:
    names = [named(10, 16, "country"), named(0, 16, "court")]
    found = best(0, 15, names)
    assert found is not None and found.entity == "court"
    assert best(0, 40, names) is None


def test_a_unit_is_called_what_most_of_its_mentions_are() -> None:
    gold = {"a": [GoldMention(0, 4, "PER", "X"), GoldMention(10, 14, "PER", "X"), GoldMention(20, 24, "PER", "X")]}
    found = {"a": [named(0, 4, "1"), named(10, 14, "2"), named(20, 24, "2")]}
    assert units(gold, found) == [Unit("a", "X", "2")]
