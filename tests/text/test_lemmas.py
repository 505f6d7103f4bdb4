"""Lemmas by the convention of UD's SynTagRus, with ё, and what the dictionary corrects of the tagger."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letopis.text.corrections import correct
from letopis.text.lemmas import lemma

NOUN_PLUR = "Animacy=Inan|Case=Gen|Gender=Masc|Number=Plur"
LEMMAS = [
    # nouns
    ("людей", "NOUN", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Plur", "человек"),
    ("лет", "NOUN", NOUN_PLUR, "год"),
    ("статей", "NOUN", "Animacy=Inan|Case=Gen|Gender=Fem|Number=Plur", "статья"),
    ("воскресенье", "NOUN", "Animacy=Inan|Case=Acc|Gender=Neut|Number=Sing", "воскресенье"),
    ("выборов", "NOUN", NOUN_PLUR, "выборы"),
    ("самолетами", "NOUN", "Animacy=Inan|Case=Ins|Gender=Masc|Number=Plur", "самолёт"),
    ("премьер-министра", "NOUN", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing", "премьер-министр"),
    ("учащихся", "NOUN", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Plur", "учащийся"),
    ("столовой", "NOUN", "Animacy=Inan|Case=Gen|Gender=Fem|Number=Sing", "столовая"),
    # adjectives, participles, comparatives
    ("вооруженных", "ADJ", "Case=Gen|Degree=Pos|Number=Plur", "вооружённый"),
    ("ближайших", "ADJ", "Case=Gen|Degree=Pos|Number=Plur", "ближайший"),
    ("важнейших", "ADJ", "Case=Gen|Degree=Sup|Number=Plur", "важный"),
    ("меньшей", "ADJ", "Case=Dat|Degree=Pos|Gender=Fem|Number=Sing", "меньший"),
    ("должны", "ADJ", "Degree=Pos|Number=Plur|Variant=Short", "должен"),
    ("основными", "ADJ", "Case=Ins|Degree=Pos|Number=Plur", "основной"),
    ("позже", "ADV", "Degree=Cmp", "поздно"),
    ("задержанного", "VERB", "Aspect=Perf|Case=Gen|Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part|Voice=Pass", "задержать"),
    ("стали", "VERB", "Aspect=Perf|Mood=Ind|Number=Plur|Tense=Past|VerbForm=Fin|Voice=Act", "стать"),
    ("стали", "NOUN", "Animacy=Inan|Case=Gen|Gender=Fem|Number=Sing", "сталь"),
    # closed classes
    ("об", "ADP", "", "об"), ("Во", "ADP", "", "во"),
    ("его", "DET", "", "его"), ("его", "PRON", "Case=Acc|Gender=Masc|Number=Sing|Person=3", "он"),
    ("того", "PRON", "Animacy=Inan|Case=Gen|Gender=Neut|Number=Sing", "то"),
    ("того", "DET", "Case=Gen|Gender=Masc|Number=Sing", "тот"),
    ("двух", "NUM", "Case=Gen", "два"),
    # names
    ("Черёминым", "PROPN", "Animacy=Anim|Case=Ins|Gender=Masc|Number=Sing", "Черёмин"),
    ("Ивановой", "PROPN", "Animacy=Anim|Case=Gen|Gender=Fem|Number=Sing", "Иванова"),
    ("Шагеновна", "PROPN", "Animacy=Anim|Case=Nom|Gender=Fem|Number=Sing", "Шагеновна"),
    ("Порошенко", "PROPN", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing", "Порошенко"),
    ("Бушей", "PROPN", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Plur", "Буш"),
    ("Нью-Йорком", "PROPN", "Animacy=Inan|Case=Ins|Gender=Masc|Number=Sing", "Нью-Йорк"),
    ("Филиппинах", "PROPN", "Animacy=Inan|Case=Loc|Gender=Fem|Number=Plur", "Филиппины"),
    ("Сена", "PROPN", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing", "Сен"),
    ("Первомайском", "PROPN", "Animacy=Inan|Case=Loc|Gender=Neut|Number=Sing", "Первомайское"),
    ("ЮКОСа", "PROPN", "Animacy=Inan|Case=Gen|Gender=Masc|Number=Sing", "ЮКОС"),
    ("МОСКВЕ", "PROPN", "Animacy=Inan|Case=Loc|Gender=Fem|Number=Sing", "МОСКВА"),
    ("Reuters", "PROPN", "Foreign=Yes", "Reuters"),
    # the rest
    ("2015-го", "ADJ", "Case=Gen|Degree=Pos|Gender=Masc|Number=Sing", "2015-й"), ("5", "NUM", "", "5"), ("—", "PUNCT", "", "—"),
]


@pytest.mark.parametrize(("form", "pos", "feats", "expected"), LEMMAS)
def test_lemmas(form: str, pos: str, feats: str, expected: str) -> None:
    assert lemma(form, pos, feats) == expected


CORRECTIONS = [
    ("подвешенном", "ADJ", "Case=Loc|Degree=Pos|Gender=Neut|Number=Sing",
     ("VERB", "Aspect=Perf|Case=Loc|Gender=Neut|Number=Sing|Tense=Past|VerbForm=Part|Voice=Pass")),
    ("Соединённые", "ADJ", "Case=Nom|Degree=Pos|Number=Plur", ("ADJ", "Case=Nom|Degree=Pos|Number=Plur")),
    ("выучились", "NOUN", "Animacy=Inan|Case=Nom|Gender=Masc|Number=Plur",
     ("VERB", "Aspect=Perf|Mood=Ind|Number=Plur|Tense=Past|VerbForm=Fin|Voice=Mid")),
    ("бессменного", "VERB", "Aspect=Perf|Case=Gen|Gender=Masc|Number=Sing|VerbForm=Part",
     ("ADJ", "Case=Gen|Degree=Pos|Gender=Masc|Number=Sing")),
    ("дежурный", "NOUN", "Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing",
     ("NOUN", "Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing")),
    ("самоубийцу", "VERB", "Case=Acc|Gender=Masc|Number=Sing", ("NOUN", "Animacy=Anim|Case=Acc|Gender=Masc|Number=Sing")),
    ("можно", "ADV", "Degree=Pos", ("VERB", "")), ("нельзя", "ADV", "Degree=Pos", ("VERB", "Polarity=Neg")),
    ("мэр", "NOUN", "Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing", ("NOUN", "Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing")),
]


@pytest.mark.parametrize(("form", "pos", "feats", "expected"), CORRECTIONS)
def test_the_dictionary_corrects_impossible_tags(form: str, pos: str, feats: str, expected: tuple[str, str]) -> None:
    assert correct(form, pos, feats) == expected


POS = st.sampled_from(["NOUN", "PROPN", "ADJ", "VERB", "ADV", "PRON", "NUM", "X", "ADP"])
FEATS = st.sampled_from(["", "Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing", "Degree=Cmp", "VerbForm=Inf"])


FORMS = st.one_of(st.text(min_size=1, max_size=12), st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВ-", min_size=1, max_size=9))


@settings(deadline=None)
@example("\U00017000", "NOUN", "")       # a letter without a Unicode name
@given(FORMS, POS, FEATS)
def test_any_form_has_a_lemma(form: str, pos: str, feats: str) -> None:
    assert lemma(form, *correct(form, pos, feats))
