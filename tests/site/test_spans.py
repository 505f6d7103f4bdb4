"""Sentences are cut without losing a character."""

from hypothesis import given
from hypothesis import strategies as st

from letopis.site.spans import segments


def test_the_hit_and_its_roles() -> None:
    text = "Мэр Драган Митрович поздравил коллегу."
    found = segments(text, 100, [(120, 129, "hit"), (104, 119, "agent")])
    assert found == ["Мэр ", ["Драган Митрович", "agent"], " ", ["поздравил", "hit"], " коллегу."]


def test_of_spans_that_overlap_the_hit_stands() -> None:
    assert segments("арест директора", 0, [(0, 15, "cause"), (0, 5, "hit")]) == [["арест", "hit"], " директора"]


def test_a_span_outside_of_the_sentence_is_left_out() -> None:
    assert segments("Текст.", 50, [(0, 5, "agent"), (48, 53, "patient")]) == ["Текст."]


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["hit", "agent"]))


@given(st.text(max_size=30), st.lists(SPANS, max_size=6))
def test_no_character_is_lost(text: str, spans: list[tuple[int, int, str]]) -> None:
    parts = segments(text, 5, spans)
    assert "".join(p if isinstance(p, str) else p[0] for p in parts) == text
