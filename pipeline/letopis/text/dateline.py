"""The dateline of a report: place or agency and date before its first sentence, by pattern.

'МОСКВА, 30 мая — ПРАЙМ.', 'Минск. 15 мая. ИНТЕРФАКС -', '20 мая, Минск /Корр. БЕЛТА/.', 'Париж, 3 мая 2019, 11:10 — REGNUM'.
What it does not do: resolve the place or the date.
"""

import re

_PLACE = r"(?!(?:[ВСКУОИ]|Во|На|Из|По|От|До|За|При|Об|Со)\s)[А-ЯЁ][\w’-]*(?:[ /][А-ЯЁ(][\w’()-]*){0,3}"
_MONTH = (
    r"(?:янв(?:аря)?|февр?(?:аля)?|мар(?:та)?|апр(?:еля)?|мая|май|июн[яь]?|июл[яь]?|авг(?:уста)?|сент?(?:ября)?|окт(?:ября)?"
    r"|нояб?(?:ря)?|дек(?:абря)?)\b\.?"
)
_DATE = rf"\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}}(?:\s+г(?:ода|\.)?)?)?(?:[,.]?\s+\d{{1,2}}[:.]\d\d(?:\s+(?:мск|МСК))?)?"
_SOURCE = r"(?:[Кк]орр\.\s+)?[A-ZА-ЯЁ][\w.-]*\w(?:\s+[A-ZА-ЯЁ0-9«\"][\w.»\"-]*){0,3}?"
_BYLINE = r"(?:,\s+(?:спец)?(?:корр\.?\s+)?[А-ЯЁ][\w-]+\.?(?:\s+[А-ЯЁ][\w-]+){0,2}){0,3}"
_END = r"(?:\s*[.:]|\s+[-–—])(?=\s|$)"
_PLACED = rf"(?:{_PLACE}(?:\s+\([А-ЯЁ][\w -]*\))?\s*[,.]\s*{_DATE}|{_DATE}\s*,\s*{_PLACE})"
_SOURCED = (
    rf"(?:\s*[.,]?\s*(?:[-–—]\s*)?[/(]{_SOURCE}{_BYLINE}[/)](?:{_END})?"        # 'БИШКЕК, 5 августа /Новости-Грузия/.'
    rf"|\s*[,.]?\s*(?:[-–—]\s*)?(?:ИА\s+)?REGNUM\b(?:{_END})?"                  # 'Париж, 31 октября, 11:10 — REGNUM'
    rf"|\s*[-–—.,]\s*{_SOURCE}{_BYLINE}{_END})"                                 # 'МОСКВА, 5 фев - РИА Новости, Иван Петров.'
)
_DATELINE = re.compile(
    rf"{_PLACED}(?:{_SOURCED}|(?:\s*\.|\s+[-–—]|:)(?=\s))"                      # 'МОСКВА, 30 мая —'
    rf"|(?:{_DATE}|,\s*\d{{1,2}}:\d\d){_SOURCED}"
    r"|[А-ЯЁ-]{3,}(?: [А-ЯЁ-]{3,})?\.\s+/?[А-ЯЁA-Z.-]{3,}(?: [А-ЯЁA-Z][\w-]+)?/?\s*[-–—.]\s"    # 'АСТАНА. КАЗИНФОРМ -'
)
LONGEST = 120


def dateline_end(text: str) -> int:
    """Length of the dateline a paragraph begins with, 0 for none."""
    m = _DATELINE.match(text, 0, LONGEST)
    return len(m.group().rstrip()) if m else 0
