"""One key for the spellings of a name: 'Черёмин', 'черемин', 'Cheryomin' and 'Cheremin' all fold to 'ceremin'.

The key is for search alone. `static/fold.js` does the same in the browser, and a test holds the two together.
"""

import re
import unicodedata
from functools import lru_cache

LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
}
SPELLINGS = (                         # in this order: how Latin letters are written for one Russian sound
    ("shch", "q"), ("sch", "q"), ("tch", "c"), ("ch", "c"), ("sh", "q"), ("zh", "j"), ("kh", "h"), ("tz", "ts"), ("ph", "f"),
    ("ck", "k"), ("x", "ks"), ("w", "v"), ("yo", "e"), ("jo", "e"), ("ye", "e"), ("y", "i"), ("ie", "e"), ("io", "o"),
)
_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """'Хрущёв' -> 'hruqev', 'Khrushchev' -> 'hruqev'. Letters of other alphabets stay."""
    plain = unicodedata.normalize("NFD", word.lower().replace("й", "и").replace("ё", "е"))
    plain = "".join(LETTERS.get(ch, ch) for ch in plain if not unicodedata.category(ch).startswith("M"))
    for spelling, sound in SPELLINGS:
        plain = plain.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", plain)


def words_of(name: str) -> list[str]:
    """The words of a name or a query, in order: runs of letters and digits."""
    return _WORD.findall(name.replace("’", "").replace("'", ""))
