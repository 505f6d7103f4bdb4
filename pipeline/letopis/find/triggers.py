"""Event mentions, first version: a lexicon learnt from the event gold says which lemmas speak of happenings.

Contract: one row a trigger word that the lexicon holds for its part of speech, and one a named event ('Первый Евразийский
конгресс народной дипломатии'), whose words give no row of their own. Realis by tense, mood, negation and modal heads. Who,
where and when are settled later (`find.settle`).
"""

import csv
from dataclasses import dataclass
from functools import lru_cache

from letopis.find.clauses import Text, dependents, feature, span_of, words_of
from letopis.layers import Event, Mention, Span
from letopis.resources import model_path

VERSION = "1"
METHOD = "event_lexicon_1"
LEAST_SHARE = 0.4                     # best F1 of .25, .3, .35, .4, .5 on the held-out documents of the event gold
_GROUPS = {"VERB": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}
_MODALS = {
    "мочь", "смочь", "хотеть", "намереваться", "планировать", "собираться", "готовиться", "предложить", "предлагать",
    "призвать", "призывать", "потребовать", "требовать", "пообещать", "обещать", "намерен", "должен", "готов",
    "готовый", "рассчитывать",
}
_POSSIBLE = {"мочь", "смочь", "хотеть", "предложить", "предлагать", "призвать", "призывать", "потребовать", "требовать"}
_CONDITIONS = {"если", "бы", "якобы", "возможно", "вероятно"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon says of a lemma: share of its occurrences that are triggers, its type, and how sure that is."""

    share: float
    type: str
    type_share: float
    type2: str | None


@lru_cache(maxsize=1)
def lexicon() -> dict[tuple[str, str], Entry]:
    """(lemma, V, N or A) -> entry."""
    with model_path("events-lexicon.tsv").open(encoding="utf-8") as file:
        next(file)
        rows = csv.DictReader(file, delimiter="\t")
        return {(r["lemma"], r["pos"]): _entry(r) for r in rows}


def _entry(row: dict[str, str]) -> Entry:
    return Entry(float(row["share"]), row["type"], float(row["type_share"]), row["type2"] or None)


def find_triggers(text: Text, mentions: tuple[Mention, ...]) -> tuple[Event, ...]:
    """The event mentions of a batch, in order, with neither date nor place yet; `cluster` numbers them in their document."""
    named = {i: m for i, m in enumerate(mentions) if m.type == "EVENT"}
    taken = {word for m in mentions if m.type != "EVENT" and m.form == "name" for word in range(*words_of(text, m.span))}
    events = [_named(text, i, m) for i, m in named.items()]
    taken |= {word for e in events for word in range(*words_of(text, e.span))}
    events += [e for word in range(len(text.words.form)) if word not in taken and (e := _trigger(text, word)) is not None]
    return tuple(sorted(events, key=lambda e: (e.span.reading, e.span.start, -e.span.end)))


def _trigger(text: Text, word: int) -> Event | None:
    group = _GROUPS.get(text.syntax.pos[word])
    entry = lexicon().get((text.syntax.lemma[word].lower(), group)) if group else None
    if entry is None or entry.share < LEAST_SHARE or (group == "A" and not _is_predicate(text, word)):
        return None
    return _event(span_of(text, word, word + 1), text.syntax.lemma[word], entry, realis(text, word), None)


def _is_predicate(text: Text, word: int) -> bool:
    return feature(text, word, "Variant") == "Short" or feature(text, word, "VerbForm") == "Part"


def _named(text: Text, number: int, mention: Mention) -> Event:
    """The type of a named event is that of the first of its words the lexicon knows."""
    words = range(*words_of(text, mention.span))
    known = (lexicon().get((text.syntax.lemma[w].lower(), "N")) for w in words)
    entry = next((e for e in known if e is not None), Entry(0.9, "other", 0.3, None))
    lemma = " ".join(text.syntax.lemma[w] for w in words)
    return _event(mention.span, lemma, entry, realis(text, words[0]), number)


def _event(span: Span, lemma: str, entry: Entry, reality: str, mention: int | None) -> Event:
    return Event(
        span=span, lemma=lemma, type=entry.type, type2=entry.type2, type_score=entry.type_share, realis=reality, start=None,
        end=None, granularity=None, date_basis=None, place=None, place_basis=None, mention=mention, source=None, salience=0.0,
        cluster=0, score=entry.share, method=METHOD,
    )


def realis(text: Text, word: int) -> str:
    """Happened, planned, denied or only possible, by the verb that carries it."""
    verb = _carrier(text, word)
    head = int(text.syntax.head[verb])
    above = text.syntax.lemma[head] if head >= 0 else ""
    if any(text.words.form[c].lower() == "не" for c in (*text.children[word], *text.children[verb])):
        return "negated"
    if _CONDITIONS & {text.words.form[c].lower() for c in text.children[verb]} or above in _POSSIBLE:
        return "hypothetical"
    tenses = {feature(text, w, "Tense") for w in (verb, *dependents(text, verb, "aux"))}
    return "planned" if "Fut" in tenses or above in _MODALS else "actual"


def _carrier(text: Text, word: int) -> int:
    """The verb a noun depends on ('состоится конгресс'), the word itself otherwise."""
    head = int(text.syntax.head[word])
    if text.syntax.pos[word] != "VERB" and head >= 0 and text.syntax.pos[head] == "VERB":
        return head
    return word
