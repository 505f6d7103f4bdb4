"""Anaphors, first version: a pronoun of the third person that only one person can be.

Contract: rows only where the antecedent is clear: a subject pronoun in the singular, and exactly one person of its gender named
in its sentence before it or else in the sentence before. Others have no row.
"""

from letopis.find.clauses import Text, by_sentence, feature, span_of, words_of
from letopis.find.names import person_name
from letopis.layers import Anaphor, Mention
from letopis.text.dictionary import parses

VERSION = "1"
METHOD = "pronoun_1"
SCORE = 0.85                          # share right of 229 pronouns in 287 articles of RuCoCo (evaluated only)
_GENDERS = {"он": "masc", "она": "femn"}


def find_anaphors(text: Text, mentions: tuple[Mention, ...], entities: tuple[int, ...]) -> tuple[Anaphor, ...]:
    """The anaphors of a batch, in order."""
    people = by_sentence([m.span for m in mentions], len(text.sentences.role))
    people = [[i for i in group if mentions[i].type == "PERSON"] for group in people]
    out = []
    for word, lemma in enumerate(text.syntax.lemma):
        if lemma in _GENDERS and text.syntax.pos[word] == "PRON" and text.syntax.deprel[word].startswith("nsubj"):
            antecedent = _antecedent(text, mentions, entities, people, word)
            if antecedent is not None:
                out.append(Anaphor(span_of(text, word, word + 1), "pronoun", antecedent, SCORE, METHOD))
    return tuple(out)


def _antecedent(
    text: Text, mentions: tuple[Mention, ...], entities: tuple[int, ...], people: list[list[int]], word: int
) -> int | None:
    """The last mention of the only person it can be."""
    gender = _GENDERS[text.syntax.lemma[word]]
    sentence = int(text.words.sentence[word])
    before = [i for i in people[sentence] if mentions[i].span.start < int(text.words.start[word])]
    if not before and sentence and text.sentences.reading[sentence - 1] == text.sentences.reading[sentence]:
        before = people[sentence - 1]
    fitting = [i for i in before if _gender(text, mentions[i]) in (gender, "")]
    return fitting[-1] if len({entities[i] for i in fitting}) == 1 else None


def _gender(text: Text, mention: Mention) -> str:
    """Of the given name, else as tagged; '' where neither tells."""
    given = person_name(mention.normal).given
    tagged = next((p.tag.gender for p in parses(given) if "Name" in p.tag and p.tag.gender), "") if len(given) > 1 else ""
    if tagged:
        return str(tagged)
    word = words_of(text, mention.span)[0]
    return {"Masc": "masc", "Fem": "femn"}.get(feature(text, word, "Gender"), "")
