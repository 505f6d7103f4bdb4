"""Periods of the calendar longer than a day: months, seasons, quarters, halves, decades, centuries.

Each rule reads one kind of partial date at a place; what is counted from another date ('прошлая неделя') is in
`relative`.
"""

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.partial import Century, Decade, FirstMonths, Month, Partial, Season, Section
from letopis.find.dates.reader import DASHES, Hit, before, count, month_name, ordinal, value
from letopis.find.dates.years import PLURAL, SINGULAR, year, year_word

_SEASON_ADVERBS = frozenset(("зимой", "весной", "летом", "осенью"))
_BEFORE_SEASON = frozenset((
    "с", "со", "до", "к", "ко", "на", "по", "за", "от", "после", "раньше", "ранее", "позже", "позднее",
    "начала", "начале", "началу", "конца", "конце", "концу", "середины", "середине", "половине", "половины",
))
_SECTIONS_BY_DIGIT = frozenset(("квартал", "квартале", "полугодие", "полугодии"))
_ERAS = (("до", "н", ".", "э", "."), ("до", "нашей", "эры"), ("до", "новой", "эры"), ("до", "р", ".", "х", "."))


def month_of_year(atoms: Atoms, at: int) -> Hit[Partial]:
    """'марте', 'июне 2009 года', 'январе этого года', 'минувшем октябре'."""
    which = value(atoms[at], "relation")
    month = month_name(atoms, at if which is None else at + 1)
    if month is None:
        return None
    the_year = year(atoms, month[1]) if which is None else None
    return Month(month[0], the_year[0] if the_year else None, which), the_year[1] if the_year else month[1]


def season(atoms: Atoms, at: int) -> Hit[Partial]:
    """'летом 2016 года', 'зимой 2018-2019', 'прошлой весной', 'до осени'; 'весна' alone is none."""
    which = value(atoms[at], "relation")
    start = at if which is None else at + 1
    number = value(atoms[start], "season")
    if number is None:
        return None
    the_year = year(atoms, start + 1) if which is None else None
    if the_year:
        until, end = _second_year(atoms, the_year[1])
        return Season(number, the_year[0], None, until), end
    alone = atoms[start].form in _SEASON_ADVERBS or before(atoms, start) in _BEFORE_SEASON
    return (Season(number, None, which), start + 1) if alone or which is not None else None


def _second_year(atoms: Atoms, at: int) -> tuple[int | None, int]:
    if atoms[at].form not in DASHES and atoms[at].form != "/":
        return None, at
    number = value(atoms[at + 1], "year")
    short = value(atoms[at + 1], "number")
    if number is None and (short is None or len(atoms[at + 1].form) != 2):
        return None, at
    first = value(atoms[at - 1], "year") or 2000
    return number or first // 100 * 100 + (short or 0), year_word(atoms, at + 2, SINGULAR | PLURAL)


def section(atoms: Atoms, at: int) -> Hit[Partial]:
    """'первом квартале 2022 года', 'II полугодии', '3 квартал'; '2 квартала' is a length of time."""
    number = ordinal(atoms, at)
    if number is None and len(atoms[at].form) == 1 and atoms[at + 1].form in _SECTIONS_BY_DIGIT:
        digit = value(atoms[at], "number")
        number = (digit, at + 1) if digit else None
    months = {"quarter": 3, "half": 6}.get(atoms[number[1]].kinds.get("unit", "")) if number else None
    if number is None or months is None or not 1 <= number[0] <= 12 // months:
        return None
    the_year = year(atoms, number[1] + 1)
    return Section(number[0], months, the_year[0] if the_year else None), the_year[1] if the_year else number[1] + 1


def first_months(atoms: Atoms, at: int) -> Hit[Partial]:
    """'девять месяцев 2018 года', 'первые полгода', 'первые три месяца этого года'."""
    start = at + 1 if "first" in atoms[at].kinds else at
    months = value(atoms[start], "months")
    number = (float(months), start) if months else count(atoms, start)
    if number is None or (not months and atoms[number[1]].kinds.get("unit") != "month") or not 1 <= number[0] <= 12:
        return None
    the_year = year(atoms, number[1] + 1)
    if the_year is None and start == at:
        return None
    return FirstMonths(int(number[0]), the_year[0] if the_year else None), the_year[1] if the_year else number[1] + 1


def century(atoms: Atoms, at: int) -> Hit[Partial]:
    """'XIX века', 'двадцать первом веке', '19 веке', 'V в. до н.э.', 'прошлого века'."""
    shift = value(atoms[at], "relation")
    if shift is not None and atoms[at + 1].kinds.get("unit") == "century":
        return Century(shift=shift), at + 2
    number = ordinal(atoms, at) or _digits_of_century(atoms, at)
    if number is None or not 1 <= number[0] <= 30:
        return None
    after = _century_word(atoms, number[1], roman="roman" in atoms[at].kinds)
    return None if after is None else _era(number[0], atoms, after)


def _digits_of_century(atoms: Atoms, at: int) -> Hit[int]:
    """'19 веке', but not '5 веков', '3 века'."""
    number = value(atoms[at], "number")
    if number is None:
        return None
    form = atoms[at + 1].form
    return (number, at + 1) if form in ("век", "веке", "веку", "веком") or (form == "века" and number > 4) else None


def _century_word(atoms: Atoms, at: int, *, roman: bool) -> int | None:
    if atoms[at].kinds.get("unit") == "century":
        return at + 1
    return at + 2 if roman and atoms[at].form == "в" and atoms[at + 1].form == "." else None


def _era(number: int, atoms: Atoms, at: int) -> Hit[Partial]:
    """'до н. э.', 'до нашей эры', 'до Р. Х.'."""
    forms = tuple(atom.form for atom in atoms[at:at + 5])
    for tail in _ERAS:
        if forms[:len(tail)] == tail:
            return Century(number, bc=True), at + len(tail)
    return Century(number), at


def decade(atoms: Atoms, at: int) -> Hit[Partial]:
    """'1990-е годы', '90-х', 'девяностые', '20-х годов XIX века'."""
    number, word = value(atoms[at], "decade"), value(atoms[at], "decade_word")
    ten = word if number is None else number
    if ten is None:
        return None
    after = year_word(atoms, at + 1, PLURAL)
    of = century(atoms, after) if after > at + 1 else None
    if after == at + 1 and not _decade_alone(atoms, at, ten):
        return None
    return Decade(ten, of[0] if of and isinstance(of[0], Century) else None), of[1] if of else after


def _decade_alone(atoms: Atoms, at: int, ten: int) -> bool:
    """'в 90-е', 'конце 80-х', 'лихие девяностые', but not '70-е место'."""
    led = before(atoms, at) in ("в", "с", "до", "к") or (at > 0 and "part" in atoms[at - 1].kinds)
    named = "decade_word" in atoms[at].kinds and ten >= 30
    return ten > 99 or named or ((ten >= 30 or ten == 0) and (led or atoms[at].form.endswith("-х")))
