"""The lines of Markdown: headings, quotes, items, tables, fences; HTML tags; and the mark-up inside lines.

Each function gives edits of one pass (see `origin`), in this order: `html`, `lines` with `lines.fold`, `inline`. What it does
not do: render; links lose their target, images everything but the text of one that stands alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from letopis.text.lines import Line, is_credit, split
from letopis.text.origin import Edit

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?::\w+)?(?:\s[^<>]*|/?)>")
_BLOCK_TAGS = re.compile(
    r"p|div|[uo]l|li|h[1-6]|hr|t[rdh]|table|blockquote|figure|figcaption|section|article|header|footer"
)
_UNREAD = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))

# All but the first are asked of a line without the blanks at its edges.
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_FENCE = re.compile(r"```|~~~")
_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
_CLOSING = re.compile(r"\s#+$")
_RULE = re.compile(r"(?:-(?:[ \t]*-){2,}|\*(?:[ \t]*\*){2,}|_(?:[ \t]*_){2,})$")
_UNDERLINE = re.compile(r"(?:={2,}|-{2,})$")
_ITEM = re.compile(r"(?:[-*+•‣▪●►]|\d{1,3}[.)])[ \t\xa0]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_DEFINITION = re.compile(r"\[(?!\^)[^\]\n]{1,200}\]:\s*\S+(?:\s[\"'(].*)?$")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,200}\]:\s*")
_IMAGE = re.compile(r"!\[([^\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\))?$")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?$")
UNDERLINED = 150            # a longer paragraph over '---' is no heading: the dashes part it from what follows


def html(text: str) -> Iterator[Edit]:
    """Tags and comments, with what scripts and styles hold; block tags and <br> end a line."""
    if "<" not in text:
        return
    for opening, closing in _UNREAD:
        yield from _between(text, opening, closing)
    for m in _TAG.finditer(text):
        name = m.group(1).lower()
        yield m.start(), m.end(), "\n\n" if _BLOCK_TAGS.fullmatch(name) else "\n" if name == "br" else ""


def _between(text: str, opening: str, closing: str) -> Iterator[Edit]:
    """Whole, unless it is never closed."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    start = lower.find(opening)
    while start >= 0 and (end := lower.find(closing, start)) >= 0:
        yield start, end + len(closing), ""
        start = lower.find(opening, end)


def lines(text: str) -> list[Line]:
    """The lines of a text without HTML."""
    found: list[Line] = []
    fenced = False
    for begin, stop, after in split(text):
        content = text[begin:stop].strip()
        if _FENCE.match(content):
            fenced = not fenced
            found.append(Line(begin, stop, stop, stop, after, ""))
        elif fenced and content:
            found.append(Line(begin, begin, stop, stop, after, "paragraph", opens=True))
        elif _UNDERLINE.match(content) and found and found[-1].kind == "paragraph":
            found = _underlined(found)
            found.append(Line(begin, stop, stop, stop, after, ""))
        elif content[:1] == content[-1:] == "|" and not _DELIMITERS.match(content):
            found += _cells(text, begin, stop, after)
        else:
            found.append(_line(text, begin, stop, after))
    return found


def _line(text: str, begin: int, stop: int, after: int) -> Line:
    quote = _QUOTE.match(text, begin, stop)
    start, end = _edges(text, quote.end() if quote else begin, stop)
    content = text[start:end]
    if not content or any(nothing.match(content) for nothing in (_RULE, _UNDERLINE, _DEFINITION, _DELIMITERS)):
        return Line(begin, stop, stop, stop, after, "")
    closes = text[end - 1] == "\\" or text[end:stop].startswith("  ")
    line = Line(begin, start, end - (text[end - 1] == "\\"), stop, after, "paragraph", closes=closes, soft=True)
    line = _marked(content, line)
    return replace(line, kind="quote") if quote else line


def _edges(text: str, start: int, stop: int) -> tuple[int, int]:
    """Without the blanks at the edges."""
    content = text[start:stop]
    inner = content.strip()
    return start + len(content) - len(content.lstrip()), stop - len(content) + len(content.rstrip()) if inner else start


def _marked(content: str, line: Line) -> Line:
    """The line without the mark it begins with, and of the kind that says."""
    if m := _IMAGE.match(content):
        return replace(line, start=line.start + m.start(1), end=line.start + m.end(1), kind="caption", opens=True)
    if m := _HEADING.match(content):
        closing = _CLOSING.search(content, m.end())
        end = line.start + closing.start() if closing else line.end
        return replace(line, start=line.start + m.end(), end=end, kind="heading", opens=True)
    if m := _ITEM.match(content) or _FOOTNOTE.match(content):
        return replace(line, start=line.start + m.end(), kind="item", opens=True)
    return replace(line, kind="caption", opens=True) if is_credit(content.lstrip("*_")) else line


def _underlined(found: list[Line]) -> list[Line]:
    """'Заголовок' over '=====': the paragraph is a heading if it is short."""
    first = len(found) - 1
    while first and found[first - 1].kind == "paragraph" and not found[first].opens:
        first -= 1
    if found[-1].end - found[first].start > UNDERLINED:
        return found
    return found[:first] + [replace(line, kind="heading") for line in found[first:]]


def _cells(text: str, begin: int, stop: int, after: int) -> list[Line]:
    """'| а | б |': each cell is an item, and the pipe its line break."""
    pipes = [i for i in range(begin, stop) if text[i] == "|" and text[i - 1:i] != "\\"]
    if len(pipes) < 2:
        return [_line(text, begin, stop, after)]
    cells = [
        Line(a + 1, a + 1, b, b, b + 1, "item" if text[a + 1:b].strip() else "", opens=True) for a, b in pairwise(pipes)
    ]
    cells[0] = replace(cells[0], begin=begin)
    cells[-1] = replace(cells[-1], stop=stop, after=after)
    return cells
