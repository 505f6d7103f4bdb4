"""Pairs of sightings -> what speaks for and against their being one event, in whole numbers.

Contract: a column a fact, the same for a pair whichever of the two comes first. All pairs of two documents that could be one are
asked together: `rival` tells how much better a pair is than the others that one of its sightings has in the other document.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from letopis.encoder.weights import Floats
from letopis.find.coreference.words import Bytes
from letopis.layers import Ints
from letopis.resolve.contents import Longs, cosine, cosines
from letopis.resolve.sightings import Sightings

Facts: TypeAlias = dict[str, npt.NDArray[np.generic]]
FAR, UNKNOWN, MANY = 400, -1, 30
RIVAL = 300


def facts(seen: Sightings, a: Longs, b: Longs) -> Facts:
    """Name -> [pair] of each fact, of rows a and b."""
    found = (
        _kinds(seen, a, b) | _words(seen, a, b) | _participants(seen, a, b) | _places(seen.place[a], seen.place[b])
        | _days(seen.days[a], seen.days[b]) | _contents(seen, a, b)
    )
    return found | _rivals(found, seen.facts["document"][a], seen.facts["document"][b], a, b)


def _kinds(s: Sightings, a: Longs, b: Longs) -> Facts:
    f = {name: (values[a], values[b]) for name, values in s.facts.items()}
    kind, second, realis, named = f["type"], f["type2"], f["realis"], f["named"]
    crossed = (kind[0] == second[1]) | (second[0] == kind[1]) | ((second[0] == second[1]) & (second[0] > 0))
    return {
        "same_type": kind[0] == kind[1], "same_group": f["group"][0] == f["group"][1], "crossed": crossed,
        "type": np.where(kind[0] == kind[1], kind[0], 0), "group": np.where(f["group"][0] == f["group"][1], f["group"][0], 0),
        "same_realis": realis[0] == realis[1], "realis": np.minimum(*realis), "other_realis": np.maximum(*realis),
        "named": np.where(np.minimum(*named) > 0, 1 + (named[0] == named[1]), -(np.maximum(*named) > 0).astype(np.int32)),
        **{f"least_{n}": np.minimum(np.minimum(*f[n]), MANY * 4) for n in ("salience", "opening", "alike", "mentions")},
        **{f"most_{n}": np.minimum(np.maximum(*f[n]), MANY * 4) for n in ("salience", "opening", "alike", "mentions")},
    }


def _words(s: Sightings, a: Longs, b: Longs) -> Facts:
    own, near = (s.lemmas[a], s.lemmas[b]), (s.near[a], s.near[b])
    size, around = _sizes(s.vector), _sizes(s.company)
    most, total = _weighed(near, (s.near_rare[a], s.near_rare[b]))
    return {
        "letters": _prefix(s.letters[a], s.letters[b]), "root": _prefix(s.root[a], s.root[b]), "lemmas": _shared(*own),
        "near": most, "near_sum": total,
        "cross": _shared(own[0], near[1]) + _shared(own[1], near[0]),
        "least_near": np.minimum((near[0] > 0).sum(axis=1), (near[1] > 0).sum(axis=1)),
        "rare": np.minimum(s.rare[a], s.rare[b]), "rarer": np.maximum(s.rare[a], s.rare[b]),
        "like": cosine((s.vector[a], s.vector[b]), size[a] * size[b]),
        "like_company": cosine((s.company[a], s.company[b]), around[a] * around[b]),
        "like_cross": np.maximum(
            cosine((s.vector[a], s.company[b]), size[a] * around[b]), cosine((s.company[a], s.vector[b]), around[a] * size[b])
        ),
    }


def _participants(s: Sightings, a: Longs, b: Longs) -> Facts:
    parts = [np.concatenate([s.who[x], s.whom[x], s.close[x]], axis=1) for x in (a, b)]
    most, total = _weighed((s.around[a], s.around[b]), (s.rarity[a], s.rarity[b]))
    count = [(s.around[x] > 0).sum(axis=1) for x in (a, b)]
    return {
        "who": _agreement(s.who[a], s.who[b]), "whom": _agreement(s.whom[a], s.whom[b]),
        "close": _agreement(s.close[a], s.close[b]), "parts": _agreement(*parts), "people": _agreement(s.people[a], s.people[b]),
        "parts_shared": _shared(*parts), "parts_around": _shared(parts[0], s.around[b]) + _shared(parts[1], s.around[a]),
        "around": most, "around_sum": total, "least_around": np.minimum(*count), "most_around": np.maximum(*count),
        "least_rare": np.minimum(s.rarity[a].max(axis=1), s.rarity[b].max(axis=1)),
    }


def _agreement(a: Ints, b: Ints) -> Ints:
    """1 where they share one, -1 where both have some and share none, 0 where one has none."""
    known = (a > 0).any(axis=1) & (b > 0).any(axis=1)
    return np.where(_shared(a, b) > 0, 1, np.where(known, -1, 0)).astype(np.int32)


def _shared(a: Ints, b: Ints) -> Ints:
    """How many of the numbers of a are among those of b."""
    count = np.zeros(len(a), np.int32)
    others = np.ascontiguousarray(b.T)
    for one in np.ascontiguousarray(a.T):
        found = np.zeros(len(a), np.bool_)
        for other in others:
            found |= one == other
        count += found & (one > 0)
    return count


def _weighed(sides: tuple[Ints, Ints], rarity: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The rarest that both have, and the sum of all rarities of what both have."""
    most, total = (np.zeros(len(sides[0]), np.int32) for _ in range(2))
    firsts, seconds, rares, weights = (np.ascontiguousarray(x.T) for x in (*sides, *rarity))
    for one, rare in zip(firsts, rares, strict=True):
        own = np.zeros(len(one), np.int32)
        for other, weight in zip(seconds, weights, strict=True):
            own = np.where((one == other) & (one > 0), np.minimum(rare, weight), own)
        most, total = np.maximum(most, own), total + own
    return most, total


def _prefix(a: Bytes, b: Bytes) -> Ints:
    """Letters that both begin with."""
    count = np.zeros(len(a), np.int32)
    going = np.ones(len(a), np.bool_)
    for one, other in zip(a.T, b.T, strict=True):
        going &= (one == other) & (one > 0)
        count += going
    return count


def _sizes(vectors: Floats) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = np.einsum("ij,ij->i", vectors, vectors).astype(np.float64)
    return found


def _places(a: Ints, b: Ints) -> Facts:
    """2 one place, 1 one in the other, -1 apart, 0 unknown; and how many they lie in together."""
    known = (a[:, 0] > 0) & (b[:, 0] > 0)
    within = (a[:, :1] == b).any(axis=1) | (b[:, :1] == a).any(axis=1)
    return {
        "place": np.where(known, np.where(a[:, 0] == b[:, 0], 2, np.where(within, 1, -1)), 0), "places": _shared(a, b),
        "fine": np.minimum((a > 0).sum(axis=1), (b > 0).sum(axis=1)),
    }


def _days(a: Ints, b: Ints) -> Facts:
    """Days between publications and between the days told, and whether these are equal, overlap or are apart."""
    s, t = (np.where(x[:, 1] > 0, x[:, 1], x[:, 2]) for x in (a, b))
    e, f = (np.where(x[:, 2] > 0, x[:, 2], x[:, 1]) for x in (a, b))
    known = (s > 0) & (t > 0)
    gap = np.maximum(np.maximum(s - f, t - e), 0)
    told = [np.where((x[:, 0] > 0) & (y > 0), np.abs(x[:, 0] - y), FAR) for x, y in ((a, s), (b, t), (a, t), (b, s))]
    return {
        "published": np.where((a[:, 0] > 0) & (b[:, 0] > 0), np.minimum(np.abs(a[:, 0] - b[:, 0]), FAR), UNKNOWN),
        "gap": np.where(known, np.minimum(gap, FAR), UNKNOWN),
        "apart": np.where(known, np.minimum(np.abs(s - t) + np.abs(e - f), FAR), UNKNOWN),
        "dated": (s > 0).astype(np.int32) + (t > 0),
        "day": np.where((s == e) & (t == f) & known, np.where(s == t, 1, -(np.abs(s - t) > 1).astype(np.int32)), 0),
        "length": np.where(known, np.minimum(np.maximum(e - s, f - t), FAR), UNKNOWN),
        "near_own": np.minimum(np.minimum(told[0], told[1]), FAR), "far_own": np.minimum(np.maximum(told[0], told[1]), FAR),
        "near_other": np.minimum(np.minimum(told[2], told[3]), FAR),
    }


def _contents(s: Sightings, a: Longs, b: Longs) -> Facts:
    """Cosines in hundredths: of what their documents are about, of all that these say, and of the sentences that tell of both."""
    first, second = (s.facts["document"][x].astype(np.int64) for x in (a, b))
    count = s.body.shape[0]
    codes, which = np.unique(first * count + second, return_inverse=True)
    documents = codes // count, codes % count
    return {
        "topic": cosines(s.topic, *documents)[which], "body": cosines(s.body, *documents)[which],
        "passage": cosines(s.passage, a, b),
    }


def _rivals(f: Facts, first: Ints, second: Ints, a: Longs, b: Longs) -> Facts:
    """By a plain sum of likeness: how far a pair is above the best others of its sightings in these documents; how many it has."""
    by = {name: np.asarray(f[name]).astype(np.int64) for name in ("passage", "like", "who", "whom", "people", "day", "letters")}
    plain = (
        by["passage"] + by["like"] // 2 + 20 * by["who"] + 20 * by["whom"] + 10 * by["people"] + 15 * by["day"]
        + 10 * np.minimum(by["letters"], 5)
    )
    (one, many), (other, more) = best_other(plain, a, second), best_other(plain, b, first)
    return {
        "rival": np.clip(plain - np.maximum(one, other), -RIVAL, RIVAL).astype(np.int32),
        "lesser_rival": np.clip(plain - np.minimum(one, other), -RIVAL, RIVAL).astype(np.int32),
        "rivals": np.minimum(np.maximum(many, more), MANY).astype(np.int32),
    }


def best_other(plain: Longs, sighting: Longs, document: Ints) -> tuple[Longs, Longs]:
    """[pair] the best sum of the other pairs of a sighting in a document, -RIVAL where there is none; and how many it has there."""
    if not len(plain):
        return plain, plain
    order = np.lexsort((-plain, document, sighting))
    sums, own, there = plain[order], sighting[order], document[order]
    starts = np.flatnonzero(np.r_[True, (own[1:] != own[:-1]) | (there[1:] != there[:-1])])
    counts = np.diff(np.r_[starts, len(order)])
    group = np.repeat(np.arange(len(starts)), counts)
    second = np.where(counts > 1, sums[np.minimum(starts + 1, len(order) - 1)], -RIVAL)
    is_best = np.arange(len(order)) == starts[group]
    best, many = np.empty_like(plain), np.empty_like(plain)
    best[order] = np.where(is_best, second[group], sums[starts][group])
    many[order] = counts[group]
    return best, many
