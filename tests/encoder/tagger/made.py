"""Made-up sentences, and words out of them."""

from itertools import product

import numpy as np

from letopis.encoder import load, slovnet, tagger
from letopis.encoder.tagger.tagging import Tags
from letopis.layers import Words

PEOPLE = ("Мэр Анна Лосева", "А. С. Ветров", "экс-министр Олег Бром", "ГУП «Ромашка»", "Кое-кто из ДВМС-2", "18-летний Ко")
DEEDS = ("открыл музей имени Ильи Громова", "не подписал указ № 5", "получила 12,5 млн рублей", "— задержан", "сказала: «Нет!»")
PLACES = ("в Туле", "на Камчатке 5 мая", "под Нью-Йорком", "в г. Энске на форуме", "за рубежом")
SENTENCES = [f"{who} {what} {where} .".split() for who, what, where in product(PEOPLE, DEEDS, PLACES)]
SENTENCES += [["Да"], ["."], ["😀", "ﬁ", "ѣ"], ["слово"] * 90, ["МОСКВА", ",", "5", "мая", "/", "ТАСС", "/"]]


def words_of(sentences: list[list[str]]) -> Words:
    """The words of sentences that stand one behind the other, a blank between words."""
    forms = [form for sentence in sentences for form in sentence]
    ends = np.cumsum([len(f) + 1 for f in forms]).astype(np.int32) - 1
    first = np.cumsum([0, *map(len, sentences)]).astype(np.int32)
    numbers = np.repeat(np.arange(len(sentences), dtype=np.int32), np.diff(first))
    starts = ends - np.array([len(f) for f in forms], np.int32) if forms else ends
    return Words(numbers, starts, ends, forms, first)


def tags_of(sentences: list[list[str]], documents: list[int]) -> Tags:
    """What the shipped tagger finds in them; `documents` are numbers of theirs."""
    words = words_of(sentences)
    states = slovnet.tag(load(), words, states=True).states
    document = np.array(documents, np.int32)
    return tagger.tag(tagger.load_taggers(), words, document, states, layers=("nerel", "slavicner", "factrueval"))
