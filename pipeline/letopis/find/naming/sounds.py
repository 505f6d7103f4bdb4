"""How a coined name sounds, in whatever letters: 'Pfizer' and 'Пфайзер', and its misspellings.

Contract. A key of consonants: names that differ share it rarely, spellings of one name mostly. It is evidence, no proof.
"""

import re
import unicodedata
from functools import lru_cache

from letopis.find.naming.people import skeleton

ENOUGH = 4                            # consonants: fewer are shared by chance
_PAIRS = {"sh": "ш", "ch": "ч", "zh": "ж", "ph": "ф", "th": "т", "ck": "к", "kh": "х", "ts": "ц", "qu": "кв",
          "ce": "се", "ci": "си", "cy": "си"}
_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")      # of 'Soumaïla Cissé', 'Сумаила Сиссе'
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввиз") | {ord("x"): "кс", ord("з"): "с"}


@lru_cache(maxsize=30_000)
def sound(name: str) -> str:
    """'ryanair' and 'райанэйр' -> 'рнр'; '' for a name of too few consonants."""
    found = bones(name)
    return found if len(found) >= ENOUGH else ""


@lru_cache(maxsize=30_000)
def bones(name: str) -> str:
    """The same of a name of any length."""
    plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", name.lower())))
    cyrillic = re.sub("|".join(_PAIRS), lambda m: _PAIRS[m[0]], plain).translate(_LETTERS).translate(_LETTERS)
    return skeleton(cyrillic.replace(" ", "").replace("-", ""))
