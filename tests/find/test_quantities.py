"""Quantities: sentence -> 'span = kind value[..value_max] unit [~]', then ties, then what is no quantity."""

from collections.abc import Iterable
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.find.amounts.lexicon import look_up, scores
from letopis.find.quantities import find_quantities
from letopis.layers import Document, Event, Quantity, Readings, Sentences, Span, Syntax, Time, Words
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

FOUND = {
    # counts, in digits and words
    "На шахте погибли 12 человек.": "12 человек = count 12 человек",
    "Трое рабочих остались под завалом.": "Трое рабочих = count 3 рабочий",
    "В пожаре сгорели полтора десятка машин.": "полтора десятка машин = count 15 машина",
    "Повреждено более 100 жилых домов.": "100 жилых домов = count 100 дом ~",
    "Ураган оставил без света сто двадцать пять посёлков.": "сто двадцать пять посёлков = count 125 посёлок",
    "Завод выпустил 1 500 000 подшипников.": "1 500 000 подшипников = count 1500000 подшипник",
    "Город посетили 12,5 тыс. туристов.": "12,5 тыс. туристов = count 12500 турист",
    "Форум объединил мэров со 135 крупнейшими мегаполисами.": "135 крупнейшими мегаполисами = count 135 мегаполис",
    "Нагрузка выросла в три раза.": "три раза = count 3 раз",
    "На площадь пришли около тысячи человек.": "тысячи человек = count 1000 человек ~",
    "Больница приняла пятерых раненых.": "пятерых раненых = count 5 раненый",
    "Поставлен девятиэтажный дом.": "девятиэтажный = count 9 этаж",
    # no noun of their own
    "В аварии погибли трое.": "трое = count 3 человек",
    "Погиб один человек, на улице Куприна, 42 повреждено.": "один человек = count 1 человек",
    "Два человека погибли, 15 ранены.": "Два человека = count 2 человек; 15 = count 15 человек",
    "Сгорели пять из десяти автобусов.": "пять = count 5 автобус; десяти автобусов = count 10 автобус",
    "Команда завоевала 45 золотых и 37 бронзовых медалей.":
        "45 золотых = count 45 медаль; 37 бронзовых медалей = count 37 медаль",
    "Число жертв выросло с 15 до 22.": "15 = count 15 жертва; 22 = count 22 жертва",
    "Таких систем в мире две.": "две = count 2 система",
    # money
    "Его оштрафовали на 300 тысяч рублей.": "300 тысяч рублей = money 300000 RUB",
    "Сумма контракта — $1,5 млрд.": "$1,5 млрд = money 1500000000 USD",
    "Банк занял 2 млрд долларов США.": "2 млрд долларов США = money 2000000000 USD",
    "Баррель стоит 40 долларов за баррель.": "40 долларов = money 40 USD",
    "Премия составила 500 канадских долларов.": "500 канадских долларов = money 500 CAD",
    "Билет стоит 30 рублей 50 копеек.": "30 рублей 50 копеек = money 30.5 RUB",
    "Расходы выросли с 5 до 7 млн евро.": "5 = money 5000000 EUR; 7 млн евро = money 7000000 EUR",
    # percents
    "Цены снизились на 16,5%.": "16,5% = percent 16.5 %",
    "Доля упала с 8,9 до 8,3%.": "8,9 = percent 8.9 %; 8,3% = percent 8.3 %",
    "Ставка поднята на 0,5 процентных пункта.": "0,5 процентных пункта = percent 0.5 %",
    "Рубль подешевел на четверть.": "четверть = percent 25 %",
    "Против высказались две трети жителей.": "две трети = percent 66.666667 %",
    # ages
    "35-летний тренер подал в отставку.": "35-летний = age 35 year",
    "Артист скончался в возрасте 40 лет.": "40 лет = age 40 year",
    "Писателю исполнилось 90 лет.": "90 лет = age 90 year",
    "Вход разрешён лицам старше 18 лет.": "18 лет = age 18 year ~",
    # measures
    "До станции 5 км.": "5 км = measure 5 km",
    "Площадь пожара достигла 300 кв. м.": "300 кв. м = measure 300 m²",
    "Поезд разогнался до 250 километров в час.": "250 километров в час = measure 250 km/h",
    "Шестидневный визит завершился.": "Шестидневный = measure 6 day",
    "Разговор продолжался два часа 15 минут.": "два часа 15 минут = measure 135 minute",
    "Суд дал ему 5 лет и 6 месяцев колонии.": "5 лет и 6 месяцев = measure 66 month",
    "Движение закрыли на полчаса.": "полчаса = measure 0.5 hour",
    "Произошло землетрясение магнитудой 6,1.": "6,1 = measure 6.1 magnitude",
    "Мощность мотора — 17 лошадиных сил.": "17 лошадиных сил = measure 17 hp",
    "Ночью было минус 12 градусов.": "минус 12 градусов = measure -12 °C",
    # ranges
    "Ранения получили от 5 до 7 человек.": "от 5 до 7 человек = count 5..7 человек",
    "Ремонт займёт 30-40 минут.": "30-40 минут = measure 30..40 minute",
    "Подождать придётся два-три дня.": "два-три дня = measure 2..3 day",
}

NOTHING = [
    "Самолёт Ту-154 вылетел из аэропорта.",
    "Дело возбуждено по части 2 статьи 163 УК.",
    "Школа № 5 закрыта.",
    "Матч закончился со счётом 3:1.",
    "Это один из лучших фильмов.",
    "Оба министра уехали.",
    "Десятки людей вышли на улицы.",
    "Тысячи жителей остались без воды.",
    "Цена выросла вдвое.",
    "Встреча начнётся в 15 часов.",
    "Закон подписан 5 мая 2014 года.",
    "Он занял 21 место.",
    "Передачу показал 1 канал.",
    "Город отметил 70-летие победы.",
    "Позвоните по телефону 123-45-67.",
    "Прививка от COVID-19 бесплатна.",
    "Вышел фильм «Двенадцать стульев» по роману.",
    "Это случилось пять лет назад.",
    "Он ушёл через два года после победы.",
    "Двадцать пятого числа он уехал.",
    "Ни один дом не пострадал.",
    "Поезд прибыл в 10:35 часов.",
    "Саммит G20 стран завершён.",
    "Закон 2003 года отменён.",
    "Указ от 3 мая отменён.",
    "Тур начинается в 12 часов 30 минут.",
    "В 12.22 пожарных подразделений прибыло мало.",
    "Вторая половина дня прошла спокойно.",
    "Он написал книгу о Шестидневной войне.",
]

# sentence -> the trigger its only quantity belongs to, among those given
TIES = [
    ("На шахте погибли 12 человек, сообщили спасатели.", ["погибли", "сообщили"], "погибли"),
    ("Суд назначил штраф в 300 тысяч рублей.", ["назначил", "штраф"], "штраф"),
    ("Прибыль снизилась на 16%, заявил директор.", ["снизилась", "заявил"], "снизилась"),
    ("Встреча длилась 30 минут.", ["Встреча"], "Встреча"),
    ("Ранения получили 7 человек.", ["Ранения"], "Ранения"),
    ("На митинг, собравший тысячу человек, пришёл мэр.", ["митинг", "пришёл"], "митинг"),
    ("Самолёт упал в 80 км от Хабаровска.", ["упал"], None),
    ("На учениях задержан 35-летний военный.", ["учениях", "задержан"], None),
    ("До станции 5 км.", [], None),
]


def layers(texts: Iterable[str]) -> tuple[Readings, Sentences, Words]:
    documents = tuple(Document(f"{i}", f"{i}.txt", None, "txt", t, 0, "", annotated=True) for i, t in enumerate(texts))
    readings = read(documents)
    sentences = segment(readings)
    return readings, sentences, tokenize(readings, sentences)


def quantities(text: str, events: tuple[Event, ...] = (), times: tuple[Time, ...] = ()) -> tuple[Quantity, ...]:
    readings, sentences, words = layers([text])
    return find_quantities(readings, sentences, words, parse(words), events, times)


@cache
def of_all() -> dict[str, list[str]]:
    """Every sentence of the tables with its quantities, from one batch."""
    texts = [*FOUND, *NOTHING]
    readings, sentences, words = layers(texts)
    found: dict[str, list[str]] = {text: [] for text in texts}
    for each in find_quantities(readings, sentences, words, parse(words), (), ()):
        text = texts[each.span.reading]
        found[text].append(shown(text, each))
    return found


def shown(text: str, quantity: Quantity) -> str:
    top = "" if quantity.value_max is None else f"..{quantity.value_max:.10g}"
    about = " ~" if quantity.approximate else ""
    span = text[quantity.span.start:quantity.span.end]
    return f"{span} = {quantity.kind} {quantity.value:.10g}{top} {quantity.unit}{about}"


def event(text: str, trigger: str) -> Event:
    start = text.index(trigger)
    span = Span(0, 0, start, start + len(trigger))
    nowhere = (None,) * 8
    return Event(span, trigger, "other", None, 1.0, "actual", *nowhere, 0.0, 0, 1.0, "test")


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_found(text: str, expected: str) -> None:
    assert "; ".join(of_all()[text]) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_quantity(text: str) -> None:
    assert of_all()[text] == []


@pytest.mark.parametrize(("text", "triggers", "expected"), TIES)
def test_ties(text: str, triggers: list[str], expected: str | None) -> None:
    (found,) = quantities(text, tuple(event(text, trigger) for trigger in triggers))
    assert (None if found.event is None else triggers[found.event]) == expected


def test_times_are_no_quantities() -> None:
    text = "Выборы пройдут через 5 дней."
    span = Span(0, 0, text.index("через"), len(text) - 1)
    day = date(2020, 5, 10)
    assert quantities(text, times=(Time(span, day, day, "day", "relative", day, None, 1.0, "test"),)) == ()


def test_count_of_the_sentence_before() -> None:
    text = "Жюри оценило 49 проектов. Только 12 из них отклонены."
    assert [(each.value, each.unit) for each in quantities(text)] == [(49, "проект"), (12, "проект")]


def test_money_of_the_sentence_before() -> None:
    text = "Бюджет вырос до 612 млрд долларов. Ещё 89 млрд пойдут на операции."
    assert [(each.value, each.unit) for each in quantities(text)] == [(612e9, "USD"), (89e9, "USD")]


def test_every_rule_has_a_score() -> None:
    shared = {"shared_next", "shared_before", "shared_money", "count_before", "count_people"}
    assert shared | {"money_symbol", "age_adjective", "age_phrase", "age_plus"} <= set(scores())


def flat(words: Words) -> Syntax:
    """Syntax that says nothing."""
    count = len(words.form)
    lemmas = [form.lower() for form in words.form]
    return Syntax(lemmas, ["X"] * count, [""] * count, np.full(count, -1, np.int32), [""] * count)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(sorted(set(" ".join(FOUND).split()))), max_size=14))
def test_any_sequence_of_number_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    readings, sentences, words = layers([text])
    found = find_quantities(readings, sentences, words, flat(words), (), ())
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    assert [each.span.start for each in found] == sorted(each.span.start for each in found)
    assert all(each.value_max is None or each.value < each.value_max for each in found)


@given(st.text(min_size=1, max_size=30))
def test_look_up_takes_any_word(form: str) -> None:
    numeral = look_up(form)
    assert numeral is None or numeral.high is None or numeral.low < numeral.high


def test_a_sign_of_money_with_something_grown_to_it_is_none() -> None:
    assert look_up("$") is not None
    assert look_up("$\u20bd") is look_up("\u00a5\U000ea9f5") is None      # a private character: what follows is no letter to razdel
