"""Normal forms: a golden list a linguist can edit, the conventions, and what must hold for any text."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.layers import Document, Readings, Span, Syntax, Words
from letopis.text.normal import normal_forms, normal_forms_of_parts
from letopis.text.normal.backing import backings, spellings
from letopis.text.normal.evidence import gather
from letopis.text.normal.features import around
from letopis.text.normal.phrase import columns_of, phrase_of
from letopis.text.normal.pieces import apply, edit_between, fold, pieces, stem
from letopis.text.normal.surface import tidy, with_yo
from letopis.text.normal.weights import Weights, read, write
from letopis.text.reading import read as read_documents
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

GOLDEN = Path(__file__).with_name("normal_forms.tsv")
FLOOR = 0.965           # of the golden list; only rises

Layers = tuple[Readings, Words, Syntax, list[int]]


def layers(texts: Sequence[str]) -> Layers:
    """Texts as documents of one batch, and the first sentence of each."""
    documents = tuple(Document(str(i), str(i), None, "txt", text, 0, "", True) for i, text in enumerate(texts))
    readings = read_documents(documents)
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    first = [sentences.reading.tolist().index(r) for r in range(len(readings.clean))]
    return readings, words, parse(words), first


def forms(marked: Sequence[str], types: Sequence[str]) -> list[str]:
    """The normal forms of the spans in brackets, a sentence each."""
    texts = [text.replace("[", "").replace("]", "") for text in marked]
    readings, words, syntax, first = layers(texts)
    spans = [Span(i, first[i], text.index("["), text.rindex("]") - 1) for i, text in enumerate(marked)]
    return normal_forms(readings, words, syntax, spans, types)


def form(marked: str, type_: str = "") -> str:
    """The normal form of one span in brackets."""
    return forms([marked], [type_])[0]


@lru_cache(maxsize=1)
def golden() -> list[tuple[str, str, str, str]]:
    """Type, sentence, expected and found form of every line of the list."""
    lines = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found = forms([sentence for _, sentence, _ in lines], [type_ for type_, _, _ in lines])
    return [(type_, sentence, expected, f) for (type_, sentence, expected), f in zip(lines, found, strict=True)]


def test_golden_list() -> None:
    wrong = [f"{sentence} -> {found}" for _, sentence, expected, found in golden() if found != expected]
    assert 1 - len(wrong) / len(golden()) >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize("type_", sorted({type_ for type_, _, _, _ in golden()}))
def test_no_type_is_forgotten(type_: str) -> None:
    found = [expected == form for t, _, expected, form in golden() if t == type_]
    assert sum(found) / len(found) > 0.6


@pytest.mark.parametrize(("sentence", "type_", "expected"), [
    ("Заявление [Сергея Черёмина] опубликовано.", "PERSON", "Сергей Черёмин"),
    ("Он руководит [Департаментом внешнеэкономических и международных связей города Москвы].", "ORGANIZATION",
     "Департамент внешнеэкономических и международных связей города Москвы"),
    ("Об этом пишет газета, ссылаясь на [ОАО «Газпром»].", "ORGANIZATION", "ОАО «Газпром»"),
    ("Статья вышла в [газете \"Правда\"].", "ORGANIZATION", "газета \"Правда\""),
    ("Имя [братьев Ивановых] известно всем.", "FAMILY", "братья Ивановы"),
    ("Он живёт в [Ростове-на-Дону].", "CITY", "Ростов-на-Дону"),
    ("Его назначили [премьер-министром].", "PROFESSION", "премьер-министр"),
    ("Отставка [Терезы Мэй] назрела.", "PERSON", "Тереза Мэй"),
])
def test_what_the_requirements_name(sentence: str, type_: str, expected: str) -> None:
    assert form(sentence, type_) == expected


@pytest.mark.parametrize(("sentence", "type_", "expected"), [
    ("Мнение [российских] дипломатов не изменилось.", "COUNTRY", "российский"),
    ("[Немецкая] компания отозвала иск.", "COUNTRY", "Немецкий"),
    ("Это решение [украинской] стороны.", "", "украинский"),
    ("Партия [южнокорейского] президента победила.", "COUNTRY", "южнокорейский"),
    ("Он не любит [русских].", "NATIONALITY", "русские"),
    ("Собрали [глухих] и слепых.", "PROFESSION", "глухие"),
])
def test_adjective_by_itself_is_masculine(sentence: str, type_: str, expected: str) -> None:
    assert form(sentence, type_) == expected


@pytest.mark.parametrize("sentence", [
    "Офис [Banco Santander] закрыт.", "Самолёт [Ту-154] разбился.", "Это случилось [в мае 2018 года].", "Доклад [ООН] готов.",
    "Пост в [Twitter] удалён.", "Номер [42] не найден.",
])
def test_what_has_no_other_form_stays(sentence: str) -> None:
    assert form(sentence) == sentence[sentence.index("[") + 1:sentence.index("]")]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Слова экс-[президента] удивили.", "президент"),
    ("Он вице-[премьера] знает.", "премьер"),
])
def test_span_inside_a_word(sentence: str, expected: str) -> None:
    assert form(sentence) == expected


@pytest.mark.parametrize(("rest", "expected"), [
    ("Марбал прибыл. Марбала ждут.", "Марбал"), ("Марбала прибыла. Марбалу ждут. С Марбалой спорят.", "Марбала"),
])
def test_document_tells_men_from_women(rest: str, expected: str) -> None:
    assert form(f"Речь о [Марбале]. {rest}", "PERSON") == expected


def test_span_in_parts_is_one_thing() -> None:
    text = "Пожары тушат в Курской и Белгородской областях."
    readings, words, syntax, first = layers([text])
    start = text.index("областях")
    parts = (Span(0, first[0], 15, 22), Span(0, first[0], start, start + 8))
    assert normal_forms_of_parts(readings, words, syntax, [parts], [""]) == ["Курская область"]
    phrase = phrase_of(columns_of(words, syntax), parts)
    assert phrase is not None
    assert "mPh" in around(phrase, 1)       # the model knows that a plural may stand for one of several


def test_types_and_spans_must_match() -> None:
    readings, words, syntax, first = layers(["Москва стоит."])
    with pytest.raises(ValueError, match="zip"):
        normal_forms(readings, words, syntax, [Span(0, first[0], 0, 6)], [])


def test_decisions_do_not_depend_on_the_batch() -> None:
    lines = [(type_, sentence) for type_, sentence, _, _ in golden()][::40]
    together = forms([sentence for _, sentence in lines], [type_ for type_, _ in lines])
    assert together == [form(sentence, type_) for type_, sentence in lines]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="абвеёийкстчшьАВЕИСТЯ «»\"-.,*12ab\n", min_size=1, max_size=40), st.data())
def test_any_span_of_any_text(text: str, data: st.DataObject) -> None:
    documents = (Document("a", "a", None, "txt", text, 0, "", True),)
    readings = read_documents(documents)
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    if not len(sentences.start):
        return
    sentence = data.draw(st.integers(0, len(sentences.start) - 1))
    start = data.draw(st.integers(int(sentences.start[sentence]), int(sentences.end[sentence]) - 1))
    end = data.draw(st.integers(start + 1, int(sentences.end[sentence])))
    span = Span(0, sentence, start, end)
    found = normal_forms(readings, words, parse(words), [span], [""])
    assert len(found) == 1
    assert bool(found[0].strip()) == bool(readings.clean[0][start:end].strip())


# --- the parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("low", "normal", "edit"), [
    ("москвы", "москва", ("ы", "а")), ("павла", "павел", ("ла", "ел")), ("мэй", "мэй", ("", "")), ("львом", "лев", ("ьвом", "ев")),
])
def test_edit_between(low: str, normal: str, edit: tuple[str, str]) -> None:
    assert edit_between(low, normal) == edit


@given(st.text(alphabet="абвгдеиоь", min_size=2, max_size=8), st.text(alphabet="абвгдеиоь", min_size=1, max_size=8))
def test_edit_makes_the_other_form(low: str, normal: str) -> None:
    (piece,) = pieces(low)
    assert apply(piece, edit_between(low, normal)) == normal


@pytest.mark.parametrize(("form", "texts", "shapes"), [
    ("Ростове-на-Дону", ["Ростове", "на", "Дону"], "ClC"), ("МИДа", ["МИДа"], "M"), ("46-м", ["46-м"], "d"),
    ("COVID-19", ["COVID-19"], "x"), ("МОСКВА", ["МОСКВА"], "A"), ("Я", ["Я"], "I"),
])
def test_pieces(form: str, texts: list[str], shapes: str) -> None:
    assert [p.text for p in pieces(form)] == texts
    assert "".join(p.shape for p in pieces(form)) == shapes


def test_capitals_of_the_surface_stay() -> None:
    (piece,) = pieces("МОСКВЫ")
    assert apply(piece, ("ы", "а")) == "МОСКВА"
    assert fold("Чёрный") == "черный"


@pytest.mark.parametrize(("form", "expected"), [
    ("хабибуллиной", ("хабибуллин", "ой")), ("казань", ("казан", "ь")), ("оса", ("оса", "")),
])
def test_stem(form: str, expected: tuple[str, str]) -> None:
    assert stem(form) == expected


def test_evidence_counts_names_of_all_readings() -> None:
    readings, *_ = layers(["Хабибуллина уехала. Ждут Хабибуллину, а хабибуллина нет."])
    evidence = gather(readings, [0])
    assert evidence.forms["хабибуллина"] == 1
    assert evidence.endings["хабибуллин"] == ("а", "у")


@pytest.mark.parametrize(("low", "edit"), [
    ("москвы", ("ы", "а")), ("сыновей", ("ей", "ья")), ("толстому", ("му", "й")), ("сочи", ("", "")),
])
def test_dictionary_stands_behind_an_edit(low: str, edit: tuple[str, str]) -> None:
    assert any(b.known for b in backings(low)[edit])


def test_dictionary_knows_no_nominative_of_a_verb() -> None:
    assert set(backings("сказал")) == {("", "")}


@pytest.mark.parametrize(("word", "low", "edit", "case", "expected"), [
    ("Петр", "петра", ("а", ""), "G", "Пётр"),
    ("сестры", "сестер", ("ер", "ры"), "G", "сёстры"),
    ("Черемин", "черемина", ("а", ""), "G", "Черемин"),
])
def test_yo(word: str, low: str, edit: tuple[str, str], case: str, expected: str) -> None:
    assert with_yo(word, spellings(low, edit, case, False)) == expected


def test_name_of_a_person_is_no_common_word() -> None:
    assert "чёлах" in spellings("челах", ("", ""), "N", False)
    assert not spellings("челах", ("", ""), "N", True)


@pytest.mark.parametrize(("text", "expected"), [
    ("«Исламское государство*»", "«Исламское государство»"), ("«Движение «Серые волки»", "Движение «Серые волки»"),
    ("Университет авиации»", "Университет авиации"), ("«", "«"), ("«Яндекс»", "«Яндекс»"),
])
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    learned = Weights((("", ""), ("ы", "а")), {("", ""): 0, ("ы", "а"): 1}, {"ы": (0, 1)}, {"b": {0: 5, 1: -3, 255: 0}}, {"K1": -7})
    write(tmp_path / "w.npz", learned)
    assert read(tmp_path / "w.npz") == learned
