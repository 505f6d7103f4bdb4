"""Speakers that are not named where they speak: whom of the document's people and organisations 'он' or 'ведомство' means.

Contract: candidates are the members that the text has named before the quote (or up to the sentence after it), and the phrase
by itself; each gets facts (`ranks`), and a table of weights (`weights`, kind 'member') says which fits best.
"""

from collections import Counter

from letopis.find.speech.cast import Member, title_keys
from letopis.find.speech.choose import Chosen
from letopis.find.speech.lexicon import bodies, group
from letopis.find.speech.phrases import Speaker
from letopis.find.speech.ranks import built_of, member_facts, phrase_facts, place_of, question_of
from letopis.find.speech.scene import Scene
from letopis.find.speech.view import View
from letopis.find.speech.weights import total
from letopis.layers import Span

_NEAREST = 20                                       # members looked at


def best(scene: Scene, chosen: Chosen) -> tuple[int | None, str]:
    """The mention that fits best, or None for the phrase as it is; and what stood for the speaker."""
    if chosen.speaker is not None and speaks_for_itself(scene, chosen.speaker):
        return None, "described"
    sort = sort_of(scene.view, chosen)
    found: int | None = None
    highest = total("member", sort, phrase_facts(scene, chosen))
    asked = question_of(scene.view, chosen)
    for rank, member, number in members(scene, chosen):
        score = total("member", sort, member_facts(scene, chosen, asked, member, number, rank))
        if score > highest:
            found, highest = number, score
    return found, sort if found is not None else f"phrase_{sort}"


def speaks_for_itself(scene: Scene, speaker: Speaker) -> bool:
    """'обозреватель газеты', 'местная прокуратура', 'эксперты': somebody described, whom the text hasn't called so before."""
    view = scene.view
    lemma = view.lemma[speaker.head]
    if view.pos[speaker.head] != "NOUN" or lemma in group("office") or speaker.how == "paper" or is_known(scene, speaker):
        return False
    built = built_of(view, speaker)
    return built == "full" or (built == "adjective" and lemma in bodies()) or "Number=Plur" in view.feats[speaker.head]


def is_known(scene: Scene, speaker: Speaker) -> bool:
    """The text calls somebody by the phrase's noun."""
    return not scene.cast.nouns().isdisjoint(title_keys(scene.view.lemma[speaker.head]))


def sort_of(view: View, chosen: Chosen) -> str:
    """What stands for the speaker: he, she, they, people, anim, inan, proper, paper; else the cue's shape, or quote."""
    speaker = chosen.speaker
    if speaker is None:
        return "quote" if chosen.cue is None else chosen.cue.shape
    if speaker.how == "paper":
        return "paper"
    if _is_proper(view, speaker):
        return "proper"
    form, feats = view.lower(speaker.head), view.feats[speaker.head]
    if view.pos[speaker.head] in ("PRON", "DET"):
        return "he" if form in group("he") else "she" if form in group("she") else "they"
    if "Animacy=Anim" in feats or view.lemma[speaker.head] == "глава":
        return "people" if "Number=Plur" in feats else "anim"
    return "inan"


def _is_proper(view: View, speaker: Speaker) -> bool:
    """The phrase has a name that is no mention: 'Дэвис', 'тренер Этери Тутберидзе'."""
    if view.pos[speaker.head] == "PROPN":
        return True
    return any(
        view.pos[w] == "PROPN" and view.form[w][:1].isupper()
        and ("Case=Nom" in view.feats[w] or view.deprel[w] in ("appos", "flat:name"))
        for w in range(speaker.head + 1, speaker.last + 1))


def members(scene: Scene, chosen: Chosen) -> list[tuple[int, Member, int]]:
    """Members that may speak, nearest first: how many of its kind are nearer, the member, the mention it is known by there."""
    sentence, start = place_of(scene.view, chosen)
    found = []
    for member in scene.cast.members:
        number = scene.last_before(member, sentence, start)
        if number is None:
            number = member.mentions[0]
            if scene.mentions[number].span.sentence - sentence > 1:
                continue
        if not _is_inside(scene.view, chosen.speaker, scene.mentions[number].span):
            found.append((member, number))
    found.sort(key=lambda pair: (-scene.mentions[pair[1]].span.sentence, -scene.mentions[pair[1]].span.start, pair[1]))
    nearer = Counter[str]()
    out = []
    for member, number in found[:_NEAREST]:
        out.append((nearer[member.kind], member, number))
        nearer[member.kind] += 1
    return out


def _is_inside(view: View, speaker: Speaker | None, span: Span) -> bool:
    """A name in the phrase that is not the speaker: 'новый глава <МИД>'."""
    return speaker is not None and view.sentence[speaker.head] == span.sentence and (
        view.start[speaker.first] <= span.start < view.end[speaker.last])
