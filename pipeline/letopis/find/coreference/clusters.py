"""Scored pairs of mentions -> happenings, by average link: two groups are joined as long as their pairs are likely on average.

Contract: a pair that was no candidate counts as 0, which also bounds how large a group can grow in a long document. The likeliest
groups are joined first, of equals the earlier. Scores are whole numbers, so that no order changes a sum.
"""

import heapq
from collections.abc import Iterable

Group = dict[int, int]


def clusters(pairs: Iterable[tuple[int, int, int]], least: int) -> dict[int, int]:
    """Mention -> the first of its happening, for mentions of pairs (a, b, score) with a < b; average of at least `least`."""
    links: dict[int, Group] = {}
    size: dict[int, int] = {}
    queue = []
    for a, b, score in pairs:
        links.setdefault(a, {})[b] = links.setdefault(b, {})[a] = score
        size[a] = size[b] = 1
        if score >= least:
            queue.append((-float(score), a, b, 1, 1))
    heapq.heapify(queue)
    first = {mention: mention for mention in links}
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        if size.get(a) == size_a and size.get(b) == size_b:
            first[b] = a
            _join(links, a, b)
            size[a] += size.pop(b)
            for other, total in links[a].items():
                average = total / (size[a] * size[other])
                if average >= least:
                    x, y = sorted((a, other))
                    heapq.heappush(queue, (-average, x, y, size[x], size[y]))
    return {mention: _root(first, mention) for mention in first}


def _join(links: dict[int, Group], a: int, b: int) -> None:
    """Move the links of b to a."""
    for other, score in links.pop(b).items():
        if other != a:
            del links[other][b]
            links[a][other] = links[other][a] = links[a].get(other, 0) + score
    del links[a][b]


def _root(first: dict[int, int], mention: int) -> int:
    while first[mention] != mention:
        mention = first[mention]
    return mention
