"""What a model reads at once: tensors of some blocks of sentences, cut by `flat.Corpus.cut` and moved to a device here."""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """Sentences of like length side by side, for the scores of their spans."""

    at: Tensor              # [rows, n] their tokens, 0 where a sentence has ended
    inside: Tensor          # [rows, n] True where it has not
    gold: Tensor            # [4, spans] row, first, last and class of what is named there


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of two lists of spans that stand in one sentence."""

    ones: Tensor            # [spans, 3] first, last, kind
    twos: Tensor            # [spans, 3]
    pairs: Tensor           # [pairs, 2] rows of both
    target: Tensor          # [pairs] what joins them, 0 for nothing


@dataclass(frozen=True, slots=True)
class Host:
    """What stays in numpy."""

    tokens: Ints            # [tokens] their numbers in the corpus
    first: Ints             # [sentences + 1] first token of each sentence
    lengths: Ints           # [sentences] of sentences, longest first
    rows: dict[str, Ints]   # by head: rows (first, last, ..) of tokens of the batch
    known: dict[str, Ints]  # by head: the sentences it is annotated in


@dataclass(frozen=True, slots=True)
class Batch:
    """Some blocks: tokens one after the other, sentence s is tokens first[s] to first[s + 1] - 1."""

    pieces: Tensor          # [windows, pieces] kept pieces, padded
    mask: Tensor            # [windows, pieces] True where a piece is
    window: Tensor          # [tokens] its window
    left: Tensor            # [tokens] its first piece in the window
    right: Tensor           # [tokens] its last piece
    token: Tensor           # [tokens] their numbers in the corpus
    sentence: Tensor        # [tokens]
    size: Tensor            # [sentences] tokens
    ahead: Tensor           # [tokens] tokens from this to the sentence's last
    order: Tensor           # [sentences, longest] tokens of sentences, longest first, padded with 0
    back: Tensor            # [tokens] where each stands in `order`
    grids: dict[str, list[Grid]]    # by layer of spans
    triggers: Tensor        # [2, tokens] those in annotated sentences, how long the trigger is that starts there
    types: Tensor           # [events, 4] first, last, type, second type
    realis: Tensor          # [events]
    pairs: dict[str, Pairs]
    host: Host
    features: Any = None    # [tokens, features], once it is on a device
    states: Any = None      # [tokens, STATES] halves


def moved(given: Any, device: torch.device) -> Any:
    """The same with all arrays as tensors on the device; nothing waits for it. What is in `Host` stays."""
    if isinstance(given, np.ndarray):
        tensor = torch.from_numpy(given)
        return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor
    if isinstance(given, Tensor):
        return given.to(device)
    if is_dataclass(given) and not isinstance(given, Host | type):
        return type(given)(**{f.name: moved(getattr(given, f.name), device) for f in fields(given)})
    if isinstance(given, dict):
        return {k: moved(v, device) for k, v in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(moved(v, device) for v in given)
    return given


def grids(first: Ints, sentences: Ints, rows: Ints | None, spread: float) -> list[Grid]:
    """Sentences in groups of like length (the longest at most `spread` times the shortest), with rows (first, last, class)."""
    size = np.diff(first)
    order = sentences[np.argsort(size[sentences], kind="stable")]
    group = np.floor(np.log(np.maximum(size[order], 4)) / np.log(spread)).astype(np.int64)
    place = np.zeros(len(size), np.int64)
    owner = np.searchsorted(first, rows[:, 0], side="right") - 1 if rows is not None else None
    found = []
    for g in np.unique(group):
        own = order[group == g]
        column = np.arange(int(size[own].max()))[None]
        inside = column < size[own][:, None]
        gold = np.zeros((4, 0), np.int64)
        if rows is not None:
            place[own] = np.arange(len(own))
            mine = np.isin(owner, own)
            s = owner[mine]
            gold = np.stack([place[s], rows[mine, 0] - first[s], rows[mine, 1] - first[s], rows[mine, 2] + 1])
        found.append(Grid(np.where(inside, first[own][:, None] + column, 0), inside, gold))
    return found


def joinable(ones: Ints, twos: Ints, *, same: bool) -> Ints:
    """[pairs, 2] all pairs of rows of one sentence, given the sentence of each row; where both sides are the `same` rows, without
    a row's pair with itself."""
    order = np.argsort(twos, kind="stable")
    ordered = twos[order]
    start, end = np.searchsorted(ordered, ones), np.searchsorted(ordered, ones, side="right")
    size = end - start
    left = np.repeat(np.arange(len(ones)), size)
    at = np.arange(len(left)) - np.repeat(np.cumsum(size) - size - start, size)
    pairs = np.stack([left, order[at]], axis=1)
    return pairs[pairs[:, 0] != pairs[:, 1]] if same else pairs


def pairs_of(sentence: Ints, ones: Ints, twos: Ints, gold: Ints, *, same: bool) -> Pairs:
    """Pairs of spans with what joins them by rows (first, last, first, last, kind); of two names for one pair the first counts."""
    ones, twos = with_kind(ones), with_kind(twos)
    pairs = joinable(sentence[ones[:, 0]], sentence[twos[:, 0]], same=same)
    target = np.zeros(len(pairs), np.int64)
    if len(gold) and len(pairs):
        keys, at = np.unique(_key(gold[:, :4], len(sentence)), return_index=True)
        own = _key(np.concatenate([ones[pairs[:, 0], :2], twos[pairs[:, 1], :2]], axis=1), len(sentence))
        near = np.minimum(np.searchsorted(keys, own), len(keys) - 1)
        target = np.where(keys[near] == own, 1 + gold[at[near], 4], 0)
    return Pairs(ones, twos, pairs, target)


def with_kind(rows: Ints) -> Ints:
    """Distinct (first, last, kind); kind 0 where the rows have none."""
    found = rows if rows.shape[1] > 2 else np.pad(rows, ((0, 0), (0, 1)))
    return np.unique(found[:, :3], axis=0) if len(found) else found[:, :3]


def _key(rows: Ints, tokens: int) -> Ints:
    found = rows[:, 0]
    for column in range(1, rows.shape[1]):
        found = found * tokens + rows[:, column]
    return found
