"""Which mentions are one happening, and what an article is about."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.find.clauses import text_of
from letopis.find.coreference import forest
from letopis.find.coreference.candidates import ALIKE, NEAREST, OPENING, candidates
from letopis.find.coreference.clusters import clusters
from letopis.find.coreference.columns import Found, columns
from letopis.find.coreference.vectors import vector
from letopis.find.coreference.words import Lexis, root
from letopis.find.happenings import join
from letopis.layers import Analysis
from letopis.pipeline import annotate
from tests.conftest import document

Analyse = Callable[..., Analysis]

FIRE = (
    "В Рыбинске сгорел склад красок. Пожар начался ночью в промзоне. Пожарные потушили огонь к утру. "
    "Причину возгорания выясняет полиция. Мэр города Иван Громов заявил, что склад восстановят."
)


def by_word(a: Analysis) -> dict[str, tuple[int, float]]:
    """Trigger -> its happening and salience; the first of equal triggers."""
    found: dict[str, tuple[int, float]] = {}
    for e in a.events:
        found.setdefault(a.readings.clean[e.span.reading][e.span.start:e.span.end], (e.cluster, e.salience))
    return found


def found_in(a: Analysis) -> Found:
    text = text_of(a.readings, a.sentences, a.words, a.syntax)
    return Found(text, a.mentions, a.entities, a.anaphors, a.times, a.roles, a.quotes)


def test_other_words_for_one_happening_join(analyse: Analyse) -> None:
    found = by_word(analyse(FIRE))
    assert found["сгорел"][0] == found["Пожар"][0] == found["возгорания"][0]
    assert found["заявил"][0] != found["Пожар"][0]


def test_two_people_arrested_are_two_happenings(analyse: Analyse) -> None:
    found = by_word(analyse("Полиция задержала Ивана Петрова. Суд вынес приговор Олегу Сидорову."))
    assert len({number for number, _ in found.values()}) == len(found)


def test_an_article_is_about_its_title_and_not_about_who_said_so(analyse: Analyse) -> None:
    found = by_word(analyse(FIRE, title="Пожар в Рыбинске"))
    assert found["Пожар"][1] == max(salience for _, salience in found.values())
    assert found["заявил"][1] < found["Пожар"][1]


def test_numbers_count_from_0_in_each_document_by_first_mentions() -> None:
    a = annotate((document(FIRE, key="a"), document("Ничего.", key="b"), document(FIRE, key="c")))
    documents = a.readings.document[[e.span.reading for e in a.events]].tolist()
    for number in (0, 2):
        own = [e.cluster for e, d in zip(a.events, documents, strict=True) if d == number]
        assert own[0] == 0 and list(dict.fromkeys(own)) == sorted(set(own))


def test_a_document_is_decided_alone_as_among_others() -> None:
    texts = [FIRE, "Конгресс открылся в Москве. Форум продлится три дня.", "Взрыв прогремел в Перми. При взрыве никто не погиб."]
    together = annotate(tuple(document(t, key=str(i)) for i, t in enumerate(texts)))
    of = together.readings.document[[e.span.reading for e in together.events]].tolist()
    for number, text in enumerate(texts):
        alone = annotate((document(text),))
        expected = [(e.cluster, e.salience) for e, d in zip(together.events, of, strict=True) if d == number]
        assert [(e.cluster, e.salience) for e in alone.events] == expected


def test_a_long_document_has_a_bounded_number_of_pairs_a_mention() -> None:
    a = annotate((document("\n\n".join(["Полиция задержала вора. Суд арестовал вора. Вор сбежал из суда."] * 60)),))
    pairs = candidates(columns(found_in(a), a.events))
    assert len(a.events) > 3 * NEAREST
    assert np.bincount(pairs[:, 1]).max() <= NEAREST + 2 * ALIKE + OPENING
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == len(pairs)


def test_no_events_no_happenings(analyse: Analyse) -> None:
    assert join(found_in(analyse("Ничего.")), ()) == ()


PAIRS = [(0, 1, 9000), (1, 2, 8000), (0, 2, 1000), (3, 4, 6000), (4, 5, 2000)]


def test_average_link_asks_all_pairs() -> None:
    assert clusters(PAIRS, 4000) == {0: 0, 1: 0, 2: 0, 3: 3, 4: 3, 5: 5}
    assert clusters(PAIRS, 5000) == {0: 0, 1: 0, 2: 2, 3: 3, 4: 3, 5: 5}


@given(st.permutations(PAIRS))
def test_the_order_of_pairs_does_not_matter(pairs: list[tuple[int, int, int]]) -> None:
    assert clusters(pairs, 4000) == clusters(PAIRS, 4000)


def test_a_tree_is_asked_as_it_was_stored() -> None:
    """size <= 2 -> leaf 0; else near <= 5 -> leaf 1, else leaf 2."""
    fact, bound, above = (np.full((1, forest.LEAVES - 1), n, t) for n, t in ((-1, np.int32), (0, np.int32), (0xFFFF, np.uint16)))
    fact[0, :2], bound[0, :2], above[0, :2] = (0, 1), (2, 5), (0xFFFE, 0xFFFD)
    leaves = np.zeros((1, forest.LEAVES), np.int32)
    leaves[0, :3] = 10, 20, 30
    trees = forest.prepared(forest.Nodes(("size", "near"), fact, bound, above, leaves, 1))
    facts = {"size": np.array([2, 3, 3, -7]), "near": np.array([9, 5, 6, 0])}
    assert forest.log_odds(trees, facts, 4).tolist() == [11, 21, 31, 11]


@pytest.mark.parametrize(("word", "expected"), [("погибнуть", "гибнуть"), ("гибель", "гибель"), ("вход", "вход")])
def test_a_root_is_what_a_prefix_leaves(word: str, expected: str) -> None:
    assert root(word) == expected


def test_vectors_are_whole_numbers_and_unknown_words_have_none() -> None:
    assert (vector("пожар") == np.rint(vector("пожар"))).all() and vector("пожар").any()
    assert not vector("бубубубыщ").any()


def test_lemmas_with_and_without_e_are_one() -> None:
    assert Lexis(["Полёт", "полет"]).words == [1, 1]
