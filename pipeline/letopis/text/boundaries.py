"""Where sentences end inside a block: razdel's rules, asked after ours.

Each rule looks at a `Cut`, a mark that might end a sentence, and says SPLIT, JOIN or nothing; the first answer wins, and a mark
no rule speaks of is an end. What it does not do: roles, long sentences (see `sentences`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from razdel.segmenters.sentenize import BULLET_SIZE, RULES, SentSplit

from letopis.text.abbreviations import kind, may_be_abbreviation, stands_before

SPLIT, JOIN = True, False
WINDOW = 60                 # characters on each side a rule may look at
QUOTED_TITLE = 50           # «Что? Где? Когда?»

# A mark, or razdel's smile, before a blank and what is no lower-case word, or before a capital it is written together with.
# Four of five are `plain`, between a word of four letters and a capitalised one, and need no rule but an abbreviation's.
_MARK = re.compile(
    r"[.?!…;\"„'»”’)\]}:=](?:"
    r"(?P<plain>(?<=[а-яё]{4}\.)(?= [А-ЯЁ][а-яё]))"
    r"|(?<=[=:;])-?[)(]{1,3}(?=\s)(?!\s+[а-яё]+\b)"
    r"|(?<![:=])(?=\s)(?!\s+[а-яё]+\b)"
    r"|(?<=[.?!…])(?=[«\"“„]?[А-ЯЁ](?:[а-яё]|\s)))"
)
_CAPITAL = re.compile(r"\s*[«\"“„(]*[A-ZА-ЯЁ]")
_CAPITALISED = re.compile(r"\s*[«\"“„(]*[А-ЯЁ](?:[а-яё]|\s)")
_NEXT = re.compile(r"\s+[«\"“„]*[А-ЯЁ][а-яё]")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_NUMBER = re.compile(r"(?:^|[:;]\s+)\d{1,2}$")
_EDITOR = re.compile(r"\s*[-–—]?\s*(?:Прим|Ред)\b")
_LOWER_WORD = re.compile(r"[а-яё]\s$")
_DASH = re.compile(r"\s+[-–—]\s")
_YEAR = re.compile(
    r"(?:\b[А-Яа-яё]{1,8}\s+)?(?:\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\s+)?(?:[а-яё]{3,8}\s+)?"
    r"(?:\d{4}(?:\s*[-–—]\s*\d{4})?|[IVXLХ]+(?:\s*[-–—]\s*[IVXLХ]+)?)\s*(?:гг?|вв?)$"
)
_ONSET = re.compile(r"(?:^|[,:;—–(«\"-]|\b(?:и|а|но|что|или|как|если|когда))\s*$")
_LETTERED = re.compile(
    r"\b(?:витамин|гепатит|групп|класс|категори|блок|корпус|литер|план|вариант|пункт|точк|сери|секци|секто|подъезд|зон)"
    r"[а-яё]*\s+[«\"]?[A-ZА-ЯЁ]$"
)
_SURNAME_FIRST = re.compile(
    r"[а-яё,(]\s+[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ск|цк|ко|ук|юк|ян|дзе|швили|ич)(?:а|у|ым|ой|ом|е|ий|ого|ому|ая|ую)?"
    r"\s+[А-ЯЁ]\.\s?[А-ЯЁ]$"
)
_LETTERS = re.compile(r"(?<![\w.])[А-Яа-яё]\.\s?(?:[а-яё]\.\s?)+[а-яё]$")
_RUN_ON = re.compile(r"(?:[а-яё]{3,}|[А-ЯЁ]{2,}|[A-Za-z]{3,}|[»”\")%]|\d\d)$")
_DOTTED = re.compile(r"(?:^|\W)(?:Яндекс|Лента|Газета|Рамблер|Новости|Дни|Утро|Банки|Грани|Спорт|Деньги|Фонтанка)$")
_QUOTED_WORD = re.compile(r"«[^\s«»]{2,20}$")
_WORD_QUOTED = re.compile(r"[^\s«»]{2,20}»")
_DOMAIN = re.compile(r"(?:Ру|Ком|Нет|Орг|Рф|РФ|Инфо)\b")


@dataclass(frozen=True, slots=True)
class Cut:
    """A mark that may end the sentence that begins at `begin`."""

    text: str
    begin: int
    start: int
    stop: int

    @property
    def mark(self) -> str:
        return self.text[self.start:self.stop]

    @property
    def left(self) -> str:
        return self.text[max(self.begin, self.start - WINDOW):self.start]

    @property
    def right(self) -> str:
        return self.text[self.stop:self.stop + WINDOW]


def boundaries(text: str) -> Iterator[int]:
    """Offsets behind the last character of each sentence but the last."""
    begin = 0
    for m in _MARK.finditer(text):
        cut = Cut(text, begin, *m.span())
        if (m.lastgroup == "plain" and _needs_no_rule(cut)) or _ends(cut):
            yield cut.stop
            begin = cut.stop


def _needs_no_rule(cut: Cut) -> bool:
    return not may_be_abbreviation(cut.left) and not _EDITOR.match(cut.text, cut.stop)


def _ends(cut: Cut) -> bool:
    return next((answer for rule in _RULES if (answer := rule(cut)) is not None), SPLIT)


# --- ours ---------------------------------------------------------------------------------------------------------------

def _run_on(cut: Cut) -> bool | None:
    """'передаёт ТАСС.Ранее', 'заявил он.«Мы', but not 'В.Путин', 'проф.Иванов', 'Яндекс.Такси', «Голос.Дети»."""
    if cut.right[0].isspace():
        return None
    left, right = cut.left, cut.right
    if not _RUN_ON.search(left) or _DOTTED.search(left) or _DOMAIN.match(right):
        return JOIN
    if _QUOTED_WORD.search(left) and _WORD_QUOTED.match(right):
        return JOIN
    if right[0] == '"' and cut.left.count('"') % 2:
        return JOIN
    return JOIN if cut.mark == "." and (kind(left) or stands_before(left)) else SPLIT


def _semicolon(cut: Cut) -> bool | None:
    """A semicolon ends no sentence: 'Иванов, директор; Петров, врач'."""
    if cut.mark != ";":
        return None
    return SPLIT if cut.right.lstrip()[:1] in "•▪●" else JOIN


def _number(cut: Cut) -> bool | None:
    """'Нельзя: 1. Курить. 2. Пить.': a number belongs to what it counts."""
    return JOIN if cut.mark == "." and cut.text[cut.start - 1].isdigit() and _NUMBER.search(cut.left) else None


def _editor(cut: Cut) -> bool | None:
    """'(премьер-министр. – Прим. ред.)'."""
    return JOIN if _EDITOR.match(cut.right) else None


def _year(cut: Cut) -> bool | None:
    """'родился в 1950 г. Окончил', but '5 мая 2010 г. Верховный суд': a date that opens a clause has its clause to come."""
    if cut.mark != "." or cut.text[cut.start - 1] not in "гв" or not _CAPITAL.match(cut.right):
        return None
    m = _YEAR.search(cut.left)
    if m is None:
        return None
    return JOIN if _ONSET.search(cut.left[:m.start()]) else SPLIT


def _acronym(cut: Cut) -> bool | None:
    """'вступила в НАТО. Она', 'Су-30СМ. К': capitals are no abbreviation, unless all is in capitals."""
    if cut.mark != "." or not cut.left[-2:].isupper() or not _CAPITALISED.match(cut.right):
        return None
    m = _LAST_WORD.search(cut.left)
    return SPLIT if m and len(m.group()) > 1 and m.group() not in ("ПС", "PS", "UPD") else None


def _lettered(cut: Cut) -> bool | None:
    """'в группе А. Матч': a letter that is no initial."""
    return SPLIT if _ends_in_letter(cut) and _CAPITALISED.match(cut.right) and _LETTERED.search(cut.left) else None


def _surname_first(cut: Cut) -> bool | None:
    """'по делу Петрова И. С. Следствие'."""
    return SPLIT if _ends_in_letter(cut) and _NEXT.match(cut.right) and _SURNAME_FIRST.search(cut.left) else None


def _ends_in_letter(cut: Cut) -> bool:
    return cut.mark == "." and cut.text[cut.start - 1].isupper() and not cut.text[max(0, cut.start - 2)].isalpha()


def _abbreviation(cut: Cut) -> bool | None:
    """'ген. Иванов', '180 см. Он', 'в т. ч. Москва': see data/lexicons/abbreviations.tsv."""
    found = kind(cut.left) if cut.mark == "." else None
    if found in ("head", "name"):
        return JOIN
    return SPLIT if found and _CAPITAL.match(cut.right) else None


def _letters(cut: Cut) -> bool | None:
    """'к. э. н. Иванов'."""
    return JOIN if cut.mark == "." and "." in cut.left[-3:-1] and _LETTERS.search(cut.left) else None


def _quoted_title(cut: Cut) -> bool | None:
    """'передача «Что? Где? Когда?» Первого канала': a quote without a colon before it, and short, is a title."""
    opening = cut.text.rfind("«", max(cut.begin, cut.start - QUOTED_TITLE), cut.start)
    closing = cut.text.find("»", cut.start, opening + QUOTED_TITLE) if opening > cut.begin else -1
    inside = cut.text[opening:cut.stop].rstrip("»")
    if closing < 0 or "»" in inside or inside[-1] not in "?!…" or not inside[1:2].isupper():
        return None
    return JOIN if _LOWER_WORD.search(cut.text, opening - 2, opening) else None


def _quote_dash(cut: Cut) -> bool | None:
    """'«Кто это?» — Путин улыбнулся'."""
    return JOIN if cut.mark in "»”\"" and _DASH.match(cut.right) else None


def _razdel(cut: Cut) -> bool | None:
    buffer = cut.text[cut.begin:min(cut.start, cut.begin + BULLET_SIZE + 1)]
    split = SentSplit(cut.left[-BULLET_SIZE:], cut.mark, cut.right[:BULLET_SIZE], buffer)
    return JOIN if any(rule(split) for rule in RULES) else None


_RULES = (
    _run_on, _semicolon, _number, _editor, _year, _acronym, _lettered, _surname_first, _abbreviation, _letters,
    _quoted_title, _quote_dash, _razdel,
)
