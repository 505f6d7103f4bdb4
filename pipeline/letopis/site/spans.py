"""A sentence cut at the spans that a page highlights."""

from collections.abc import Iterable
from typing import Any

Span = tuple[int, int, str]                      # start, end, what it is ('hit', or a role)

HIT = "hit"


def segments(text: str, start: int, spans: Iterable[Span]) -> list[Any]:
    """['Мэр ', ['Драган Митрович', 'agent'], ' уже ', ['поздравил', 'hit'], ...]; `start` is the offset of `text` itself.

    Of spans that overlap the hit stands, then the first; what lies outside of the text is left out.
    """
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[2] != HIT, s[0], -s[1], s[2])):
        inside = start <= span[0] < span[1] <= start + len(text)
        if inside and all(span[1] <= other[0] or other[1] <= span[0] for other in chosen):
            chosen.append(span)
    parts: list[Any] = []
    done = start
    for first, last, kind in sorted(chosen):
        parts += [text[done - start:first - start], [text[first - start:last - start], kind]]
        done = last
    return [p for p in (*parts, text[done - start:]) if p]
