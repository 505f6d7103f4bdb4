"""From decided pieces to a readable string: blanks, quotation marks, footnote stars, ё."""

import re
from collections.abc import Iterable

from letopis.text.normal.backing import spellings
from letopis.text.normal.phrase import Phrase
from letopis.text.normal.pieces import Edit, apply

_STAR = re.compile(r"(?<=[А-яЁё»\"])\*+|(?<=[А-яЁё])\*+(?=[»\"])")      # 'Исламского государства*': banned, says a footnote


def spelled(phrase: Phrase, edits: tuple[Edit, ...], *, person: bool = False) -> str:
    """The phrase with its edits made; the name of a person takes its ё from names alone ('Челах' is no 'чёлах')."""
    columns = phrase.columns
    out: list[str] = []
    before = -1
    for piece, edit, owner in zip(phrase.pieces, edits, phrase.owner, strict=True):
        word = phrase.words[owner]
        if before == owner:
            out.append("-")
        elif before >= 0 and columns.end[phrase.words[before]] != columns.start[word]:
            out.append(" ")
        form = apply(piece, edit)
        if "е" in form:         # 'ЕР' is no 'ЁР'
            form = with_yo(form, spellings(piece.low, edit, phrase.tags[owner].case, person and piece.shape == "C"))
        out.append(form)
        before = owner
    return tidy("".join(out))


def tidy(text: str) -> str:
    """Without footnote stars and a quotation mark that has lost its partner."""
    text = _STAR.sub("", text)
    opened, closed = text.count("«"), text.count("»")
    if len(text) == 1:
        return text
    if opened > closed and text.startswith("«"):
        return text[1:]             # '«Движение «Серые волки»'
    if closed > opened and text.endswith("»"):
        return text[:-1]            # 'Университет гражданской авиации»'
    return text


def with_yo(word: str, known: Iterable[str]) -> str:
    """'Пугачева' -> 'Пугачёва': a word with the ё of its spellings in the dictionary, where they are of one mind."""
    if "ё" in word or "Ё" in word:
        return word
    fitting = {spelling for spelling in known if len(spelling) == len(word)}
    spelling = fitting.pop() if len(fitting) == 1 else ""
    return "".join(_as_in(a, b) for a, b in zip(word, spelling, strict=True)) if "ё" in spelling else word


def _as_in(letter: str, spelling: str) -> str:
    if spelling != "ё":
        return letter
    return "Ё" if letter.isupper() else "ё"
