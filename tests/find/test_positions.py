"""Positions: posts found beside names and told by verbs, what they take along, what is no post. Sentences are invented."""

from collections.abc import Callable

import pytest

from letopis.find.lexicons import table
from letopis.find.posts.view import HOLDERS, STATUSES, kind_of_lemma
from letopis.layers import Analysis

Analyse = Callable[..., Analysis]
Row = tuple[str, str, str | None, str]


def rows(a: Analysis) -> list[Row]:
    """(person, position, organisation, status) in nominatives, in the order of the text."""
    return [
        (a.mentions[p.person].normal, p.position, None if p.organisation is None else a.mentions[p.organisation].normal, p.status)
        for p in a.positions
    ]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Президент России Олег Ветров выступил с речью.", [("Олег Ветров", "президент", "Россия", "current")]),
    ("Об этом сообщил заместитель министра финансов Казахстана Иван Громов.",
     [("Иван Громов", "заместитель министра финансов", "Казахстан", "current")]),
    ("Российский министр культуры Анна Лосева открыла выставку.", [("Анна Лосева", "министр культуры", "Российский", "current")]),
    ("Он встретился с постоянным представителем Франции при ООН Полем Мартеном.",
     [("Поль Мартен", "постоянный представитель при ООН", "Франция", "current")]),
    ("Бывший премьер-министр Италии Марио Росси дал интервью.", [("Марио Росси", "премьер-министр", "Италия", "former")]),
    ("Экс-губернатор Тверской области Пётр Осин вышел на свободу.", [("Пётр Осин", "губернатор", "Тверская область", "former")]),
    ("Врио губернатора Тверской области Пётр Осин подписал указ.", [("Пётр Осин", "губернатор", "Тверская область", "acting")]),
    ("Избранный президент США Джон Смит прилетел в Лондон.", [("Джон Смит", "президент", "США", "future")]),
    ("Президент страны Олег Ветров уехал.", [("Олег Ветров", "президент", None, "current")]),
])
def test_a_post_before_a_name(analyse: Analyse, sentence: str, expected: list[Row]) -> None:
    assert rows(analyse(sentence)) == expected


def test_two_posts_before_a_name_are_two_rows(analyse: Analyse) -> None:
    a = analyse("На встречу пришёл председатель ОБСЕ, министр иностранных дел Швейцарии Ханс Мюллер.")
    assert [(p, status) for _, p, _, status in rows(a)] == [("председатель", "current"), ("министр иностранных дел", "current")]
    assert {person for person, *_ in rows(a)} == {"Ханс Мюллер"}


def test_posts_joined_by_and_share_their_country(analyse: Analyse) -> None:
    a = analyse("Президент и верховный главнокомандующий России Олег Ветров приказал начать проверку.")
    assert [(p, o) for _, p, o, _ in rows(a)] == [("президент", "Россия"), ("верховный главнокомандующий", "Россия")]


def test_an_organ_behind_a_field_stops_no_document(analyse: Analyse) -> None:
    a = analyse("Об этом сообщила специалист по коммуникациям пресс-службы суда Анна Лосева.")
    assert rows(a) == [("Анна Лосева", "специалист по коммуникациям пресс-службы", "пресс-служба суда", "current")]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Олег Ветров, министр обороны России, ушёл в отпуск.", [("Олег Ветров", "министр обороны", "Россия", "current")]),
    ("Выступили Иван Громов (президент России) и Анна Лосева.", [("Иван Громов", "президент", "Россия", "current")]),
    ("Пришли Иван Громов, министр обороны Олег Ветров и другие.", [("Олег Ветров", "министр обороны", None, "current")]),
])
def test_a_post_after_a_name(analyse: Analyse, sentence: str, expected: list[Row]) -> None:
    assert rows(analyse(sentence)) == expected


@pytest.mark.parametrize(("sentence", "position", "status"), [
    ("Олег Ветров был министром обороны Украины.", "министр обороны", "former"),
    ("Олег Ветров стал министром обороны Украины.", "министр обороны", "current"),
    ("Олег Ветров станет министром обороны Украины.", "министр обороны", "future"),
    ("Новым министром обороны Украины назначен Олег Ветров.", "министр обороны", "current"),
    ("Президент назначил Олега Ветрова министром обороны Украины.", "министр обороны", "current"),
    ("Олег Ветров назначен на пост министра обороны Украины.", "министр обороны", "current"),
    ("Олег Ветров занимал пост министра обороны Украины.", "министр обороны", "former"),
    ("Олег Ветров ушёл с поста министра обороны Украины.", "министр обороны", "former"),
    ("Накануне пост министра обороны Украины покинул Олег Ветров.", "министр обороны", "former"),
    ("Исполняющим обязанности министра обороны Украины назначен Олег Ветров.", "министр обороны", "acting"),
    ("Олег Ветров возглавил МИД Украины.", "глава", "current"),
    ("Олег Ветров возглавлял МИД Украины.", "глава", "former"),
])
def test_a_post_that_a_verb_gives(analyse: Analyse, sentence: str, position: str, status: str) -> None:
    assert [(person, p, s) for person, p, _, s in rows(analyse(sentence))] == [("Олег Ветров", position, status)]


def test_who_takes_over_and_who_leaves(analyse: Analyse) -> None:
    a = analyse("На посту главы МИД Украины Ивана Громова сменит Олег Ветров.")
    assert {(person, status) for person, _, _, status in rows(a)} >= {("Олег Ветров", "future")}


def test_each_of_two_holders_of_a_plural_post_has_it_in_the_singular(analyse: Analyse) -> None:
    a = analyse("Погибли сотрудники ВГТРК Игорь Громов и Антон Ветров.")
    assert [(person, p) for person, p, *_ in rows(a)] == [("Игорь Громов", "сотрудник"), ("Антон Ветров", "сотрудник")]


@pytest.mark.parametrize("sentence", [
    "Олег Ветров не был министром обороны Украины.",
    "Олег Ветров хочет стать министром обороны Украины.",
    "Если Олег Ветров станет президентом Украины, курс изменится.",
    "Писатель Иван Громов получил премию.",                     # a calling without its employer
    "Генерал Иван Громов прилетел в Самару.",                   # a rank
    "Глава семьи Иван Громов вернулся домой.",
    "Представитель Анны Лосевой отказался от комментариев.",    # another person
    "Министр обороны Украины отказался от комментариев.",       # no name
    "Указом президента Олег Ветров награждён орденом.",
])
def test_what_is_no_position(analyse: Analyse, sentence: str) -> None:
    assert rows(analyse(sentence)) == []


@pytest.mark.parametrize(("start", "end"), [("Глава МИД ", " Олег Ветров прибыл."), ("Олег Ветров, глава МИД ", ", прибыл.")])
def test_a_phrase_is_read_to_its_end(analyse: Analyse, start: str, end: str) -> None:
    """Whatever stands between: the reading of a phrase ends, and a far name is no holder."""
    for words in ("и и и", "«« »", "по по по", "России и Минфина и", "( ( )", "по делам и по делам и", "— , —"):
        analyse(start + words + end)


def test_a_batch_gives_the_positions_of_its_documents(analyse: Analyse) -> None:
    first, second = "Президент России Олег Ветров выступил.", "Мэр Самары Анна Лосева ушла в отставку."
    assert rows(analyse(f"{first}\n\n{second}")) == rows(analyse(first)) + rows(analyse(second))


def test_spans_are_the_words_of_the_post(analyse: Analyse) -> None:
    a = analyse("Бывший министр обороны Украины Олег Ветров уехал.")
    span = a.positions[0].span
    assert a.readings.clean[span.reading][span.start:span.end] == "министр обороны"


@pytest.mark.parametrize(("lemma", "kind"), [
    ("экс-министр", "post"), ("экс-стул", ""), ("репортёр", "calling"), ("репортер", "calling"), ("бывший", "former"), ("стол", ""),
])
def test_kinds_of_words(lemma: str, kind: str) -> None:
    assert kind_of_lemma(lemma) == kind


def test_the_lexicons_say_one_thing_of_a_word() -> None:
    words = [row["lemma"].replace("ё", "е") for row in table("position_words")]
    said = {(row["lemma"].replace("ё", "е"), row["kind"]) for row in table("position_words")}
    assert len(said) == len(set(words)) > 500
    assert {row["kind"] for row in table("position_words")} == HOLDERS | STATUSES | {"body", "organ", "kin", "passing"}
    verbs = table("position_verbs")
    assert len({(row["lemma"], row["frame"]) for row in verbs}) == len(verbs)
    assert {row[c] for row in verbs for c in ("past", "present", "future")} <= STATUSES | {"current"}
