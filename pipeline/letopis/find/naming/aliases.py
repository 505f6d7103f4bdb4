"""Statements that two names are one's: '... (ДВМС)', 'далее — Фонд', 'Кирилл (в миру Владимир Гундяев)', 'он взял имя Франциск'.

Contract. Pairs of neighbouring mentions of people, or of organisations and things, joined by the words between them. A
statement holds inside its document, and across documents through whoever has both names.
"""

import re
from collections.abc import Iterator, Sequence

from letopis.find.naming.bodies import initials
from letopis.find.naming.people import person_name
from letopis.find.naming.scene import BODIES, Scene

_OPEN = r"[»”\"]?\s*\(\s*[«“\"]?"
_BRACKET = re.compile(_OPEN)
_HEREAFTER = re.compile(
    _OPEN + r"\s*(?:далее|ранее|бывш\w+|прежде|экс-|ныне|сейчас|также|или)\s*(?:—|–|-|по тексту —)?\s*[«“\"]?", re.IGNORECASE,
)
_BORN = re.compile(
    _OPEN + r"(?:в миру|урожд[её]нн\w+|в девичестве|наст(?:оящее имя|\.? имя)|ныне|экс-|до замужества)[\s—–:-]*"
    r"|,?\s*(?:до замужества|урожд[её]нн\w+|в девичестве|в миру)\s*", re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:взял\w* имя|(?:теперь|отныне)(?: \w+)? называ\w+|стал\w* называться|переименован\w* в|отныне это|извест\w+ как|"
    r"(?:сменил|сменит|изменил|поменял)\w* (?:название|имя) на|знает как|прозванн\w+|по прозвищу|под (?:торговой )?маркой|"
    r"под именем|под псевдонимом|ныне)\s*[—–:-]?\s*[«“\"]?$", re.IGNORECASE,
)
_REACH = 90
_SOUNDS = {
    "a": "аэ", "b": "б", "c": "кцсч", "d": "д", "e": "еэи", "f": "ф", "g": "гдж", "h": "хг", "i": "иай", "j": "джйх", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "оу", "p": "пф", "q": "к", "r": "р", "s": "сшз", "t": "т", "u": "уюа", "v": "вф", "w": "ву",
    "x": "кз", "y": "йеюяи", "z": "зц",
}


def aliases(scene: Scene, mentions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of mentions of one document (numbers of the batch) that a statement makes one."""
    people = [i for i in mentions if scene.mentions[i].type == "PERSON"]
    bodies = [i for i in mentions if scene.mentions[i].type in BODIES and not _is_inner(scene, i)]
    for group, rule in ((people, _people), (bodies, _bodies)):
        for number, b in enumerate(group):
            for a in reversed(group[max(0, number - 3):number]):
                if scene.words[a][1] <= scene.words[b][0] and rule(scene, a, b):
                    yield a, b
                    break


def _is_inner(scene: Scene, mention: int) -> bool:
    """Whether it stands inside the name of another organisation or thing."""
    parent = scene.mentions[mention].parent
    if parent is None or scene.mentions[parent].type not in BODIES:
        return False
    return not set("()«»") & set(_form(scene, parent))


def _people(scene: Scene, a: int, b: int) -> bool:
    """A bracket with nothing but a name after a full name, a birth name, a name taken."""
    between = _between(scene, a, b)
    if between is None:
        return False
    names = person_name(scene.mentions[a].normal), person_name(scene.mentions[b].normal)
    if _BRACKET.fullmatch(between):
        spelled = any(n.full or (n.given and n.middle) for n in names)
        return spelled and _closes(scene, b) and names[0].surname != names[1].surname
    return bool(_BORN.fullmatch(between) or _CALLED.search(between)) and names[0] != names[1]


def _bodies(scene: Scene, a: int, b: int) -> bool:
    """A bracket whose name is short for the other or in other letters, 'далее — ...', a change of name."""
    between = _between(scene, a, b)
    if between is None:
        return False
    if _BRACKET.fullmatch(between):
        short = _is_short(scene, a, b) or _is_short(scene, b, a)
        return _closes(scene, b, ",)") and (short or _sounds_alike(_form(scene, a), _form(scene, b)))
    return bool(_HEREAFTER.fullmatch(between) or _CALLED.search(between))


def _between(scene: Scene, a: int, b: int) -> str | None:
    first, second = scene.mentions[a].span, scene.mentions[b].span
    near = first.reading == second.reading and second.sentence - first.sentence < 2 and 0 <= second.start - first.end < _REACH
    return scene.text.readings.clean[first.reading][first.end:second.start] if near else None


def _closes(scene: Scene, mention: int, marks: str = ")") -> bool:
    """Whether the bracket ends with the name, '»' aside."""
    span = scene.mentions[mention].span
    return scene.text.readings.clean[span.reading][span.end:span.end + 3].lstrip("»”\" ")[:1] in tuple(marks)


def _is_short(scene: Scene, full: int, short: int) -> bool:
    """'ДВМС' of 'Департамент внешнеэкономических ... связей': a word in capitals, three of them or the name's first letter."""
    name, forms = _form(scene, short), scene.text.words.form[slice(*scene.words[full])]
    first, _, rest = name.partition(" ")
    capitals = sum(c.isupper() for c in first) > len(first) / 2 and not any(c.islower() for c in rest)
    return capitals and len(forms) > 1 and (first[0].lower() in initials(forms) or len(first) > 2)


def _form(scene: Scene, mention: int) -> str:
    span = scene.mentions[mention].span
    return scene.text.readings.clean[span.reading][span.start:span.end]


def _sounds_alike(a: str, b: str) -> bool:
    """Whether one name is in Latin letters, the other is not, and both may begin with one sound: 'Microsoft («Майкрософт»)'."""
    latin = [bool(re.search(r"[A-Za-z]", name)) for name in (a, b)]
    if latin[0] == latin[1]:
        return False
    foreign, russian = (a, b) if latin[0] else (b, a)
    foreign = re.sub(r"^(?:the|a) ", "", foreign, flags=re.IGNORECASE)
    return bool(russian) and russian[0].lower() in _SOUNDS.get(foreign[:1].lower(), "")
