"""Names of people: their parts, and whether two can be one person's.

Contract. Parts are folded, in the nominative; '' for what is not said. Names agree (`agree`) where nothing in them speaks
against one bearer: that is no proof that there is one. Nothing here looks at the text around.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from letopis.find.lexicons import table, words
from letopis.find.names import fold
from letopis.text.dictionary import parses

_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?)+")
_INITIAL = re.compile(r"[^\W\d_]\.?(?:-[^\W\d_]\.?)?")
_ROMAN = re.compile(r"[ivx]{1,6}|\d{1,2}")
_PATRONYMIC = re.compile(r"(?:(?:[оеё]в|ь)ич|(?:[оеё]в|ич)на|мич|кич|лич|фич|оглы|кызы)$")
_MARK = {"старший": "старший", "ст": "старший", "младший": "младший", "мл": "младший", "сэр": "", "леди": "", "дед": "дед"}
_PARTICLES = {
    "аль", "ал", "эль", "ас", "аш", "ар", "ад", "ат", "ан", "уль", "ур", "ул", "бен", "бин", "ибн", "бинт", "фон", "ван", "дер",
    "ден", "де", "ди", "да", "дю", "дос", "душ", "ду", "дель", "делла", "ла", "ле", "аф", "цу", "мак", "сан", "тер",
}
_KEPT = _PARTICLES | set(_MARK) | {"оглы", "кызы", "и"}
_RUSSIAN = re.compile(r"(?:[оеё]в|[иы]н)а?$|[сц]к(?:ий|ой|ая)$|[иы]х$")
_VOWELS = str.maketrans("", "", "аеиоуыэюяйьъ-' ")
_LIKE = str.maketrans({"г": "х", "ё": "е", "щ": "ш", "ц": "с"})


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """Parts of a name. A given name and the middle ones may be initials; `mark` is 'старший', 'младший' or a regnal number."""

    surname: str
    given: str = ""
    middle: tuple[str, ...] = ()
    mark: str = ""

    @property
    def full(self) -> bool:
        """Whether a given name and a surname are said, or a regnal number."""
        return len(self.given) > 1 and bool(self.surname or self.numbered)

    @property
    def numbered(self) -> bool:
        """'Бенедикт XVI'."""
        return bool(self.mark) and bool(_ROMAN.fullmatch(self.mark))


@lru_cache(maxsize=50_000)
def person_name(name: str) -> PersonName:
    """Parts of a normal form: 'Сергей Евгеньевич Черёмин', 'Черёмин С. Е.' and 'С. Черёмин' all have surname 'черемин'."""
    parts, mark = _unmarked(_split(name))
    initials = [p.replace(".", "") for p in parts if _INITIAL.fullmatch(p)]
    spelled = [p for p in parts if not _INITIAL.fullmatch(p)]
    while len(spelled) > 1 and is_calling(spelled[0]):                     # 'Христианка Асия Биби'
        spelled = spelled[1:]
    if not spelled:
        return PersonName("", initials[0] if initials else "", tuple(initials[1:]), mark)
    if len(spelled) == 1:
        return _of_one(spelled[0], initials, mark)
    given, middle, surname = _ordered(spelled)
    return PersonName(surname, given, (*middle, *initials), mark)


def _split(name: str) -> list[str]:
    """Folded words, 'э' as 'е' ('Мэй' is 'Мей'); initials that stand together come apart: 'в.в.' -> 'в.', 'в.'."""
    spaced = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", name)
    capitals = " ".join(w for w in spaced.split() if not w[0].islower() or fold(w).split("-")[0] in _KEPT)
    spaced = capitals if any(w[0].isupper() for w in capitals.split()) else spaced        # 'христианка Асия Биби'
    return [re.sub(r"(?<=\w)э", "е", p) for p in fold(spaced).split() if p.strip("-.")]


def _unmarked(parts: list[str]) -> tuple[list[str], str]:
    """'буш-старший' -> 'буш', 'старший'; 'бенедикт xvi' -> 'бенедикт', 'xvi'; particles go: 'аль-каддафи' -> 'каддафи'."""
    kept: list[str] = []
    mark = ""
    for i, part in enumerate(parts):
        stem, _, end = part.rpartition("-")
        bare = part.rstrip(".")
        if bare in _MARK or (i and _ROMAN.fullmatch(bare)):
            mark = _MARK.get(bare, bare) or mark
        elif stem and end in _MARK:
            kept, mark = [*kept, stem], _MARK[end]
        elif stem and len(parts) > 1 and stem.split("-")[0] in _PARTICLES:
            kept.append(end)
        elif bare not in _PARTICLES or len(parts) == 1:
            kept.append(part)
    return kept or parts, mark


def _of_one(word: str, initials: list[str], mark: str) -> PersonName:
    """'Черёмин', 'С. Черёмин'; a word that is only a given name is one: 'Надежда', 'Кирилл'."""
    if not initials and _is_given_alone(word):
        return PersonName("", word, (), mark)
    return PersonName(word, initials[0] if initials else "", tuple(initials[1:]), mark)


def _ordered(parts: list[str]) -> tuple[str, tuple[str, ...], str]:
    """Given name, middle names, surname of two or more words in either order."""
    if parts[0] in words("eastern_surnames") and not (is_surname(parts[-1]) and parts[-1] not in words("eastern_surnames")):
        return "-".join(p for part in parts[1:] for p in part.split("-")), (), parts[0]
    if is_patronymic(parts[-1]) and len(parts) == 2 and is_given(parts[0]):
        return (parts[0], (), parts[1]) if is_surname(parts[1]) else (parts[0], (parts[1],), "")
    patronymic = next((i for i in range(1, len(parts)) if is_patronymic(parts[i]) and (len(parts) > 2)), None)
    if patronymic is not None and patronymic == len(parts) - 1:            # 'Черёмин Сергей Евгеньевич'
        return parts[-2], (parts[-1],), parts[0]
    if is_given(parts[-1]) and not is_given(parts[0]) and not is_surname(parts[-1]) and len(parts) == 2:
        return parts[-1], (), parts[0]                                     # 'Черёмин Сергей'
    return parts[0], tuple(parts[1:-1]), parts[-1]


@lru_cache(maxsize=30_000)
def is_given(word: str) -> bool:
    """Whether the dictionary knows the word as a given name."""
    return _tagged(word, "Name")


def _is_given_alone(word: str) -> bool:
    """A woman's name, or a man's that is no surname; 'Джонсон' is a given name in dictionaries only."""
    return word in words("given_names_alone") or (word[-1] in "ая" and is_given(word) and not is_surname(word))


@lru_cache(maxsize=30_000)
def is_surname(word: str) -> bool:
    """Whether the dictionary knows the word as a surname."""
    return _tagged(word, "Surn")


@lru_cache(maxsize=30_000)
def is_calling(word: str) -> bool:
    """Whether the dictionary has the word, in whatever case, as a noun for people and as no name: 'христианка', 'министра'."""
    known = [p.tag for p in parses(word) if p.is_known]
    names = any(name in tag for tag in known for name in ("Name", "Surn", "Patr", "Geox"))
    return bool(known) and "NOUN" in known[0] and "anim" in known[0] and not names


def is_patronymic(word: str) -> bool:
    """'Евгеньевич', 'Сергеевна', 'Гейдар оглы'."""
    return bool(_PATRONYMIC.search(word)) and (_tagged(word, "Patr") or not _tagged(word, "Surn")) and len(word) > 4


def _tagged(word: str, tag: str) -> bool:
    return any(tag in p.tag for p in parses(word) if p.is_known)


@lru_cache(maxsize=30_000)
def gender_of(name: PersonName) -> str:
    """'masc' or 'femn' where the name tells, else ''."""
    for middle in name.middle:
        if is_patronymic(middle):
            return "femn" if middle.endswith(("на", "кызы")) else "masc"
    if len(name.given) > 1:
        found = {p.tag.gender for p in parses(name.given) if p.is_known and "Name" in p.tag and "nomn" in p.tag}
        if len(found - {None, "ms-f"}) == 1:
            return str(next(iter(found - {None, "ms-f"})))
    return "femn" if re.search(r"(?:[оеё]в|[иы]н|ск|цк)ая?$", name.surname) and is_surname(name.surname) else ""


@lru_cache(maxsize=30_000)
def skeleton(word: str) -> str:
    """What transliterations of one name share: 'нетаньяху' and 'нетаниягу' -> 'нтнх'; the first vowel counts for nothing."""
    bare = word.translate(_LIKE).translate(_VOWELS)
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=30_000)
def masculine(surname: str) -> str:
    """One form for husband and wife: 'петрова' -> 'петров', 'полянская' -> 'полянский'."""
    if re.search(r"(?:[оеё]в|[иы]н)а$", surname):
        return surname[:-1]
    return re.sub(r"(?<=[сц]к)ая$", "ий", surname)


def feminine(surname: str) -> str:
    """The wife's form: 'белоруков' -> 'белорукова'; others as they are."""
    if re.search(r"(?:[оеё]в|[иы]н)$", surname):
        return surname + "а"
    return re.sub(r"(?<=[сц]к)ий$", "ая", surname)


@lru_cache(maxsize=30_000)
def formal(given: str) -> str:
    """'джо' -> 'джозеф'; other names as they are."""
    return next((row["full"] for row in _given_names().get(given, ())), given)


@lru_cache(maxsize=1)
def _given_names() -> dict[str, tuple[dict[str, str], ...]]:
    return {row["name"]: (dict(row),) for row in table("given_names")}


def agree(a: PersonName, b: PersonName, *, alike: bool = False) -> bool:
    """Whether two names can be one person's; `alike` also lets spellings of one foreign name pass."""
    return (
        _surnames_agree(a, b, alike) and _given_agree(a, b, alike) and _middles_agree(a, b) and _marks_agree(a.mark, b.mark)
        and len({gender_of(a), gender_of(b)} - {""}) < 2
    )


def _surnames_agree(a: PersonName, b: PersonName, alike: bool) -> bool:
    if not a.surname or not b.surname or a.surname == b.surname:
        return True
    if masculine(a.surname) == masculine(b.surname):
        return "" in (gender_of(a), gender_of(b)) and not (a.full and b.full)
    return alike and similar(a.surname, b.surname)


def _given_agree(a: PersonName, b: PersonName, alike: bool) -> bool:
    """Equal, an initial of the other, a short form, or one of the other's middle names."""
    if not a.given or not b.given:
        return True
    if len(a.given.split("-")[0]) == 1 or len(b.given.split("-")[0]) == 1:
        return _initial_agrees(a.given, b.given) or any(_initial_agrees(m, b.given) for m in a.middle if not is_patronymic(m))
    if formal(a.given) == formal(b.given) or a.given in b.middle or b.given in a.middle:
        return True
    if not alike or a.surname in words("eastern_surnames"):
        return False
    foreign = not is_surname(a.surname) and len(skeleton(a.given)) > 1 and skeleton(a.given) == skeleton(b.given)
    return foreign or similar(a.given, b.given)


def _initial_agrees(a: str, b: str) -> bool:
    return all(x[0] == y[0] for x, y in zip(a.split("-"), b.split("-"), strict=False))


def _middles_agree(a: PersonName, b: PersonName) -> bool:
    """Patronymics and second initials contradict one another; a second given name may be left out."""
    pairs = zip(_patronymics(a), _patronymics(b), strict=False)
    return all(x == y or (x[0] == y[0] and min(len(x), len(y)) == 1) for x, y in pairs)


def _patronymics(name: PersonName) -> Sequence[str]:
    return [m for m in name.middle if is_patronymic(m) or len(m) == 1]


def _marks_agree(a: str, b: str) -> bool:
    """'Буш' is not 'Буш-старший' by itself, but 'Бенедикт' can be 'Бенедикт XVI'."""
    return a == b or ("" in (a, b) and "старший" not in (a, b) and "младший" not in (a, b))


@lru_cache(maxsize=50_000)
def similar(a: str, b: str) -> bool:
    """Whether two words can be spellings of one foreign name: one skeleton of two consonants or more, or one letter apart."""
    if a == b:
        return True
    if (_is_russian(a) and _is_russian(b)) or _names_place(a) or _names_place(b):
        return False                                                       # 'Путин' and 'Потанин', 'Керри' and 'Каир' are two names
    bones = len(skeleton(a)) if skeleton(a) == skeleton(b) else 0
    if is_name(a) and is_name(b):
        return bones > 2                                                   # 'Мухаммед' and 'Мохаммед', not 'Дина' and 'Арина'
    return bones > 1 or (min(len(a), len(b)) > 2 and one_apart(a, b))


def looks_like_surname(word: str) -> bool:
    """Whether it is a surname of the dictionary or has the ending of a Russian one: 'белоруков'."""
    return bool(word) and (is_surname(word) or bool(_RUSSIAN.search(word)))


def _is_russian(word: str) -> bool:
    """Whether a surname is one of the dictionary's with a Russian ending: nobody transliterates it."""
    return bool(_RUSSIAN.search(word)) and is_surname(word)


@lru_cache(maxsize=100_000)
def _names_place(word: str) -> bool:
    """Whether the dictionary has the word as a place and as no name of people."""
    return _tagged(word, "Geox") and not is_name(word)


def is_name(word: str) -> bool:
    """Whether the dictionary has the word as a name of people."""
    return is_given(word) or is_surname(word) or word in words("eastern_surnames")


def one_apart(a: str, b: str) -> bool:
    """Whether one letter more, less or another makes one word of the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[start + 1:] == b[start + 1:] or a[start:] == b[start + 1:] or a[start + 1:] == b[start:]
