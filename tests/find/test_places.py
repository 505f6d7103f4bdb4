"""Places: sentences a linguist can read, with the place each marked mention must mean.

A mention stands in brackets, '[Бресте|CITY|Брест]': the text, its NEREL type, its nominative (left out where it is the text).
"""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.find import lexicons
from letopis.find.gazetteer import fold, gazetteer
from letopis.find.place_names import look_up
from letopis.find.places import TYPES, find_places
from letopis.layers import Mention, Readings, Span
from letopis.resources import data_path

MARKED = re.compile(r"\[([^|\]]+)\|([A-Z_]+)(?:\|([^|\]]+))?\]")


def places(*documents: str, adjectives: bool = False) -> list[str | None]:
    """Keys of the marked mentions of all documents, in order."""
    texts, mentions = [], []
    for number, document in enumerate(documents):
        text, last = "", 0
        for match in MARKED.finditer(document):
            text += document[last:match.start()]
            span = Span(number, 0, len(text), len(text) + len(match[1]))
            form = "adjective" if adjectives else "name"
            mentions.append(Mention(span, match[2], form, match[3] or match[1], None, 1.0, "test"))
            text, last = text + match[1], match.end()
        texts.append(text + document[last:])
    readings = Readings(np.arange(len(texts), dtype=np.int32), ("text",) * len(texts), tuple(texts), (), (), ())
    return list(find_places(readings, tuple(mentions)))


def shown(key: str | None) -> str | None:
    """'Брест, FR': what a row of the gazetteer is called, and its country."""
    if key is None:
        return None
    place = gazetteer().place(key)
    return f"{place.name}, {place.country or '-'}"


@pytest.mark.parametrize(("text", "expected"), [
    ("Он живёт в [Москве|CITY|Москва].", "Москва, RU"),
    ("Он родился в [Ленинграде|CITY|Ленинград].", "Санкт-Петербург, RU"),
    ("Он вернулся в [Питер|CITY].", "Санкт-Петербург, RU"),
    ("Власти [РФ|COUNTRY] ответили.", "Россия, RU"),
    ("Экспорт в [Соединенные Штаты|COUNTRY] вырос.", "США, US"),
    ("Посол [Британии|COUNTRY|Британия] уехал.", "Великобритания, GB"),
    ("Президент [КНР|COUNTRY] прибыл.", "Китай, CN"),
    ("Граждане [СССР|COUNTRY] помнят.", "СССР, -"),
    ("Урожай на [Кубани|STATE_OR_PROVINCE|Кубань] хороший.", "Краснодарский край, RU"),
    ("Дороги [Подмосковья|STATE_OR_PROVINCE|Подмосковье].", "Московская область, RU"),
    ("Глава [Чувашии|STATE_OR_PROVINCE|Чувашия].", "Чувашия, RU"),
    ("Пожары в [Якутии|STATE_OR_PROVINCE|Якутия].", "Якутия, RU"),
    ("На [Ближнем Востоке|LOCATION|Ближний Восток] неспокойно.", "Ближний Восток, -"),
    ("Шахты [Донбасса|LOCATION|Донбасс].", "Донбасс, -"),
    ("Льды [Арктики|LOCATION|Арктика].", "Арктика, -"),
    ("Вышли в [Баренцево море|LOCATION].", "Баренцево море, -"),
    ("Сплав по [Лене|LOCATION|Лена].", "Лена, RU"),
    ("Жители [Хамовников|DISTRICT|Хамовники] против.", "Хамовники, RU"),
    ("Рейс из [Шэньчжэня|CITY|Шэньчжэнь].", "Шэньчжэнь, CN"),
    ("Клуб из [Нью Йорка|CITY|Нью Йорк].", "Нью-Йорк, US"),
])
def test_a_name_means_its_place(text: str, expected: str) -> None:
    assert [shown(key) for key in places(text)] == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    ("поездка в [Чэнду|CITY]", "Чэнду, CN"),                       # not 'чэнд'
    ("сборная [Того|COUNTRY]", "Того, TG"),                        # not the pronoun
    ("из [Северной Кореи|COUNTRY]", "КНДР, KP"),
    ("в [Ростове-на-Дону|CITY]", "Ростов-на-Дону, RU"),
    ("в [Нижегородской обл.|STATE_OR_PROVINCE]", "Нижегородская область, RU"),
    ("в [штате Калифорния|STATE_OR_PROVINCE]", "Калифорния, US"),
    ("в [г. Казани|CITY]", "Казань, RU"),
    ("на [озере Байкал|LOCATION]", "Байкал, RU"),
    ("в [Российской Федерации (РФ)|COUNTRY]", "Россия, RU"),
    ("в [российской столице|CITY]", "Москва, RU"),
    ("дома в [Сергиево-Посадском муниципальном районе|DISTRICT]", "Сергиево-Посадский район, RU"),
])
def test_without_a_normal_form_the_cases_are_undone(text: str, expected: str) -> None:
    assert [shown(key) for key in places(text)] == [expected]


@pytest.mark.parametrize(("adjective", "type_", "expected"), [
    ("российского", "COUNTRY", "Россия, RU"),
    ("северокорейской", "COUNTRY", "КНДР, KP"),
    ("советских", "COUNTRY", "СССР, -"),
    ("лондонский", "CITY", "Лондон, GB"),
    ("московская", "CITY", "Москва, RU"),                          # not the town Московский in Tajikistan
    ("петербургским", "CITY", "Санкт-Петербург, RU"),
    ("нью-йоркской", "CITY", "Нью-Йорк, US"),
    ("подмосковном", "STATE_OR_PROVINCE", "Московская область, RU"),
    ("ярославский", "CITY", "Ярославль, RU"),
    ("ярославский", "STATE_OR_PROVINCE", "Ярославская область, RU"),
    ("черноморского", "LOCATION", "Чёрное море, -"),
    ("российско", "COUNTRY", "Россия, RU"),                        # 'российско-китайский', split
    ("англо", "COUNTRY", "Великобритания, GB"),
    ("пушкинский", "LOCATION", None),                              # the poet's, as far as one can tell
    ("зелёный", "LOCATION", None),
])
def test_adjectives(adjective: str, type_: str, expected: str | None) -> None:
    assert [shown(key) for key in places(f"[{adjective}|{type_}]", adjectives=True)] == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    ("В [Бресте|CITY|Брест] прошёл митинг.", ["Брест, BY"]),
    ("В [Бресте|CITY|Брест] ([Франция|COUNTRY]) прошёл митинг.", ["Брест, FR", "Франция, FR"]),
    ("В [Триполи|CITY] стреляли.", ["Триполи, LY"]),
    ("В [Триполи|CITY], [Ливан|COUNTRY], стреляли.", ["Триполи, LB", "Ливан, LB"]),
    ("В [Нью-Йорке|CITY|Нью-Йорк] снег.", ["Нью-Йорк, US"]),
    ("В [Панаме|COUNTRY|Панама] дождь.", ["Панама, PA"]),
    ("Столица [Туниса|COUNTRY|Тунис] ждёт.", ["Тунис, TN"]),
    ("Отдых на острове [Кос|LOCATION] дорог.", ["Кос, GR"]),
    ("Затронуты [Тульская|LOCATION], Рязанская и Калужская области.", ["Тульская область, RU"]),
])
def test_type_and_neighbours_decide(text: str, expected: list[str | None]) -> None:
    assert [shown(key) for key in places(text)] == expected


def test_kinds_of_one_name_go_by_type() -> None:
    city, state, country = places("[Вашингтон|CITY] и [Вашингтон|STATE_OR_PROVINCE], [Тунис|COUNTRY]")
    kinds = [gazetteer().place(key or "").kind for key in (city, state, country)]
    assert kinds == ["city", "state", "country"]


@pytest.mark.parametrize(("text", "kind"), [
    ("Бои в провинции [Алеппо|LOCATION] идут.", "state"),
    ("Бои за [Алеппо|LOCATION] идут.", "city"),
    ("Власти штата [Нью-Йорк|LOCATION] против.", "state"),
])
def test_a_generic_word_before_the_name_says_its_kind(text: str, kind: str) -> None:
    assert [gazetteer().place(key or "").kind for key in places(text)] == [kind]


@pytest.mark.parametrize("text", [
    "[Владимир|PERSON] приехал.",                                  # a name of a person is no place
    "[россияне|NATIONALITY] довольны.",
    "[Газпром|ORGANIZATION] сообщил.",
    "[Тверская улица|FACILITY] перекрыта.",
    "В [Нижних Пупырях|CITY|Нижние Пупыри] праздник.",             # unknown
    "Суд [Советского района|DISTRICT|Советский район].",           # there are dozens
    "По трубе [Северный|LOCATION] поток.",
])
def test_rather_none_than_wrong(text: str) -> None:
    assert places(text) == [None]


def test_a_document_is_decided_alone() -> None:
    alone = places("В [Бресте|CITY|Брест] прошёл митинг.")
    among = places("Спор в [Бресте|CITY|Брест], [Франция|COUNTRY].", "В [Бресте|CITY|Брест] прошёл митинг.")
    assert among[-1:] == alone


def test_the_order_of_mentions_does_not_matter() -> None:
    text = "Брест, Франция"
    mentions = tuple(Mention(Span(0, 0, start, end), type_, "name", text[start:end], None, 1.0, "test")
                     for start, end, type_ in ((7, 14, "COUNTRY"), (0, 5, "CITY")))
    readings = Readings(np.zeros(1, np.int32), ("text",), (text,), (), (), ())
    assert [shown(key) for key in find_places(readings, mentions)] == ["Франция, FR", "Брест, FR"]


def test_disputed_places_have_the_code_of_the_source() -> None:
    for row in lexicons.table("disputed_territories"):
        keys = [k for k in gazetteer().candidates(row["place"]) if gazetteer().place(k).kind == row["kind"]]
        assert row["key"] in ("", *keys)
        assert (row["country"] or None) in {gazetteer().place(k).country for k in keys}


# --- the tables are whole and up to date ----------------------------------------------------------------------------------

def test_every_row_is_sound() -> None:
    known = gazetteer()
    assert len(set(known.keys)) == len(known) > 30_000
    for key in known.keys[::37]:
        place = known.place(key)
        assert re.fullmatch(r"Q\d+|gn:\d+|own:[a-z0-9-]+", key)
        assert key == (place.wikidata_id or key)
        assert place.country is None or re.fullmatch("[A-Z]{2}", place.country)
        assert place.parent is None or known.place(place.parent).kind in ("country", "state", "city", "district", "territory")
        assert place.latitude is None or (-90 <= place.latitude <= 90 and -180 <= (place.longitude or 0.0) <= 180)


@pytest.mark.parametrize("lexicon", ["place_adjectives", "place_aliases"])
def test_tables_are_built_from_the_lexicons_as_they_are(lexicon: str) -> None:
    column = {"place_adjectives": "adjective", "place_aliases": "alias"}[lexicon]
    index = gazetteer().adjectives if lexicon == "place_adjectives" else gazetteer().nouns
    rows = lexicons.table(lexicon)
    missing = [r[column] for r in rows if not _built(index(fold(r[column])), r["kind"], r["country"])]
    assert missing == [], "run training/gazetteer.py"


def _built(uses: tuple[tuple[int, int], ...], kind: str, country: str) -> bool:
    return any(gazetteer().kinds[row] == kind and (gazetteer().countries[row] or "") == country for row, _ in uses)


def test_there_are_adjectives_enough() -> None:
    assert len({row["adjective"] for row in lexicons.table("place_adjectives")}) >= 1_500


def test_spellings_are_one() -> None:
    assert fold("Ростов-на-Дону") == fold("ростов на Дону")
    assert gazetteer().candidates("Королёв") == gazetteer().candidates("Королев") != ()


# --- whatever the text ----------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["Москва", "Брест", "штат", "Мэн", "в", ",", "(", "российский", "Ли", "г.", "-", "Ё", "США", "\u0301"])


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.data())
def test_any_spans_get_aligned_keys(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    ends = st.integers(1, len(text))
    mentions = []
    for end in data.draw(st.lists(ends, max_size=6)):
        start = data.draw(st.integers(0, end - 1))
        type_ = data.draw(st.sampled_from([*sorted(TYPES), "PERSON"]))
        mentions.append(Mention(Span(0, 0, start, end), type_, None, data.draw(WORDS), None, 0.5, "test"))
    readings = Readings(np.zeros(1, np.int32), ("text",), (text,), (), (), ())
    keys = find_places(readings, tuple(mentions))
    assert len(keys) == len(mentions)
    assert all(key is None or gazetteer().place(key).key == key for key in keys)
    backwards = find_places(readings, tuple(reversed(mentions)))
    assert [*reversed(backwards)] == [*keys]


@given(st.text(max_size=30), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_name_can_be_looked_up(name: str, adjective: bool) -> None:
    assert all(0 <= row < len(gazetteer()) for row, _ in look_up(name, name, adjective=adjective).places)


def test_keys_of_the_annotations_stand() -> None:
    lines = (data_path("annotations/places_raw_news.jsonl")).read_text(encoding="utf-8").splitlines()
    keys = {json.loads(line)["key"] for line in lines} - {None, "unknown"}
    assert len(lines) >= 200
    assert keys - set(gazetteer().keys) == set()
