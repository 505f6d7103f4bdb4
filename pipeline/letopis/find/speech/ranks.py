"""What speaks for a member of the cast as the speaker of a quote and against it, as names of facts (see `ranking`)."""

from dataclasses import dataclass

from letopis.find.speech.cast import Calling, Member, normals, stem, title_keys
from letopis.find.speech.choose import Chosen
from letopis.find.speech.features import size
from letopis.find.speech.lexicon import bodies, group
from letopis.find.speech.phrases import Speaker
from letopis.find.speech.scene import Scene
from letopis.find.speech.view import View


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every member: where the quote stands, and what is said of its speaker."""

    sentence: int
    start: int
    cue: str                          # class of its cue
    gender: str                       # masc, fem, plural, none; '' where nothing can show it
    keys: frozenset[str]              # what the phrase calls the speaker
    about: frozenset[str]             # stems of the words about it
    head: frozenset[str]              # normal forms of the phrase's head and last word
    last: frozenset[str]
    group: str                        # of a common noun for organisations


def question_of(view: View, chosen: Chosen) -> Question:
    """What a quote asks."""
    sentence, start = place_of(view, chosen)
    cue = "" if chosen.cue is None else chosen.cue.kind
    speaker = chosen.speaker
    nothing: frozenset[str] = frozenset()
    if speaker is None:
        return Question(sentence, start, cue, _gender(view, chosen), nothing, nothing, nothing, nothing, "")
    lemma = view.lemma[speaker.head]
    about = {stem(view.lemma[w]) for w in range(speaker.first, speaker.last + 1) if w != speaker.head and view.pos[w] != "ADP"}
    group_ = bodies()[lemma].kind if lemma in bodies() else ""
    return Question(
        sentence, start, cue, _gender(view, chosen), title_keys(lemma), frozenset(about), normals(lemma),
        normals(view.lemma[speaker.last]), group_,
    )


def place_of(view: View, chosen: Chosen) -> tuple[int, int]:
    """Sentence and offset that the speaker is looked for from: its phrase, its cue, the quote."""
    word = chosen.candidate.first
    if chosen.speaker is not None:
        word = chosen.speaker.first
    elif chosen.cue is not None:
        word = chosen.cue.first
    return view.sentence[word], view.start[word]


def _gender(view: View, chosen: Chosen) -> str:
    """Gender or number of the pronoun or noun, else of the verb."""
    if chosen.speaker is None and chosen.cue is None:
        return ""
    word = chosen.speaker.head if chosen.speaker is not None else chosen.cue.word if chosen.cue is not None else 0
    form, feats = view.lower(word), view.feats[word]
    he, she = form in group("he"), form in group("she")
    if "Number=Plur" in feats and not he and not she:
        return "plural"
    return "masc" if he or "Gender=Masc" in feats else "fem" if she or "Gender=Fem" in feats else "none"


def member_facts(scene: Scene, chosen: Chosen, asked: Question, member: Member, number: int, rank: int) -> list[str]:
    """What speaks for a member and against it; `rank`: how many of its kind are nearer."""
    c, calling = chosen.candidate, scene.cast.calling(member)
    span = scene.mentions[number].span
    distance = asked.sentence - span.sentence
    last, spoken = scene.voices.get(member.kind, (None, -1))
    kind = "medium" if calling.medium else member.kind
    within = span.sentence >= c.sentence and span.reading == c.reading and c.start <= span.start < c.end
    facts = [
        f"kind={kind}", f"far={size(distance) if distance >= 0 else 'later'}/{kind}",
        f"same={distance == 0}/{span.start < asked.start}", f"within={within}/{c.kind}",
        f"subject={scene.is_subject(number)}/{kind}", f"voice={member is scene.voice}/{kind}", f"rank={min(rank, 4)}/{kind}",
        f"spoke={size(asked.sentence - spoken) if member is last else 'no'}/{kind}", f"times={min(len(member.mentions), 4)}/{kind}",
        f"cue={asked.cue}/{kind}", f"pattern={c.pattern}/{kind}", f"turns={min(scene.turns.get(id(member), 0), 3)}/{kind}",
        f"main={len(member.mentions) == scene.cast.most(member.kind)}/{kind}",
    ]
    if asked.gender:
        known = "masc" if calling.masculine > 0 else "fem" if calling.masculine else "none"
        facts.append(f"gender={asked.gender}/{known if member.kind == 'person' else member.kind}")
    return facts if chosen.speaker is None else facts + _titles(asked, member, calling)


def _titles(asked: Question, member: Member, calling: Calling) -> list[str]:
    """What the phrase says of the speaker against what the text calls the member."""
    words = member.words
    alike = asked.group and any(t in bodies() and bodies()[t].kind == asked.group for t in calling.titles | words)
    return [
        f"named={not asked.head.isdisjoint(words)}/{not asked.last.isdisjoint(words)}/{member.kind}",
        f"title={not asked.keys.isdisjoint(calling.titles)}",
        f"word={member.kind != 'person' and not asked.keys.isdisjoint(words)}",
        f"about={not asked.about.isdisjoint(calling.context)}/{bool(asked.about)}",
        f"name={bool(asked.about) and any(w[:5] in asked.about for w in words)}",
        f"body={asked.group}/{calling.medium}", f"alike={bool(alike)}",
    ]


def phrase_facts(scene: Scene, chosen: Chosen) -> list[str]:
    """What speaks for taking the phrase as it is: somebody the text has not named."""
    view, speaker = scene.view, chosen.speaker
    unnamed = f"phrase_after={size(place_of(view, chosen)[0] - scene.unnamed) if scene.unnamed >= 0 else 'no'}"
    if speaker is None:
        return ["phrase", "phrase=none", unnamed, f"phrase_cue={'' if chosen.cue is None else chosen.cue.kind}"]
    feats = view.feats[speaker.head]
    return [
        "phrase", unnamed, f"phrase_built={built_of(view, speaker)}/{view.lemma[speaker.head] in bodies()}",
        f"phrase_words={size(speaker.last - speaker.first + 1)}", f"phrase_plural={'Number=Plur' in feats}",
        f"phrase_upper={view.form[speaker.last][:1].isupper() and speaker.last > speaker.first}", f"phrase_how={speaker.how}",
        f"phrase_pos={view.pos[speaker.head]}", f"phrase_lemma={view.lemma[speaker.head]}",
    ]


def built_of(view: View, speaker: Speaker) -> str:
    """bare ('министр'), adjective ('местная прокуратура'), full ('обозреватель газеты')."""
    rest = [w for w in range(speaker.first, speaker.last + 1) if w != speaker.head]
    if not rest:
        return "bare"
    return "adjective" if all(view.pos[w] in ("ADJ", "DET", "PRON", "ADV", "NUM") for w in rest) else "full"
