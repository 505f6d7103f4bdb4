"""Spans of standoff and trees of CoNLL-U, where a line or a circle breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.export.brat import fragments
from letopis.export.trees import treed


@pytest.mark.parametrize(("text", "pieces"), [
    ("ab cd", [(0, 5)]), ("ab\r\ncd", [(0, 2), (4, 6)]), ("a\u2028b\tc", [(0, 1), (2, 3), (4, 5)]), ("\nab\n", [(1, 3)]),
])
def test_spans_are_broken_where_a_line_ends(text: str, pieces: list[tuple[int, int]]) -> None:
    assert fragments(text, 0, len(text)) == pieces


@pytest.mark.parametrize(("heads", "tree"), [
    ([0], [0]), ([1], [0]), ([2, 0, 2], [2, 0, 2]), ([2, 1, 2], [0, 1, 2]), ([0, 2, 0], [0, 1, 1]), ([2, 1, 0], [3, 1, 0]),
    ([2, 3, 4, 3], [2, 3, 0, 3]), ([], []),
])
def test_trees(heads: list[int], tree: list[int]) -> None:
    assert treed(heads) == tree


@given(st.lists(st.integers(0, 8), min_size=1, max_size=8).map(lambda heads: [min(h, len(heads)) for h in heads]))
def test_every_sentence_becomes_a_tree(heads: list[int]) -> None:
    tree = treed(heads)
    assert tree.count(0) == 1
    for first in range(1, len(tree) + 1):
        path = [first]
        while path[-1]:
            path.append(tree[path[-1] - 1])
            assert len(path) <= len(tree) + 1
    assert treed(tree) == tree
