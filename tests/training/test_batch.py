"""What a batch of training is cut into, against plain loops. Runs where the extra `train` is installed."""

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from hypothesis import given  # noqa: E402  (after the check for torch)
from hypothesis import strategies as st  # noqa: E402

from batch import grids, joinable, pairs_of  # noqa: E402

LENGTHS = st.lists(st.integers(1, 40), min_size=1, max_size=12)
SENTENCES = st.lists(st.integers(0, 4), max_size=12)


@given(LENGTHS, st.sampled_from([1.25, 2.0]), st.randoms())
def test_every_sentence_and_name_is_in_one_grid(lengths: list[int], spread: float, random) -> None:
    first = np.cumsum([0, *lengths])
    rows = []
    for a, n in zip(first[:-1].tolist(), lengths, strict=True):
        i = random.randrange(n)
        rows.append((a + i, a + random.randrange(i, n), random.randrange(5)))
    made = grids(first, np.arange(len(lengths)), np.array(rows), spread)
    seen = [g.at[r][g.inside[r]].tolist() for g in made for r in range(len(g.at))]
    assert sorted(seen) == [list(range(a, b)) for a, b in zip(first[:-1].tolist(), first[1:].tolist(), strict=True)]
    named = [(int(g.at[r, i]), int(g.at[r, j]), int(kind) - 1) for g in made for r, i, j, kind in g.gold.T]
    assert sorted(named) == sorted(rows)
    for g in made:
        sizes = g.inside.sum(axis=1)
        assert sizes.max() <= max(4, spread * max(sizes.min(), 4))


@given(SENTENCES, SENTENCES)
def test_pairs_share_a_sentence(ones: list[int], twos: list[int]) -> None:
    found = joinable(np.array(ones, np.int64), np.array(twos, np.int64), same=False).tolist()
    assert sorted(found) == [[i, j] for i, j in product(range(len(ones)), range(len(twos))) if ones[i] == twos[j]]


def test_a_pair_has_its_first_name_or_none() -> None:
    sentence = np.array([0, 0, 0, 0, 1, 1])
    triggers, arguments = np.array([[1, 1], [4, 4]]), np.array([[0, 0, 0], [2, 3, 0], [5, 5, 0]])
    gold = np.array([[1, 1, 2, 3, 7], [1, 1, 2, 3, 8], [4, 4, 5, 5, 2]])
    made = pairs_of(sentence, triggers, arguments, gold, same=False)
    assert made.pairs.tolist() == [[0, 0], [0, 1], [1, 2]]
    assert made.target.tolist() == [0, 8, 3]
