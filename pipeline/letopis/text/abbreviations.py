"""Abbreviations that end in a full stop: razdel's and those of data/lexicons/abbreviations.tsv.

What it does not do: decide where a sentence ends (`boundaries`).
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from razdel.segmenters.sokr import HEAD_SOKRS, SOKRS

from letopis.resources import data_path

LONGEST = 20                # with the letters before it, 'в. р. и. о'
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_ABBREVIATED = re.compile(r"((?:(?<![\w-])[^\W\d_]{1,3}\s*\.\s*){0,3}(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)?)$")
_MEASURED = re.compile(r"\d\s*[^\W\d_]+$")
_GAP = re.compile(r"[\s.]+")


def kind(left: str) -> str | None:
    """What the lexicon says of the abbreviation at the end: 'в т. ч' is asked for as 'в т ч', then 'т ч', then 'ч'."""
    m = _ABBREVIATED.search(left, max(0, len(left) - LONGEST))
    words = _GAP.split(m.group().lower()) if m else []
    for i in range(len(words)):
        found = _lexicon().get(" ".join(words[i:]))
        if found is not None:
            return found if found != "unit" or _MEASURED.search(left) else None
    return None


def stands_before(left: str) -> bool:
    """Whether razdel knows the last word as an abbreviation of what stands before a name or a number."""
    m = _LAST_WORD.search(left)
    return m is not None and m.group().lower() in HEAD_SOKRS


def may_be_abbreviation(left: str) -> bool:
    """Whether the last four letters are those of any."""
    return left[-4:] in _endings()


@lru_cache(maxsize=1)
def _lexicon() -> Mapping[str, str]:
    lines = data_path("lexicons/abbreviations.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    return frozenset(word[-4:] for word in (*SOKRS, *_lexicon()))
