"""LEA of one document, on chains made by hand."""

from letopis.evaluate.rucoco import Found, Text, counts, f1, name_spans
from letopis.layers import Document

TEXT = "Вчера министр Иван Ветров уехал. Он молчал, Ветров думал."
CHAIN = ((6, 25), (33, 35), (44, 50))


def gold() -> Text:
    return Text(Document("a", "a", None, "txt", TEXT, 0, "a", annotated=True), (CHAIN,))


def found(*, pronoun: bool) -> list[Found]:
    people = [Found((14, 25), 0, True, False), Found((44, 50), 0, True, False)]
    return [*people, Found((33, 35), 0, False, True)] if pronoun else people


def test_all_mentions() -> None:
    assert f1([counts(gold(), found(pronoun=True), names=False)]) == (1.0, 1.0, 1.0)
    precision, recall, _ = f1([counts(gold(), found(pronoun=False), names=False)])
    assert (precision, round(recall, 4)) == (1.0, 0.3333)


def test_names_leave_pronouns_out() -> None:
    assert set(name_spans(gold())) == {(6, 25), (44, 50)}
    assert f1([counts(gold(), found(pronoun=False), names=True)]) == (1.0, 1.0, 1.0)


def test_a_wrong_chain_costs_precision() -> None:
    wrong = [*found(pronoun=True), Found((0, 5), 1, False, False), Found((26, 31), 1, False, False)]
    precision, recall, _ = f1([counts(gold(), wrong, names=False)])
    assert recall == 1.0 and precision == 0.6
