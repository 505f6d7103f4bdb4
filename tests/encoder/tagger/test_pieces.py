"""Pieces of made-up forms by a made-up vocabulary, and the windows they fill."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from letopis.encoder.tagger.pieces import LONGEST, Pieces, pieced, shortened
from letopis.encoder.tagger.tokens import split
from letopis.encoder.tagger.windows import WINDOW, windows
from tests.encoder.tagger.made import SENTENCES, words_of

SCORES = {"<unk>": 0.0, "▁": -3.0, "▁мо": -5.0, "мо": -6.0, "с": -7.0, "к": -7.0, "ва": -5.5, "▁москва": -9.0, "моск": -8.0,
          "5": -4.0}
PIECES = Pieces({form: number for number, form in enumerate(SCORES)}, SCORES, 0)
SIZES = st.lists(st.lists(st.integers(1, LONGEST), min_size=1, max_size=30), min_size=1, max_size=12)


def forms(numbers: tuple[int, ...]) -> list[str]:
    return [list(SCORES)[n] for n in numbers]


def test_the_likeliest_segmentation_is_taken() -> None:
    assert forms(PIECES.segment("москва", spaced=True)) == ["▁москва"]
    assert forms(PIECES.segment("москва", spaced=False)) == ["моск", "ва"]
    assert forms(PIECES.segment("мо5", spaced=True)) == ["▁мо", "5"]


def test_a_character_without_a_piece_is_unknown() -> None:
    assert forms(PIECES.segment("ъ5ъ", spaced=True)) == ["▁", "<unk>", "5", "<unk>"]
    assert forms(PIECES.segment("", spaced=False)) == ["<unk>"]


def test_a_form_is_read_as_unicode_would_have_it() -> None:
    assert PIECES.segment("５", spaced=False) == PIECES.segment("5", spaced=False)


def test_a_string_without_end_is_seen_by_its_ends() -> None:
    long = PIECES.segment("ск" * 100, spaced=False)
    assert shortened(long) == long[:LONGEST // 2] + long[-LONGEST // 2:]
    assert shortened(long[:LONGEST]) == long[:LONGEST]


def test_tokens_have_the_pieces_of_their_forms() -> None:
    words = words_of([["Москва-5", "."], ["москва"]])
    tokens = split(words)
    own = pieced(PIECES, tokens, words, np.zeros(2, np.int32))
    found = [own.piece[a:b].tolist() for a, b in zip(own.first[:-1], own.first[1:], strict=True)]
    given_ = (("Москва", True), ("-", False), ("5", False), (".", True), ("москва", True))
    assert found == [list(PIECES.segment(form, spaced=spaced)) for form, spaced in given_]


def test_a_document_begins_with_a_blank() -> None:
    words = words_of([["5"], ["5"]])
    words.start[1:] -= 1
    words.end[1:] -= 1
    tokens = split(words)
    glued, apart = (pieced(PIECES, tokens, words, np.array([0, n], np.int32)).piece.tolist() for n in (0, 1))
    assert forms(tuple(glued)) == ["▁", "5", "5"]
    assert forms(tuple(apart)) == ["▁", "5", "▁", "5"]


def test_pieces_of_a_batch_are_those_of_its_sentences() -> None:
    words = words_of(SENTENCES)
    tokens = split(words)
    together = pieced(PIECES, tokens, words, np.arange(len(SENTENCES), dtype=np.int32))
    for n, sentence in enumerate(SENTENCES):
        own = words_of([sentence])
        alone = pieced(PIECES, split(own), own, np.zeros(1, np.int32))
        a, b = together.first[tokens.first[n]], together.first[tokens.first[n + 1]]
        assert together.piece[a:b].tolist() == alone.piece.tolist()


def bounds(sizes: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """First token of every sentence, first piece of every token."""
    tokens = [n for sentence in sizes for n in sentence]
    sentence = np.cumsum([0, *map(len, sizes)]).astype(np.int32)
    return sentence, np.cumsum([0, *tokens]).astype(np.int32)


@given(SIZES)
def test_windows_cover_a_document_in_order(sizes: list[list[int]]) -> None:
    sentence, pieces = bounds(sizes)
    found = windows(sentence, np.zeros(len(sizes), np.int32), pieces)
    assert [t for a, b in found for t in range(a, b)] == list(range(sentence[-1]))
    assert all(pieces[b] - pieces[a] <= WINDOW for a, b in found)
    starts = set(sentence.tolist())
    for a, _ in found:
        own = int(np.searchsorted(sentence, a, side="right")) - 1
        assert a in starts or pieces[sentence[own + 1]] - pieces[sentence[own]] > WINDOW


@given(SIZES, SIZES)
def test_windows_depend_on_their_document_alone(one: list[list[int]], two: list[list[int]]) -> None:
    sentence, pieces = bounds(one + two)
    together = windows(sentence, np.array([4] * len(one) + [7] * len(two), np.int32), pieces)
    shift = int(sentence[len(one)])
    alone = [windows(bounds(d)[0], np.zeros(len(d), np.int32), bounds(d)[1]) for d in (one, two)]
    assert together == alone[0] + [(a + shift, b + shift) for a, b in alone[1]]
