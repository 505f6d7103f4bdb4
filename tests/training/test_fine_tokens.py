"""razdel's tokens split further, and sentences that gold spans join."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokens import split


def shown(text: str, glue: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [" ".join(text[a:b] for a, b in s.tokens) for s in split(text, glue)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Экс-мэр Ростова-на-Дону", "Экс - мэр Ростова - на - Дону"),
        ("вакцина от COVID-19", "вакцина от COVID - 19"),
        ("в 2010-х", "в 2010 - х"),
        ("5км", "5 км"),
        ("1,5 млн", "1,5 млн"),
        ("А.С. Пушкин", "А . С . Пушкин"),
    ],
)
def test_fine_tokens(text: str, tokens: str) -> None:
    assert shown(text) == [tokens]


def test_a_line_ends_a_sentence() -> None:
    assert shown("Новый мост\nЕго открыли вчера") == ["Новый мост", "Его открыли вчера"]


def test_a_gold_span_joins_sentences() -> None:
    text = "Фильм снят. Дважды он выходил."
    assert len(split(text)) == 2
    assert len(split(text, ((6, 18),))) == 1
    assert len(split(text, ((12, 18),))) == 2


@given(st.text())
def test_every_visible_character_is_in_one_token(text: str) -> None:
    spans = [t for s in split(text) for t in s.tokens]
    assert spans == sorted(spans)
    assert all(a < b for a, b in spans)
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())
