"""The finders of the first version on easy sentences: what they must find, and what they must leave alone."""

from collections.abc import Callable

import pytest

from letopis.layers import Analysis, Span

Analyse = Callable[..., Analysis]


def text(a: Analysis, span: Span) -> str:
    return a.readings.clean[span.reading][span.start:span.end]


def mentions(a: Analysis) -> set[tuple[str, str]]:
    return {(text(a, m.span), m.type) for m in a.mentions}


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Сергей Черёмин приехал в Москву.", {("Сергей Черёмин", "PERSON"), ("Москву", "CITY")}),
    ("Российская делегация прилетела в Китай.", {("Российская", "COUNTRY"), ("Китай", "COUNTRY")}),
    ("В Перми прошёл фестиваль «Белые ночи».", {("Белые ночи", "EVENT")}),
    ("Он вернулся 5 мая 2023 года.", {("5 мая 2023 года", "DATE")}),
])
def test_mentions_are_found(analyse: Analyse, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= mentions(analyse(sentence))


@pytest.mark.parametrize("sentence", ["Погода была хорошей.", "Он молчал.", "Небо синее."])
def test_nothing_is_invented(analyse: Analyse, sentence: str) -> None:
    assert not [m for m in analyse(sentence).mentions if m.type in ("PERSON", "ORGANIZATION", "EVENT")]


@pytest.mark.parametrize(("sentence", "trigger", "kind", "realis"), [
    ("Полиция задержала подозреваемого.", "задержала", "justice.arrest", "actual"),
    ("Суд не арестовал подозреваемого.", "арестовал", "justice.arrest", "negated"),
    ("Президент подпишет закон завтра.", "подпишет", "politics.legislation", "planned"),
    ("Суд может арестовать подозреваемого.", "арестовать", "justice.arrest", "hypothetical"),
    ("В центре города произошёл пожар.", "пожар", "disaster.fire", "actual"),
])
def test_triggers(analyse: Analyse, sentence: str, trigger: str, kind: str, realis: str) -> None:
    a = analyse(sentence)
    found = {text(a, e.span): e for e in a.events}
    assert trigger in found
    assert kind in (found[trigger].type, found[trigger].type2)
    assert found[trigger].realis == realis


@pytest.mark.parametrize(("sentence", "trigger", "roles"), [
    ("Полиция Самары задержала Ивана Петрова в Тольятти.", "задержала", {("patient", "Ивана Петрова"), ("place", "Тольятти")}),
    ("Иван Петров встретился с Анной Смирновой.", "встретился",
     {("participant", "Иван Петров"), ("participant", "Анной Смирновой")}),
    ("Илья Марков приехал в Псков 3 мая 2022 года.", "приехал", {("agent", "Илья Марков"), ("time", "3 мая 2022 года")}),
])
def test_roles(analyse: Analyse, sentence: str, trigger: str, roles: set[tuple[str, str]]) -> None:
    a = analyse(sentence)
    event = next(i for i, e in enumerate(a.events) if text(a, e.span) == trigger)
    assert roles <= {(r.role, text(a, r.span)) for r in a.roles if r.event == event}


def test_a_name_with_other_words_gives_the_same_structure(analyse: Analyse) -> None:
    def structure(sentence: str) -> tuple[object, ...]:
        a = analyse(sentence)
        return [m.type for m in a.mentions], [e.type for e in a.events], [r.role for r in a.roles], a.entities

    first = structure("Полиция задержала Ивана Петрова в Самаре. Петров не признал вину.")
    assert structure("Полиция задержала Олега Сидорова в Перми. Сидоров не признал вину.") == first


def test_a_surname_joins_the_only_full_name(analyse: Analyse) -> None:
    a = analyse("Сергей Черёмин открыл форум. Черёмин поблагодарил гостей. С. Черёмин уехал.")
    assert len({a.entities[i] for i, m in enumerate(a.mentions) if m.type == "PERSON"}) == 1


def test_a_surname_of_two_people_joins_neither(analyse: Analyse) -> None:
    a = analyse("Иван Громов и Анна Громова приехали в Тулу. Громов выступил, а Пётр Громов слушал.")
    people = {m.normal: a.entities[i] for i, m in enumerate(a.mentions) if m.type == "PERSON"}
    assert people["Иван Громов"] != people["Пётр Громов"]


def test_positions_give_a_row_each(analyse: Analyse) -> None:
    a = analyse("Министр здравоохранения Карелии, директор больницы Олег Ветров открыл отделение.")
    found = {(a.mentions[p.person].normal, p.status) for p in a.positions}
    assert found == {("Олег Ветров", "current")}
    assert len(a.positions) == 2


def test_a_former_position(analyse: Analyse) -> None:
    a = analyse("Бывший директор музея Анна Лосева дала интервью.")
    assert [p.status for p in a.positions] == ["former"]


@pytest.mark.parametrize(("texts", "antecedent"), [
    ("Анна Лосева открыла музей. Она поблагодарила гостей.", "Анна Лосева"),
    ("Анна Лосева и Мария Белова открыли музей. Она поблагодарила гостей.", None),
    ("Олег Ветров открыл музей. Она поблагодарила гостей.", None),
])
def test_pronouns(analyse: Analyse, texts: str, antecedent: str | None) -> None:
    a = analyse(texts)
    found = [a.mentions[n.antecedent].normal for n in a.anaphors if n.kind == "pronoun" and n.antecedent is not None]
    assert found == ([antecedent] if antecedent else [])


def test_an_abbreviation_in_brackets_is_the_same_organisation(analyse: Analyse) -> None:
    a = analyse("Министерство культуры Омской области (МК) закрыло театр. Решение МК оспорили.")
    numbers = {a.entities[i] for i, m in enumerate(a.mentions) if m.type == "ORGANIZATION"}
    assert len(numbers) == 1
    assert [r.relation for r in a.relations if r.relation == "ABBREVIATION"] == ["ABBREVIATION"]
