"""Anaphors: pronouns, posts and short descriptions that stand for somebody or something named in the same document.

Contract: a row for every 'который', 'свой', 'он', 'она' (in whatever case) and lone noun that the rules resolve, each with the
share right of its rule as score; a subject pronoun of the third person that several could be, or nobody, has a row without an
antecedent. Groups ('они') and what is said of no name are not sought.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from letopis.find.clauses import Text, by_sentence, feature, span_of
from letopis.find.naming.people import gender_of, person_name
from letopis.find.naming.same_people import gender_here
from letopis.find.naming.scene import Scene, scene_of
from letopis.find.naming.standing import bodies_by_noun, people_by_post
from letopis.layers import Anaphor, Mention

VERSION = "2"
_THIRD = {"он": "masc", "она": "femn", "его": "masc", "ее": "femn", "её": "femn"}
_REACH = 3                            # sentences looked back
SCORES = {
    "relative": 0.74, "reflexive": 0.88, "only_person": 0.84, "subject": 0.63, "before": 0.62, "post": 0.9, "noun": 0.75,
}
"""Share right of each rule on 205 documents of RuCoCo (evaluated only), antecedents in the chain gold gives."""


@dataclass(slots=True)
class _Found:
    """What the rules look at, and the antecedents found so far: [word] the mention."""

    text: Text
    scene: Scene
    mentions: tuple[Mention, ...]
    entities: tuple[int, ...]
    people: list[list[int]]           # [sentence] its people, in order
    at: dict[int, int]                # word -> outermost mention with an entity
    resolved: dict[int, int] = field(default_factory=dict)


def find_anaphors(text: Text, mentions: tuple[Mention, ...], entities: tuple[int, ...]) -> tuple[Anaphor, ...]:
    """The anaphors of a batch, in order."""
    scene = scene_of(text, mentions, (None,) * len(mentions))
    found = _Found(text, scene, mentions, entities, _people(text, mentions), _at(scene, entities))
    out = [*_pronouns(found), *_nominals(found)]
    return tuple(sorted(out, key=lambda a: (a.span.reading, a.span.start)))


def _people(text: Text, mentions: tuple[Mention, ...]) -> list[list[int]]:
    sentences = by_sentence([m.span for m in mentions], len(text.sentences.role))
    return [[i for i in group if mentions[i].type == "PERSON"] for group in sentences]


def _at(scene: Scene, entities: tuple[int, ...]) -> dict[int, int]:
    at: dict[int, int] = {}
    for i, (first, last) in enumerate(scene.words):
        if entities[i] >= 0 and scene.mentions[i].form != "adjective":
            for word in range(first, last):
                at.setdefault(word, i)
    return at


def _pronouns(found: _Found) -> Iterator[Anaphor]:
    for word, lemma in enumerate(found.text.syntax.lemma):
        rules = RULES.get(lemma.lower())
        if rules is None or found.text.syntax.pos[word] not in ("PRON", "DET"):
            continue
        for name, rule in rules:
            antecedent = rule(found, word)
            if antecedent is not None:
                found.resolved[word] = antecedent
                yield Anaphor(span_of(found.text, word, word + 1), "pronoun", antecedent, SCORES[name], f"{name}_2")
                break
        else:
            if lemma.lower() in ("он", "она") and found.text.syntax.deprel[word].startswith("nsubj"):
                yield Anaphor(span_of(found.text, word, word + 1), "pronoun", None, 0.0, "open_2")


def _nominals(found: _Found) -> Iterator[Anaphor]:
    """Lone posts and nouns: 'министр', 'ведомство'."""
    for name, standing in (("post", people_by_post), ("noun", bodies_by_noun)):
        for word, antecedent in standing(found.scene, found.entities):
            if word not in found.at:
                yield Anaphor(span_of(found.text, word, word + 1), "nominal", antecedent, SCORES[name], f"{name}_2")


# --- rules: word of the pronoun -> mention it stands for, None where they do not know ------------------------------------------

def _relative(found: _Found, word: int) -> int | None:
    """'Иван Петров, который ...': the noun its clause depends on."""
    verb = word
    for _ in range(6):
        if found.text.syntax.deprel[verb].startswith("acl"):
            noun = int(found.text.syntax.head[verb])
            return _named_at(found, noun) if _agrees(found, word, noun) else None
        verb = int(found.text.syntax.head[verb])
        if verb < 0:
            return None
    return None


def _agrees(found: _Found, word: int, noun: int) -> bool:
    """Gender and number, as far as both are known."""
    pairs = ((feature(found.text, word, f), feature(found.text, noun, f)) for f in ("Number", "Gender"))
    return all(a == b or not a or not b for a, b in pairs)


def _reflexive(found: _Found, word: int) -> int | None:
    """'Иванов взял свою шапку': the subject of its verb."""
    verb = word
    for _ in range(6):
        verb = int(found.text.syntax.head[verb])
        if verb < 0:
            return None
        subjects = [c for c in found.text.children[verb] if found.text.syntax.deprel[c].startswith("nsubj")]
        if subjects:
            return found.resolved.get(subjects[0], _named_at(found, subjects[0]))
    return None


def _only_person(found: _Found, word: int) -> int | None:
    """The only person of its gender before it in the sentence, else in the sentence before."""
    for group in _windows(found, word)[:2]:
        fitting = [i for i in group if _fits(found, word, i)]
        if fitting:
            one = len({found.entities[i] for i in fitting}) == 1 and not _rivals(found, word, fitting[-1])
            return fitting[-1] if one else None
    return None


def _subject(found: _Found, word: int) -> int | None:
    """A subject pronoun goes on with the subject of the sentence before."""
    if not found.text.syntax.deprel[word].startswith("nsubj"):
        return None
    for group in _windows(found, word)[1:2]:
        subjects = [i for i in group if _is_subject(found, i) and _fits(found, word, i)]
        joined = any(found.text.syntax.deprel[found.scene.words[i][0]] == "conj" for i in group if _fits(found, word, i))
        if len({found.entities[i] for i in subjects}) == 1 and not joined:
            return subjects[-1]
    return None


def _before(found: _Found, word: int) -> int | None:
    """The only person of its gender in the sentences before."""
    fitting = [i for group in _windows(found, word) for i in group if _fits(found, word, i)]
    one = len({found.entities[i] for i in fitting}) == 1 and not _rivals(found, word, max(fitting))
    return max(fitting) if one else None


RULES: dict[str, tuple[tuple[str, Callable[[_Found, int], int | None]], ...]] = {
    "который": (("relative", _relative),),
    **dict.fromkeys(("свой", "себя"), (("reflexive", _reflexive),)),
    **dict.fromkeys(_THIRD, (("only_person", _only_person), ("subject", _subject), ("before", _before))),
}


def _windows(found: _Found, word: int) -> list[list[int]]:
    """People before a word in its sentence, then of the sentences before in its reading."""
    sentence = int(found.text.words.sentence[word])
    start = int(found.text.words.start[word])
    own = [i for i in found.people[sentence] if found.mentions[i].span.start < start]
    reading = found.text.sentences.reading[sentence]
    before = (s for s in range(sentence - 1, max(-1, sentence - 1 - _REACH), -1))
    return [own, *(found.people[s] for s in before if found.text.sentences.reading[s] == reading)]


def _rivals(found: _Found, word: int, person: int) -> bool:
    """Whether a thing of its gender stands as a subject between a person and the pronoun, or in its own sentence before it."""
    text = found.text
    wanted = {"masc": "Masc", "femn": "Fem"}[_THIRD[text.syntax.lemma[word].lower()]]
    start = max(found.scene.words[person][1], int(text.words.first[text.words.sentence[word]]) - 40)
    nouns = (n for n in range(start, word) if text.syntax.pos[n] == "NOUN" and n not in found.scene.person_at)
    things = (n for n in nouns if feature(text, n, "Gender") == wanted and feature(text, n, "Animacy") != "Anim")
    return any(text.syntax.deprel[n].startswith(("nsubj", "obj")) for n in things)


def _fits(found: _Found, word: int, person: int) -> bool:
    """Its gender, and not the subject of the same verb, which would be 'себя' or 'свой'."""
    wanted = _THIRD[found.text.syntax.lemma[word].lower()]
    gender = gender_of(person_name(found.mentions[person].normal)) or gender_here(found.scene, person)
    if wanted and gender and gender != wanted:
        return False
    verb, head = int(found.text.syntax.head[word]), int(found.text.syntax.head[found.scene.words[person][0]])
    return not (verb == head and verb >= 0 and _is_subject(found, person))


def _is_subject(found: _Found, mention: int) -> bool:
    word = found.scene.words[mention][0]
    if found.text.syntax.deprel[word] in ("appos", "flat:name"):
        word = int(found.text.syntax.head[word])
    return found.text.syntax.deprel[word].startswith("nsubj")


def _named_at(found: _Found, word: int) -> int | None:
    """The mention at a noun, or the name in apposition to it: 'министр Иванов, который ...'."""
    if word < 0:
        return None
    if word in found.at:
        return found.at[word]
    near = (c for c in found.text.children[word] if found.text.syntax.deprel[c] == "appos" and feature(found.text, c, "Case"))
    return next((found.at[c] for c in near if c in found.at), None)
