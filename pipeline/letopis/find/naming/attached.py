"""What stands attached to the name of an organisation or thing: the town it is of, and what kind of thing it is.

'московский «Спартак»', '«Спартак» из Москвы', 'шахта «Северная» в Воркуте', 'кинотеатр «Надежда»'. A place further off tells
nothing here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from letopis.find.clauses import feature
from letopis.find.naming.bodies import kind_classes, lemma
from letopis.find.naming.scene import Scene

_QUOTES = {"«", "»", "“", "”", "„", '"'}
_FROM = {"из", "под", "близ"}
_IN = {"в", "во", "на"}
_HERE = {"местный", "здешний"}
_SPORTS = {"football", "hockey", "basketball", "volleyball", "handball"}


@dataclass(frozen=True, slots=True)
class Attached:
    """Keys of places, and classes of kinds."""

    seats: frozenset[str]
    kinds: frozenset[str]


def attached_to(scene: Scene, mention: int) -> Attached:
    """What stands right before and right after a mention."""
    first, last = scene.words[mention]
    kinds, seats = _before(scene, first)
    return Attached(frozenset(seats | _after(scene, last)), classes(kinds))


def classes(kinds: Iterable[str]) -> frozenset[str]:
    """The classes that words for kinds say for certain: 'кинотеатр' -> 'cinema', 'компания' -> none."""
    return frozenset(c for k in kinds for c in kind_classes().get(k, "").split())


def kinds_exclude(a: Collection[str], b: Collection[str]) -> bool:
    """Whether classes exclude one another: a bank is no cinema, a football club no hockey club."""
    if not a or not b:
        return False
    sports = [{k for k in kinds if k in _SPORTS} for kinds in (a, b)]
    return not set(a) & set(b) or bool(sports[0] and sports[1] and not sports[0] & sports[1])


def _before(scene: Scene, first: int) -> tuple[set[str], set[str]]:
    """Kinds and seats on the left: '[воркутинская] [шахта] «'; a noun counts before a quotation mark or if it is a known kind."""
    text = scene.text
    start = int(text.words.first[text.words.sentence[first]])
    kinds: set[str] = set()
    seats: set[str] = set()
    word, quoted = first - 1, False
    while word >= start and first - word < 7:
        pos, form = text.syntax.pos[word], text.words.form[word]
        if form in _QUOTES:
            quoted = True
        elif quoted and word in scene.person_at:                           # 'роман | Льва Толстого | «Война и мир»'
            word -= 1
            continue
        elif word in scene.place_at and (pos == "ADJ" or kinds):
            seats.add(scene.place_at[word])
        elif pos == "ADJ" and text.syntax.lemma[word].lower() in _HERE:
            seats |= _town_before(scene, word)
        elif (pos in ("NOUN", "PROPN") and not kinds and _is_kind(scene, word, first, quoted=quoted)) or _is_sport(scene, word):
            kinds.add(lemma(text.syntax.lemma[word]))
        elif pos != "ADJ":
            break
        word -= 1
    return kinds, seats


def _town_before(scene: Scene, word: int) -> set[str]:
    """'сыграл в Нальчике ... ворота | местного «Спартака»': the town that was named last."""
    document = scene.text.readings.document
    reading = scene.text.sentences.reading[scene.text.words.sentence[word]]
    named = (i for i in reversed(scene.documents[int(document[reading])]) if scene.words[i][1] <= word)
    town = next((scene.places[i] for i in named if scene.mentions[i].type == "CITY" and scene.places[i]), None)
    return {town} if town else set()


def _is_sport(scene: Scene, word: int) -> bool:
    """'хоккейный | «Трактор»'."""
    return scene.text.syntax.pos[word] == "ADJ" and lemma(scene.text.syntax.lemma[word]) in kind_classes()


def _is_kind(scene: Scene, word: int, first: int, *, quoted: bool) -> bool:
    return (quoted or _is_kind_of(scene, word, first)) and not _is_owned(scene, word, first)


def _is_kind_of(scene: Scene, word: int, first: int) -> bool:
    """'газета | Правда', but not 'на площади | Эрмитаж открыл': the name depends on the word for its kind or has its case."""
    text = scene.text
    if lemma(text.syntax.lemma[word]) not in kind_classes():
        return False
    return int(text.syntax.head[first]) == word or feature(text, word, "Case") == feature(text, first, "Case")


def _is_owned(scene: Scene, word: int, first: int) -> bool:
    """'самолёт | «Аэрофлота»', 'пресс-служба | правительства': a name in the genitive owns what is not in the genitive.

    'Хоккеисты | «Динамо»' tell what club it is all the same.
    """
    if {*kind_classes().get(lemma(scene.text.syntax.lemma[word]), "").split()} & _SPORTS:
        return False
    owner = feature(scene.text, first, "Case") == "Gen" and feature(scene.text, word, "Case") != "Gen"
    return owner and int(scene.text.syntax.head[first]) == word


def _after(scene: Scene, last: int) -> set[str]:
    """Seats on the right: '» [из Москвы]', '№ 5 [в Перми]', 'ТЭЦ-2 [Владивостока]', '([Самара])'."""
    text = scene.text
    words, end = text.words, int(text.words.first[text.words.sentence[last - 1] + 1])
    while last < end and words.form[last] in ("»", "”", '"', ",", ")"):
        last += 1
    if last + 1 < end and (words.form[last].lower() in _FROM | _IN or words.form[last] == "("):
        step = 2 if words.form[last + 1].lower() in ("городе", "города", "г") and last + 2 < end else 1
        key = scene.place_at.get(last + step)
        return {key} if key else set()
    genitive = last < end and feature(text, last, "Case") == "Gen" and words.form[last - 1] != ","
    return {scene.place_at[last]} if genitive and last in scene.place_at else set()
