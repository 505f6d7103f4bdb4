"""Pairs of quotation marks in a running text, with the usual ways of leaving one out.

Contract: `marked(clean, breaks)` gives every stretch between two marks that belong together, in order of start; stretches nest
or are apart, but for marks that two stretches share. Nothing is decided about what the marks mean: a title, irony or speech.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

_MARK = re.compile("[«»\"„“”‟]")
_BEFORE_OPENING = " \t\n\r\u00a0\u2028([{–—-/:;«„“\"…"
_AFTER_CLOSING = " \t\n\r\u00a0\u2028)]},.!?;:…–—-»”“\""
_CLOSES = {"«": "»", "„": "“”\"", "\"": "\"”", "“": "”\"“", "”": "”\"", "‟": "”\""}
_REPORT = re.compile(r"[,!?…»\"]\s*[–—-]\s+(?=[а-яё])")     # 'Ждать нечего, – заявил министр'
_STOP = re.compile(r"[.!?…](?=\s|$)")
_FARTHEST = 4000                                           # characters a quote over several paragraphs may run


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between two marks, the marks not included; `closed` is False where the second one is missing."""

    start: int
    end: int
    closed: bool


def marked(clean: str, breaks: list[int]) -> list[Marked]:
    """Stretches between marks; `breaks` are the offsets where paragraphs end, in order."""
    if not _MARK.search(clean):
        return []
    out: list[Marked] = []
    opened: list[tuple[int, str]] = []
    limit = _break_after(breaks, 0, len(clean))
    for at in (*(m.start() for m in _MARK.finditer(clean)), len(clean)):
        while opened and limit <= at:
            _leave(clean, limit, opened, out)
            if limit == len(clean):
                break
            limit = _break_after(breaks, limit, len(clean))
        if at < len(clean):
            limit = max(limit, _break_after(breaks, at, len(clean)))
            _take(clean, at, opened, out)
    return sorted(out, key=lambda m: (m.start, -m.end))


def _break_after(breaks: list[int], offset: int, size: int) -> int:
    at = bisect_right(breaks, offset)
    return breaks[at] if at < len(breaks) else size


def _take(clean: str, at: int, opened: list[tuple[int, str]], out: list[Marked]) -> None:
    mark = clean[at]
    if _is_opening(clean, at, opened):
        if not (opened and _repeats(clean, at, opened[-1])):
            opened.append((at, mark))
        return
    for level in range(len(opened) - 1, -1, -1):
        start, kind = opened[level]
        if mark in _CLOSES[kind]:
            for lost, _ in opened[:level:-1]:
                out.append(Marked(lost + 1, at, False))
            del opened[level:]
            out.append(Marked(start + 1, at, True))
            return


def _is_opening(clean: str, at: int, opened: list[tuple[int, str]]) -> bool:
    mark = clean[at]
    if mark in "«„‟":
        return True
    if mark == "»" or (mark == "“" and any(kind == "„" for _, kind in opened)):
        return False
    before = at == 0 or clean[at - 1] in _BEFORE_OPENING
    after = at + 1 == len(clean) or clean[at + 1] in _AFTER_CLOSING
    if before != after:
        return before
    if at and clean[at - 1] in " \n\u00a0" and clean[at + 1:at + 2] not in (" ", ","):
        return True                                        # '"...И так далее', '"-'
    return not any(mark in _CLOSES[kind] for _, kind in opened)


def _repeats(clean: str, at: int, last: tuple[int, str]) -> bool:
    """A mark that opens a further paragraph of a quote that runs on."""
    start, kind = last
    line = max(clean.rfind("\n", start, at), clean.rfind("\u2028", start, at))
    return clean[at] == kind and line >= 0 and not clean[line:at].strip()


def _leave(clean: str, limit: int, opened: list[tuple[int, str]], out: list[Marked]) -> None:
    """At the end of a paragraph: keep open what is closed in a later one, end the rest where its speech seems to end."""
    while opened:
        start, kind = opened[-1]
        if limit < len(clean) and _runs_on(clean, limit, start, kind):
            return
        opened.pop()
        out.append(Marked(start + 1, _end_of_unclosed(clean, start + 1, limit, out), False))


def _runs_on(clean: str, limit: int, start: int, kind: str) -> bool:
    """The marks that follow close this one too, before it gets too long."""
    level: list[tuple[int, str]] = [(start, kind)]
    for mark in _MARK.finditer(clean, limit, start + _FARTHEST):
        at = mark.start()
        if not _is_opening(clean, at, level):
            if clean[at] in _CLOSES[level[-1][1]]:
                level.pop()
        elif not _repeats(clean, at, level[-1]):
            level.append((at, clean[at]))
        if not level:
            return True
    return False


def _end_of_unclosed(clean: str, start: int, limit: int, out: list[Marked]) -> int:
    ends = [m.end for m in out if start <= m.start and m.end < limit]
    shared = [end for end in ends if clean[end + 1:end + 2] in ("", ",", ".")]     # '«... поддерживать «Хезболлу», – заявил он'
    report = _REPORT.search(clean, start, limit)
    found = shared[:1] + ([report.start()] if report else [])
    if found:
        return min(found)
    stop = _STOP.search(clean, start, limit)
    return stop.start() if stop else limit
