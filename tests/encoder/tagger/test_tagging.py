"""The shipped tagger on made-up sentences: the same decisions in any batch, and spans as the contract has them."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.encoder.tagger import Kind, Link, Tagged, tagging
from letopis.encoder.tagger.events import in_company
from letopis.encoder.tagger.tagging import Tags
from tests.encoder.tagger.made import SENTENCES, tags_of

Found = list[tuple[int, int, int, str, float]]
FORMS = st.sampled_from(sorted({form for sentence in SENTENCES for form in sentence}))


def by_sentence(tags: Tags, sentences: list[list[str]]) -> list[tuple[dict[str, Found], Found, Found, list[Kind], list[object]]]:
    """What was found in each sentence, offsets from its beginning."""
    starts = [0]
    for s in sentences:
        starts.append(starts[-1] + sum(len(f) + 1 for f in s))

    def rows(found: list[Tagged], n: int) -> Found:
        return [(0, t.start - starts[n], t.end - starts[n], t.type, t.score) for t in found if t.sentence == n]

    def links(found: list[Link], ones: list[Tagged], twos: list[Tagged], n: int) -> list[object]:
        own = [(ones[x.one], twos[x.two], x.label, x.score) for x in found if ones[x.one].sentence == n]
        return [(*rows([one], n), *rows([two], n), label, score) for one, two, label, score in own]

    kinds, names = list(zip(tags.triggers, tags.kinds, strict=True)), tags.names["nerel"]
    return [
        ({layer: rows(names, n) for layer, names in tags.names.items()}, rows(tags.triggers, n), rows(tags.arguments, n),
         [k for t, k in kinds if t.sentence == n],
         links(tags.roles, tags.triggers, tags.arguments, n) + links(tags.relations, names, names, n))
        for n in range(len(sentences))
    ]


def test_a_sentence_is_tagged_alone_as_among_others() -> None:
    order = random.Random(7).sample(SENTENCES, len(SENTENCES))
    together = by_sentence(tags_of(order, list(range(len(order)))), order)
    for sentence, found in list(zip(order, together, strict=True))[::6]:
        assert by_sentence(tags_of([sentence], [0]), [sentence]) == [found]


@settings(max_examples=15)
@given(st.lists(st.lists(FORMS, min_size=1, max_size=12), min_size=2, max_size=9), st.randoms())
def test_neighbours_and_their_order_change_nothing(sentences: list[list[str]], rng: random.Random) -> None:
    order = rng.sample(range(len(sentences)), len(sentences))
    found = by_sentence(tags_of(sentences, list(range(len(sentences)))), sentences)
    shuffled = [sentences[n] for n in order]
    assert by_sentence(tags_of(shuffled, list(range(len(order)))), shuffled) == [found[n] for n in order]


@pytest.mark.parametrize("chunk", [1, 50, 1000])
def test_any_chunk_decides_the_same(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [n // 9 for n in range(len(SENTENCES))]
    expected = tags_of(SENTENCES, documents)
    monkeypatch.setattr(tagging, "CHUNK", chunk)
    assert tags_of(SENTENCES, documents) == expected


def test_names_nest_and_triggers_never_overlap() -> None:
    tags = tags_of(SENTENCES, [0] * len(SENTENCES))
    assert tags.names["nerel"] and tags.triggers
    for names in tags.names.values():
        for a, b in ((a, b) for a in names for b in names if a.sentence == b.sentence):
            assert not a.start < b.start < a.end < b.end
    assert all(a.end <= b.start for a, b in pairwise(sorted(tags.triggers, key=lambda t: t.start)))
    assert all(0 <= t.score <= 1 for t in (*tags.names["nerel"], *tags.triggers))
    assert all(k.types[0][1] >= k.types[1][1] for k in tags.kinds)


def test_links_join_spans_of_one_sentence() -> None:
    tags = tags_of(SENTENCES, [0] * len(SENTENCES))
    assert tags.roles and tags.relations
    assert all(tags.triggers[x.one].sentence == tags.arguments[x.two].sentence for x in tags.roles)
    names = tags.names["nerel"]
    assert all(names[x.one].sentence == names[x.two].sentence and x.one != x.two for x in tags.relations)
    assert all(0 <= x.score <= 1 for x in (*tags.roles, *tags.relations))


def test_a_batch_may_be_empty_and_so_may_its_sentences() -> None:
    assert tags_of([], []).names == {"nerel": [], "slavicner": [], "factrueval": []}
    assert tags_of([[], []], [0, 1]).triggers == []


def test_the_events_of_a_document_speak_for_each() -> None:
    types = np.array([[0.5, 0.45, 0.05], [0.1, 0.8, 0.1], [0.0, 0.9, 0.1], [0.5, 0.45, 0.05]])
    found = in_company(types, np.array([0, 0, 0, 1]), 0.5)
    assert found.argmax(axis=1).tolist() == [1, 1, 1, 0]           # the first among its own, the last alone
    assert np.allclose(found.sum(axis=1), 1, atol=1e-3)
    assert np.allclose(in_company(types, np.array([0, 0, 0, 1]), 0.0), types, atol=1e-4)
    assert in_company(types[:0], np.zeros(0, int), 0.5).shape == (0, 3)
