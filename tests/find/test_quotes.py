"""Quotes, text by text: 'd' direct, 'i' indirect; a speaker in square brackets is a mention, in round ones text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.find.quotes import find_quotes
from letopis.layers import Event, Span

from .said import layers, line, quotes, shown

INDIRECT = """
Министр Иван Петров заявил, что налоги не вырастут. | i: налоги не вырастут [Иван Петров]
По словам Орловой, дорогу откроют в мае. | i: дорогу откроют в мае [Орловой]
Как сообщает ТАСС, на заводе произошёл пожар. | i: на заводе произошёл пожар [ТАСС]
Посёлок остался без света, сообщает ТАСС. | i: Посёлок остался без света [ТАСС]
В посёлке отключили свет и воду. Об этом сообщил Иван Петров. | i: В посёлке отключили свет и воду [Иван Петров]
Иван Петров пообещал построить новую школу. | i: построить новую школу [Иван Петров]
Анна Орлова призвала жителей не выходить из дома. | i: не выходить из дома [Анна Орлова]
Эксперты считают, что цены упадут к осени. | i: цены упадут к осени (Эксперты)
По данным МЧС, пострадали трое рабочих. | i: пострадали трое рабочих [МЧС]
В Минтрансе отметили, что билеты не подорожают. | i: билеты не подорожают [Минтрансе]
Петров отметил, что мост готов, и поблагодарил строителей. | i: мост готов [Петров]
Петров, добавив, что мост готов, уехал в Москву. | i: мост готов [Петров]
Иван Петров приехал в город. Он заявил, что завод не закроют. | i: завод не закроют [Иван Петров]
В городе побывала министр Анна Орлова. Министр сообщила, что завод не закроют. | i: завод не закроют [Анна Орлова]
"""

DIRECT = """
«Мы откроем школу в сентябре», – сказал Иван Петров. | d: Мы откроем школу в сентябре [Иван Петров]
"Мы откроем школу в сентябре", - сказал Иван Петров. | d: Мы откроем школу в сентябре [Иван Петров]
„Мы откроем школу в сентябре“, — сказал Иван Петров. | d: Мы откроем школу в сентябре [Иван Петров]
Иван Петров сказал: «Мы откроем школу в сентябре». | d: Мы откроем школу в сентябре [Иван Петров]
«Ждать больше нечего, – сказал Петров. – Мы начинаем завтра». | d: Ждать больше нечего [Петров] | d: Мы начинаем завтра [Петров]
"Завод "Заря" работает, но денег нет", - заявил Петров. | d: Завод "Заря" работает, но денег нет [Петров]
Петров заявил, что дорога «будет сдана в срок и без долгов». | i: дорога «будет сдана в срок и без долгов» [Петров] | \
d: будет сдана в срок и без долгов [Петров]
"""

NOTHING = """
ООО "Ромашка" открыло магазин в центре города.
Фильм «Долгая дорога домой» выйдет на экраны в мае.
Он считался «звездой» местного театра.
Команда «Заря» выиграла у команды «Ромашка» со счётом 2:1.
Сегодня в Москве прошёл сильный дождь.
"""


@pytest.mark.parametrize("row", (INDIRECT + DIRECT).strip().split("\n"))
def test_quotes_and_speakers(row: str) -> None:
    text, *expected = row.split(" | ")
    assert shown(text) == expected


@pytest.mark.parametrize("text", NOTHING.strip().split("\n"))
def test_names_titles_and_irony_are_no_quotes(text: str) -> None:
    assert shown(text) == []


def test_a_cut_quote_goes_on_from_its_first_piece() -> None:
    _, (first, second) = quotes("«Ждать больше нечего, – сказал Петров. – Мы начинаем завтра».")
    assert (first.continues, second.continues) == (None, 0)


def test_a_quote_over_paragraphs_is_one() -> None:
    assert shown("Петров рассказал:\n\n«Мы приехали на завод утром.\n\n«Там нас никто не ждал».\n") == [
        "d: Мы приехали на завод утром.\n\n«Там нас никто не ждал [Петров]"
    ]


def test_a_quote_without_a_cue_keeps_the_speaker() -> None:
    text = "«Мы откроем школу в сентябре», – сказал Иван Петров. «Все классы уже готовы, и учителя набраны».\n"
    assert [each.rpartition(" ")[2] for each in shown(text)] == ["Петров]", "Петров]"]


def test_block_quotes_and_interviews() -> None:
    (quoted,) = shown("Петров написал в своём блоге:\n\n> Мы живём в трудное время и должны помогать друг другу\n")
    assert quoted.startswith("d: Мы живём в трудное время")
    assert shown("> «Мы откроем школу в сентябре», – сказал Иван Петров.\n") == ["d: Мы откроем школу в сентябре [Иван Петров]"]
    turns = shown("— Когда откроют мост через реку?\n\n— Мост через реку откроют осенью, — ответил Иван Петров.\n")
    assert turns == ["d: Когда откроют мост через реку?", "d: Мост через реку откроют осенью [Иван Петров]"]


def test_cue_and_the_act_of_saying() -> None:
    found = layers("Министр Иван Петров заявил, что налоги не вырастут.")
    start = found[0].clean[0].index("заявил")
    act = Event(
        Span(0, 0, start, start + 6), "заявить", "statement.declare", None, 1.0, "actual", None, None, None, None, None, None,
        None, None, 0.5, 0, 1.0, "test",
    )
    (quote,) = find_quotes(*found, (act,))
    assert (quote.cue, quote.event) == ("заявил", 0)


def test_a_document_is_decided_alone_as_among_others() -> None:
    texts = [row.split(" | ")[0] for row in (INDIRECT + DIRECT).strip().split("\n")]
    (readings, _, _, _, named), found = quotes(*texts)
    together = [[line(q, readings, named) for q in found if readings.document[q.span.reading] == i] for i in range(len(texts))]
    assert together == [shown(text) for text in texts]


PIECES = st.sampled_from([
    "«", "»", "\"", "„", "“", "— ", "- ", " – ", ", ", ". ", ": ", "\n\n", "> ", "? ", "... ", " ", "(", ")", "он ",
    "Иван Петров ", "заявил", "сказал", ", что ", "по словам ", "как сообщает ", "ТАСС", "об этом ", "дом стоит", "мы едем домой ",
    "«Заря»", "согласно ", "и ", "МЧС ",
])


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_any_text(text: str) -> None:
    (readings, _, _, _, named), found = quotes(text or " ")
    spans = [(q.span.reading, q.span.start, -q.span.end) for q in found]
    assert spans == sorted(spans)
    assert len(spans) == len(set(spans))
    for q in found:
        clean = readings.clean[q.span.reading]
        assert 0 <= q.span.start < q.span.end <= len(clean)
        assert clean[q.span.start:q.span.end].strip()
        assert q.kind in ("direct", "indirect")
        assert 0.0 <= q.score <= 1.0
        assert q.speaker_mention is None or 0 <= q.speaker_mention < len(named)
        assert q.continues is None or found[q.continues].span.end <= q.span.start
