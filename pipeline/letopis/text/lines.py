"""Lines -> blocks: which line breaks end a paragraph, and what plain text says about the kind of its lines.

A `Line` is what is read of a line and how it is told from the one before. `fold` makes every block one line: a break inside
a block becomes a blank, any other '\\n'. What it does not do: mark-up, which is `markdown`'s.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from letopis.text.origin import Edit

_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\u2028\u2029]")
_BULLET = re.compile(r"\s*[•‣▪●○►▶■◆·]\s*")
_CREDIT = re.compile(r"\s*(?:Фото|На фото|Иллюстрация|Снимок|Видео)(?: с сайта)?\s*[:©]", re.I)
_STOPS = ".!?…"
_CLOSERS = "»”\"')]*_ \t\xa0"
_GOES_ON = (",", ";", "—", "–", "(", "«", "„")
NARROW = 130                # hard-wrapped text is no wider
TITLE = 120                 # and a heading of plain text no longer


@dataclass(frozen=True, slots=True)
class Line:
    """Offsets of a line, of what is read of it, and of its line break."""

    begin: int
    start: int
    end: int
    stop: int                         # where the line break begins; `after` is where it ends
    after: int
    kind: str                         # paragraph, heading, item, quote, caption; '' for a blank line
    opens: bool = False               # it begins a block, whatever stands before
    closes: bool = False              # the next line begins one, unless this one evidently goes on
    soft: bool = False                # a break after it means nothing by itself (Markdown)


def split(text: str) -> Iterator[tuple[int, int, int]]:
    """(begin, end, where the next begins) of each line."""
    begin = 0
    for m in _LINE_END.finditer(text):
        yield begin, m.start(), m.end()
        begin = m.end()
    yield begin, len(text), len(text)


def plain(text: str) -> list[Line]:
    """The lines of a text without mark-up."""
    lines = [_plain_line(text, *bounds) for bounds in split(text)]
    read = [i for i, line in enumerate(lines) if line.kind]
    width = _wrap_width(text, lines)
    for i, following in pairwise(read):
        first, line = i == read[0], lines[i]
        goes_on = following == i + 1 and _joins(text, line, lines[following], width)
        if not goes_on and line.kind == "paragraph" and not _is_inside(text, lines, i, width):
            content, rest = (text[x.start:x.end].strip() for x in (line, lines[following]))
            if (_is_title if first else _is_subheading)(content, rest):
                lines[i] = replace(line, kind="heading", opens=True)
    return lines


def _plain_line(text: str, begin: int, stop: int, after: int) -> Line:
    content = text[begin:stop]
    if not content or content.isspace():
        return Line(begin, stop, stop, stop, after, "")
    if m := _BULLET.match(content):
        return Line(begin, begin + m.end(), stop, stop, after, "item", opens=True)
    return Line(begin, begin, stop, stop, after, "caption" if is_credit(content) else "paragraph")


def is_credit(content: str) -> bool:
    """'Фото: РИА Новости'."""
    return len(content) < 200 and _CREDIT.match(content) is not None


def _is_inside(text: str, lines: Sequence[Line], i: int, width: int) -> bool:
    return i > 0 and _joins(text, lines[i - 1], lines[i], width)


def _is_title(content: str, rest: str) -> bool:
    """The first line, where it is short and has no full stop: 'Взрыв в Баку: кто виноват?'."""
    return 1 < len(content) <= TITLE + 30 and content[-1] not in ".…:;,—–-" and _capital(content) and bool(rest)


def _is_subheading(content: str, rest: str) -> bool:
    """A later one before a paragraph: 'Что известно о взрыве'."""
    return len(rest) > max(len(content), TITLE) and content[-1] not in "!?»\"" and _is_title(content, rest)


def _capital(content: str) -> bool:
    return content[0].isupper() or content[0].isdigit() or content[0] in "«\"“„"


def fold(text: str, lines: Sequence[Line]) -> tuple[list[Edit], list[str]]:
    """The edits that make each block one line, and the kind of each line there is afterwards."""
    edits: list[Edit] = []
    kinds: list[str] = []
    width = _wrap_width(text, lines)
    for before, line in zip([None, *lines], lines, strict=False):
        joined = before is not None and _joins(text, before, line, width)
        if not joined:
            kinds.append(line.kind)
        if before is not None and text[before.stop:before.after] != (new := " " if joined else "\n"):
            edits.append((before.stop, before.after, new))
        edits += [(line.begin, line.start, "")] * (line.begin < line.start)
        edits += [(line.end, line.stop, "")] * (line.end < line.stop)
    return edits, kinds


def _joins(text: str, before: Line, line: Line, width: int) -> bool:
    """Whether the line goes on with the block of the one before."""
    if not before.kind or not line.kind or line.opens or before.kind in ("heading", "caption"):
        return False
    if line.kind != before.kind and not (before.kind == "item" and line.kind == "paragraph"):
        return False
    if _goes_on(text, before, line):
        return True
    if before.closes:
        return False
    return (width > 0 and _is_full(text, before, line, width)) or (before.soft and not _ends_sentence(text, before))


def _goes_on(text: str, before: Line, line: Line) -> bool:
    """'встретился с\\nпремьером', 'сказал он,\\n...': no sentence ends here."""
    last = text[before.start:before.end].rstrip()
    first = text[line.start:line.end].lstrip()[:1]
    return last.endswith(_GOES_ON) or (first.islower() and not _ends_sentence(text, before)) or first in (",", ")", "»")


def _ends_sentence(text: str, line: Line) -> bool:
    return text[line.start:line.end].rstrip(_CLOSERS).endswith(tuple(_STOPS))


def _wrap_width(text: str, lines: Sequence[Line]) -> int:
    """The width a text is hard-wrapped to, or 0: its lines end where the next word would not have fitted."""
    breaks = [(a, b) for a, b in pairwise(lines) if a.kind and b.kind and not b.opens]
    if len(breaks) < 3:
        return 0
    width = max(line.end - line.begin for pair in breaks for line in pair)
    full = sum(_is_full(text, a, b, width) for a, b in breaks)
    return width if width <= NARROW and full >= 0.6 * len(breaks) else 0


def _is_full(text: str, before: Line, line: Line, width: int) -> bool:
    word = text[line.start:line.end].split(maxsplit=1)[:1]
    return before.end - before.begin + 1 + len(word[0] if word else "") > width
