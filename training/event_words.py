"""The event lexicon, data/lexicons/event_words.tsv, by word form: a part of the exported model.

A form of navec's vocabulary has the numbers of the lemma that pymorphy3 thinks likeliest: type, second type, and how often the
word speaks of an event; 0 is 'not in the lexicon'. The lexicon was written by reading, word by word, without the gold.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from letopis.encoder import load
from letopis.encoder.tagger.features import EVENTS as EVENT_WIDTHS
from letopis.text.dictionary import parses
from ontology import event_types

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "data" / "lexicons" / "event_words.tsv"
__all__ = ["EVENT_SIZES", "EVENT_WIDTHS", "event_table"]
HOW = ("-", "sometimes", "often", "always")
NONE = 1                                # of a type: the lexicon says there is none
EVENT_SIZES = (67, 67, 5)
GROUPS = {"NOUN": "N", "VERB": "V", "INFN": "V", "PRTF": "V", "PRTS": "V", "GRND": "V", "ADJS": "A", "PRED": "A"}


@lru_cache(maxsize=1)
def event_table() -> npt.NDArray[np.uint8]:
    """[row of navec, 3] type, second type, how."""
    words = lexicon()
    embedding = load().embedding
    table = np.zeros((len(embedding.codes), 3), np.uint8)
    for form, number in embedding.number.items():
        best = parses(form)[0]
        known = words.get((best.normal_form.replace("ё", "е"), GROUPS.get(str(best.tag.POS), "")))
        if known:
            table[embedding.row[number]] = known
    return table


def lexicon() -> dict[tuple[str, str], tuple[int, int, int]]:
    """(lemma, part of speech) -> numbers."""
    number = {name: 2 + i for i, name in enumerate(event_types())} | {"-": NONE, "": 0}
    lines = (line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {(lemma, pos): (number[one], number[two], 1 + HOW.index(how)) for lemma, pos, one, two, how in lines}

