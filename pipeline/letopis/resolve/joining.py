"""Scored pairs of sightings -> events, by average link: two groups are joined as long as their pairs are likely on average.

Contract: a pair that was not compared counts as UNSEEN. The likeliest groups are joined first, of equals the earlier. Scores are
whole numbers, so that no order changes a sum; the result is a function of the set of pairs, and of each connected block alone.
"""

import heapq
from collections.abc import Iterable

Link = tuple[int, int]                # sum of the scores of the compared pairs of two groups, and how many these are


def join(pairs: Iterable[tuple[int, int, int]], least: int, unseen: int) -> dict[int, int]:
    """Sighting -> the first of its event, for those of pairs (a, b, score) with a < b that join something."""
    links: dict[int, dict[int, Link]] = {}
    size: dict[int, int] = {}
    queue = []
    for a, b, score in pairs:
        links.setdefault(a, {})[b] = links.setdefault(b, {})[a] = (score, 1)
        size[a] = size[b] = 1
        if score >= least:
            queue.append((-float(score), a, b, 1, 1))
    heapq.heapify(queue)
    first: dict[int, int] = {}
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        if size.get(a) == size_a and size.get(b) == size_b:
            first[b] = a
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
