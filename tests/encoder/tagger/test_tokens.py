"""Fine tokens of words, and the numbers their forms and documents give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.encoder.tagger.features import OF_PLACE, SIZES, features, places
from letopis.encoder.tagger.tokens import LONGEST, split
from tests.encoder.tagger.made import SENTENCES, words_of

CAPITALS, EARLY, INSIDE = 0, 1, 2


def fine(form: str) -> list[str]:
    tokens = split(words_of([[form]]))
    return [form[a:b] for a, b in zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)]


@pytest.mark.parametrize(("form", "tokens"), [
    ("экс-мэр", "экс - мэр"), ("COVID-19", "COVID - 19"), ("2010-х", "2010 - х"), ("5км", "5 км"), ("1,5", "1,5"), ("...", ". . ."),
    ("a_b", "a _ b"), ("слово", "слово"),
])
def test_a_word_is_split(form: str, tokens: str) -> None:
    assert " ".join(fine(form)) == tokens


def test_a_sentence_that_would_have_too_many_keeps_its_words_whole() -> None:
    tokens = split(words_of([["*" * LONGEST, "COVID-19"], ["*" * LONGEST]]))
    assert tokens.word.tolist() == [0, 1] + [2] * LONGEST
    assert (tokens.start[:2].tolist(), tokens.end[:2].tolist()) == ([0, LONGEST + 1], [LONGEST, LONGEST + 9])


@given(st.lists(st.text(min_size=1).filter(lambda t: not any(c.isspace() for c in t)), min_size=1, max_size=5))
def test_every_character_is_in_one_token(forms: list[str]) -> None:
    words = words_of([forms])
    tokens = split(words)
    text = " ".join(forms)
    assert "".join(text[a:b] for a, b in zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)) == "".join(forms)
    assert (tokens.start >= words.start[tokens.word]).all() and (tokens.end <= words.end[tokens.word]).all()


def test_numbers_fit_their_tables() -> None:
    numbers = features(split(words_of(SENTENCES)), np.zeros(len(SENTENCES), np.int32))
    assert (numbers >= 0).all() and (numbers < np.array(SIZES)).all()


def test_a_form_is_described_alike_wherever_it_stands() -> None:
    numbers = features(split(words_of([["Тула", "и", "Тула"], ["Тула"]])), np.array([0, 1], np.int32))
    form = [c for c in range(len(SIZES)) if c not in OF_PLACE]
    assert (numbers[0, form] == numbers[2, form]).all() and (numbers[0, form] == numbers[3, form]).all()


def test_capitals_are_seen_in_the_document_alone() -> None:
    sentences = [["Ветров", "молчал"], ["Ответил", "Ветров"], ["ветров", "много"]]
    one = places(split(words_of(sentences)), np.array([0, 0, 0], np.int32))
    assert one[0, CAPITALS] == 4                      # in the middle with a capital, and in lower case
    two = places(split(words_of(sentences)), np.array([0, 1, 2], np.int32))
    assert two[0, CAPITALS] == 1                      # only at the beginning
    assert two[3, CAPITALS] == 2


def test_the_first_sentences_of_a_document_are_told_apart() -> None:
    found = places(split(words_of([["Да"], [], ["Да"], ["Да"], ["Да"], ["Да"], ["Да"]])), np.array([0] * 6 + [1], np.int32))
    assert found[:, EARLY].tolist() == [1, 2, 3, 4, 4, 1]


def test_place_in_the_word_and_glue() -> None:
    found = places(split(words_of([["экс-мэр", "сам"]])), np.zeros(1, np.int32))
    assert found[:, INSIDE].tolist() == [1 + 2, 1 + 1 + 2 + 4, 1 + 1 + 4, 1]
