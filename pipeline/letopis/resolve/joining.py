"""Scored pairs of sightings -> events, by average link: two groups are joined as long as their pairs are likely on average.

Contract: a pair that was not compared counts as UNSEEN. The likeliest groups are joined first, of equals the earlier. Scores are
whole numbers, so that no order changes a sum; the result is a function of the set of pairs, and of each connected block alone.
Without a pair that is likely in itself no average is, so blocks are connected by these, and joined one at a time: pairs lie in
arrays, and the memory beside them is that of the largest block.
"""

import heapq
from collections.abc import Iterator, Mapping

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from letopis.resolve.contents import Longs

Link = tuple[int, int]                # sum of the scores of the compared pairs of two groups, and how many these are


def join(pairs: Longs, least: int, unseen: int, owner: Mapping[int, int]) -> dict[int, int]:
    """[pair, 3] distinct (a, b, score) with a < b -> sighting -> the first of its event, for those that join something.

    `unseen` is below `least`, else pairs that nobody compared would join. `owner`: of some sightings a number; those with two
    numbers are never of one event, whoever stands between them.
    """
    assert unseen < least
    first: dict[int, int] = {}
    for block in _blocks(pairs, least):
        first |= _joined(block, least, unseen, owner)
    return first


def _blocks(pairs: Longs, least: int) -> Iterator[Longs]:
    """The pairs of each block of sightings that likely pairs connect, in order; those between blocks are left out."""
    if not len(pairs):
        return
    numbers, ends = np.unique(pairs[:, :2], return_inverse=True)
    a, b = ends.reshape(-1, 2).T
    likely = pairs[:, 2] >= least
    graph = coo_array((np.ones(int(likely.sum()), np.bool_), (a[likely], b[likely])), shape=(len(numbers), len(numbers)))
    label = connected_components(graph, directed=False)[1]
    inside = np.flatnonzero(label[a] == label[b])
    inside = inside[np.argsort(label[a[inside]], kind="stable")]
    sizes = np.unique(label[a[inside]], return_counts=True)[1]
    for end, size in zip(np.cumsum(sizes).tolist(), sizes.tolist(), strict=True):
        yield pairs[inside[end - size:end]]


def _joined(block: Longs, least: int, unseen: int, owner: Mapping[int, int]) -> dict[int, int]:
    links: dict[int, dict[int, Link]] = {}
    size: dict[int, int] = {}
    queue = []
    for a, b, score in block.tolist():
        links.setdefault(a, {})[b] = links.setdefault(b, {})[a] = (score, 1)
        size[a] = size[b] = 1
        if score >= least:
            queue.append((-float(score), a, b, 1, 1))
    heapq.heapify(queue)
    first: dict[int, int] = {}
    own = {x: owner[x] for x in size if x in owner}
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        if size.get(a) == size_a and size.get(b) == size_b and own.get(a, own.get(b)) == own.get(b, own.get(a)):
            first[b] = a
            own |= {a: own[b]} if b in own else {}
            _move(links, a, b)
            size[a] += size.pop(b)
            for other, (total, count) in links[a].items():
                all_pairs = size[a] * size[other]
                average = (total + unseen * (all_pairs - count)) / all_pairs
                if average >= least:
                    x, y = sorted((a, other))
                    heapq.heappush(queue, (-average, x, y, size[x], size[y]))
    return {sighting: _root(first, sighting) for sighting in first}


def _move(links: dict[int, dict[int, Link]], a: int, b: int) -> None:
    """Give a the links of b."""
    for other, (total, count) in links.pop(b).items():
        if other != a:
            del links[other][b]
            own = links[a].get(other, (0, 0))
            links[a][other] = links[other][a] = (own[0] + total, own[1] + count)
    del links[a][b]


def _root(first: dict[int, int], sighting: int) -> int:
    while sighting in first:
        sighting = first[sighting]
    return sighting
