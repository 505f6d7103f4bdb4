"""Near-duplicates: reprints are found, reports of one event in other words are not."""

from letopis.find.minhash import signature

TEXT = (
    "В Рыбинске загорелся склад лакокрасочных материалов. Пожар начался около полуночи, к утру площадь возгорания достигла "
    "двух тысяч квадратных метров. На месте работают сорок пожарных и двенадцать единиц техники. Причины устанавливаются."
)


def similarity(a: str, b: str) -> float:
    first, second = signature(a)[0], signature(b)[0]
    return sum(x == y for x, y in zip(first, second, strict=True)) / len(first)


def test_a_reprint_is_similar() -> None:
    assert similarity(TEXT, TEXT.replace("около полуночи", "около  полуночи").replace("ё", "е")) == 1.0
    assert similarity(TEXT, "РЫБИНСК, 7 февраля. " + TEXT) > 0.7


def test_another_report_is_not() -> None:
    other = "Сорок спасателей тушат крупный пожар на складе красок в Рыбинске, огонь охватил две тысячи метров. Погибших нет."
    assert similarity(TEXT, other) < 0.3


def test_a_short_text_says_so() -> None:
    assert not signature("Две строки.")[1]
    assert signature(TEXT)[1]
