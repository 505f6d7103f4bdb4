"""Salience: how much an article is about each of its happenings, from 0 to 1.

Contract: what is measured is the happening as a whole: where it stands first, how often it is spoken of, its type, who takes part,
whether it happened. Trees trained on titles say how likely a title would speak of it (`told`); a logistic line adds whether
the article's own title, where there is one, speaks of it. All mentions of a happening have its salience; where one of them is a
name, the others have a little less, so that the name stands for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from letopis.find.coreference.columns import TITLE, Columns
from letopis.find.coreference.forest import SCALE, Forest, log_odds, prepared, read
from letopis.find.coreference.kinds import groups as type_groups
from letopis.layers import Ints
from letopis.resources import model_path

VERSION = "1"
FILE, LINE = "events/salience.npz", "events/salience.tsv"
LESS = 0.98                           # of the salience of a name, for other mentions of its happening
_MANY, _FAR = 30, 100

Values = npt.NDArray[np.generic]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The happenings of a batch, in order of documents and first mentions."""

    seen: Columns
    body: Chosen                      # [event] outside its document's title
    of: Ints                          # [event] its happening in the batch
    first: Ints                       # [happening] its first event, outside titles where there is one
    document: Ints                    # [happening]

    def sum(self, values: Values) -> Ints:
        """[happening] sum over its events."""
        return np.bincount(self.of, values, minlength=len(self.first)).astype(np.int32)

    def most(self, values: Values) -> Ints:
        """[happening] largest of its events, at least 0."""
        found = np.zeros(len(self.first), np.int32)
        np.maximum.at(found, self.of, values.astype(np.int32))
        return found


def salience(seen: Columns, happenings: Sequence[int]) -> tuple[float, ...]:
    """[event] how much its article is about it; `happenings` are their numbers inside documents."""
    if not happenings:
        return ()
    groups = grouped(seen, happenings)
    odds = np.full(len(groups.first), _line()["base"])
    found = facts(groups)
    for name, values in beside(groups, found, told(found, len(groups.first))).items():
        odds += _line()[name] * values.astype(np.float64)
    whole = np.round(1 / (1 + np.exp(-odds)), 4)
    named = seen.facts["named"] > 0
    less = (groups.most(named) > 0)[groups.of] & ~named
    rounded: list[float] = np.round(np.where(less, LESS, 1.0) * whole[groups.of], 4).tolist()
    return tuple(rounded)


def grouped(seen: Columns, happenings: Sequence[int]) -> Grouped:
    """The happenings of a batch."""
    codes = seen.document.astype(np.int64) << 32 | np.array(happenings, np.int64)
    known, of = np.unique(codes, return_inverse=True)
    body = seen.facts["opening"] != TITLE
    order = np.lexsort((np.arange(len(of)), ~body, of))
    first = order[np.searchsorted(of[order], np.arange(len(known)))]
    return Grouped(seen, body, of.astype(np.int32), first.astype(np.int32), (known >> 32).astype(np.int32))


def told(found: Mapping[str, Values], count: int) -> Ints:
    """[happening] log-odds that a title would speak of it, in units of 1 / SCALE."""
    return log_odds(_trees(), found, count)


def facts(groups: Grouped) -> dict[str, Values]:
    """Name -> [happening] of what its mentions outside titles show, in whole numbers."""
    seen, body, f = groups.seen, groups.body, groups.seen.facts
    total = groups.sum(body)
    chosen = {
        "actual": f["realis"] == 0, "planned": f["realis"] == 1, "negated": f["realis"] == 2, "noun": f["speech"] == 1,
        "finite": f["speech"] == 2, "quoted": f["quote"] > 0, "past": f["tense"] == 1, "generic": f["generic"] > 0,
        "subject": f["relation"] == 2, "whole": f["relation"] == 1, "dated": f["dated"] > 0, "placed": seen.parts[:, 2, 0] > 0,
        "plural": f["plural"] > 0,
    }
    shares = {name: groups.sum(body & own) * 100 // np.maximum(total, 1) for name, own in chosen.items()}
    sentence = seen.sentence - seen.sentence[_starts(groups)]
    return shares | _standing(groups, total) | {
        "type": f["type"][groups.first], "group": f["group"][groups.first], "named": groups.most(f["named"]),
        "count": np.minimum(total, _MANY), "lead": np.minimum(groups.sum(body & (f["opening"] == 1)), 9),
        "sentence": np.clip(sentence[groups.first], 0, _FAR), "block": np.minimum(f["block"][groups.first], _MANY),
        "rooted": 9 - groups.most(9 - f["depth"]), "agents": _people(groups, 0), "patients": _people(groups, 1),
        "central": groups.most(_standing_of_people(groups)), "middle": _middle(groups),
    }


def _starts(groups: Grouped) -> Ints:
    """[event] the first event of its document outside the title."""
    document = groups.seen.document
    titles = np.bincount(document, ~groups.body, minlength=int(document[-1]) + 1).astype(np.int64)
    starts = np.searchsorted(document, document) + titles[document]
    found: Ints = np.minimum(starts, len(document) - 1).astype(np.int32)
    return found


def _standing(groups: Grouped, total: Ints) -> dict[str, Values]:
    """How a happening compares with the others of its document."""
    sizes = np.bincount(groups.document)
    largest = np.zeros(len(sizes), np.int32)
    np.maximum.at(largest, groups.document, total)
    events = np.bincount(groups.document, total)
    place = np.empty(len(total), np.int64)
    place[np.lexsort((groups.first, groups.document))] = np.arange(len(total))
    return {
        "happenings": np.minimum(sizes, _FAR)[groups.document], "events": np.minimum(events, 300)[groups.document],
        "of_largest": total * 100 // np.maximum(largest, 1)[groups.document],
        "order": np.minimum(place - np.searchsorted(groups.document, groups.document), _FAR),
    }


def _people(groups: Grouped, kind: int) -> Ints:
    """[happening] the most participants that one of its mentions has."""
    return groups.most((groups.seen.parts[:, kind] > 0).sum(axis=1))


def _standing_of_people(groups: Grouped) -> Ints:
    """[event] in how many events of its document its most frequent participant takes part."""
    parts = groups.seen.parts[:, :2].reshape(len(groups.of), -1).astype(np.int64)
    codes = groups.seen.document.astype(np.int64)[:, None] << 32 | parts
    _, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
    often = np.where(parts > 0, counts[which.reshape(codes.shape)], 0)
    found: Ints = np.minimum(often.max(axis=1), _MANY).astype(np.int32)
    return found


def _middle(groups: Grouped) -> Ints:
    """[happening] cosine in hundredths of its first trigger and all triggers of the document together."""
    vector, document = groups.seen.vector, groups.seen.document
    sums = np.zeros((int(document[-1]) + 1, vector.shape[1]), np.float32)
    np.add.at(sums, document, vector)
    own, whole = (rows.astype(np.float64) for rows in (vector[groups.first], sums[groups.document]))      # exact in any order
    sizes = (own * own).sum(axis=1) * (whole * whole).sum(axis=1)
    found: Ints = np.rint(100 * np.einsum("ij,ij->i", own, whole) / np.sqrt(np.maximum(sizes, 1))).astype(np.int32)
    return found


def beside(groups: Grouped, found: Mapping[str, Values], told_: Ints) -> dict[str, Values]:
    """Name -> [happening] of what the line weighs; `in_title` and `only_title` are 0 where an article has no title."""
    seen, spoken, titled = groups.seen, groups.sum(groups.body), groups.sum(~groups.body) > 0
    return {
        "told": told_ / SCALE, "in_title": titled, "only_title": titled & (spoken == 0),
        "statement": seen.facts["group"][groups.first] == 1 + type_groups().index("statement"), "often": np.log1p(spoken),
        "noun": found["noun"].astype(np.float64) / 100, "actual": found["actual"].astype(np.float64) / 100,
    }


@lru_cache(maxsize=1)
def _trees() -> Forest:
    return prepared(read(model_path(FILE)))


@lru_cache(maxsize=1)
def _line() -> Mapping[str, float]:
    lines = model_path(LINE).read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines if not line.startswith("#"))}
