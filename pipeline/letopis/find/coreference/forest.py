"""Boosted trees over whole numbers, asked for many rows at once and always with the same sums.

Contract: a tree has at most LEAVES leaves and asks of a fact whether it is at most a bound. What a fact's value rules out of all
trees at once is one row of bits, so that a score is the conjunction of as many rows as there are facts (QuickScorer: Lucchese et
al., SIGIR 2015); the first leaf left of each tree is where the row ends. Bounds and leaves are whole: no order changes a sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from letopis.layers import Ints

Words = npt.NDArray[np.uint16]

LEAVES = 16
SCALE = 1024                          # of a leaf to one unit of log-odds
ROWS = 4096                           # rows that are scored at once: their bits stay near
_LOWEST = np.zeros(1 << LEAVES, np.uint8)
for _bit in reversed(range(LEAVES)):
    _LOWEST[np.arange(1 << LEAVES) & (1 << _bit) > 0] = _bit


@dataclass(frozen=True, slots=True)
class Nodes:
    """Trees as they are stored: [tree, LEAVES - 1] the fact (-1 for none), its bound and the leaves that stay where it is above."""

    facts: tuple[str, ...]
    fact: Ints
    bound: Ints
    above: Words
    leaves: Ints                      # [tree, LEAVES] in units of 1 / SCALE
    base: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact: the bounds that any tree asks of it, and [bounds + 1, tree] the leaves that stay below, between and above them."""

    name: str
    bounds: Ints
    bits: Words


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees by the facts they ask."""

    asked: tuple[Asked, ...]
    leaves: Ints
    base: int


def prepared(nodes: Nodes) -> Forest:
    """Trees made ready to be asked."""
    asked = [_asked(nodes, number) for number in range(len(nodes.facts)) if (nodes.fact == number).any()]
    return Forest(tuple(asked), nodes.leaves, nodes.base)


def _asked(nodes: Nodes, number: int) -> Asked:
    trees, places = np.nonzero(nodes.fact == number)
    bounds = np.unique(nodes.bound[trees, places])
    bits = np.full((len(bounds) + 1, len(nodes.leaves)), 0xFFFF, np.uint16)
    for tree, place in zip(trees.tolist(), places.tolist(), strict=True):
        above = int(np.searchsorted(bounds, nodes.bound[tree, place])) + 1
        bits[above:, tree] &= nodes.above[tree, place]
    return Asked(nodes.facts[number], bounds, bits)


def log_odds(trees: Forest, facts: Mapping[str, npt.NDArray[np.generic]], count: int) -> Ints:
    """[row] the sum of the leaves of `count` rows, in units of 1 / SCALE."""
    out = np.full(count, trees.base, np.int32)
    for first in range(0, count, ROWS):
        rows = slice(first, first + ROWS)
        bits = np.full((len(out[rows]), len(trees.leaves)), 0xFFFF, np.uint16)
        for asked in trees.asked:
            bits &= asked.bits[np.searchsorted(asked.bounds, facts[asked.name][rows].astype(np.int32))]
        out[rows] += trees.leaves[np.arange(len(trees.leaves)), _LOWEST[bits]].sum(axis=1, dtype=np.int32)
    return out


def probability(log_odds_: Ints) -> npt.NDArray[np.float64]:
    """0 to 1, rounded to 4 places."""
    found: npt.NDArray[np.float64] = np.round(1 / (1 + np.exp(-log_odds_ / SCALE)), 4)
    return found


def read(path: Path) -> Nodes:
    """Trees from their file."""
    with np.load(path, allow_pickle=False) as stored:
        facts = tuple(bytes(stored["facts"]).decode("ascii").split("\n"))
        return Nodes(
            facts, stored["fact"].astype(np.int32), stored["bound"].astype(np.int32), stored["above"],
            stored["leaves"].astype(np.int32), int(stored["base"]),
        )


def write(path: Path, nodes: Nodes) -> None:
    """Trees into their file, the same bytes for the same trees."""
    np.savez_compressed(
        path, facts=np.frombuffer("\n".join(nodes.facts).encode("ascii"), np.uint8), fact=nodes.fact.astype(np.int16),
        bound=nodes.bound.astype(np.int16), above=nodes.above, leaves=nodes.leaves.astype(np.int16), base=np.int32(nodes.base),
    )
