"""Documents -> Readings: the clean text of each annotated field, its blocks, and the way back to the original.

The title is a reading of its own unless the body repeats it as its first heading. What it does not do: sentences.
"""

import re

import numpy as np

from letopis.layers import Block, Document, Documents, Readings
from letopis.text import lines, markdown
from letopis.text.characters import clean, entities
from letopis.text.inline import inline
from letopis.text.origin import Traced, edit, trace

_LETTERS = re.compile(r"\w+")


def read(documents: Documents) -> Readings:
    """Clean the title and the body of every annotated document; fields without a visible character have no reading."""
    rows = [
        (i, field, traced, blocks)
        for i, document in enumerate(documents)
        if document.annotated
        for field, traced, blocks in _fields(document)
        if blocks
    ]
    return Readings(
        np.array([row[0] for row in rows], np.int32),
        tuple(row[1] for row in rows),
        tuple(row[2].text for row in rows),
        tuple(row[2].start for row in rows),
        tuple(row[2].end for row in rows),
        tuple(row[3] for row in rows),
    )


def _fields(document: Document) -> list[tuple[str, Traced, tuple[Block, ...]]]:
    body, blocks = _body(document.text, document.format == "markdown")
    title = _title(document.title or "")
    if blocks and _repeats(title.text, body.text[blocks[0].start:blocks[0].end]):
        return [("text", body, (Block(blocks[0].start, blocks[0].end, "heading"), *blocks[1:]))]
    return [("title", title, _blocks(title.text, ["heading"])), ("text", body, blocks)]


def _title(text: str) -> Traced:
    traced = edit(trace(text), ((begin, after, " ") for _, begin, after in lines.split(text) if after > begin))
    return clean(edit(traced, entities(traced.text)))


def _body(text: str, is_markdown: bool) -> tuple[Traced, tuple[Block, ...]]:
    """The passes in their order; after `fold` every block is one line, and no pass touches a line break."""
    traced = trace(text)
    if is_markdown:
        traced = edit(traced, markdown.html(traced.text))
    edits, kinds = lines.fold(traced.text, (markdown.lines if is_markdown else lines.plain)(traced.text))
    traced = edit(traced, edits)
    if is_markdown:
        traced = edit(traced, inline(traced.text))
    traced = clean(edit(traced, entities(traced.text)))
    return traced, _blocks(traced.text, kinds)


def _blocks(text: str, kinds: list[str]) -> tuple[Block, ...]:
    """One for each line that is not blank, without the blanks at its edges."""
    blocks, start = [], 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        content = line.strip()
        if content:
            inner = start + line.index(content)
            blocks.append(Block(inner, inner + len(content), kind or "paragraph"))
        start += len(line) + 1
    return tuple(blocks)


def _repeats(title: str, first: str) -> bool:
    """'Взрыв в Баку - РИА Новости' is repeated by 'Взрыв в Баку': one is the other, but for what a site adds."""
    a, b = (" ".join(_LETTERS.findall(text.casefold())) for text in (title, first))
    short, long = sorted((a, b), key=len)
    return bool(short) and long.startswith(short) and len(short) >= len(long) / 2
