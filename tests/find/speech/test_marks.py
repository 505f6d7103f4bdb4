"""Pairs of quotation marks: what stands between them, inner stretches after outer ones; '~' where a mark is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.find.speech.marks import marked

PAIRS = """
Он сказал «да» и ушёл. | да
Он сказал "да" и ушёл. | да
Он сказал „да“ и ушёл. | да
«Газета «Заря» вышла» | Газета «Заря» вышла | Заря
"Газета "Заря" вышла", - сказал он. | Газета "Заря" вышла | Заря
ООО "Завод "Заря", закрыто. | ~Завод "Заря | Заря
«Мы едем, – сказал он. | ~Мы едем
«Россия снабжает «Зарю», – сказал он. | ~Россия снабжает «Зарю | Зарю
Дом» стоял пустой. |
(«Заря») и "Заря", | Заря | Заря
"...Мы едем" и "...едем?" | ...Мы едем | ...едем?
"""


def shown(text: str) -> list[str]:
    return [("" if m.closed else "~") + text[m.start:m.end] for m in marked(text, [])]


@pytest.mark.parametrize("row", PAIRS.strip().split("\n"))
def test_pairs(row: str) -> None:
    text, *expected = [part.strip() for part in row.split(" |")]
    assert shown(text) == [each for each in expected if each]


def test_a_quote_runs_over_paragraphs_that_open_again() -> None:
    text = "«Мы приехали.\n«Нас не ждали».\nПотом «ушли»."
    breaks = [i for i, ch in enumerate(text) if ch == "\n"]
    assert [text[m.start:m.end] for m in marked(text, breaks)] == ["Мы приехали.\n«Нас не ждали", "ушли"]


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    text = "«Мы приехали утром\nПотом ушли, и всё."
    assert [text[m.start:m.end] for m in marked(text, [text.index("\n")])] == ["Мы приехали утром"]


@given(st.text(alphabet="«»\"„“” \n,.-–абв"))
def test_any_text(text: str) -> None:
    found = marked(text, [i for i, ch in enumerate(text) if ch == "\n"])
    assert all(0 <= m.start <= m.end <= len(text) for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
