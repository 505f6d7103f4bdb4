"""pymorphy3's tags in the terms of Universal Dependencies, and how well a parse fits what the tagger saw.

What it does not do: choose a lemma (`lemmas`).
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

# pymorphy3's parts of speech for each of UD's, best first, with what a worse one costs.
_SPEECH: Mapping[str, Mapping[str, float]] = {
    "NOUN": {"NOUN": 0, "ADJF": 2, "PRTF": 2.5, "NPRO": 4, "NUMR": 4},
    "PROPN": {"NOUN": 0, "ADJF": 1.2, "PRTF": 4},
    "ADJ": {"ADJF": 0, "ADJS": 0, "PRTF": 1.5, "PRTS": 1.5, "COMP": 1, "NUMR": 2},
    "VERB": {"VERB": 0, "INFN": 0, "PRTF": 0, "PRTS": 0, "GRND": 0, "PRED": 1},
    "AUX": {"VERB": 0, "INFN": 0, "PRTF": 1, "GRND": 1},
    "ADV": {"ADVB": 0, "COMP": 0.5, "PRED": 0.5, "PRCL": 1.5, "CONJ": 1.5, "PREP": 2, "ADJS": 2},
    "PRON": {"NPRO": 0, "ADJF": 1.5},
    "DET": {"ADJF": 0, "NPRO": 2},
    "NUM": {"NUMR": 0, "ADJF": 1.5, "ADVB": 1, "NOUN": 1.5, "COMP": 1},
    "ADP": {"PREP": 0},
    "CCONJ": {"CONJ": 0, "PRCL": 1, "ADVB": 1.5},
    "SCONJ": {"CONJ": 0, "ADVB": 1, "NPRO": 1.5, "PRCL": 1.5},
    "PART": {"PRCL": 0, "CONJ": 1, "ADVB": 1.5, "PRED": 1.5, "NPRO": 2},
    "INTJ": {"INTJ": 0, "PRCL": 1},
}
OTHER_SPEECH = 8.0

_FEATURES: Mapping[str, tuple[str, str]] = {
    "anim": ("Animacy", "Anim"), "inan": ("Animacy", "Inan"),
    "nomn": ("Case", "Nom"), "voct": ("Case", "Nom"), "gent": ("Case", "Gen"), "gen1": ("Case", "Gen"),
    "gen2": ("Case", "Gen"), "datv": ("Case", "Dat"), "accs": ("Case", "Acc"), "acc2": ("Case", "Acc"),
    "ablt": ("Case", "Ins"), "loct": ("Case", "Loc"), "loc1": ("Case", "Loc"), "loc2": ("Case", "Loc"),
    "sing": ("Number", "Sing"), "plur": ("Number", "Plur"),
    "masc": ("Gender", "Masc"), "femn": ("Gender", "Fem"), "neut": ("Gender", "Neut"),
    "perf": ("Aspect", "Perf"), "impf": ("Aspect", "Imp"),
    "past": ("Tense", "Past"), "pres": ("Tense", "Pres"), "futr": ("Tense", "Fut"),
    "1per": ("Person", "1"), "2per": ("Person", "2"), "3per": ("Person", "3"),
    "indc": ("Mood", "Ind"), "impr": ("Mood", "Imp"),
    "actv": ("Voice", "Act"), "pssv": ("Voice", "Pass"),
    "COMP": ("Degree", "Cmp"), "Supr": ("Degree", "Sup"),
    "VERB": ("VerbForm", "Fin"), "INFN": ("VerbForm", "Inf"), "GRND": ("VerbForm", "Conv"),
    "PRTF": ("VerbForm", "Part"), "PRTS": ("VerbForm", "Part"),
}
_SHORT = frozenset({"ADJS", "PRTS"})
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"})
_WEIGHT: Mapping[str, float] = {
    "Case": 1.5, "Number": 1.5, "Gender": 1, "Animacy": 0.5, "VerbForm": 2, "Aspect": 0.5, "Tense": 0.7, "Person": 0.7,
    "Mood": 0.7, "Voice": 0.3, "Degree": 0.7, "Variant": 2,
}
_SPOKEN = frozenset({"Erro", "Dist", "Infr", "Slng", "Arch", "Litr", "Sgtm", "V-be", "V-ie", "V-bi"})


@lru_cache(maxsize=20_000)
def features(tag: Any) -> Mapping[str, str]:
    """UD features of a pymorphy3 tag: 'NOUN,inan,femn plur,gent' -> Animacy, Gender, Number, Case."""
    found = dict(_FEATURES[g] for g in tag.grammemes if g in _FEATURES)
    if tag.POS in _SHORT:
        found["Variant"] = "Short"
    return MappingProxyType(found)


@lru_cache(maxsize=2000)
def given(feats: str) -> Mapping[str, str]:
    """CoNLL-U features as a mapping: 'Case=Gen|Number=Sing' -> {'Case': 'Gen', 'Number': 'Sing'}."""
    return MappingProxyType(dict(pair.split("=") for pair in feats.split("|")) if feats else {})


@lru_cache(maxsize=50_000)
def misfit(tag: Any, pos: str, feats: str) -> float:
    """How badly a parse fits the tagger's part of speech and features, 0 for perfectly; an unmarked feature costs little."""
    cost = _SPEECH.get(pos, {}).get(tag.POS, OTHER_SPEECH)
    known, seen = features(tag), given(feats)
    for name, weight in _WEIGHT.items():
        mine, other = known.get(name), seen.get(name)
        if mine != other:
            cost += weight if mine and other else weight / 4
    if pos == "PROPN" and not tag.grammemes & _NAMES:
        cost += 0.6
    if pos == "NOUN" and tag.grammemes & _NAMES - {"Abbr"}:
        cost += 0.6
    return cost + 0.05 * len(tag.grammemes & _SPOKEN)


def is_name(tag: Any) -> bool:
    """Whether the dictionary has the word as a name of its own."""
    return bool(tag.grammemes & _NAMES)
