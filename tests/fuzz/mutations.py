"""Inputs for the fuzzer: articles as they come, in every format, with a few things done to them.

A mutation breaks or bends one place and leaves the rest as it was, so that most inputs still hold an article: what only the first
check of a parser ever sees finds nothing.
"""

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from hypothesis import strategies as st

from letopis.formats import FORMATS

BODIES = (
    "Анна Гурова открыла выставку в Самаре 3 марта. Об этом сообщила пресс-служба администрации города.",
    "МОСКВА, 30 мая — ПРАЙМ. «Мы построим мост», — заявил министр Олег Дёмин.\n\nНа это потратят 12,5 млн рублей до конца года.",
    "В Казани 5–7 июня прошёл форум, в котором участвовали 300 человек из ООО «Ромашка» и МЧС России.\n\n> Он пройдёт снова.\n",
    "Суд приговорил директора склада [[Иван Бушманов]] к 8,5 годам. Приговор не вступил в силу; защита его обжалует.",
)
TITLES = ("Открыта выставка", "Мост: когда построят?", "«Форум» в Казани — 2024", "")
SPOILS = (
    "\0", "\ufffe", "\u202e", "\u200b", "\u0301", "\ud800", "🙂", "---", "\n---\n", "...", ": ", "- ", "[[", "]]", "{", "}", "&a ",
    "*a", "!!python/x ", "\"",
    "'", "\\", "\t", "\r",
    "\r\n", "\x85", "\u2028", "|", ">", "<script>", "</p>", "<!--", "&#0;", "&amp;", "=1+1", ",", ";", "#", "%",
    "20023-01-01", "31.02.2024", "№", "«", "»", "1e999", "null", "NaN", "http://e.com/?a=1#b",
    "а" * 600, "9" * 400, "(" * 60, "* " * 60,
)
BYTES = (b"\xff", b"\xfe\xff", b"\xd0", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1a", b"\xef\xbb\xbf", b"PAR1", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Case:
    """A file to be read: the suffix of its name and its content."""

    suffix: str
    content: bytes


def _header(title: str, extra: str) -> str:
    return f"---\ntitle: {title}\npublished: 2024-03-05T10:00:00+03:00\nkeywords: [Самара, [[Мост]]]\nurl: https://e.com/1\n{extra}---\n\n"


def _markdown(title: str, bodies: list[str], extra: str) -> str:
    return _header(title, extra) + "\n\n".join(bodies) + "\n"


def _html(title: str, bodies: list[str], extra: str) -> str:
    paragraphs = "".join(f"<p>{body}</p>" for body in bodies * 2)
    return (f'<!doctype html><html><head><title>{title}</title><meta property="article:published_time" content="2024-03-05">'
            f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}"}}</script></head>'
            f"<body><article><h1>{title}</h1>{paragraphs}</article><!-- {extra} --></body></html>")


def _jsonl(title: str, bodies: list[str], extra: str) -> str:
    rows = ({"id": i, "title": title, "text": body, "published": "2024-03-05", "note": extra} for i, body in enumerate(bodies))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(title: str, bodies: list[str], extra: str, separator: str = ",") -> str:
    rows = (("id", "title", "text", "date", "note"), *((str(i), title, body, "2024-03-05", extra) for i, body in enumerate(bodies)))
    return "".join(separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows)


def _parquet(title: str, bodies: list[str], extra: str) -> bytes:
    sink = io.BytesIO()
    clean = [text.encode("utf-8", "replace").decode() for text in (title, extra)]
    pq.write_table(pa.table({"title": [clean[0]] * len(bodies), "text": bodies, "note": [clean[1]] * len(bodies)}), sink)
    return sink.getvalue()


Writer = Callable[[str, list[str], str], str | bytes]
WRITERS: dict[str, Writer] = {
    ".md": _markdown, ".markdown": _markdown, ".txt": lambda title, bodies, extra: "\n\n".join((title, *bodies)),
    ".jsonl": _jsonl, ".ndjson": _jsonl, ".csv": _csv, ".tsv": lambda title, bodies, extra: _csv(title, bodies, extra, "\t"),
    ".parquet": _parquet, ".html": _html, ".htm": _html,
}
assert set(WRITERS) == set(FORMATS), "a format without a seed is not fuzzed"


def _spoilt(text: str, places: list[tuple[float, str, int]]) -> str:
    """Something put at a place (a share of the length), in the stead of so many characters."""
    for share, spoil, gone in places:
        at = int(share * len(text))
        text = text[:at] + spoil + text[at + gone:]
    return text


def _broken(content: bytes, places: list[tuple[float, bytes]]) -> bytes:
    for share, spoil in places:
        at = int(share * len(content))
        content = content[:at] + spoil + content[at:]
    return content


SHARE = st.floats(0, 1, exclude_max=True)
SPOIL = st.one_of(st.sampled_from(SPOILS), st.text(max_size=4))
TEXT_SPOILS = st.lists(st.tuples(SHARE, SPOIL, st.sampled_from((0, 0, 0, 1, 7))), max_size=3)
BYTE_SPOILS = st.lists(st.tuples(SHARE, st.sampled_from(BYTES)), max_size=1)
PACKINGS = {"": bytes, ".gz": lambda c: gzip.compress(c, mtime=0), ".zst": zstandard.compress}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A file in some format, encoding and packing, whole or spoilt in up to a few places, seldom cut."""
    suffix = draw(st.sampled_from(list(WRITERS)))
    bodies = draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=3))
    title = draw(st.sampled_from(TITLES))
    content = WRITERS[suffix](title, bodies, draw(st.sampled_from(("", "note: да\n", "note: [1, {a: b}]\n", "x: 'it''s'\n"))))
    if isinstance(content, str):
        content = _spoilt(content, draw(TEXT_SPOILS))
        encoding = draw(st.sampled_from(("utf-8",) * 5 + ("utf-8-sig", "utf-16", "cp1251")))
        content = content.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    if draw(st.integers(0, 3)) == 0:
        content = _broken(content, draw(BYTE_SPOILS))
    packing = draw(st.sampled_from(("",) * 8 + (".gz", ".zst")))
    content = PACKINGS[packing](content)
    if draw(st.integers(0, 19)) == 0:
        content = content[:draw(st.integers(0, len(content)))]
    return Case(suffix + packing, content)
