"""The normal forms of a batch's spans: phrase, rules, decision, spelling."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from letopis.layers import Readings, Span, Syntax, Words
from letopis.text.dictionary import inflected, parses
from letopis.text.normal.decide import decide
from letopis.text.normal.evidence import Evidence, gather
from letopis.text.normal.features import is_common
from letopis.text.normal.phrase import Phrase, columns_of, phrase_of
from letopis.text.normal.pieces import KEEP
from letopis.text.normal.surface import spelled


def normal_forms(
    readings: Readings, words: Words, syntax: Syntax, spans: Sequence[Span], types: Sequence[str]
) -> list[str]:
    """The nominative of each span in its sentence.

    `types` are NEREL's, one a span, '' where unknown. ValueError where there are not as many types as spans.
    """
    return normal_forms_of_parts(readings, words, syntax, [(span,) for span in spans], types)


def normal_forms_of_parts(
    readings: Readings, words: Words, syntax: Syntax, spans: Sequence[Sequence[Span]], types: Sequence[str]
) -> list[str]:
    """The same for spans in parts of one sentence, in reading order: 'Курской' + 'областей' -> 'Курская область'."""
    columns = columns_of(words, syntax)
    documents = readings.document.tolist()
    found: dict[int, Evidence] = {}
    forms = []
    for parts, type_ in zip(spans, types, strict=True):
        phrase = phrase_of(columns, parts, common=is_common(type_))
        if phrase is None:
            forms.append(" ".join(readings.clean[p.reading][p.start:p.end].strip() for p in parts))
            continue
        document = documents[parts[0].reading]
        if document not in found:
            found[document] = gather(readings, [r for r, d in enumerate(documents) if d == document])
        forms.append(_normal(phrase, found[document], type_))
    return forms


def _normal(phrase: Phrase, evidence: Evidence, type_: str) -> str:
    return next((form for rule in _RULES if (form := rule(phrase, type_))), None) or _decided(phrase, evidence, type_)


def _decided(phrase: Phrase, evidence: Evidence, type_: str) -> str:
    return spelled(phrase, decide(phrase, evidence), person=type_ == "PERSON")


# --- rules: spans whose normal form is a convention, not a question; the first answer wins -------------------------------

_DESCRIBING = frozenset({
    "COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "NATIONALITY", "IDEOLOGY", "RELIGION", "LANGUAGE",
})
_MASCULINE = frozenset({"masc", "sing", "nomn"})
_COUNTED = frozenset({"NATIONALITY", "FAMILY", "PROFESSION"})     # 'русские', 'военные' stay plural


def _unchanged(phrase: Phrase, _: str) -> str | None:
    """'Banco Santander', '2020': nothing that Russian grammar could change."""
    return spelled(phrase, (KEEP,) * len(phrase.pieces)) if all(p.shape == "x" for p in phrase.pieces) else None


def _adjective(phrase: Phrase, type_: str) -> str | None:
    """'российских' дипломатов -> 'российский': an adjective by itself is masculine singular."""
    word, columns = phrase.words[0], phrase.columns
    if len(phrase.words) != 1 or columns.pos[word] != "ADJ":
        return None
    describing = type_ in _DESCRIBING and columns.deprel[word] == "amod"        # 'Немецкая компания объявила'
    small = phrase.pieces[0].shape == "l" and type_ not in _COUNTED
    return _masculine("-".join(p.text for p in phrase.pieces)) if small or describing else None


def _adverbial(phrase: Phrase, _: str) -> str | None:
    """'в мае 2018 года': what begins with its preposition has no nominative."""
    starts = phrase.columns.pos[phrase.words[0]] == "ADP" and phrase.pieces[0].shape == "l" and len(phrase.words) > 1
    return spelled(phrase, (KEEP,) * len(phrase.pieces)) if starts else None


_RULES: tuple[Callable[[Phrase, str], str | None], ...] = (_unchanged, _adverbial, _adjective)


@lru_cache(maxsize=20_000)
def _masculine(form: str) -> str | None:
    parse = next((p for p in parses(form) if p.tag.POS == "ADJF"), None)
    word = inflected(parse, _MASCULINE) if parse else None
    if word is None:
        return None
    return word[0].upper() + word[1:] if form[0].isupper() else word
