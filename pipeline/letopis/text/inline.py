"""Mark-up inside a line of Markdown: emphasis, code, links, images, wiki links, footnote marks, escapes.

Bare addresses ('https://...') are left as they are, each one token later. What it does not do: look across lines; by now
every block is one.
"""

import re
from collections.abc import Iterator

from letopis.text.origin import Edit

# Bounded, so that a text of nothing but marks costs no more than its length.
_TARGET = r"(?:\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\])"
_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<!`)(?P<ticks>`{1,5}+)(?P<code>[^`\n]{1,1000})(?P=ticks)"
    rf"|(?P<image>!\[\[[^\[\]\n]{{0,500}}\]\]|!\[[^\]\n]{{0,500}}\]{_TARGET})"
    r"|\[\[(?:[^\[\]|\n]{0,300}\|)?(?P<wiki>[^\[\]|\n]{1,300})\]\]"
    r"|(?P<footnote>\[\^[^\]\s]{1,50}\])"
    r"|<(?P<address>(?:https?://|mailto:)?[^<>\s@]{0,500}[@/][^<>\s]{0,500})>"
    r"|(?P<url>(?:https?://|www\.)[^\s<>()\[\]]+)"
    r"|(?P<open>\[)"
    rf"|\](?P<target>{_TARGET})"
    r"|(?P<run>\*+|_+|~~)"
    r"|(?P<end>\n)"
)
_KEPT = ("escaped", "code", "wiki", "address")


def inline(text: str) -> Iterator[Edit]:
    """Edits that leave what a reader sees."""
    brackets: list[int] = []
    runs: dict[str, int] = {}
    for m in _MARK.finditer(text):
        name = m.lastgroup or ""
        if name == "end":
            brackets, runs = [], {}
        elif name == "open":
            brackets.append(m.start())
        elif name == "target" and brackets:
            yield from _link(text, brackets.pop(), m)
        elif name == "run":
            yield from _emphasis(text, runs, m)
        elif name in _KEPT:
            yield m.start(), m.start(name), ""
            yield m.end(name), m.end(), ""
        elif name in ("image", "footnote"):
            yield m.start(), m.end(), ""


def _link(text: str, opening: int, closing: re.Match[str]) -> Iterator[Edit]:
    """'[текст](адрес)' and '[текст][имя]', but not '[1][2]'."""
    if closing.group("target")[0] == "(" or not text[opening + 1:closing.start()].isdigit():
        yield opening, opening + 1, ""
        yield closing.start(), closing.end(), ""


def _emphasis(text: str, runs: dict[str, int], m: re.Match[str]) -> Iterator[Edit]:
    """'**Москва**' and '_Москва_', but not 'Meta*', '2 * 2' or 'a_b': `runs` are the marks that wait for their pair."""
    run, start, end = m.group(), m.start(), m.end()
    before, after = text[start - 1:start] if start else "", text[end:end + 1]
    inside = before.isalnum() and after.isalnum() and (len(run) == 1 or run[0] == "_")
    if len(run) > 3 or inside:
        return
    opening = runs.pop(run, None)
    if opening is not None and before.strip():
        yield opening, opening + len(run), ""
        yield start, end, ""
    elif after.strip() and not (before.isalnum() and len(run) == 1):
        runs[run] = start
    elif opening is not None:
        runs[run] = opening
