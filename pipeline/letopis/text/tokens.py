"""Sentences -> Words: razdel's tokens, each run of characters without blanks looked up rather than parsed again.

Contract: what razdel's `tokenize` gives for the sentence, but for one thing: a bare address ('https://t.me/channel') is one
token. razdel's rules look past a blank only beside a dash, underscore, slash, full stop or comma at the edge of a run; only
there does a run depend on its neighbours.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from razdel.segmenters.punct import DASHES, ENDINGS, SMILES
from razdel.segmenters.tokenize import ATOM, INT, LAT, OTHER, PUNCT, RU

from letopis.layers import Readings, Sentences, Words

Piece: TypeAlias = tuple[int, int, str]     # start and end in the run, text
Atom: TypeAlias = tuple[str, str]           # razdel's type of a character run, and its text
Window: TypeAlias = tuple[Atom, Atom, Atom, Atom]

_RUN = re.compile(r"\S+")
_SIMPLE = re.compile(r"([«\"(]?)([А-Яа-яЁё]+)([»\")]?)([,.:;]?)")
_JOINTS = dict.fromkeys(f"{DASHES}_", (RU, LAT, INT, OTHER)) | dict.fromkeys(".,/\\", (INT,))
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>«»]*[^\s<>«».,:;!?)\]\"'…]")
_SMILE = re.compile(f"{SMILES}$")
LONGEST_SMILE = 5
CACHED_LENGTH = 40          # longer runs are rare, and as many as there are texts


def tokenize(readings: Readings, sentences: Sentences) -> Words:
    """Split every sentence into tokens."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    first = [0]
    rows = zip(sentences.reading.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    for reading, start, end in rows:
        for a, b, form in pieces(readings.clean[reading][start:end]):
            starts.append(start + a)
            ends.append(start + b)
            forms.append(form)
        first.append(len(forms))
    firsts = np.array(first, np.int32)
    sentence = np.repeat(np.arange(len(first) - 1, dtype=np.int32), np.diff(firsts))
    return Words(sentence, np.array(starts, np.int32), np.array(ends, np.int32), forms, firsts)


def pieces(text: str) -> list[Piece]:
    """The tokens of a sentence, with their offsets."""
    found: list[Piece] = []
    runs = [(m.start(), m.group()) for m in _RUN.finditer(text)]
    for i, (start, run) in enumerate(runs):
        split = _known(run) if len(run) <= CACHED_LENGTH else _alone(run)
        if split is not None and len(split) == 1:
            a, b, form = split[0]
            found.append((start + a, start + b, form))
            continue
        if split is None:
            before = _type(runs[i - 1][1][-1]) if i else ""
            after = _type(runs[i + 1][1][0]) if i + 1 < len(runs) else ""
            split = _known_between(run, before, after) if len(run) <= CACHED_LENGTH else _between(run, before, after)
        found += [(start + a, start + b, form) for a, b, form in split]
    return found


def is_address(form: str) -> bool:
    """Whether a token is a bare address."""
    return _ADDRESS.match(form) is not None


def _alone(run: str) -> tuple[Piece, ...] | None:
    """The tokens of a run, or None where they depend on its neighbours."""
    if m := _SIMPLE.fullmatch(run):
        return tuple((m.start(i), m.end(i), m.group(i)) for i in range(1, 5) if m.group(i))
    if len(run) > 1 and (run[0] in _JOINTS or run[-1] in _JOINTS):
        return None
    return _between(run, "", "")


def _between(run: str, before: str, after: str) -> tuple[Piece, ...]:
    """The tokens of a run between characters of these types."""
    address = _ADDRESS.search(run)
    if address is None:
        return _by_rules(run, before, after)
    a, b = address.span()
    left, right = _by_rules(run[:a], before, ""), _between(run[b:], "", after)
    return (*left, (a, b, address.group()), *((b + x, b + y, form) for x, y, form in right))


def _by_rules(run: str, before: str, after: str) -> tuple[Piece, ...]:
    matches = list(ATOM.finditer(run))
    atoms: list[Atom] = [(before, ""), *((m.lastgroup or "", m.group()) for m in matches), (after, "")]
    cuts = [0] * bool(matches)
    for i in range(1, len(matches)):
        token = run[cuts[-1]:matches[i].end()] if matches[i].end() - cuts[-1] <= LONGEST_SMILE else ""
        window = (atoms[i - 1], atoms[i], atoms[i + 1], atoms[i + 2])
        if not any(rule(window, token) for rule in _RULES):
            cuts.append(matches[i].start())
    return tuple((a, b, run[a:b]) for a, b in pairwise([*cuts, len(run)]))


@lru_cache(maxsize=10_000)
def _type(character: str) -> str:
    m = ATOM.match(character)
    return (m.lastgroup or "") if m else ""


_known = lru_cache(maxsize=30_000)(_alone)
_known_between = lru_cache(maxsize=30_000)(_between)


# --- razdel's rules: whether the second and third of four atoms belong to one token, which would be `token` --------------

def _joint(window: Window, _: str) -> bool:
    """'кто-то', 'a_b', '3,5', '1/2': what stands on both sides of the joint decides, for both of its edges."""
    before, left, right, after = window
    return (
        (left[1] in _JOINTS and before[0] in _JOINTS[left[1]] and right[0] in _JOINTS[left[1]])
        or (right[1] in _JOINTS and left[0] in _JOINTS[right[1]] and after[0] in _JOINTS[right[1]])
    )


def _marks(window: Window, token: str) -> bool:
    """'?!', '...', '--', ':)'."""
    _, left, right, _ = window
    return left[0] == right[0] == PUNCT and (
        (left[1] in ENDINGS and right[1] in ENDINGS)
        or left[1] + right[1] in ("--", "**")
        or _SMILE.match(token) is not None
    )


def _other(window: Window, _: str) -> bool:
    """'Δσ', 'é' inside a word."""
    left, right = window[1][0], window[2][0]
    return (left == OTHER and right in (OTHER, RU, LAT)) or (left in (RU, LAT) and right == OTHER)


def _yahoo(window: Window, _: str) -> bool:
    return window[2][1] == "!" and window[1][1].lower() == "yahoo"


_RULES = (_joint, _marks, _other, _yahoo)
