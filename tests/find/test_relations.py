"""Relations: which are read out of a sentence, which two mentions stated elsewhere, and that a document is decided alone."""

from collections.abc import Callable

import numpy as np
import pytest

from letopis.find.clauses import text_of, words_of
from letopis.find.links import links
from letopis.find.links.columns import mention_columns, word_columns
from letopis.find.links.facts import NONE, facts, pairs_of
from letopis.find.links.weights import load
from letopis.layers import Analysis
from letopis.pipeline import annotate
from tests.conftest import document

Analyse = Callable[..., Analysis]
TEXTS = (
    "Директор завода «Заря» Олег Ветров родился 3 мая 1961 года в Перми. Ветрову 62 года.",
    "Анна Лосева, жена Ветрова, работает врачом в городской больнице. Лосева живёт в Туле.",
    "Ничего.",
    "Министерство культуры Омской области (МК) закрыло театр в Омске. Российская компания открыла офис в России.",
)


def told(a: Analysis) -> set[tuple[str, str, str]]:
    return {(r.relation, a.mentions[r.subject].normal, a.mentions[r.object].normal) for r in a.relations}


@pytest.mark.parametrize(("text", "expected"), [
    ("Директор завода «Заря» Олег Ветров открыл выставку.", ("WORKPLACE", "Олег Ветров", "Заря")),
    ("62-летний Олег Ветров приехал в Пермь.", ("AGE_IS", "Олег Ветров", "62-летний")),
    ("Олег Ветров родился 3 мая 1961 года.", ("DATE_OF_BIRTH", "Олег Ветров", "3 мая 1961 года")),
    ("Министерство культуры Омской области (МК) закрыло театр.", ("ABBREVIATION", "Министерство культуры Омской области", "МК")),
    ("Олег Ветров открыл выставку. Гостей было много. Ветров уехал.", ("ALTERNATIVE_NAME", "Олег Ветров", "Ветров")),
    ("Россия ответила. Позже российская делегация уехала.", ("ALTERNATIVE_NAME", "Россия", "российский")),
])
def test_relations_are_found(analyse: Analyse, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(analyse(text))


@pytest.mark.parametrize("text", [
    "Олег Ветров открыл выставку. Олег Ветров уехал.",                     # the same name
    "Олег Ветров открыл выставку. Анна Лосева уехала.",                    # another person
    "Российская делегация уехала. Россия ответила.",                       # a country is not told by its adjective
])
def test_no_other_name_is_invented(analyse: Analyse, text: str) -> None:
    assert not [r for r in analyse(text).relations if r.method == "other_name_1"]


def test_later_names_are_joined_with_the_last_russian_one(analyse: Analyse) -> None:
    found = told(analyse("Олег Ветров (Oleg Vetrov) открыл выставку. Позже Ветров уехал."))
    assert {other for name, one, other in found if (name, one) == ("ALTERNATIVE_NAME", "Олег Ветров")} == {"Oleg Vetrov", "Ветров"}


def test_two_mentions_in_an_order_have_one_relation(analyse: Analyse) -> None:
    for text in TEXTS:
        pairs = [(r.subject, r.object) for r in analyse(text).relations]
        assert len(pairs) == len(set(pairs))


def test_other_names_and_towns_give_the_same_relations(analyse: Analyse) -> None:
    def kinds(text: str) -> list[tuple[str, str, str]]:
        a = analyse(text)
        return sorted((r.relation, a.mentions[r.subject].type, a.mentions[r.object].type) for r in a.relations)

    first = kinds("Директор завода «Заря» Олег Ветров родился в Перми.")
    assert first and first == kinds("Директор завода «Вектор» Иван Осин родился в Туле.")


def test_a_document_is_decided_the_same_way_among_others() -> None:
    documents = tuple(document(text, key=str(i)) for i, text in enumerate(TEXTS * 3))
    together = annotate(documents)
    alone = [annotate((d,)) for d in documents]
    rows = [[] for _ in documents]
    first = np.cumsum([0, *(len(a.mentions) for a in alone)]).tolist()
    for r in together.relations:
        number = int(together.readings.document[together.mentions[r.subject].span.reading])
        rows[number].append((r.relation, r.subject - first[number], r.object - first[number], r.score, r.method))
    assert [sorted(own) for own in rows] == [
        sorted((r.relation, r.subject, r.object, r.score, r.method) for r in a.relations) for a in alone
    ]
    assert any(rows)


def test_columns_say_what_clauses_say(analyse: Analyse) -> None:
    for source in TEXTS:
        a = analyse(source)
        text = text_of(a.readings, a.sentences, a.words, a.syntax)
        words = word_columns(text)
        seen = mention_columns(text, words, a.mentions, a.entities, load().types)
        assert [*zip(seen.first.tolist(), seen.last.tolist(), strict=True)] == [words_of(text, m.span) for m in a.mentions]
        pairs = pairs_of(seen)
        assert (seen.sentence[pairs.one] == seen.sentence[pairs.two]).all() and (pairs.one != pairs.two).all()
        codes = facts(words, seen, pairs)
        assert codes.shape[1] == len(pairs.one) and codes.min(initial=0) >= 0 and codes.max(initial=0) <= NONE


def test_nothing_of_nothing(analyse: Analyse) -> None:
    a = analyse("Ничего.")
    text = text_of(a.readings, a.sentences, a.words, a.syntax)
    assert [*links(text, (), ())] == []
