"""Tokens are razdel's, but for bare addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from razdel import tokenize as razdel_tokenize

from letopis.layers import Document
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.tokens import pieces, tokenize

EXAMPLES = [
    ("Что-то стоит 3,5 млн, 1/2 и 12, 13.", "Что-то|стоит|3,5|млн|,|1/2|и|12,|13|."),
    ("«Дом», (сад)... ?! :) --", "«|Дом|»|,|(|сад|)|...|?!|:)|--"),
    ("Yahoo! и Δσ, a_b -5 №7", "Yahoo!|и|Δσ|,|a_b|-5|№|7"),
    ("Адрес https://t.me/a_b?c=1. Ещё (www.a.ru/б).", "Адрес|https://t.me/a_b?c=1|.|Ещё|(|www.a.ru/б|)|."),
    ("Газета.Ru и a@b.ru", "Газета|.|Ru|и|a|@|b|.|ru"),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_tokens(text: str, expected: str) -> None:
    assert "|".join(form for _, _, form in pieces(text)) == expected


MARKS = st.sampled_from([*"абвАБ ab12  .,-–_/\\!?…\"«»()[]:;=)Δé\u00a0*#№\n", "yahoo", "--", "слово", "2016", "www", "http"])


@settings(max_examples=1500, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(MARKS, max_size=25).map("".join)))
def test_tokens_equal_razdel_for_any_text(text: str) -> None:
    if "://" not in text and "www." not in text.lower():
        assert pieces(text) == [(t.start, t.stop, t.text) for t in razdel_tokenize(text)]


def test_the_columns_fit_together() -> None:
    readings = read((Document("a", "a", None, "txt", "Мэр приехал.\n\nОн рад: 5 мая.", 0, "", True, title="Форум"),))
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    assert words.form == ["Форум", "Мэр", "приехал", ".", "Он", "рад", ":", "5", "мая", "."]
    assert words.first.tolist() == [0, 1, 4, 10] and words.sentence.tolist() == [0, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    for form, sentence, start, end in zip(words.form, words.sentence, words.start, words.end, strict=True):
        assert readings.clean[sentences.reading[sentence]][start:end] == form
        assert sentences.start[sentence] <= start < end <= sentences.end[sentence]


def test_a_batch_may_be_empty() -> None:
    readings = read(())
    assert tokenize(readings, segment(readings)).first.tolist() == [0]
