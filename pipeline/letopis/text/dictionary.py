"""The dictionary: every parse pymorphy3 knows for a word form, asked once a form.

natasha asks for pymorphy2; pymorphy3 gives the same output, so it takes that place and one dictionary is in memory.
"""

import sys
from functools import lru_cache

import pymorphy3
from pymorphy3.analyzer import Parse

sys.modules.setdefault("pymorphy2", pymorphy3)


@lru_cache(maxsize=1)
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The analyzer of this process."""
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=200_000)
def parses(form: str) -> tuple[Parse, ...]:
    """All parses of a word form, most probable first."""
    return tuple(analyzer().parse(form))
