"""What the dictionary knows better than the tagger: parts of speech a known word cannot have.

Rules in order, the first answer wins; where none speaks, the tag stays. What it does not do: look at the sentence.
"""

from collections.abc import Mapping

from letopis.text.dictionary import is_known, parses
from letopis.text.grammemes import features, given, misfit

# pymorphy3's parts of speech of a word that can be tagged so.
_CAN_BE: Mapping[str, frozenset[str]] = {
    "NOUN": frozenset({"NOUN"}),
    "ADJ": frozenset({"ADJF", "ADJS", "COMP", "NUMR"}),
    "VERB": frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND", "PRED"}),
}
_PREDICATIVES = frozenset({"можно", "нельзя", "надо", "нет"})
_KEPT: Mapping[str, tuple[str, ...]] = {
    "NOUN": ("Animacy", "Case", "Gender", "Number"),
    "ADJ": ("Animacy", "Case", "Degree", "Gender", "Number", "Variant"),
    "VERB": (
        "Animacy", "Aspect", "Case", "Gender", "Mood", "Number", "Person", "Tense", "Variant", "VerbForm", "Voice"
    ),
}


def correct(form: str, pos: str, feats: str) -> tuple[str, str]:
    """(part of speech, features) of a word, the tagger's or better ones."""
    word = form.lower()
    if word in _PREDICATIVES and pos == "ADV":
        return "VERB", "Polarity=Neg" if word == "нельзя" else ""
    if pos not in _CAN_BE or not is_known(word):
        return pos, feats
    possible = frozenset(str(parse.tag.POS) for parse in parses(word))
    if possible & _CAN_BE[pos]:
        return pos, feats
    better = next((answer for rule in _RULES if (answer := rule(form, pos, possible, feats))), None)
    return (better, _features(word, better, feats)) if better else (pos, feats)


def _participle(form: str, pos: str, possible: frozenset[str], _: str) -> str | None:
    """'подвешенном' ADJ is a participle, hence a VERB; 'Соединённые', in a name, is not."""
    return "VERB" if pos == "ADJ" and possible <= _CAN_BE["VERB"] and form.islower() else None


def _finite(_: str, pos: str, possible: frozenset[str], __: str) -> str | None:
    """'выучились' NOUN."""
    return "VERB" if pos == "NOUN" and possible <= {"VERB", "INFN", "GRND", "PRTS"} else None


def _adjective(form: str, pos: str, possible: frozenset[str], feats: str) -> str | None:
    """'доходный' NOUN and 'бессменного' VERB are adjectives; 'русские', 'дежурный' NOUN are people."""
    if not possible <= {"ADJF", "ADJS"}:
        return None
    return "ADJ" if pos == "VERB" or (form.islower() and given(feats).get("Animacy") != "Anim") else None


def _noun(_: str, pos: str, possible: frozenset[str], __: str) -> str | None:
    """'самоубийцу' VERB."""
    return "NOUN" if pos in ("VERB", "ADJ") and possible == {"NOUN"} else None


_RULES = (_participle, _finite, _adjective, _noun)


def _features(word: str, pos: str, feats: str) -> str:
    """UD features of the parse that fits what the tagger saw."""
    parse = min(parses(word), key=lambda p: misfit(p.tag, pos, feats))
    known = dict(features(parse.tag))
    if "Gender" in given(feats) and known.get("Number") == "Sing":
        known.setdefault("Gender", given(feats)["Gender"])      # 'самоубийцу', of either gender
    if pos == "ADJ":
        known.setdefault("Degree", "Pos")
    if pos == "VERB" and word.endswith(("ся", "сь")):
        known["Voice"] = "Mid"
    if known.get("Case") != "Acc" and pos != "NOUN":
        known.pop("Animacy", None)
    return "|".join(f"{name}={known[name]}" for name in sorted(_KEPT[pos]) if name in known)
