"""Event mentions of a batch as columns of whole numbers: all that coreference and salience look at, read off the layers once.

Contract: a row an event, in their order. Lemmas and participants are numbers that are only ever compared within the batch; 0 stands
for nothing. Which of several participants or words are kept depends on the text alone.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from letopis.encoder.weights import Floats
from letopis.find.clauses import Text, features, head_word, words_of_each
from letopis.find.coreference.kinds import group_number, type_number
from letopis.find.coreference.words import FIRST_LEMMA, Bytes, Lexis
from letopis.layers import Anaphor, Event, Ints, Mention, Quote, Role, Span, Time

OWN, ARGUMENTS, NEAR = 3, 3, 6        # lemmas of a trigger, participants of a role, words and names around it that are kept
PARTS = {"agent": 0, "organizer": 0, "participant": 1, "patient": 1, "beneficiary": 1, "place": 2}
KINDS = 3
REALIS = ("actual", "planned", "negated", "hypothetical")
FACTS = (
    "type", "type2", "group", "realis", "sure", "speech", "plural", "tense", "definite", "other", "generic", "named", "quote",
    "opening", "block", "capital", "dated", "size", "depth", "relation",
)
TITLE = 3                             # of the fact 'opening'
_CONTENT = {"NOUN", "VERB", "PROPN", "ADJ", "NUM"}
_TENSE = {"Past": 1, "Pres": 2, "Fut": 3}
_OPENING = {"title": TITLE, "heading": 2, "lead": 1, "dateline": 1}
_SPEECH = {"NOUN": 1, "PROPN": 1, "VERB": 2}
_VERBS = {"Inf": 3, "Part": 4}
_RELATIONS = {
    "root": 1, "nsubj": 2, "nsubj:pass": 2, "obj": 3, "obl": 4, "nmod": 5, "acl": 6, "acl:relcl": 6, "conj": 7, "xcomp": 8,
    "ccomp": 9, "advcl": 10, "parataxis": 11,
}
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Found:
    """The layers that event mentions are seen against."""

    text: Text
    mentions: tuple[Mention, ...]
    entities: tuple[int, ...]
    anaphors: tuple[Anaphor, ...]
    times: tuple[Time, ...]
    roles: tuple[Role, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of each event mention."""

    document: Ints                    # [event]
    sentence: Ints                    # [event] in the batch
    head: Ints                        # [event] its word in the batch
    facts: dict[str, Ints]            # name of FACTS -> [event]
    lemmas: Ints                      # [event, OWN] of the trigger's content words, its head first
    letters: Bytes                    # [event, LETTERS] of the head's lemma
    root: Bytes                       # [event, ROOT]
    parts: Ints                       # [event, KINDS, ARGUMENTS] who acts, who takes part or suffers, where
    near: Ints                        # [event, NEAR] lemmas of what depends on it
    around: Ints                      # [event, NEAR] entities of its sentence
    vector: Floats                    # [event, width] of the trigger
    company: Floats                   # [event, width] of what depends on it


def columns(found: Found, events: Sequence[Event]) -> Columns:
    """The columns of a batch's events."""
    seen = _Seen(found, events)
    rows = [_row(seen, number, event) for number, event in enumerate(events)]
    own, near = _padded([row[1] for row in rows], OWN), _padded([row[2] for row in rows], NEAR)
    head = np.array([row[0] for row in rows], np.int32)
    facts = np.array([row[3] for row in rows], np.int32).reshape(len(rows), len(FACTS))
    parts = [_padded([own[kind] for own in seen.parts], ARGUMENTS) for kind in range(KINDS)]
    text = found.text
    return Columns(
        text.readings.document[[e.span.reading for e in events]], np.array([e.span.sentence for e in events], np.int32),
        head,
        {name: facts[:, i] for i, name in enumerate(FACTS)},
        own, seen.lexis.letters(own[:, 0]), seen.lexis.roots(own[:, 0]), np.stack(parts, axis=1),
        near, _padded([seen.around[e.span.sentence] for e in events], NEAR),
        seen.lexis.vectors(own), seen.lexis.vectors(near),
    )


class _Seen:
    """The layers by word, sentence and event, and the numbers given to lemmas."""

    def __init__(self, found: Found, events: Sequence[Event]) -> None:
        self.found = found
        self.lexis = Lexis(found.text.syntax.lemma)
        self.content = [pos in _CONTENT for pos in found.text.syntax.pos]
        self.above: list[int] = found.text.syntax.head.tolist()
        self.words = words_of_each(found.text, [e.span for e in events])
        self.block = _blocks(found.text)
        self.around: list[list[int]] = [[] for _ in found.text.sentences.role]
        for mention, entity in zip(found.mentions, found.entities, strict=True):
            if entity >= 0 and 1 + entity not in self.around[mention.span.sentence]:
                self.around[mention.span.sentence].append(1 + entity)
        self.quotes = sorted((q.span.reading, q.span.start, q.span.end) for q in found.quotes)
        self.dated = [False] * len(events)
        self.parts: list[list[list[int]]] = [[[] for _ in range(KINDS)] for _ in events]
        self._take_roles()

    def _take_roles(self) -> None:
        roles = sorted(self.found.roles, key=lambda r: (r.event, r.span.start, r.span.end, r.role))
        words = words_of_each(self.found.text, [r.span for r in roles])
        for role, place in zip(roles, words, strict=True):
            if role.time is not None:
                self.dated[role.event] |= self.found.times[role.time].reason is None
            elif role.role in PARTS:
                self._add(role.event, PARTS[role.role], self._who(role, place))
        for quote in self.found.quotes:
            if quote.event is not None and quote.speaker_mention is not None:
                self._add(quote.event, 0, 1 + self.found.entities[quote.speaker_mention])

    def _add(self, event: int, kind: int, who: int) -> None:
        if who and who not in self.parts[event][kind]:
            self.parts[event][kind].append(who)

    def _who(self, role: Role, words: tuple[int, int]) -> int:
        """The entity a role speaks of, else the lemma of its head; 0 for an open pronoun."""
        mention = role.mention if role.anaphor is None else self.found.anaphors[role.anaphor].antecedent
        if mention is not None and self.found.entities[mention] >= 0:
            return 1 + self.found.entities[mention]
        if role.kind == "pronoun":
            return 0
        return FIRST_LEMMA + self.lexis.words[head_word(self.found.text, *words)]


def _blocks(text: Text) -> list[int]:
    """[sentence] which paragraph of its reading it stands in."""
    starts = [[b.start for b in blocks] for blocks in text.readings.blocks]
    pairs = zip(text.sentences.reading.tolist(), text.sentences.start.tolist(), strict=True)
    return [bisect_right(starts[reading], start) for reading, start in pairs]


def _row(seen: _Seen, number: int, event: Event) -> tuple[int, list[int], list[int], tuple[int, ...]]:
    """Head, lemmas of the trigger, lemmas of what depends on it, FACTS."""
    text, content, lemmas = seen.found.text, seen.content, seen.lexis.words
    first, last = seen.words[number]
    head = first if last == first + 1 else head_word(text, first, last)
    own = [head] + [w for w in range(first, last) if w != head and content[w]]
    children = [c for w in own[:OWN] for c in text.children[w] if not first <= c < last]
    grand = [g for c in children if content[c] for g in text.children[c] if content[g] and not first <= g < last]
    near = [w for w in dict.fromkeys((*children, *grand)) if content[w]]
    marks = {seen.lexis.cue[lemmas[c]] for c in children}
    role = text.sentences.role[event.span.sentence]
    return head, [lemmas[w] for w in own[:OWN]], [lemmas[w] for w in near[:NEAR]], (
        *_kind(event), round(100 * event.type_score), *_form(text.syntax.pos[head], text.syntax.feats[head]),
        1 in marks, 2 in marks, seen.lexis.cue[lemmas[head]] == 3, event.mention is not None, _quote(seen, event.span),
        _OPENING.get(role, 0), seen.block[event.span.sentence], text.words.form[head][0].isupper(), seen.dated[number],
        last - first, _depth(seen.above, head), _RELATIONS.get(text.syntax.deprel[head], 0),
    )


def _kind(event: Event) -> tuple[int, int, int, int]:
    return type_number(event.type), type_number(event.type2 or ""), group_number(event.type), REALIS.index(event.realis)


@lru_cache(maxsize=10_000)
def _form(pos: str, feats: str) -> tuple[int, int, int]:
    """Noun, finite verb, infinitive or participle; whether in the plural; tense."""
    found = features(feats)
    speech = _VERBS.get(found.get("VerbForm", ""), 0) or _SPEECH.get(pos, 0)
    return speech, found.get("Number") == "Plur", _TENSE.get(found.get("Tense", ""), 0)


def _quote(seen: _Seen, span: Span) -> int:
    """Number from 1 of the quote it stands in, 0 for none."""
    at = bisect_right(seen.quotes, (span.reading, span.start, 1 << 30))
    for number in range(at, max(at - 3, 0), -1):
        reading, _, end = seen.quotes[number - 1]
        if reading == span.reading and span.end <= end:
            return number
    return 0


def _depth(above: list[int], word: int) -> int:
    """Words between it and the root of its sentence, at most _DEEPEST."""
    for depth in range(_DEEPEST):
        word = above[word]
        if word < 0:
            return depth
    return _DEEPEST


def _padded(rows: Sequence[Sequence[int]], size: int) -> Ints:
    """[row, size] the first numbers of each, zeros behind them."""
    empty = [0] * size
    flat = [(*row, *empty)[:size] for row in rows]
    return np.array(flat, np.int32).reshape(len(rows), size)
