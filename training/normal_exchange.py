"""Lessons with exchanged names: sentences of NEREL's train part in which one span gives way to another of its kind.

What the two corpora of lemmas are thin in (plurals, families, peoples, coordinated heads, professions, rare names) is made
here: a phrase that stands in the nominative somewhere, or a name of the dictionary or of RuNormAS's train part, is declined and
put where another stood in that case. Nothing of it is kept but the weights learned. Fixed seed.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from corpora import read_nerel
from letopis.evaluate.normal_forms import Case, Parsed, parse_cases
from letopis.layers import Span
from letopis.text.dictionary import analyzer, parses
from letopis.text.normal.phrase import Columns, Phrase, Tag, columns_of, phrase_of
from normal_decline import decline

CORPUS = "exchanged/"       # how the names of made documents begin
SEED = 13
MADE = 48_000               # lessons
FAMILIES = 1000
SEEN = 5                    # times each place of NEREL counts beside those of the dictionary
DISGUISED = 0.4             # of the names of people and places get another first letter, so that the dictionary has them not
RARE = 5                    # times each plural place ('Химки') and unchanging body ('Минобороны') counts
LONGEST = 7                 # words of an exchanged phrase
PLACES = frozenset({"CITY", "COUNTRY", "STATE_OR_PROVINCE", "LOCATION", "DISTRICT"})
COUNTED = frozenset({"NATIONALITY", "PROFESSION"})
SHARES = {                  # of the kinds; 1 of all others
    "PERSON": 6, "PROFESSION": 4, "PLACE": 4, "ORGANIZATION": 3, "FAMILY": 2, "NATIONALITY": 2, "EVENT": 2,
}
JOINED = frozenset({"PROFESSION", "ORGANIZATION"})
SKIPPED = frozenset({"DATE", "TIME", "AGE", "MONEY", "NUMBER", "ORDINAL", "PERCENT"})
_AGREEING = frozenset({"amod", "det", "conj", "appos", "flat:name"})
_KIN = ("братья", "супруги", "сёстры", "родители", "", "")
_HOUSES = ("семья", "династия", "чета")
_GENDERS = {"masc": "M", "femn": "F", "neut": "N"}
_LONG = {letter: gender for gender, letter in _GENDERS.items()}
_TITLES = {
    "M": ("папа", "патриарх", "принц", "король", "митрополит", "князь", "император", "граф", "святой"),
    "F": ("королева", "принцесса", "императрица", "княгиня", "герцогиня", "святая"),
}
_DESCRIBING = ("старый", "новый", "великий", "верхний", "нижний", "большой", "малый", "южный", "северный", "западный")
_CAPITAL = re.compile(r"[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?")
_LETTERS = "БВГДЖЗКЛМНПРСТФХЧШ"


@dataclass(frozen=True)
class Noun:
    """A nominative that can be declined, word by word."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]               # [word] what stands before it
    moving: tuple[Tag | None, ...]      # [word] its tag if it moves
    animate: bool
    guess: bool                         # whether the school rules may decline what the dictionary has not

    def in_case(self, case: str) -> str | None:
        """The phrase in a case; None where a word can't be declined."""
        forms = [
            decline(word, tag, case, animate=self.animate, guess=self.guess) if tag else word
            for word, tag in zip(self.words, self.moving, strict=True)
        ]
        return None if None in forms else "".join(g + str(f) for g, f in zip(self.gaps, forms, strict=True))

    @cached_property
    def declines(self) -> bool:
        """Whether every case can be made."""
        return all(self.in_case(case) for case in "GDAIL")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a span stood: the sentence around it, and its case."""

    before: str
    after: str
    case: str


Slots = defaultdict[str, list[Slot]]
Nouns = defaultdict[str, list[Noun]]


def exchanged(corpora: Path, persons: Iterable[str]) -> list[Case]:
    """The made cases; `persons` are nominative names of people, first name and surname."""
    draw = random.Random(SEED)
    slots, nouns = _harvest(corpora)
    known = [noun for name in sorted(set(persons)) for noun in _person(name)]
    surnames, families, places, bodies = _dictionary_names()
    nouns["PERSON"] = [*known, *(_named(draw, noun, known) for noun in draw.sample(surnames, len(known)))]
    nouns["FAMILY"] += [_kin(draw, noun) for noun in draw.sample(families, FAMILIES)]
    nouns["PLACE"] = nouns["PLACE"] * SEEN + places
    nouns["ORGANIZATION"] += bodies
    kinds = sorted(kind for kind in slots if nouns[kind])
    shares = [SHARES.get(kind, 1) for kind in kinds]
    made = (_exchange(draw, slots[kind], nouns[kind], kind) for kind in draw.choices(kinds, shares, k=MADE))
    return [replace(case, document=f"{CORPUS}{i}") for i, case in enumerate(made) if case]


def _exchange(draw: random.Random, slots: Sequence[Slot], nouns: Sequence[Noun], kind: str) -> Case | None:
    slot = draw.choice(slots)
    noun = _varied(draw, draw.choice(nouns), kind, nouns)
    form, gold, other = (noun.in_case(case) for case in (slot.case, "N", draw.choice("NGDAIL")))
    if not form or not gold or not other:
        return None
    if kind in ("PERSON", "PLACE") and draw.random() < DISGUISED:
        letter = draw.choice(_LETTERS)
        form, gold, other = (re.sub(r"\b[А-ЯЁ](?=[а-яё]{3})", letter, text) for text in (form, gold, other))
    if draw.random() < 0.5:
        form, gold, other = (text.replace("ё", "е") for text in (form, gold, other))
    text = f"{slot.before}{form}{slot.after}" + (f"\n\n{other} молчит." if draw.random() < 0.4 else "")
    return Case("", text, ((len(slot.before), len(slot.before) + len(form)),), gold, "CITY" if kind == "PLACE" else kind)


def _varied(draw: random.Random, noun: Noun, kind: str, nouns: Sequence[Noun]) -> Noun:
    """Plurals of what can be counted, two joined by 'и', a surname alone or after initials."""
    chance = draw.random()
    if kind in COUNTED and chance < 0.4:
        return _plural(noun) or noun
    if kind in JOINED and chance > 0.85:
        return _joined(noun, draw.choice(nouns))
    if kind == "PERSON" and chance < 0.35:
        return _last(noun)
    if kind == "PERSON" and chance > 0.9:
        last = _last(noun)
        return replace(last, words=("А", ".", *last.words), gaps=("", "", " "), moving=(None, None, *last.moving))
    if kind == "PERSON" and chance > 0.8:
        return _titled(draw, noun)
    if kind == "PLACE" and chance < 0.15:
        return _described(draw, noun)
    return noun


def _titled(draw: random.Random, noun: Noun) -> Noun:
    """'папа Франциск', 'принцесса Диана'."""
    tag = noun.moving[0]
    title = draw.choice(_TITLES[tag.gender if tag else "M"])
    return Noun((title, noun.words[0]), ("", " "), (tag, tag), True, True)


def _described(draw: random.Random, noun: Noun) -> Noun:
    """'Южное Бутово', 'Великие Луки'."""
    tag = noun.moving[0]
    if len(noun.words) > 1 or tag is None:
        return noun
    wanted = {"nomn", "plur"} if tag.number == "P" else {"nomn", "sing", _LONG[tag.gender]} if tag.gender in _LONG else set()
    found = parses(draw.choice(_DESCRIBING))[0].inflect(wanted) if wanted else None
    return Noun((str(found.word).title(), *noun.words), ("", " "), (tag, tag), False, True) if found else noun


def _plural(noun: Noun) -> Noun | None:
    words = []
    for word, tag in zip(noun.words, noun.moving, strict=True):
        parse = next((p for p in parses(word.lower()) if p.tag.case == "nomn" and p.tag.number == "sing"), None)
        found = parse.inflect({"nomn", "plur"}) if tag and parse else None
        if tag and not found:
            return None
        words.append(str(found.word) if found else word)
    moving = tuple(tag and Tag(tag.pos, "N", "P", "-", "") for tag in noun.moving)
    return replace(noun, words=tuple(words), moving=moving)


def _joined(noun: Noun, other: Noun) -> Noun:
    return Noun(
        (*noun.words, "и", *other.words), (*noun.gaps, " ", " ", *other.gaps[1:]), (*noun.moving, None, *other.moving),
        noun.animate, noun.guess,
    )


def _last(noun: Noun) -> Noun:
    return replace(noun, words=noun.words[-1:], gaps=("",), moving=noun.moving[-1:])


# --- where the nouns come from --------------------------------------------------------------------------------------------


def _person(name: str) -> list[Noun]:
    """A first name that the dictionary knows the gender of, and a surname."""
    words = tuple(name.split(" "))
    if len(words) != 2 or not all(_CAPITAL.fullmatch(word) for word in words):
        return []
    first = next((p.tag for p in parses(words[0].lower()) if "Name" in p.tag and p.tag.case == "nomn"), None)
    gender = {"masc": "M", "femn": "F"}.get(str(first.gender), "") if first else ""
    noun = Noun(words, ("", " "), (Tag("PROPN", "N", "S", gender, ""),) * 2, True, True)
    return [noun] if gender and noun.declines else []


def _dictionary_names() -> tuple[list[Noun], list[Noun], list[Noun], list[Noun]]:
    """Surnames, their plurals, places, and organisations, as the dictionary has them."""
    surnames, families, places, bodies = [], [], [], []
    dictionary = analyzer().dictionary
    for word, (paradigm, place) in dictionary.words.iteritems(""):
        tag = dictionary.build_tag_info(paradigm, place)
        if "-" in word or tag.POS != "NOUN" or tag.case != "nomn" or not tag.grammemes & {"Surn", "Geox", "Orgn"}:
            continue
        number, gender = "P" if tag.number == "plur" else "S", _GENDERS.get(str(tag.gender), "-")
        person = "Surn" in tag
        noun = Noun((word.title(),), ("",), (Tag("PROPN", "N", number, gender, ""),), person, False)
        times = RARE if "Pltm" in tag or ("Orgn" in tag and "Fixd" in tag) else 1
        if person:
            (surnames if number == "S" else families).append(noun)
        elif number == "S" or "Pltm" in tag:
            (bodies if "Orgn" in tag else places).extend([noun] * times)
    return surnames, families, places, bodies


def _named(draw: random.Random, surname: Noun, persons: Sequence[Noun]) -> Noun:
    """The surname after somebody's first name."""
    gender = surname.moving[0].gender if surname.moving[0] else "-"
    other = next(p for p in draw.choices(persons, k=1000) if p.moving[0] and gender in ("-", p.moving[0].gender))
    words, tag = (other.words[0], surname.words[0]), other.moving[0]
    return Noun(words, ("", " "), (tag, tag), True, True)


def _kin(draw: random.Random, family: Noun) -> Noun:
    """'братья Ивановы', 'Ивановы', 'семья Ивановых'."""
    kin = draw.choice((*_KIN, *_HOUSES))
    if not kin:
        return family
    if kin in _HOUSES:
        return Noun((kin, str(family.in_case("G"))), ("", " "), (Tag("NOUN", "N", "S", "F", ""), None), False, False)
    tag = Tag("NOUN", "N", "P", "-", "")
    return Noun((kin, *family.words), ("", " "), (tag, *family.moving), True, False)


def _harvest(corpora: Path) -> tuple[Slots, Nouns]:
    """Slots and nouns of NEREL's spans by type, places as one."""
    slots, nouns = Slots(list), Nouns(list)
    cases = [
        Case(text.id, text.text, ((label.start, label.end),), "", "PLACE" if label.type in PLACES else label.type)
        for text in read_nerel(corpora, "train") for label in text.layers["nerel"] if label.type not in SKIPPED
    ]
    for batch in parse_cases(cases):
        columns = columns_of(batch.words, batch.syntax)
        for case, (span,) in zip(batch.cases, batch.spans, strict=True):
            _sort(batch, columns, span, case.type, slots=slots, nouns=nouns)
    return slots, nouns


def _sort(batch: Parsed, columns: Columns, span: Span, kind: str, *, slots: Slots, nouns: Nouns) -> None:
    phrase = phrase_of(columns, (span,))
    if phrase is None or len(phrase.words) > LONGEST or not _whole(columns, phrase, span):
        return
    tag = columns.tag(phrase.anchor)
    text = batch.readings.clean[span.reading]
    if tag.case == "N" and tag.pos in ("NOUN", "PROPN") and (noun := _noun(phrase, text, kind)).declines:
        nouns[kind].append(noun)
    if tag.pos in ("NOUN", "PROPN") and tag.case in "NGDAIL":
        start, end = columns.start[columns.first[span.sentence]], columns.end[columns.first[span.sentence + 1] - 1]
        slots[kind].append(Slot(text[start:span.start], text[span.end:end], tag.case))


def _whole(columns: Columns, phrase: Phrase, span: Span) -> bool:
    """Whether the span is one sentence's, and cuts no word."""
    return (
        columns.start[phrase.words[0]] == span.start and columns.end[phrase.words[-1]] == span.end
        and phrase.words[-1] < columns.first[span.sentence + 1]
    )


def _noun(phrase: Phrase, text: str, kind: str) -> Noun:
    columns = phrase.columns
    ends = [columns.start[phrase.words[0]], *(columns.end[word] for word in phrase.words)]
    gaps = tuple(text[end:columns.start[word]] for end, word in zip(ends, phrase.words, strict=False))
    anchor = columns.form[phrase.anchor].lower()
    animate = any(p.tag.case == "nomn" and "anim" in p.tag for p in parses(anchor))
    moving = tuple(columns.tag(word) if _moves(phrase, word) else None for word in phrase.words)
    return Noun(tuple(columns.form[word] for word in phrase.words), gaps, moving, animate, kind == "PLACE")


def _moves(phrase: Phrase, word: int) -> bool:
    """The anchor, and what is tied to it by agreement alone; the tagger's trees may have rings."""
    columns = phrase.columns
    for _ in phrase.words:
        if word == phrase.anchor:
            return True
        if word not in phrase.words or columns.deprel[word] not in _AGREEING or columns.tag(word).case != "N":
            return False
        word = columns.head[word]
    return False
