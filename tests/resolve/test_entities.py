"""Names of entities, and the rules of clusters on evidence made by hand."""

from collections import Counter
from dataclasses import replace

import pytest

from letopis.find.naming.evidence import packed, parsed
from letopis.find.naming.people import PersonName, person_name
from letopis.resolve.bodies import settle_bodies
from letopis.resolve.canonical import chosen_name, readable
from letopis.resolve.nodes import Node
from letopis.resolve.people import settle_people


def person(number: int, name: str, *posts: str, near: tuple[str, ...] = ()) -> Node:
    parts = person_name(name)
    return Node(
        number, "PERSON", (packed(parts),), (), posts, frozenset(), frozenset(), 1, f"d{number}:text:0-1:PERSON", None, 1,
        Counter(near), (parts,),
    )


def body(number: int, name: str, *, seats: tuple[str, ...] = (), kinds: tuple[str, ...] = (), near: tuple[str, ...] = ()) -> Node:
    return Node(
        number, "ORGANIZATION", (name,), (), (), frozenset(seats), frozenset(kinds), 1, f"d{number}:text:0-1:ORGANIZATION", None, 1,
        Counter(near),
    )


def people(*nodes: Node) -> set[frozenset[int]]:
    return {frozenset(n.number for n in c.nodes) for c in settle_people(list(nodes))}


def bodies(*nodes: Node) -> set[frozenset[int]]:
    return {frozenset(n.number for n in c.nodes) for c in settle_bodies(list(nodes))}


def groups(*numbers: tuple[int, ...]) -> set[frozenset[int]]:
    return set(map(frozenset, numbers))


@pytest.mark.parametrize("name", [PersonName("черемин", "сергей", ("евгеньевич",)), PersonName("", "бенедикт", (), "xvi")])
def test_packed_names_come_back(name: PersonName) -> None:
    assert parsed(packed(name)) == name


def test_a_surname_alone_joins_nothing() -> None:
    assert people(person(0, "Иван Громов"), person(1, "Громов"), person(2, "Громов")) == groups((0,), (1,), (2,))


def test_a_post_with_its_place_joins_a_surname() -> None:
    post = "head||Q2015"
    assert people(person(0, "Олег Кувшинников", post), person(1, "Кувшинников", post)) == groups((0, 1))


def test_company_joins_a_rare_surname() -> None:
    near = ("PERSON ветров|иван||", "PERSON лосева|анна||", "ORGANIZATION унжалес")
    assert people(person(0, "Олег Кувшинников", near=near), person(1, "Кувшинников", near=near)) == groups((0, 1))


def test_two_posts_of_one_full_name_are_two_until_one_article_tells_of_both() -> None:
    champion, deputy = "чемпион||", "deputy of|государственный дума|Q159"
    first, second = person(0, "Анатолий Корнев", champion), person(1, "Анатолий Корнев", deputy)
    assert people(first, second) == groups((0,), (1,))
    assert people(first, second, person(2, "Анатолий Корнев", champion, deputy)) == groups((0, 1, 2))


def test_the_order_of_nodes_changes_nothing() -> None:
    nodes = [person(0, "Олег Кувшинников", "head||Q2015"), person(1, "Кувшинников", "head||Q2015"), person(2, "О. Кувшинников")]
    assert people(*nodes) == people(*reversed(nodes))


def test_towns_and_kinds_tell_bodies_of_one_name_apart() -> None:
    found = bodies(
        body(0, "спартак", seats=("Q649",)), body(1, "спартак", seats=("Q649",)), body(2, "спартак", seats=("gn:523523",)),
        body(3, "спартак", kinds=("film",)),
    )
    assert found == groups((0, 1), (2,), (3,))


def test_a_coined_name_is_one_wherever_it_is() -> None:
    assert bodies(body(0, "унжалес", seats=("Q649",)), body(1, "унжалес", seats=("Q656",))) == groups((0, 1))


def test_names() -> None:
    assert chosen_name(["Черёмин", "Сергей Черёмин", "С. Черёмин"], "PERSON") == "Сергей Черёмин"
    assert chosen_name(["Верховный суд", "Верховный суд Пакистана"], "ORGANIZATION") == "Верховный суд Пакистана"
    assert chosen_name(["Единая Россия", "партия «Единая Россия»"], "ORGANIZATION") == "Единая Россия"


@pytest.mark.parametrize(("names", "kind", "kept"), [
    (["Следственный комитет", "СК) России", "СК России"], "ORGANIZATION", ["Следственный комитет", "СК России"]),
    (["Вестник", "Вестник, 22 июня комитет", "Вестник и край"], "ORGANIZATION", ["Вестник", "Вестник и край"]),
    (["Комитет дорог, мостов и связи"], "ORGANIZATION", ["Комитет дорог, мостов и связи"]),
    (["Дума, отмечает канал \"Дождь", "Дума"], "ORGANIZATION", ["Дума"]),
    (["Ка-52 «Аллигатор", "Оскар» академии"], "PRODUCT", ["Ка-52 «Аллигатор»", "«Оскар» академии"]),
    (["Ж. Ломов, который, по её словам, знал, Иван Громов", "Иван Громов", "Иван) Громов"], "PERSON", ["Иван Громов"]),
    (["О`Нил, 2"], "PERSON", ["О`Нил, 2"]),                              # nothing better is known
])
def test_what_a_wrong_span_left_is_no_name(names: list[str], kind: str, kept: list[str]) -> None:
    assert readable(names, kind) == kept


def test_a_persons_name_is_the_usual_one_with_a_surname() -> None:
    assert chosen_name(["Янов", "Виктор Янов", "Виктор Фёдорович"], "PERSON") == "Виктор Янов"
    assert chosen_name(["Сергей Шнуров", "Серёжа Шнуров"], "PERSON") == "Сергей Шнуров"
    assert chosen_name(["Артем Семенов", "Артём Семёнов"], "PERSON") == "Артём Семёнов"


def test_what_every_second_article_names_is_little_company() -> None:
    everywhere = tuple(f"ORGANIZATION {name}" for name in ("тасс", "интерфакс", "телеграм", "инстаграм", "рейтер"))
    assert people(person(0, "Олег Кувшинников", near=everywhere), person(1, "Кувшинников", near=everywhere)) == groups((0,), (1,))


def test_a_misspelt_surname_beside_a_full_name_is_no_door_for_another_person() -> None:
    near = ("PERSON ветров|иван||", "PERSON лосева|анна||", "ORGANIZATION унжалес", "ORGANIZATION приунжье")
    known = replace(person(0, "Дмитрий Медведев", near=near), people=(person_name("Дмитрий Медведев"), person_name("Медедев")))
    assert people(known, person(1, "Руслан Ямадаев", near=near)) == groups((0,), (1,))


def test_one_article_that_calls_two_people_one_joins_none() -> None:
    both = replace(person(2, "Иван Громов"), people=(person_name("Иван Громов"), person_name("Иван Чаров")))
    beside = person(0, "Иван Громов", near=("PERSON чаров|иван||",))
    assert frozenset((0, 1)) not in {frozenset({0, 1}) & group for group in people(beside, person(1, "Иван Чаров"), both)}


def test_somebody_well_known_has_no_name_that_one_article_gives() -> None:
    both = replace(person(2, "Иван Громов"), people=(person_name("Иван Громов"), person_name("Иван Чаров")))
    known, other = replace(person(0, "Иван Громов", "head||Q159"), weight=500), replace(person(1, "Иван Чаров"), weight=5)
    assert people(known, other, replace(both, posts=("head||Q159",))) == groups((0, 2), (1,))


def test_a_body_that_a_country_has_one_of_is_one_whatever_stands_beside_it() -> None:
    name = "правительство@Q159"
    assert bodies(body(0, name, kinds=("press",)), body(1, name, kinds=("party",))) == groups((0, 1))
    assert bodies(body(0, "звезда", kinds=("press",)), body(1, "звезда", kinds=("plant",))) == groups((0,), (1,))
