"""What language a text is in, and so whether it is annotated: by the alphabet first, by a model where that is not enough.

Contract: `is Russian` is decided by the text; the language that the source states only settles short texts. The rules are
tried in order and the first that answers wins. The model (py3langid; 0.4 s and 90 MB to load) is asked only for texts
that no letter gives away: Latin script other than English, rare neighbours of Russian.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.02 s beside numpy; the model itself is loaded when asked

_PIECES, _PIECE = 6, 250                  # a text is told by so many pieces of it, spread evenly, of so many characters
_SHORT = 60                               # letters under which what the source states goes before the words
_PLAUSIBLE = (
    "ru uk be bg mk sr kk ky tg tt ba mn en de fr es it pt nl pl cs sk sl hr bs ro hu lt lv et fi sv no da tr az uz tk "
    "hy ka el he ar fa zh ja ko"
)
_CYRILLIC = frozenset(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "tt", "ba", "mn"))
_WELL_AHEAD = 10.0                        # log odds: 30 letters of Russian lie behind by more once in 200 times
_ENGLISH = frozenset(("the", "of", "and", "to", "in", "is", "was", "for", "that", "with", "on", "by", "at", "from", "has"))
_RUSSIAN_OWN = "что чтобы как это для из к его её их был была были или уже также после который которая которые"
_RUSSIAN_AND_BULGARIAN = "в и на не по с от до за о у а во со об ко при под он она они было но же только более году года"
_NOT_BULGARIAN = frozenset(_RUSSIAN_OWN.split())
_RUSSIAN = _NOT_BULGARIAN | frozenset(_RUSSIAN_AND_BULGARIAN.split())        # a quarter of the words of Russian news
_BULGARIAN_HARD_SIGN = re.compile(r"ъ(?=[бвгджзклмнпрстфхцчшщ])")        # 'първият'; Russian has 'съезд', 'объём'
_RUSSIAN_ALPHABET = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_FOREIGN_SHARE = 0.025                    # 'і', 'ї', 'є' are 0.065 of Ukrainian, a quoted sentence stays below
_TELLING = (                              # the first whose letters are a tenth of the foreign ones and in whose company one is
    ("ӣҷӯ", "", "tg"), ("ҡҙҫ", "", "ba"), ("җ", "", "tt"), ("і", "қғңәө", "kk"), ("ў", "қғҳ", "uz"), ("ў", "", "be"),
    ("љњћђ", "", "sr"), ("ѓќѕ", "", "mk"), ("їєґ", "", "uk"),
)
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+|<[^<>]*>")     # Latin letters that are no language: links, tags of HTML
_WORD = re.compile(r"\w+")
_ENOUGH_WORDS = 0.08                      # share of function words: Russian news have 0.15 to 0.35


@dataclass(frozen=True, slots=True)
class _Letters:
    """A sample in small letters and how often each Cyrillic letter is in it."""

    sample: str
    cyrillic: Counter[str]
    total: int                            # letters of any script
    stated: str | None

    @property
    def count(self) -> int:
        return self.cyrillic.total()

    def words(self, among: frozenset[str]) -> float:
        """Share of the words that are `among`."""
        words = _WORD.findall(self.sample)
        return sum(map(among.__contains__, words)) / max(len(words), 1)

    def share(self, letters: str) -> float:
        return sum(self.cyrillic[letter] for letter in letters) / max(self.count, 1)


def detect(text: str, stated: str | None) -> str | None:
    """ISO 639-1 code of the language that the text is in, None for no letters. `stated` settles short texts."""
    letters = _letters(text, stated)
    return next((language for rule in _RULES if (language := rule(letters))), None)


def _letters(text: str, stated: str | None) -> _Letters:
    step = max(len(text) // _PIECES, _PIECE)
    pieces = " ".join(text[start:start + _PIECE] for start in range(0, len(text), step)[:_PIECES])
    sample = _ADDRESS.sub(" ", pieces).lower()
    counted = Counter(sample)
    alphabetic = [(letter, n) for letter, n in counted.items() if letter.isalpha()]
    cyrillic = Counter({letter: n for letter, n in alphabetic if "\u0400" <= letter <= "\u052f"})
    return _Letters(sample, cyrillic, sum(n for _, n in alphabetic), stated)


def _nothing(letters: _Letters) -> str | None:
    return None if letters.total else letters.stated


def _other_script(letters: _Letters) -> str | None:
    if letters.count * 2 >= letters.total:
        return None
    if letters.stated and letters.stated not in _CYRILLIC:
        return letters.stated
    return "en" if letters.words(_ENGLISH) > _ENOUGH_WORDS else _ask(letters)


def _foreign_letters(letters: _Letters) -> str | None:
    foreign = Counter({letter: n for letter, n in letters.cyrillic.items() if letter not in _RUSSIAN_ALPHABET})
    if foreign.total() <= _FOREIGN_SHARE * letters.count:
        return None
    return next((language for *signs, language in _TELLING if _told(foreign, *signs)), None) or _ask(letters)


def _told(foreign: Counter[str], signs: str, company: str) -> bool:
    common = sum(foreign[letter] for letter in signs) > foreign.total() / 10
    return common and (not company or any(foreign[letter] for letter in company))


def _bulgarian_hard_sign(letters: _Letters) -> str | None:
    hard = len(_BULGARIAN_HARD_SIGN.findall(letters.sample))
    return "bg" if hard > 0.004 * letters.count and letters.share("ыэё") < 0.003 else None


def _russian_words(letters: _Letters) -> str | None:
    own = letters.share("ыэё") > 0.005 or letters.words(_NOT_BULGARIAN) > 0.02
    return "ru" if own and letters.words(_RUSSIAN) > _ENOUGH_WORDS else None


def _short(letters: _Letters) -> str | None:
    return letters.stated if letters.total < _SHORT and letters.stated in _CYRILLIC else None


def _ask(letters: _Letters) -> str | None:
    """The model, among the languages of the script; Russian unless another language is well ahead."""
    if not letters.total:
        return None
    cyrillic = letters.count * 2 >= letters.total
    ranked = [(language, score) for language, score in _model().rank(letters.sample)
              if (language in _CYRILLIC) == cyrillic]
    best, score = ranked[0]
    return "ru" if cyrillic and score - dict(ranked)["ru"] < _WELL_AHEAD else best


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(_PLAUSIBLE.split())
    return model


_RULES: tuple[Callable[[_Letters], str | None], ...] = (
    _nothing, _other_script, _foreign_letters, _bulgarian_hard_sign, _russian_words, _short, _ask,
)
