"""The packed encoder decides as slovnet as shipped does, whatever else is in the batch."""

import os
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slovnet import NER, Morph, Syntax

from letopis import encoder
from letopis.encoder import packing, slovnet, weights
from letopis.layers import Words

CORPORA = os.environ.get("CORPORA")     # ../shared/corpora, for the long check

PLACES = ("в Туле", "на Камчатке", "под Нью-Йорком", "в г. Энске", "за рубежом")
PEOPLE = ("Мэр Анна Лосева", "А. С. Ветров", "Олег Бром", "Турист из Chatham House", "ГУП «Ромашка»", "Кое-кто", "18-летний Ко")
DEEDS = ("открыл музей", "не подписал указ № 5", "получила 12,5 млн рублей", "— бежал", "сказала: «Нет!»", "ушёл ...", "лг?!")
SENTENCES = [f"{who} {what} {where} .".split() for who, what, where in product(PEOPLE, DEEDS, PLACES)][:220]
SENTENCES += [["Да"], ["."], ["😀", "ﬁ", "ѣ"], ["слово"] * 90, ["МОСКВА", ",", "5", "мая", "/", "ТАСС", "/"]]

FORMS = st.sampled_from(sorted({form for sentence in SENTENCES for form in sentence}))


def words_of(sentences: list[list[str]]) -> Words:
    first = np.cumsum([0, *map(len, sentences)]).astype(np.int32)
    numbers = np.repeat(np.arange(len(sentences), dtype=np.int32), np.diff(first))
    forms = [form for sentence in sentences for form in sentence]
    return Words(numbers, np.zeros(len(forms), np.int32), np.zeros(len(forms), np.int32), forms, first)


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    """slovnet's own three models."""
    from navec import Navec
    data = Path(weights._data())
    navec = Navec.load(data / weights.NAVEC)
    models = {"morph": Morph, "syntax": Syntax, "ner": NER}
    return {name: kind.load(str(data / f"model/slovnet_{name}_news_v1.tar")).navec(navec) for name, kind in models.items()}


def theirs(shipped: dict[str, Any], sentences: list[list[str]]) -> list[tuple[str, int, str]]:
    """(tag, head in the batch, relation) of every word, as slovnet gives them."""
    rows, first = [], 0
    for morphology, syntax in zip(shipped["morph"].map(sentences), shipped["syntax"].map(sentences), strict=True):
        for a, b in zip(morphology.tokens, syntax.tokens, strict=True):
            tag = "|".join([a.pos, *(f"{k}={v}" for k, v in a.feats.items())])
            rows.append((tag, first + int(b.head_id) - 1 if int(b.head_id) else -1, b.rel))
        first += len(morphology.tokens)
    return rows


def ours(sentences: list[list[str]]) -> list[tuple[str, int, str]]:
    models = encoder.load()
    tags = slovnet.tag(models, words_of(sentences))
    return [
        (models.morphology.tags[tag], head, models.syntax.relations[relation])
        for tag, head, relation in zip(tags.tag.tolist(), tags.head.tolist(), tags.relation.tolist(), strict=True)
    ]


def test_morphology_and_syntax_equal_slovnet_as_shipped(shipped: dict[str, Any]) -> None:
    assert ours(SENTENCES) == theirs(shipped, SENTENCES)


@pytest.mark.skipif(not CORPORA, reason="CORPORA is not set")
def test_two_thousand_sentences_of_news_equal_slovnet_as_shipped(shipped: dict[str, Any]) -> None:
    import pyarrow.parquet as pq
    from razdel import sentenize, tokenize
    texts = pq.read_table(Path(str(CORPORA)) / "raw_news.parquet", columns=["text"]).column("text").to_pylist()[::50]
    sentences = [[t.text for t in tokenize(s.text)] for text in texts for s in sentenize(text) if s.text][:2000]
    assert ours(sentences) == theirs(shipped, sentences)


def test_the_three_models_share_their_vocabulary(shipped: dict[str, Any]) -> None:
    numbers = encoder.load().embedding.number
    for model in shipped.values():
        assert set(model.infer.encoder.words_vocab.items) == set(numbers)
        assert list(model.infer.encoder.shapes_vocab.items) == list(encoder.load().shapes)
    assert numbers["<unk>"] == 0


@pytest.mark.parametrize("chunk", [1, 7, 64, 100_000])
def test_any_chunk_decides_the_same(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = ours(SENTENCES), states(SENTENCES)
    monkeypatch.setattr(packing, "CHUNK", chunk)
    assert ours(SENTENCES) == expected[0]
    assert np.array_equal(states(SENTENCES), expected[1])


def states(sentences: list[list[str]]) -> np.ndarray:
    return slovnet.tag(encoder.load(), words_of(sentences), states=True).states


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(FORMS, min_size=1, max_size=12), min_size=1, max_size=6))
def test_hidden_states_do_not_depend_on_the_batch(sentences: list[list[str]]) -> None:
    together = states(sentences)
    assert together.shape == (sum(map(len, sentences)), slovnet.STATES)
    assert np.array_equal(together, np.concatenate([states([sentence]) for sentence in sentences]))


def test_a_batch_may_be_empty_and_so_may_its_sentences() -> None:
    models = encoder.load()
    assert slovnet.tag(models, words_of([])).tag.size == 0
    assert states([[]]).shape == (0, slovnet.STATES)
    with_gap = slovnet.tag(models, words_of([["Да"], [], ["Нет", "."]]))
    without = slovnet.tag(models, words_of([["Да"], ["Нет", "."]]))
    assert with_gap.tag.tolist() == without.tag.tolist() and with_gap.head.tolist() == without.head.tolist()


def test_heads_stay_inside_their_sentence() -> None:
    words = words_of(SENTENCES)
    head = slovnet.tag(encoder.load(), words).head
    inside = (head >= words.first[words.sentence]) & (head < words.first[words.sentence + 1])
    assert (inside | (head == -1)).all()
