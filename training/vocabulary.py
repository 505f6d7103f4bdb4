"""The kept pieces of the encoder's vocabulary: those that news uses, so that the embedding has few rows.

A piece stays if it segments at least MINIMUM tokens of the corpora and of the raw news, or is a single character of an
alphabet in use. All forms are segmented by the kept pieces afterwards, rare ones into smaller ones.
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np

from corpora import Text
from subwords import Encoder, Pieces, kept, whole
from tokens import FINE

MINIMUM = 8
SHIPPED = Path(__file__).resolve().parent.parent / "models" / "tagger" / "accurate.npz"
ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєўґabcdefghijklmnopqrstuvwxyz0123456789«»„“”\"'’.,:;!?()[]-–—…%№$€₽/&+*#@_"


def load(encoder: Encoder, texts: list[Text], path: Path) -> tuple[list[int], Pieces]:
    """Numbers of the kept pieces and the segmentation by them; the shipped tagger's, or counted once, and kept at `path`."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_shipped() if SHIPPED.exists() else choose(encoder, texts)))
    numbers = json.loads(path.read_text())
    return numbers, kept(encoder, numbers)


def _shipped() -> list[int]:
    with np.load(SHIPPED) as file:
        numbers: list[int] = file["pieces.number"].tolist()
    return numbers


def choose(encoder: Encoder, texts: list[Text]) -> list[int]:
    """Numbers of the pieces to keep, the special ones first, then the most frequent."""
    pieces = whole(encoder)
    counts: Counter[int] = Counter()
    for (form, spaced), n in _forms(texts).items():
        for number in pieces.segment(form, spaced=spaced):
            counts[number] += n
    special = [encoder.bos, encoder.pad, encoder.eos, encoder.unk]
    characters = [encoder.pieces[c] for c in ("▁", *ALPHABET, *ALPHABET.upper()) if c in encoder.pieces]
    frequent = [number for number, n in counts.most_common() if n >= MINIMUM]
    return list(dict.fromkeys([*special, *characters, *frequent]))


def _forms(texts: list[Text]) -> Counter[tuple[str, bool]]:
    forms: Counter[tuple[str, bool]] = Counter()
    for t in texts:
        end = -1
        for m in FINE.finditer(t.text):
            forms[m.group(), m.start() != end] += 1
            end = m.end()
    return forms
