"""Which spans can be joined, and how two of them lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.encoder.tagger.pairs import NEAR, apart, joinable

SENTENCES = st.lists(st.integers(0, 4), max_size=12)


@given(SENTENCES, SENTENCES)
def test_all_spans_of_one_sentence_can_be_joined(ones: list[int], twos: list[int]) -> None:
    found = joinable(np.array(ones, np.int64), np.array(twos, np.int64)).tolist()
    assert sorted(found) == [[i, j] for i, one in enumerate(ones) for j, two in enumerate(twos) if one == two]


@pytest.mark.parametrize(("one", "two", "lies"), [
    ((3, 5), (6, 7), NEAR), ((3, 5), (9, 9), NEAR + 3), ((0, 0), (90, 91), 2 * NEAR - 1),
    ((6, 7), (3, 5), NEAR - 1), ((9, 9), (3, 5), NEAR - 4), ((90, 91), (0, 0), 0),
    ((3, 7), (4, 5), 2 * NEAR), ((4, 5), (3, 7), 2 * NEAR + 1), ((3, 5), (4, 8), 2 * NEAR + 2),
])
def test_how_two_spans_lie(one: tuple[int, int], two: tuple[int, int], lies: int) -> None:
    assert apart(np.array([[*one, 0]]), np.array([[*two, 0]])).tolist() == [lies]
