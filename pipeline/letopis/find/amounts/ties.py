"""Which happening a quantity measures most directly: 'погибли 12 человек', 'штраф 300 тысяч', 'снизилась на 16%'.

From the word the quantity hangs on, up the dependencies to the first event trigger, not beyond the verb of the clause;
where that verb is no trigger, its subject, object or infinitive may be ('встреча длилась 30 минут', 'двое получили
ранения', 'смогли победить 20%'). A trigger between the same commas goes before one that the parser finds beyond them,
and the nearest there before the number where it finds none. Ages measure no happening.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from letopis.find.amounts.lexicon import contexts
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.shared import Read

Triggers: TypeAlias = Mapping[int, int]          # word -> number of its event
_STEPS = 8
_DISTANCES = frozenset(("km", "m", "mile"))
_EDGES = frozenset(",;:()—–")
_ARGUMENTS = ("nsubj", "obj", "xcomp", "csubj")
_SETTINGS = frozenset(("в", "во", "на", "при"))


def tie(sentence: Sentence, reads: Sequence[Read], triggers: Triggers) -> list[int | None]:
    """Number of the event of each quantity of a sentence, None for none; an elliptic one shares that before it."""
    events: list[int | None] = []
    for each in reads:
        event = None if not triggers or _is_loose(sentence, each) else _event(sentence, each, triggers)
        if event is None and each.reading.method == "shared_before":
            event = events[-1] if events else None
        events.append(event)
    return events


def _is_loose(sentence: Sentence, read: Read) -> bool:
    """Ages and distances ('в 80 км от Хабаровска') measure no happening."""
    if read.reading.kind == "age":
        return True
    before = read.number.first - 1
    before -= sentence.form(before) in contexts()["approximator"]
    away = sentence.form(before) in ("в", "во") and sentence.form(read.reading.last + 1) == "от"
    return away and read.reading.unit in _DISTANCES


def _event(sentence: Sentence, read: Read, triggers: Triggers) -> int | None:
    number = read.number.first
    if read.number.kind == "adjective":                    # 'однодневная забастовка'; but not '10-рублевые банкноты'
        return triggers.get(sentence.head(number))
    word = _climb(sentence, read.reading.noun, triggers)
    segment = _segment(sentence, number)
    near = [w for w in segment if w in triggers]
    if word is None:
        near = [w for w in near if w < number] or _compared(sentence, read, segment, triggers)
    elif word in segment or not near:
        return triggers[word]
    return triggers[min(near, key=lambda w: abs(w - number))] if near else None


def _compared(sentence: Sentence, read: Read, segment: range, triggers: Triggers) -> list[int]:
    """'продано 35 тысяч машин, что на 0,9% больше': what the clause before told."""
    if sentence.form(segment.start) != "что" or sentence.form(read.reading.last + 1) not in contexts()["compared"]:
        return []
    before = _segment(sentence, segment.start - 2)
    return [w for w in before if w in triggers][-1:]


def _climb(sentence: Sentence, noun: int, triggers: Triggers) -> int | None:
    """The first trigger on the way up, or what the verb of the clause leads to; else a clause of the noun."""
    word = below = noun
    for _ in range(_STEPS):
        if word in triggers:
            return word
        if word not in sentence:
            break
        if word != noun and (sentence.pos(word) in ("VERB", "AUX") or sentence.syntax.deprel[word] == "root"):
            found = _beside(sentence, word, below, triggers)
            return found if found is not None else _clause_of(sentence, noun, triggers)
        below, word = word, sentence.head(word)
    return _clause_of(sentence, noun, triggers)


def _beside(sentence: Sentence, verb: int, below: int, triggers: Triggers) -> int | None:
    """What stands with a verb that is no trigger: 'встреча длилась 30 минут', 'митинг, собравший 1000 человек'."""
    head = sentence.head(verb)
    if sentence.syntax.deprel[verb].startswith("acl") and head in triggers:
        return head
    for word in _dependents(sentence, verb):
        if word != below and (found := _within(sentence, word, triggers)) is not None:
            return found
    if sentence.syntax.deprel[verb] == "xcomp":
        return next((w for w in _dependents(sentence, head) if w in triggers), None)
    return None


def _within(sentence: Sentence, word: int, triggers: Triggers) -> int | None:
    """The word, or what 'сумма', 'число' measures: 'сумма сделки составила', 'количество участников беспорядков'."""
    if word in triggers and not sentence.has(word, "Animacy=Anim"):              # 'победительница весит 189 кг'
        return word
    if sentence.lemma(word) not in contexts()["amount"]:
        return None
    of = _complement(sentence, word)
    return next((w for w in (of, _complement(sentence, of)) if w in triggers), None)


def _complement(sentence: Sentence, noun: int) -> int:
    """'сделки' of 'сумма сделки', -1 for none."""
    after = range(noun + 1, sentence.last) if noun in sentence else ()
    return next((w for w in after if sentence.head(w) == noun and sentence.syntax.deprel[w] == "nmod"), -1)


def _clause_of(sentence: Sentence, noun: int, triggers: Triggers) -> int | None:
    """'58 тысяч фанатов, которые собрались', 'два мяча, забитых'."""
    clauses = (w for w in triggers if sentence.head(w) == noun and sentence.syntax.deprel[w].startswith("acl"))
    return next(clauses, None)


def _dependents(sentence: Sentence, verb: int) -> Iterator[int]:
    """Subject, object, infinitive, and what it happens in ('находятся на ремонте'), in this order."""
    children = [w for w in range(sentence.first, sentence.last) if sentence.head(w) == verb]
    for relation in _ARGUMENTS:
        yield from (w for w in children if sentence.syntax.deprel[w].partition(":")[0] == relation)
    yield from (w for w in children if sentence.syntax.deprel[w] == "obl" and sentence.form(w - 1) in _SETTINGS)


def _segment(sentence: Sentence, word: int) -> range:
    """The words between the marks around it."""
    first = last = word
    while first - 1 in sentence and sentence.form(first - 1) not in _EDGES:
        first -= 1
    while last in sentence and sentence.form(last) not in _EDGES:
        last += 1
    return range(first, last)
