"""Spans out of scores."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from letopis.encoder.tagger.decode import nested, triggers


def scores(n: int, **spans: float) -> np.ndarray:
    """Scores [n, 3, n] where 'none' wins by 5 but for spans like b0_2=9.0: class b from token 0 to 2."""
    s = np.zeros((n, 3, n), np.float32)
    s[:, 0] = 5
    for name, value in spans.items():
        start, end = map(int, name[1:].split("_"))
        s[start, "ab".index(name[0]) + 1, end] = value
    return s


def spans(s: np.ndarray) -> list[tuple[int, int, str]]:
    return [(i, j, "ab"[kind]) for i, j, kind, _ in nested(s)]


def test_spans_nest() -> None:
    assert spans(scores(4, a0_3=9, b1_2=7)) == [(0, 3, "a"), (1, 2, "b")]


def test_of_two_crossing_spans_the_likelier_stays() -> None:
    assert spans(scores(4, a0_2=7, b1_3=9)) == [(1, 3, "b")]


def test_equal_probabilities_the_earlier_stays() -> None:
    assert spans(scores(4, a0_2=7, b1_3=7)) == [(0, 2, "a")]


def test_a_low_threshold_lets_an_unlikely_span_in_with_its_own_probability() -> None:
    unlikely = scores(2, a0_1=4.5)
    unlikely[0, 2, 1] = -9
    assert nested(unlikely) == []
    ((start, end, kind, p),) = nested(unlikely, 0.3)
    assert (start, end, kind) == (0, 1, 0)
    assert abs(p - 1 / (1 + np.exp(0.5))) < 1e-3


def test_what_ends_before_it_starts_is_no_span() -> None:
    assert spans(scores(4, a3_1=9)) == []


def test_triggers_never_overlap() -> None:
    s = np.full((3, 4), -5, np.float32)
    s[:, 0] = 3
    s[0, 2], s[1, 1], s[2, 1] = 5, 6, 4   # two tokens from 0, one from 1, one from 2
    assert [(i, j) for i, j, _, _ in triggers(s, 0.5)] == [(1, 1), (2, 2)]


@given(arrays(np.float32, (5, 3, 5), elements=st.floats(-9, 9, width=32)))
def test_no_spans_cross(s: np.ndarray) -> None:
    found = spans(s)
    assert not any(a < c <= b < d for a, b, _ in found for c, d, _ in found)
