"""Morphology, lemmas and dependencies of whole sentences."""

import numpy as np

from letopis.layers import Document, Syntax, Words
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize


def layers(*texts: str) -> tuple[Words, Syntax]:
    readings = read(tuple(Document(str(i), "a", None, "txt", text, 0, "", True) for i, text in enumerate(texts)))
    words = tokenize(readings, segment(readings))
    return words, parse(words)


def test_a_sentence() -> None:
    words, syntax = layers("Мэр Тулы Анна Лосева открыла вчера новые музеи.")
    assert syntax.lemma == ["мэр", "Тула", "Анна", "Лосева", "открыть", "вчера", "новый", "музей", "."]
    assert syntax.pos == ["NOUN", "PROPN", "PROPN", "PROPN", "VERB", "ADV", "ADJ", "NOUN", "PUNCT"]
    assert syntax.feats[7] == "Animacy=Inan|Case=Acc|Gender=Masc|Number=Plur"
    assert [words.form[h] if h >= 0 else "" for h in syntax.head] == [
        "открыла", "Мэр", "Мэр", "Анна", "", "открыла", "музеи", "открыла", "открыла"]
    assert syntax.deprel[0] == "nsubj" and syntax.deprel[4] == "root" and syntax.deprel[7] == "obj"


def test_his_words() -> None:
    words, syntax = layers("Адвокат обжаловал его арест: её видели в их доме.")
    found = {form: (syntax.pos[i], syntax.lemma[i]) for i, form in enumerate(words.form)}
    assert found["его"] == ("DET", "его") and found["их"] == ("DET", "их") and found["её"] == ("PRON", "она")


def test_an_address_is_no_name() -> None:
    words, syntax = layers("Читайте https://t.me/Moskva сегодня.")
    assert (syntax.pos[1], syntax.lemma[1], syntax.feats[1]) == ("SYM", "https://t.me/Moskva", "")
    assert words.form[1] == "https://t.me/Moskva"


def test_a_batch_decides_as_its_documents_one_by_one() -> None:
    texts = ("Мэр приехал. Он рад.", "Форум открылся в Туле.", "", "По словам мэра, «всё хорошо».")
    words, together = layers(*texts)
    alone = [layers(text) for text in texts]
    assert together.lemma == [x for _, s in alone for x in s.lemma]
    assert together.pos == [x for _, s in alone for x in s.pos] and together.feats == [x for _, s in alone for x in s.feats]
    assert together.deprel == [x for _, s in alone for x in s.deprel]
    starts = np.cumsum([0] + [len(w.form) for w, _ in alone])
    assert together.head.tolist() == [
        h + start if h >= 0 else -1 for (_, s), start in zip(alone, starts, strict=False) for h in s.head.tolist()]
    assert len(words.form) == len(together.pos)
