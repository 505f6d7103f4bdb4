"""Names of happenings: a nominative phrase of each, from the mention of it that says most.

Contract: [group of events] a name with a capital, never empty, and how good it is: NAME where the happening has a name of its own,
PHRASE where a noun with its complements tells it ('Переговоры России и Украины о транзите газа'), else MADE: the noun by itself, or
the one that its verb or its type stands for, with who took part in brackets ('Задержание (Иван Петров, Пермь)').
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from letopis.find.clauses import Text, head_word, phrase, span_of
from letopis.find.lexicons import table
from letopis.layers import Event, Mention, Span
from letopis.resources import data_path
from letopis.text.dictionary import parses
from letopis.text.normal import normal_forms

MADE, PHRASE, NAME = 0, 1, 2
LONGEST = 10                          # words of a phrase
_NOUNS = frozenset(("NOUN", "PROPN"))
_OPENING = frozenset(("DET", "PRON", "PUNCT", "ADP", "CCONJ", "PART", "ADV"))
_BREAKS = frozenset('()«»"„“”;:—–,')
_CLAUSES = frozenset(("VERB", "AUX"))
_RELATIVE = frozenset(("который", "чей"))                      # a clause about the noun begins with its branch
_TYPES = "ontology/event_types.tsv"

Group: TypeAlias = Sequence[tuple[Event, tuple[int, int]]]     # events with their words


def names(
    text: Text, mentions: Sequence[Mention], groups: Sequence[Group], beside: Sequence[Sequence[str]]
) -> list[tuple[str, int]]:
    """[group] its name. `groups`: events with their words, the one that speaks for all first; `beside`: names of who took part."""
    said = [_said(text, mentions, group) for group in groups]
    asked = [(i, span) for i, (_, span) in enumerate(said) if span is not None]
    forms = normal_forms(text.readings, text.words, text.syntax, [span for _, span in asked], [""] * len(asked))
    found = {i: form for (i, _), form in zip(asked, forms, strict=True)}
    return [
        _named(own, found.get(i), group[0][0], parts)
        for i, ((own, _), group, parts) in enumerate(zip(said, groups, beside, strict=True))
    ]


def _said(text: Text, mentions: Sequence[Mention], group: Group) -> tuple[str | None, Span | None]:
    """Its own name; the span of the noun phrase that says most, of equals the first."""
    spans = []
    for event, (first, last) in group:
        head = head_word(text, first, last)
        if text.syntax.pos[head] in _NOUNS and _is_noun(text.words.form[head]):
            name = mentions[event.mention].normal if event.mention is not None else ""
            if " " in name and name != name.lower():
                return name, None
            spans.append(_phrase(text, head))
    if not spans:
        return None, None
    first, last = max(spans, key=lambda span: span[1] - span[0])
    return None, span_of(text, first, last)


def _phrase(text: Text, head: int) -> tuple[int, int]:
    """The words of a noun with what belongs to it, without 'этот' before it; the noun by itself where that is no neat phrase."""
    first, last = phrase(text, head)
    while first < head and text.syntax.pos[first] in _OPENING:
        first += 1
    last = min([last, *(_branch(text, head, w) for w in range(head + 1, last) if text.syntax.lemma[w] in _RELATIVE)])
    inside = [w for w in range(first, last) if set(text.words.form[w]) & _BREAKS or text.syntax.pos[w] in _CLAUSES]
    neat = last - first <= LONGEST and not inside
    return (first, last) if neat else (head, head + 1)


def _branch(text: Text, head: int, word: int) -> int:
    """Where that begins through which a word behind a head hangs on it: 'приговор [в] отношении которой'."""
    top = _way(text, head, word)[-1]
    return next(w for w in range(head + 1, word + 1) if top in _way(text, head, w))


def _way(text: Text, head: int, word: int) -> list[int]:
    """From a word up to the last before a head, or before the root."""
    way = [word]
    while (above := int(text.syntax.head[way[-1]])) not in (head, -1, *way):
        way.append(above)
    return way


def _named(own: str | None, form: str | None, event: Event, parts: Sequence[str]) -> tuple[str, int]:
    if own is not None:
        return _capital(own), NAME
    if form and " " in form:
        return _capital(form), PHRASE
    noun = form or _nouns().get(event.lemma.lower().replace("ё", "е")) or _types()[event.type]
    return _capital(f"{noun} ({', '.join(parts)})" if parts else noun), MADE


@lru_cache(maxsize=50_000)
def _is_noun(form: str) -> bool:
    """'Процитировав' and 'осуждённого' tell who does or suffers it, not what happens, whatever the tags are."""
    return str(parses(form)[0].tag.POS) in ("NOUN", "None")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return {row["lemma"]: row["noun"] for row in table("event_nouns")}


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    """Type -> the first of its names: 'обвинение, критика' -> 'обвинение'; 'other' says nothing."""
    lines = data_path(_TYPES).read_text(encoding="utf-8").splitlines()[1:]
    return {kind: name.split(",")[0] for kind, name, *_ in (line.split("\t") for line in lines if line)} | {"other": "событие"}
