"""How a coined name sounds, in whatever letters: 'Pfizer' and 'Пфайзер', and its misspellings.

Contract. A key of consonants: names that differ share it rarely, spellings of one name mostly. It is evidence, no proof.
"""

import re
from functools import lru_cache

from letopis.find.naming.people import skeleton

ENOUGH = 4                            # consonants: fewer are shared by chance
_PAIRS = {"sh": "ш", "ch": "ч", "zh": "ж", "ph": "ф", "th": "т", "ck": "к", "kh": "х", "ts": "ц", "qu": "кв"}
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввиз") | {ord("x"): "кс", ord("з"): "с"}


@lru_cache(maxsize=30_000)
def sound(name: str) -> str:
    """'ryanair' and 'райанэйр' -> 'рнр'; '' for a name of too few consonants."""
    found = bones(name)
    return found if len(found) >= ENOUGH else ""


@lru_cache(maxsize=30_000)
def bones(name: str) -> str:
    """The same of a name of any length."""
    cyrillic = re.sub("|".join(_PAIRS), lambda m: _PAIRS[m[0]], name.lower()).translate(_LETTERS).translate(_LETTERS)
    return skeleton(cyrillic.replace(" ", "").replace("-", ""))
