"""A form with its part of speech and features -> its lemma, by the convention of UD's SynTagRus.

pymorphy3's parse that fits best gives the lemma: infinitive of participles that are verbs, but nominative of those that are
adjectives or nouns; nominative of names in their own gender and number; ё where the dictionary has it. Each distinct word is
decided once. What it does not do: normal forms of phrases (`text.normal`).
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from pymorphy3.analyzer import Parse

from letopis.resources import data_path
from letopis.text.dictionary import inflected, parses
from letopis.text.grammemes import features, given, is_name, misfit

_CYRILLIC = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё'’-]*")
_ORDINAL = re.compile(r"(\d+)-(?:й|я|е|го|му|м|ю|ой|ого|ому|ым|х|ми|ые|ых)")
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_GENDERS: Mapping[str | None, str] = {"Fem": "femn", "Neut": "neut", "Masc": "masc"}
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")
# 'Сена' (genitive of 'Сен'): endings of names the dictionary does not have, with what stands there in the nominative.
_MASCULINE: Mapping[str | None, tuple[tuple[str, str], ...]] = {
    "Gen": (("а", ""), ("я", "й")), "Acc": (("а", ""), ("я", "й")), "Dat": (("у", ""), ("ю", "й")),
    "Ins": (("ом", ""), ("ем", ""), ("ым", "")), "Loc": (("е", ""),),
}
_FEMININE: Mapping[str | None, tuple[tuple[str, str], ...]] = {
    "Gen": (("ы", "а"), ("и", "я")), "Acc": (("у", "а"), ("ю", "я")), "Dat": (("е", "а"), ("и", "я")),
    "Ins": (("ой", "а"), ("ей", "я")), "Loc": (("е", "а"), ("и", "я")),
}


def lemma(form: str, pos: str, feats: str) -> str:
    """Lower case but for the capitals of a name; `feats` as in CoNLL-U."""
    if not _CYRILLIC.fullmatch(form):
        m = _ORDINAL.fullmatch(form)
        return f"{m.group(1)}-й" if m else form if pos in ("PROPN", "X") else form.lower()
    word = form.lower()
    if pos == "ADP":
        return word
    exception = _exceptions().get((word.replace("ё", "е"), pos)) or _exceptions().get((word.replace("ё", "е"), "*"))
    if exception:
        return exception
    found = _by_parse(word, pos, feats)
    return _capitalised(found, form) if pos == "PROPN" else found


def _by_parse(word: str, pos: str, feats: str) -> str:
    parse = best(word, pos, feats)
    if parse is None:
        return word
    if pos == "PROPN":
        return _name(word, parse, given(feats))
    answers = (rule(parse, pos, given(feats)) for rule in _RULES)
    return next((answer for answer in answers if answer), str(parse.normal_form))


def best(word: str, pos: str, feats: str) -> Parse | None:
    """The parse that fits best; of equals the one with the commoner lemma, then pymorphy3's likeliest."""
    chosen = None
    for parse, cost in sorted(fits(word, pos, feats), key=lambda fit: (fit[1], -fit[0].score)):
        if chosen is None:
            chosen, lowest = parse, cost
        elif cost > lowest:
            break
        elif (pos, chosen.normal_form, parse.normal_form) in _choices():
            chosen = parse
    return chosen


def fits(word: str, pos: str, feats: str) -> list[tuple[Parse, float]]:
    """Every parse of the word and how badly it fits."""
    return [(parse, misfit(parse.tag, pos, feats)) for parse in parses(word)]


# --- rules: what the lemma is where it is not the parse's normal form ---------------------------------------------------

def _adjective(parse: Parse, pos: str, feats: Mapping[str, str]) -> str | None:
    """'вооружённых' ADJ -> 'вооружённый'; 'ближайших' -> 'ближайший' where it is no superlative."""
    tag = parse.tag
    if pos not in ("ADJ", "DET") or tag.POS not in ("PRTF", "PRTS", "ADJF"):
        return None
    if tag.POS != "ADJF":
        return _inflected(parse, {"PRTF", "nomn", "masc", "sing"})
    return _superlative(parse) if "Supr" in tag.grammemes and feats.get("Degree") != "Sup" else None


def _superlative(parse: Parse) -> str | None:
    """The nominative that goes on like the form: 'меньшей' -> 'меньший', not 'малейший'."""
    nominatives = [p.word for p in parse.lexeme if {"Supr", "nomn", "masc", "sing"} <= p.tag.grammemes]
    return max(nominatives, key=lambda word: _shared(word, parse.word), default=None)


def _shared(a: str, b: str) -> int:
    """How many letters two words begin with together."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _noun(parse: Parse, pos: str, feats: Mapping[str, str]) -> str | None:
    """'учащихся' -> 'учащийся', 'столовой' -> 'столовая'; 'штрих-код' keeps its hyphen."""
    if pos != "NOUN":
        return None
    if parse.tag.POS in _ADJECTIVES:
        return _inflected(parse, {"nomn", _GENDERS.get(feats.get("Gender"), "masc"), "sing"})
    return str(parse.word) if {"nomn", "sing"} <= parse.tag.grammemes and "V-be" not in parse.tag.grammemes else None


def _adverb(parse: Parse, pos: str, _: Mapping[str, str]) -> str | None:
    """'позже' ADV -> 'поздно'."""
    if pos != "ADV" or parse.tag.POS != "COMP":
        return None
    return re.sub(r"(?:ый|ий|ой)$", "о", str(parse.normal_form))


_RULES = (_adjective, _noun, _adverb)


def _name(word: str, parse: Parse, feats: Mapping[str, str]) -> str:
    """A name in the nominative of its own gender; 'Известиям' stays plural, 'Бушей' does not."""
    known = features(parse.tag)
    if feats.get("Case") == "Nom" and feats.get("Number") == "Sing":
        return str(parse.word) if known.get("Case") == "Nom" else word
    if parse.tag.POS not in ("NOUN", "ADJF"):
        return word
    if feats.get("Number") == "Sing" and known.get("Case") and _contradicts(parse, feats):
        return _by_ending(word, feats) or str(parse.normal_form)
    plural = feats.get("Number") == "Plur" and feats.get("Animacy") != "Anim"
    return _inflected(parse, {"nomn", "plur" if plural else "sing"}) or str(parse.normal_form)


def _contradicts(parse: Parse, feats: Mapping[str, str]) -> bool:
    """Another case or number; another gender of what is no name in the dictionary ('сено' for 'Сена', a man)."""
    known = features(parse.tag)
    if any(known.get(feature) != feats.get(feature) for feature in ("Case", "Number")):
        return True
    return known.get("Gender") != feats.get("Gender") and not is_name(parse.tag)


def _by_ending(word: str, feats: Mapping[str, str]) -> str | None:
    """'Сена' -> 'Сен'; a man's name that ends in a consonant stays."""
    endings = {"Masc": _MASCULINE, "Fem": _FEMININE}.get(feats.get("Gender", ""), {}).get(feats.get("Case"), ())
    for ending, nominative in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + nominative
    return word if feats.get("Gender") == "Masc" and word[-1] in _CONSONANTS else None


def _inflected(parse: Parse, grammemes: set[str]) -> str | None:
    return inflected(parse, frozenset(grammemes))


def _capitalised(found: str, form: str) -> str:
    """The capitals of the form: 'Нью-Йорком' -> 'Нью-Йорк', 'ЮКОСа' -> 'ЮКОС', 'МОСКВЕ' -> 'МОСКВА'."""
    if form.isupper() and len(form) > 1:
        return found.upper()
    letters = [b.upper() if a.isupper() else b for a, b in zip(form, found, strict=False)]
    return "".join(letters) + found[len(form):]


@lru_cache(maxsize=1)
def _exceptions() -> Mapping[tuple[str, str], str]:
    return {(word, pos): found for word, pos, found in _rows("lemma_exceptions.tsv")}


@lru_cache(maxsize=1)
def _choices() -> frozenset[tuple[str, str, str]]:
    """(part of speech, lemma, a commoner lemma of the same form)."""
    return frozenset((pos, worse, better) for pos, worse, better in _rows("lemma_choices.tsv"))


def _rows(name: str) -> list[list[str]]:
    lines = data_path(f"lexicons/{name}").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
