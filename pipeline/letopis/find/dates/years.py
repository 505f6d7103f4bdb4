"""Years: by number, by relation to the publication ('прошлого года'), by the text ('того же года').

`year` reads a year that completes something ('мая 2018 года'); `year_alone` one that stands for itself. A bare
four-digit number is read as a year too: whether the words around allow that is for `guards` to say.
"""

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.partial import Partial, Year
from letopis.find.dates.reader import COMMA, DASHES, Hit, before, skip, value

SINGULAR = frozenset(("год", "года", "году", "годом", "годе", "г"))
PLURAL = frozenset(("годы", "годов", "годам", "годами", "годах", "гг", "г"))
_SAME = frozenset(("же", "самого", "самом"))
_BEFORE_SHORT = frozenset(("в", "с", "со", "до", "к", "после"))
_APOSTROPHES = frozenset("'’")


def year(atoms: Atoms, at: int) -> Hit[Year]:
    """A year after a day, a month, a season ...: '2018 года', ', 2018', '98 г.', 'прошлого года', 'с.г.'."""
    return _numbered(atoms, at) or _related(atoms, at) or _same(atoms, at) or _this(atoms, at) or _short(atoms, at)


def year_alone(atoms: Atoms, at: int) -> Hit[Partial]:
    """'2018 году', '2020-м', 'прошлом году', "'98", 'в 90-м'; also a bare '2018'."""
    if value(atoms[at], "year") is not None:
        return _numbered(atoms, at)
    if "short_year" in atoms[at].kinds:
        end = year_word(atoms, at + 1, SINGULAR)      # '67-го года', but 'на 81-м году жизни'
        known = before(atoms, at) in _BEFORE_SHORT or (end > at + 1 and before(atoms, at) != "на")
        return (Year(value(atoms[at], "short_year")), end) if known else None
    return _related(atoms, at) or _same(atoms, at) or _apostrophe(atoms, at)


def year_word(atoms: Atoms, at: int, forms: frozenset[str]) -> int:
    """The place after an optional 'года', 'г.'."""
    if atoms[at].form not in forms:
        return at
    return at + 2 if atoms[at].form in ("г", "гг") and atoms[at + 1].form == "." else at + 1


def _numbered(atoms: Atoms, at: int) -> Hit[Year]:
    start = at + 1 if _is_hyphen(atoms, at) else skip(atoms, at, COMMA)
    number = value(atoms[start], "year")
    return None if number is None else (Year(number), year_word(atoms, start + 1, SINGULAR))


def _is_hyphen(atoms: Atoms, at: int) -> bool:
    """'август-2018', but not 'в августе - 2018'."""
    return atoms[at].form in DASHES and atoms[at].start == atoms[at - 1].end and atoms[at].end == atoms[at + 1].start


def _related(atoms: Atoms, at: int) -> Hit[Year]:
    shift = value(atoms[at], "relation")
    if shift is None:
        return None
    start = skip(atoms, at + 1, ("же",))
    numbered = _numbered(atoms, start)      # 'прошлого, 2017 года', 'в прошлом 2017 году', 'нынешнего 2018-го'
    if numbered and atoms[numbered[1] - 1].kinds.keys() & {"year_ordinal", "word", "unit"}:
        return numbered
    return (Year(shift=shift), start + 1) if atoms[start].form in SINGULAR - {"г"} else None


def _same(atoms: Atoms, at: int) -> Hit[Year]:
    """'того же года', 'в том году'."""
    if "that" not in atoms[at].kinds:
        return None
    start = skip(atoms, at + 1, _SAME)
    return (Year(), start + 1) if atoms[start].form in SINGULAR - {"г"} else None


def _this(atoms: Atoms, at: int) -> Hit[Year]:
    """'с.г.', 'т. г.': this year."""
    forms = [atom.form for atom in atoms[at:at + 4]]
    return (Year(shift=0), at + 4) if forms[1:] == [".", "г", "."] and forms[0] in ("с", "c", "т") else None


def _short(atoms: Atoms, at: int) -> Hit[Year]:
    """'98 года', '98-го': only after a month."""
    number = value(atoms[at], "short_year")
    if number is not None:
        return Year(number), year_word(atoms, at + 1, SINGULAR)
    number = value(atoms[at], "number")
    if number is not None and len(atoms[at].form) == 2 and atoms[at + 1].form in SINGULAR:
        return Year(number), year_word(atoms, at + 1, SINGULAR)
    return _apostrophe(atoms, at)


def _apostrophe(atoms: Atoms, at: int) -> Hit[Year]:
    number = value(atoms[at + 1], "number") if atoms[at].form in _APOSTROPHES else None
    if number is None or len(atoms[at + 1].form) != 2:
        return None
    after = year_word(atoms, at + 2, SINGULAR)
    return (Year(number), after) if after > at + 2 or before(atoms, at) in _BEFORE_SHORT else None
