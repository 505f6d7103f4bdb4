"""Exact and overlapping scores of spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.evaluate.spans import ALL, exact_scores, match, overlapping_score

# 'мэр Москвы Иван Петров': the office, the city inside it, the person
GOLD = [(0, 10, "PROFESSION"), (4, 10, "CITY"), (11, 22, "PERSON")]


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        (GOLD, 1.0, 1.0),
        (GOLD[:1], 1.0, 1 / 3),
        ([*GOLD, *GOLD], 1.0, 1.0),                         # said twice counts once
        ([(0, 10, "CITY"), (4, 10, "CITY")], 0.5, 1 / 3),   # the right span with the wrong type is wrong
        ([(11, 15, "PERSON")], 0.0, 0.0),                   # a part of a name is wrong
        ([], 0.0, 0.0),
    ],
)
def test_exact(found: list, precision: float, recall: float) -> None:
    score = exact_scores([GOLD], [found])[ALL]
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_exact_by_type() -> None:
    scores = exact_scores([GOLD, []], [GOLD[:2], [(0, 3, "CITY")]])
    assert scores["PROFESSION"].f1 == 1.0
    assert scores["CITY"].f1 == pytest.approx(2 / 3)
    assert (scores["PERSON"].f1, scores["PERSON"].gold) == (0.0, 1)


@pytest.mark.parametrize(
    ("gold", "found", "pairs"),
    [
        ([(0, 5)], [(4, 9)], 1),
        ([(0, 5)], [(5, 9)], 0),                # they only touch
        ([(0, 5)], [(0, 2), (3, 5)], 1),        # one gold span answers for one
        ([(0, 9)], [(0, 4), (5, 9)], 1),
        ([(0, 4), (3, 9)], [(2, 4), (0, 2)], 2),  # the greedy choice of (2, 4) for the first would find one
    ],
)
def test_overlapping(gold: list, found: list, pairs: int) -> None:
    assert len(match([(a, b, "") for a, b in gold], [(a, b, "") for a, b in found])) == pairs


def test_the_equal_span_is_matched_first() -> None:
    assert match([(0, 9, ""), (0, 4, "")], [(0, 4, "")]) == [(1, 0)]


def test_interval_is_about_documents() -> None:
    one = overlapping_score([[(0, 1, "")]] * 20, [[(0, 1, "")]] * 20)
    assert (one.low, one.f1, one.high) == (1.0, 1.0, 1.0)
    half = overlapping_score([[(0, 1, "")]] * 20, [[(0, 1, "")]] * 10 + [[]] * 10)
    assert half.low < half.f1 < half.high


SPANS = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4)).map(lambda p: (p[0], p[0] + p[1], "")), max_size=6)


@given(SPANS, SPANS)
def test_matching_is_symmetric_in_size_and_one_to_one(gold: list, found: list) -> None:
    pairs = match(gold, found)
    assert len(pairs) == len(match(found, gold))
    assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
    assert all(gold[g][0] < found[f][1] and found[f][0] < gold[g][1] for g, f in pairs)
