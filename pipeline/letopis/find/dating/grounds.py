"""What is asked of words and events before they are paired with moments: tense, place in the text, clauses, as small integers.

Contract. Every column is an array of codes 0 .. size - 1; 0 where a thing is unknown. Nothing here looks at more than a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from letopis.find.clauses import Text, features
from letopis.find.dating.moments import words_at
from letopis.find.lexicons import table
from letopis.layers import Event, Ints
from letopis.resources import data_path

DEPTH = 6                             # steps up the tree that are looked at
REALIS = {"actual": 0, "planned": 1, "negated": 2, "hypothetical": 3}
ROLES = {"title": 0, "heading": 0, "dateline": 1, "lead": 1, "body": 2, "item": 2, "quote": 2, "caption": 2}
TENSES = 10                           # sizes of the codes
CLASSES = 5
MARKS = 10
LEADS = 12
STEMS = 1 << 20                       # more than a batch has
STEM = 5                              # letters by which the last words of triggers are alike
_HELPING = frozenset(("aux", "aux:pass", "cop"))
_BREAKS = frozenset(",:;()—–-.!?")
PREPOSITIONS = {"в": 1, "во": 1, "на": 2, "с": 3, "со": 3, "до": 4, "к": 5, "ко": 5, "после": 6, "за": 7, "от": 8, "по": 9,
                "из": 10, "о": 10, "об": 10, "для": 10, "через": 11, "спустя": 11}


@dataclass(frozen=True, slots=True)
class Grounds:
    """Codes of words, and of events."""

    up: Ints                          # [step, word] the word so many heads up, -1 above the root
    breaks: Ints                      # [word] breaks of clauses before it, in the batch
    verbs: Ints                       # [word] verbs before it
    triggers: Ints                    # [word] triggers before it
    trigger: Ints                     # [word] number of the event whose head it is, -1
    mark: Ints                        # [sentence] word class that says when: 'ранее', 'напомним', 'сегодня'
    head: Ints                        # [event] head word of the trigger
    kind: Ints                        # [event] finite verb, participle, infinitive, noun, other
    tense: Ints                       # [event] own tense, or that of the verb that carries a noun
    carried: Ints                     # [event] 1 where it is the carrier's
    realis: Ints                      # [event]
    type: Ints                        # [event] number of its type in the ontology, 0 unknown
    group: Ints                       # [event]
    stem: Ints                        # [event] number of its stem in the batch
    opener: Ints                      # [event] the first mention of its document with its type
    first: Ints                       # [event] the first mention of its document with its stem
    sentence: Ints                    # [event]
    document: Ints                    # [event]
    role: Ints                        # [event] of its sentence
    depth: Ints                       # [event] sentences before it in its text, in six steps


def grounds_of(text: Text, events: Sequence[Event]) -> Grounds:
    """The grounds of a batch."""
    codes = [_code(p, f) for p, f in zip(text.syntax.pos, text.syntax.feats, strict=True)]
    kinds, tenses = (np.array(column, np.int32) for column in (zip(*codes, strict=True) if codes else ((), ())))
    up = _up(text)
    _help(text, tenses)
    sentences = [e.span.sentence for e in events]
    sentence = np.array(sentences, np.int32)
    first = words_at(text, sentences, [e.span.start for e in events])
    last = words_at(text, sentences, [e.span.end - 1 for e in events])
    head = _heads(up[1], first, last)
    trigger = np.full(len(kinds) + 1, -1, np.int32)
    trigger[head] = np.arange(len(events), dtype=np.int32)
    tense, carried = _tense(up, head, kinds, tenses)
    types, groups = ontology()
    document = text.readings.document[text.sentences.reading[sentence]].astype(np.int32)
    stems: dict[str, int] = {}
    stem = np.array([stems.setdefault(e.lemma.rpartition(" ")[2][:STEM], len(stems)) for e in events], np.int32)
    kind = np.array([types.get(e.type, 0) for e in events], np.int32)
    return Grounds(
        up, _before([w in _BREAKS for w in text.words.form]), _before(kinds == 1),
        _before(trigger[:-1] >= 0), trigger, _marks(text), head, kinds[head], tense, carried,
        np.array([REALIS[e.realis] for e in events], np.int32), kind,
        np.array([groups.get(e.type.partition(".")[0], 0) for e in events], np.int32), stem,
        opener(document, kind), opener(document, stem), sentence, document,
        np.array([ROLES.get(r, 2) for r in text.sentences.role], np.int32)[sentence], _depth(text, sentence),
    )


@lru_cache(maxsize=1)
def ontology() -> tuple[dict[str, int], dict[str, int]]:
    """Type -> its number, group -> its number; both from 1."""
    lines = data_path("ontology/event_types.tsv").read_text(encoding="utf-8").splitlines()
    names = sorted(line.partition("\t")[0] for line in lines[1:] if "." in line.partition("\t")[0])
    return {n: i for i, n in enumerate(names, 1)}, {g: i for i, g in enumerate(sorted({n.partition(".")[0] for n in names}), 1)}


@lru_cache(maxsize=4096)
def _code(pos: str, feats: str) -> tuple[int, int]:
    """(kind, tense) of a word: 1 finite verb, 2 participle or gerund, 3 infinitive, 4 noun, 0 other; tense see below."""
    known = features(feats)
    form = known.get("VerbForm", "")
    past, perfect = known.get("Tense") == "Past", known.get("Aspect") == "Perf"
    if form == "Fin":
        ahead = known.get("Tense") == "Fut" or (perfect and not past)
        return 1, 9 if known.get("Mood") == "Imp" else 4 if ahead else 3 if not past else 1 if perfect else 2
    if form in ("Part", "Conv"):
        return 2, 8 if form == "Conv" else 6 if past or perfect else 7
    if form == "Inf":
        return 3, 5
    return (4 if pos in ("NOUN", "PROPN") else 0), 0


def _help(text: Text, tenses: Ints) -> None:
    """'будет подписан', 'был подписан': a helping verb gives its tense to what it helps."""
    for word in [w for w, relation in enumerate(text.syntax.deprel) if relation in _HELPING]:
        if tenses[word]:
            head = int(text.syntax.head[word])
            if head >= 0:
                tenses[head] = 4 if text.words.form[word].lower().startswith("буд") else 1 if tenses[word] == 2 else tenses[word]


def _up(text: Text) -> Ints:
    """The chains of heads; a last column stands for what is above a root."""
    heads = np.append(text.syntax.head, -1).astype(np.int32)
    rows = [np.arange(len(heads), dtype=np.int32)]
    rows[0][-1] = -1
    for _ in range(DEPTH):
        rows.append(heads[rows[-1]])
    return np.stack(rows)


def _heads(up: Ints, first: Ints, last: Ints) -> Ints:
    """The word of each trigger whose head lies outside, reached from its first word."""
    head = first.copy()
    for _ in range(4):
        above = up[head]
        inside = (above >= first) & (above <= last)
        head = np.where(inside, above, head)
    return head.astype(np.int32)


def _tense(up: Ints, head: Ints, kinds: Ints, tenses: Ints) -> tuple[Ints, Ints]:
    """The tense of each event, and whether it comes from a word further up."""
    tense, carried = tenses[head].copy(), np.zeros(len(head), np.int32)
    for step in range(1, 5):
        above = up[step][head]
        free = (tense == 0) & (above >= 0)
        found = np.where(free, tenses[np.maximum(above, 0)], 0) if len(tenses) else tense
        carried = np.where(free & (found > 0), 1, carried)
        tense = np.where(free, found, tense)
    return tense.astype(np.int32), carried.astype(np.int32)


def _before(flags: Sequence[bool] | np.ndarray) -> Ints:
    return np.concatenate(([0], np.cumsum(np.asarray(flags, np.int32)))).astype(np.int32)


def leads(text: Text, words: Ints) -> Ints:
    """The class of the preposition that stands before each word in its sentence."""
    sentence = text.words.sentence
    before = ((w - 1, w > 0 and sentence[w - 1] == sentence[w]) for w in words.tolist())
    return np.array([PREPOSITIONS.get(text.words.form[w].lower(), 0) if own else 0 for w, own in before], np.int32)


def _marks(text: Text) -> Ints:
    """[sentence] the class of its first word of data/lexicons/dating_marks.tsv."""
    known = words_that_say_when()
    found = np.zeros(len(text.sentences.role), np.int32)
    for word in reversed([w for w, form in enumerate(text.words.form) if form in known]):
        found[text.words.sentence[word]] = known[text.words.form[word]]
    return found


@lru_cache(maxsize=1)
def words_that_say_when() -> dict[str, int]:
    """Form, as it stands inside a sentence and at its head -> number of its class, from 1."""
    rows = table("dating_marks")
    classes = sorted({row["class"] for row in rows})
    numbers = {row["form"]: classes.index(row["class"]) + 1 for row in rows}
    return numbers | {form.capitalize(): number for form, number in numbers.items()}


def opener(document: Ints, value: Ints) -> Ints:
    """[event] the first event of its document with its value."""
    _, first, place = np.unique(document.astype(np.int64) * STEMS + value, return_index=True, return_inverse=True)
    openers: Ints = first[place].astype(np.int32)
    return openers


def _depth(text: Text, sentence: Ints) -> Ints:
    """0 for the first sentence of a reading's text, 1, 2, 3 (to the fifth), 4 (to the tenth), 5."""
    reading = text.sentences.reading
    opening = np.searchsorted(reading, reading[sentence], side="left")
    depth: Ints = np.digitize(sentence - opening, (1, 2, 3, 6, 11)).astype(np.int32)
    return depth
