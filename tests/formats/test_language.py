import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats.codes import stated_language
from letopis.formats.language import detect

TEXTS = [
    ("ru", "Президент подписал закон о бюджете, сообщила пресс-служба."),
    ("ru", "ПРЕЗИДЕНТ ПОДПИСАЛ НОВЫЙ ЗАКОН О БЮДЖЕТЕ"),
    ("ru", "Пожар в Казани потушен"),
    ("ru", "Банк «Заря» (ZARYA) купил 30% Market.Pro за $1 млрд"),
    ("ru", "Компания представила Phone 15 Pro Max и Watch Ultra 2 на показе, который прошёл в четверг в Купертино"),
    ("ru", "Газета «Київ» пишет: «Це наша земля». Глава МИД отметил, что заявление не отражает позиции страны."),
    ("ru", "Фирма «ОбъективЪ» открыла съезд, а её директор заявил, что объём продаж вырос."),
    ("ru", f"Подробности: https://example.com/{'a/very/long/address/' * 8} и на сайте ведомства, "
           "где списки погибших и пострадавших обновляются каждый час."),
    ("uk", "Президент України підписав закон про державний бюджет на наступний рік, повідомляє пресслужба."),
    ("uk", "Учора у Львові відкрили новий міст через залізницю."),
    ("uk", "Двоє людей загинули внаслідок аварії на трасі."),
    ("be", "Прэзідэнт падпісаў указ аб новых правілах гандлю ў сталіцы."),
    ("be", "У Мінску адкрылася выстава кніг, якую наведалі тысячы людзей."),
    ("bg", "Президентът подписа закона за бюджета, съобщиха от пресслужбата."),
    ("bg", "Правителството прие нови мерки за подкрепа на земеделците в страната."),
    ("bg", "Цената на тока няма да се увеличава до края на годината."),
    ("sr", "Председник је рекао да ће нови закон ступити на снагу следеће године."),
    ("sr", "Цена струје неће се мењати до краја године."),
    ("mk", "Претседателот изјави дека новиот закон ќе стапи на сила од наредната година."),
    ("kk", "Қазақстан президенті жаңа заңға қол қойды, деп хабарлайды баспасөз қызметі."),
    ("ky", "Кыргызстандын президенти жаңы мыйзамга кол койду, деп билдирди басма сөз кызматы."),
    ("tt", "Татарстан президенты яңа законга кул куйды, дип хәбәр итә матбугат хезмәте."),
    ("tg", "Президенти Тоҷикистон қонуни навро имзо кард."),
    ("uz", "Ўзбекистон президенти янги қонунни имзолади."),
    ("en", "The president signed the new law on Tuesday, according to the press service."),
    ("de", "Der Präsident hat das neue Gesetz am Dienstag unterzeichnet."),
    ("fr", "Le président a signé la nouvelle loi mardi, selon le service de presse."),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_detects(language: str, text: str) -> None:
    assert detect(text, None) == language


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_whether_it_is_russian_does_not_hang_on_what_is_stated(language: str, text: str) -> None:
    if len(text) > 75:
        assert (detect(text, "ru") == "ru") == (language == "ru")
        assert (detect(text, "uk") == "ru") == (language == "ru")


def test_what_is_stated_settles_short_texts() -> None:
    assert detect("Пожар в Варне", "bg") == "bg"
    assert detect("Пожар в Варне", "ru") == "ru"
    assert detect("Пожар в Казани", "en") == "ru"                            # no language of that script
    assert detect("12:0", "ru") == "ru"
    assert detect("12:0", None) is None


def test_half_a_text_in_another_language_counts_by_letters() -> None:
    russian, english = TEXTS[0][1], TEXTS[-3][1]
    assert detect("\n".join([russian] * 3 + [english]), None) == "ru"
    assert detect("\n".join([russian] + [english] * 3), None) == "en"


@pytest.mark.parametrize(("stated", "code"), [
    ("ru", "ru"), ("RU", "ru"), ("ru-RU", "ru"), ("ru_RU.UTF-8", "ru"), ("rus", "ru"), ("Russian", "ru"),
    ("русский язык", "ru"),
    ("ua", "uk"), ("en", "en"), ("no", "no"), ("xx", None), ("неизвестно", None), ("", None), (None, None),
])
def test_stated_languages_become_codes(stated: str | None, code: str | None) -> None:
    assert stated_language(stated) == code


@given(st.text(st.characters(exclude_categories=()), max_size=400), st.sampled_from([None, "ru", "en"]))
def test_any_text_has_a_language_or_none(text: str, stated: str | None) -> None:
    language = detect(text, stated)
    assert language is None or len(language) == 2
