"""Speakers that are named where they speak: 'заявил Путин', 'глава МИД Гжегож Схетына', 'пресс-служба ГУВД'.

Contract: an ordered list of rules, the first answer wins; None where the phrase names nobody (`ranking` looks further then).
"""

from collections.abc import Callable

from letopis.find.speech.lexicon import group
from letopis.find.speech.phrases import Speaker, case_of
from letopis.find.speech.scene import Scene

_BARRIERS = frozenset({",", ":", ";", "–", "—", "."})
_BEYOND = 9                                        # words of a title that the tree has torn from its name


def named(scene: Scene, speaker: Speaker) -> tuple[int, str] | None:
    """The mention that a phrase names, and the rule that found it."""
    for rule in RULES:
        found = rule(scene, speaker)
        if found is not None:
            return found, rule.__name__
    return None


def head_person(scene: Scene, speaker: Speaker) -> int | None:
    """'заявил <Путин>'."""
    number = head_name(scene, speaker)
    return number if number is not None and scene.mentions[number].type == "PERSON" else None


def apposed_name(scene: Scene, speaker: Speaker) -> int | None:
    """'глава МИД Польши <Гжегож Схетына>': the last name of the phrase, or right after it, that isn't a genitive."""
    people = [n for n in scene.inside(speaker, beyond=_BEYOND) if scene.mentions[n].type == "PERSON"]
    return next((n for n in reversed(people) if _is_named_by(scene, speaker, n)), None)


def _is_named_by(scene: Scene, speaker: Speaker, number: int) -> bool:
    view = scene.view
    first = scene.first_word(number)
    case, wanted = case_of(view, first), case_of(view, speaker.head)
    if first > speaker.last:
        between = range(speaker.last + 1, first)
        if any(view.pos[w] in ("VERB", "ADP", "CCONJ") or view.form[w] in _BARRIERS for w in between):
            return False
        return (view.pos[speaker.head] == "NOUN" and case != "Case=Gen") or case == wanted != ""
    if case == "Case=Nom" or (view.head[first] == speaker.head and case != "Case=Gen"):
        return True
    return view.deprel[first] in ("appos", "flat:name", "flat:foreign") and case in ("", wanted)


def head_name(scene: Scene, speaker: Speaker) -> int | None:
    """'сообщает <ТАСС>': the head is in the name."""
    start = scene.view.start[speaker.head]
    spans = {n: scene.mentions[n].span for n in scene.inside(speaker)}
    return _widest(scene, [n for n, span in spans.items() if span.start <= start < span.end])


def stood_for(scene: Scene, speaker: Speaker) -> int | None:
    """'пресс-служба <ГУВД>', 'представители <Фонда>', 'газета <"Ведомости">'."""
    if scene.view.lemma[speaker.head] not in group("representative"):
        return None
    return _widest(scene, [n for n in scene.inside(speaker) if scene.mentions[n].type == "ORGANIZATION"])


def _widest(scene: Scene, numbers: list[int]) -> int | None:
    return max(numbers, key=lambda n: (scene.mentions[n].span.end - scene.mentions[n].span.start, -n), default=None)


RULES: tuple[Callable[[Scene, Speaker], int | None], ...] = (head_person, apposed_name, head_name, stood_for)
