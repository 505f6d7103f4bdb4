"""Characters nobody sees: what is deleted or replaced so that words compare equal. Nothing here knows mark-up or lines.

After these passes a text is NFC, has no soft hyphens, stress marks, zero-width marks or control characters, and its only
blanks are ' ' and the '\\n' that were there before.
"""

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import is_normalized, normalize

from letopis.text.origin import Edit, Traced, edit

# Soft hyphen, zero-width and direction marks, BOM, variation selectors, control characters (\x0a stays).
_UNSEEN = (
    "\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x90\x95\x98-\x9f"
)
_BLANKS = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# cp1252 read as Latin-1: '\x97' for a dash
_MISREAD = {"\x85": "…", "\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”", "\x96": "–", "\x97": "—"}
_STRESSED = {"ѐ": "е", "ѝ": "и", "Ѐ": "Е", "Ѝ": "И"}
_SPECIAL = re.compile(f"[{_UNSEEN}]|[{_BLANKS}]|[{''.join(_MISREAD)}{''.join(_STRESSED)}]")
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_MARKED = re.compile("([^\n]?)([\u0300-\u036f\u0483-\u0489]+)")
_STRESS = str.maketrans("", "", "\u0300\u0301\u0340\u0341")
_VOWELS = frozenset("аеёиоуыэюяіїєѣАЕЁИОУЫЭЮЯІЇЄѢ")
# Scripts whose letters compose in other ways (Hangul, Indic) or are unified by NFC (Å, Ω): whole runs are normalised.
_EXOTIC = re.compile("[^\n]?[^\\x00-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});")


def clean(traced: Traced) -> Traced:
    """Without what nobody sees, composed."""
    traced = edit(traced, _special(traced.text))
    if is_normalized("NFC", traced.text) and not _MARKED.search(traced.text):
        return traced
    traced = edit(traced, _composed(traced.text))
    if is_normalized("NFC", traced.text):
        return traced
    return edit(traced, _normalised(traced.text))


def entities(text: str) -> Iterator[Edit]:
    """'&quot;' -> '"', in whatever format: sources forget to unescape. Line breaks become blanks."""
    for m in _ENTITY.finditer(text):
        new = unescape(m.group())
        if new != m.group():
            yield m.start(), m.end(), " " if new.isspace() else new


def _special(text: str) -> Iterator[Edit]:
    for m in _SPECIAL.finditer(text):
        character = m.group()
        new = _MISREAD.get(character) or _STRESSED.get(character) or ("" if _IS_UNSEEN.match(character) else " ")
        yield m.start(), m.end(), new


def _composed(text: str) -> Iterator[Edit]:
    """'и' + U+0306 -> 'й'; 'а' + U+0301 -> 'а', a stress mark, while 'é' and Macedonian 'ѓ' stay."""
    for m in _MARKED.finditer(text):
        base, marks = m.groups()
        new = normalize("NFC", base + (marks.translate(_STRESS) if base in _VOWELS else marks))
        if new != m.group():
            yield m.start(), m.end(), new


def _normalised(text: str) -> Iterator[Edit]:
    for m in _EXOTIC.finditer(text):
        new = normalize("NFC", m.group())
        if new != m.group():
            yield m.start(), m.end(), new
