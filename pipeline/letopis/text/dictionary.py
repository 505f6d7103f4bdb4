"""The dictionary: every parse pymorphy3 knows for a word form, asked once a form.

natasha asks for pymorphy2; pymorphy3 gives the same output, so it takes that place and one dictionary is in memory.
"""

import re
import sys
from functools import lru_cache
from typing import Any
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


@lru_cache(maxsize=50_000)
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


def inflected(parse: Parse, grammemes: frozenset[str]) -> str | None:
    """The word of `parse.inflect`, read from its paradigm: pymorphy3 would make every form of the word first."""
    stack = parse.methods_stack
    if len(stack) > 1 or not isinstance(stack[0][0], DictionaryAnalyzer):
        found = parse.inflect(set(grammemes))
        return str(found.word) if found else None
    _, _, number, place = stack[0]
    chosen = _inflection(number, place, grammemes)
    if chosen is None:
        return None
    (prefix, _, suffix), word = paradigm(number)[place], str(parse.word)
    return chosen[0] + word[len(prefix):len(word) - len(suffix)] + chosen[1]


@lru_cache(maxsize=20_000)
def _inflection(number: int, place: int, grammemes: frozenset[str]) -> tuple[str, str] | None:
    """Prefix and suffix of the form with these grammemes that is most like the one in a place, of equals the first."""
    forms = paradigm(number)
    fitting = [form for form in forms if grammemes <= form[1].grammemes]
    if not fitting:
        grammemes = analyzer().TagClass.fix_rare_cases(grammemes)
        fitting = [form for form in forms if grammemes <= form[1].grammemes]
    wanted = forms[place][1].updated_grammemes(grammemes)
    like = (len(wanted & tag.grammemes) - 0.1 * len(wanted ^ tag.grammemes) for _, tag, _ in fitting)
    best = max(zip(like, fitting, strict=True), key=lambda one: one[0], default=None)
    return (best[1][0], best[1][2]) if best else None


@lru_cache(maxsize=4000)
def paradigm(number: int) -> tuple[tuple[str, Any, str], ...]:
    """Prefix, tag and suffix of every form of the words that decline alike; a parse names its paradigm and its place there."""
    return tuple(analyzer().dictionary.build_paradigm_info(number))
