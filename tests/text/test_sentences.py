"""Sentences of whole articles: their roles, datelines, and what never happens whatever the text is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.layers import Document, Readings, Sentences
from letopis.text.dateline import dateline_end
from letopis.text.reading import read
from letopis.text.sentences import LONGEST, segment
from letopis.text.tokens import pieces


def layers(text: str, *, kind: str = "markdown", title: str | None = None) -> tuple[Readings, Sentences]:
    readings = read((Document("a", "a", None, kind, text, 0, "", True, title=title),))
    return readings, segment(readings)


def roles(text: str, **options: str) -> list[tuple[str, str]]:
    readings, sentences = layers(text, **options)
    rows = zip(sentences.reading, sentences.start, sentences.end, sentences.role, strict=True)
    return [(role, readings.clean[r][a:b]) for r, a, b, role in rows]


def test_roles_of_an_article() -> None:
    paragraphs = (
        "ТУЛА, 5 мая — Вести. Форум открылся. Приехал мэр.", "Второй абзац.", "> «Мы рады».", "## Итоги", "- Раз.",
        "![Мэр](a.jpg)",
    )
    assert roles("\n\n".join(paragraphs), title="Форум") == [
        ("title", "Форум"), ("dateline", "ТУЛА, 5 мая — Вести."), ("lead", "Форум открылся."), ("lead", "Приехал мэр."),
        ("body", "Второй абзац."), ("quote", "«Мы рады»."), ("heading", "Итоги"), ("body", "Раз."), ("caption", "Мэр"),
    ]


def test_the_lead_follows_a_heading_and_a_dateline_of_its_own() -> None:
    assert roles("# Форум\n\nТУЛА. 5 мая. ВЕСТИ.\n\nФорум открылся.\n\nДа.") == [
        ("heading", "Форум"), ("dateline", "ТУЛА. 5 мая. ВЕСТИ."), ("lead", "Форум открылся."), ("body", "Да."),
    ]


DATELINES = [
    "МОСКВА, 30 мая — ПРАЙМ.| Текст", "Москва, 31 октября - АиФ-Москва.| Текст",
    "МОСКВА, 5 фев - РИА Новости, Иван Петров.| Текст",
    "БИШКЕК, 5 августа /Новости-Грузия/.| Милиция", "ТОКИО, 3 марта. /ТАСС/.| Текст", "Минск. 15 мая. ИНТЕРФАКС -| Текст",
    "КИЕВ. 9 июля. УНН.| Борис", ", 11:10 REGNUM| Верховный суд", "Париж, 31 октября, 2018, 11:10 — REGNUM| Верховный суд",
    "20 мая, Минск /Корр. БЕЛТА/.| Президент", "АСТАНА. КАЗИНФОРМ -| Глава", "МОСКВА, 30 мая —| Президент заявил",
    "САНКТ-ПЕТЕРБУРГ, 17 июня 2019 г. - РИА Новости.| Глава", "Берлин, 9 января.| Правительство",
    "|31 октября Верховный суд решил", "|В Москве, 5 мая, прошёл форум", "|24 июля 2013 года — на второй день — он умер",
    "|Москва. Кремль. Путин", "|Анна Лосева, 5 мая 1962 года рождения, мэр", "|Путин 5 мая заявил, что",
]


@pytest.mark.parametrize("example", DATELINES)
def test_datelines(example: str) -> None:
    dateline, _, rest = example.partition("|")
    assert dateline_end(dateline + rest) == len(dateline)


ENDLESS = ["слово " * 5000, "слово, " * 5000, "1;" * 3000, "а" * 5000, "Я и он; " + "слово " * 600 + "конец."]


@pytest.mark.parametrize("text", ENDLESS)
def test_no_sentence_is_longer_than_the_limit(text: str) -> None:
    readings, sentences = layers(text, kind="txt")
    spans = list(zip(sentences.start.tolist(), sentences.end.tolist(), strict=True))
    assert all(len(pieces(readings.clean[0][a:b])) <= LONGEST for a, b in spans)
    assert "".join(readings.clean[0][a:b] for a, b in spans).replace(" ", "") == readings.clean[0].replace(" ", "")


def test_a_long_sentence_is_cut_behind_a_mark() -> None:
    assert roles("слово " * 400 + "слово; " + "слово " * 300, kind="txt")[0][1].endswith("слово;")


PIECES = ("Мэр приехал.", "# ", "> ", "\n", "\n\n", " ", "«Да!»", "г. ", "- ", "А. С.", "😀", "*", "и\u0306")
TEXTS = st.one_of(
    st.text(max_size=150),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["markdown", "txt"]), st.one_of(st.none(), st.text(max_size=40)))
def test_sentences_cover_their_blocks_and_never_overlap(text: str, kind: str, title: str | None) -> None:
    readings, sentences = layers(text, kind=kind, title=title)  # type: ignore[arg-type]
    left = [[clean[b.start:b.end] for b in blocks] for clean, blocks in zip(readings.clean, readings.blocks, strict=True)]
    last = (-1, 0)
    for r, a, b in zip(sentences.reading.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True):
        block = next(i for i, block in enumerate(readings.blocks[r]) if block.start <= a < b <= block.end)
        assert last <= (r, a) and readings.clean[r][a:b] == readings.clean[r][a:b].strip() != ""
        shift = readings.blocks[r][block].start
        left[r][block] = left[r][block][:a - shift] + " " * (b - a) + left[r][block][b - shift:]
        last = (r, b)
    assert not "".join(piece for blocks in left for piece in blocks).strip()
    assert len(sentences.role) == len(sentences.start) == len(sentences.end) == len(sentences.reading)
