"""The dictionary: every parse pymorphy3 knows for a word form, asked once a form.

natasha asks for pymorphy2; pymorphy3 gives the same output, so it takes that place and one dictionary is in memory.
"""

import re
import sys
from functools import lru_cache
from unicodedata import name

import pymorphy3
from pymorphy3.analyzer import Parse
from pymorphy3.units import DictionaryAnalyzer

_ORDINARY = re.compile(r"[\x00-\u052f]*")

sys.modules.setdefault("pymorphy2", pymorphy3)


@lru_cache(maxsize=1)
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The analyzer of this process."""
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=200_000)
def parses(form: str) -> tuple[Parse, ...]:
    """All parses of a word form, most probable first; at least one."""
    return tuple(analyzer().parse(form if _ORDINARY.fullmatch(form) else _named(form)))


def _named(form: str) -> str:
    """pymorphy3 asks for the Unicode name of every letter; some, as Tangut's '𗀀', have none."""
    return "".join(c if name(c, "") or not c.isalpha() else "\ufffd" for c in form)


def is_known(form: str) -> bool:
    """Whether the dictionary has the form itself, rather than a guess by its parts."""
    stacks = [parse.methods_stack for parse in parses(form)]
    return any(len(stack) == 1 and isinstance(stack[0][0], DictionaryAnalyzer) for stack in stacks)
