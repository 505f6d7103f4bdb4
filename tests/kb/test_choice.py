"""Which of several items of one name is meant: by type, place, time, post; or none."""

from typing import Any

import pytest

from letopis.kb.choice import choose, facts_of, subject_of
from letopis.kb.context import description_places, description_words, years_of
from letopis.kb.families import family_of
from letopis.kb.keys import ALIAS, LABEL, PLACELESS, SHORT, SOUND

RUSSIA, USA, MOSCOW = "Q159", "Q30", "Q649"


def item(number: int, name: str, description: str, **other: Any) -> dict[str, Any]:
    first, last = years_of(description)
    return {
        "item": f"Q{number}", "name": name, "family": family_of("", (), description, (name,)), "country": None, "weight": None,
        "first": first, "last": last, "places": description_places("", description), "words": description_words(description),
        **other,
    }


def member(kind: str, *names: str, places: tuple[str, ...] = (RUSSIA,), year: int | None = 2020, **other: Any) -> dict[str, Any]:
    return {
        "type": kind, "names": list(names), "posts": [], "seats": [], "kinds": [], "places": list(places), "beside": list(names),
        "year": year, **other,
    }


def chosen(asked: dict[str, Any], *items: dict[str, Any], use: int = LABEL) -> str | None:
    found = choose(subject_of(asked), [(facts_of(row), use) for row in items])
    return found[0] if found else None


POLITICIAN = item(1, "Пётр Громыхалов", "российский политик, губернатор Рязанской области")
NOVEL = item(2, "Пётр Громыхалов", "роман о войне")
PAINTER = item(3, "Пётр Громыхалов", "российский художник (1801—1870)")
CHILEAN = item(4, "Пётр Громыхалов", "чилийский политик")
PERSON = "громыхалов|петр||"


@pytest.mark.parametrize("namesake", [NOVEL, PAINTER, CHILEAN])
def test_a_namesake_of_another_type_time_or_place_is_not_meant(namesake: dict[str, Any]) -> None:
    assert chosen(member("PERSON", PERSON), POLITICIAN, namesake) == "Q1"


def test_the_order_of_items_changes_nothing() -> None:
    items = (POLITICIAN, NOVEL, PAINTER, CHILEAN)
    assert chosen(member("PERSON", PERSON), *items) == chosen(member("PERSON", PERSON), *reversed(items)) == "Q1"


def test_where_nothing_tells_two_apart_there_is_no_answer() -> None:
    twin = {**POLITICIAN, "item": "Q5"}
    assert chosen(member("PERSON", PERSON), POLITICIAN, twin) is None


def test_a_post_tells_two_apart() -> None:
    footballer = item(5, "Пётр Громыхалов", "российский футболист")
    here = (RUSSIA, *POLITICIAN["places"])
    assert chosen(member("PERSON", PERSON, places=here, posts=["head||Q159"]), POLITICIAN, footballer) == "Q1"
    assert chosen(member("PERSON", PERSON, posts=["футболист||"]), POLITICIAN, footballer) == "Q5"


def test_how_well_known_an_item_is_decides_only_where_the_base_says_it() -> None:
    twin = {**POLITICIAN, "item": "Q5", "weight": 200}
    assert chosen(member("PERSON", PERSON), {**POLITICIAN, "weight": 1}, twin) == "Q5"


def test_a_patronymic_excludes() -> None:
    other = item(6, "Пётр Ильич Громыхалов", "российский политик")
    assert chosen(member("PERSON", "громыхалов|петр|савельевич|"), other) is None
    assert chosen(member("PERSON", "громыхалов|петр|ильич|"), other) == "Q6"


def test_nobody_is_linked_by_a_surname_alone() -> None:
    assert chosen(member("PERSON", "громыхалов|||"), POLITICIAN, use=SHORT) is None
    assert chosen(member("PERSON", "громыхалов|||", places=(), posts=["head||"]), POLITICIAN, use=SHORT) is None
    assert chosen(member("PERSON", "громыхалов|||", posts=["head||Q159"]), POLITICIAN, use=SHORT) == "Q1"


def test_initials_that_agree_take_less_than_a_surname_does() -> None:
    known = item(1, "Пётр Ильич Громыхалов", "российский политик")
    assert chosen(member("PERSON", "громыхалов|п|и|"), known, use=SHORT) == "Q1"
    assert chosen(member("PERSON", "громыхалов|п||"), known, use=SHORT) == "Q1"
    assert chosen(member("PERSON", "громыхалов|п||", places=()), known, use=SHORT) is None
    assert chosen(member("PERSON", "громыхалов|п|с|"), known, use=SHORT) is None


def test_a_name_of_its_own_is_linked_though_its_mention_has_a_wrong_type() -> None:
    band = item(7, "Ветрогон Бэнд", "рок-группа")
    assert chosen(member("WORK_OF_ART", "ветрогон бэнд", places=()), band) == "Q7"
    assert chosen(member("WORK_OF_ART", "ветрогон бэнд", places=()), band, item(8, "Ветрогон Бэнд", "фильм")) == "Q8"
    assert chosen(member("WORK_OF_ART", "ветрогон бэнд", places=()), band, use=ALIAS) is None
    assert chosen(member("WORK_OF_ART", "ветер", places=()), item(7, "Ветер", "рок-группа")) is None
    assert chosen(member("PERSON", "иванов|||", places=()), item(7, "Иванов", "село")) is None


def test_a_body_without_its_place_is_linked_where_the_place_is_clear() -> None:
    bridges = item(8, "Палата мостов Чили", "государственный орган Чили")
    (chile,) = bridges["places"]
    assert chosen(member("ORGANIZATION", "палата мост", places=(chile,)), bridges, use=PLACELESS) == "Q8"
    assert chosen(member("ORGANIZATION", "палата мост", places=(RUSSIA,)), bridges, use=PLACELESS) is None
    assert chosen(member("ORGANIZATION", f"палата мост@{RUSSIA}", places=(chile,)), bridges, use=PLACELESS) is None


def test_a_name_that_only_sounds_alike_must_agree() -> None:
    assert chosen(member("PERSON", "баффет|уоррен||"), item(7, "Уоррен Баффетт", "предприниматель"), use=SOUND) == "Q7"
    assert chosen(member("PERSON", "баффет|уоррен||"), item(7, "Виктор Быков", "предприниматель"), use=SOUND) is None


def test_a_body_that_every_country_has_takes_its_country() -> None:
    court = item(8, "Верховный суд США", "высший суд США")
    assert chosen(member("ORGANIZATION", f"верховный суд@{USA}"), court) == "Q8"
    assert chosen(member("ORGANIZATION", f"верховный суд@{RUSSIA}"), court) is None


def test_towns_tell_bodies_of_one_name_apart() -> None:
    clubs = (item(9, "Спартак", "футбольный клуб из Москвы"), item(10, "Спартак", "футбольный клуб из Костромы"))
    assert chosen(member("ORGANIZATION", "спартак", places=(MOSCOW,), seats=[MOSCOW]), *clubs) == "Q9"


def test_what_did_not_yet_exist_is_not_meant() -> None:
    assert chosen(member("ORGANIZATION", "ветер", year=2001), item(11, "Ветер", "российская компания", first=2015)) is None
