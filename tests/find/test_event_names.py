"""Names of happenings: nominative noun phrases, else a noun for the verb or the type with who took part."""

import pytest

from letopis.find.clauses import text_of, words_of_each
from letopis.find.event_names import MADE, PHRASE, names
from letopis.layers import Document
from letopis.pipeline import annotate

CASES = (
    ("Москва сообщила о переговорах России и Украины о газе.", "переговорах", "Переговоры России и Украины о газе", PHRASE),
    ("Полиция задержала Ивана Петрова.", "задержала", "Задержание (Иван Петров)", MADE),
    ("После пожара приехала полиция.", "пожара", "Пожар (Иван Петров)", MADE),
    ("Журналистка, смертный приговор в отношении которой отменили, вернулась в Москву.", "приговор", "Смертный приговор", PHRASE),
    ("Министр заявил, что бюджет готов.", "заявил", "Заявление (Иван Петров)", MADE),
)


@pytest.mark.parametrize(("sentence", "trigger", "name", "kind"), CASES, ids=[c[1] for c in CASES])
def test_name(sentence: str, trigger: str, name: str, kind: int) -> None:
    document = Document("x", "x", None, "txt", sentence, 0, "", annotated=True)
    a = annotate((document,))
    text = text_of(a.readings, a.sentences, a.words, a.syntax)
    event = next(e for e in a.events if sentence[e.span.start:e.span.end] == trigger)
    words = words_of_each(text, [event.span])
    assert names(text, a.mentions, [[(event, words[0])]], [["Иван Петров"]]) == [(name, kind)]
