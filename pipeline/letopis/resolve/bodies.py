"""Whether a node can be one organisation or thing with a cluster: names, abbreviations, towns, kinds and company.

Contract. One name is one thing unless towns or kinds differ; where other things have the name, too, a node without a town takes
something in common. An abbreviation goes to what it is known to stand for, as long as that is one thing or company decides.
"""

from collections.abc import Iterator
from functools import lru_cache

from letopis.find.gazetteer import gazetteer
from letopis.find.naming.attached import kinds_exclude
from letopis.find.naming.bodies import generic_level, is_unique, is_word
from letopis.resolve.clusters import Cluster, Hear, Keys, Parts, settle, total
from letopis.resolve.company import weight_of
from letopis.resolve.nodes import Node

NEVER = -9.0
_UNIQUE, _NAME, _WORD, _SHORT, _ALIKE = 4.0, 1.6, 1.0, 1.6, 0.8
_SEAT, _KIND, _COMPANION, _MOST, _UNSAID, _APART = 1.0, 0.3, 0.4, 1.6, -0.4, -1.2


def settle_bodies(nodes: list[Node], hear: Hear | None = None) -> list[Cluster]:
    """The organisations or things of one block."""
    return settle(sorted(nodes, key=_order), Keys(_keys, _keys), score, hear)


def _order(node: Node) -> tuple[int, int, int, int]:
    """Names spelled out with towns and kinds first, abbreviations alone last; of equals the most frequent."""
    return _only_short(node), -len(node.seats) - len(node.kinds) - len(node.short), -node.weight, node.number


def _only_short(node: Node) -> bool:
    return all(name.split("@")[0] in node.short for name in node.names)


def _keys(node: Node) -> Iterator[str]:
    yield from node.names
    yield from (f"short {s}" for s in node.short)


def score(cluster: Cluster, node: Node) -> float:
    """How much speaks for one thing."""
    return total(parts(cluster, node))


def parts(cluster: Cluster, node: Node) -> Parts:
    """What speaks for one thing and against, by what it is."""
    named = [n for n in node.names if n in cluster.names]
    alike = not named and any(s.startswith("~") for s in cluster.short & set(node.short))
    if not named and not alike and not _shortened(cluster, node):
        return (("no name in common", NEVER),)
    if any(is_unique(_core(n)) for n in named):
        return (("a name that only one has", _UNIQUE),)
    common = bool(named) and all(is_word(_core(n)) for n in named)
    apart = _apart(cluster.seats, node.seats)
    if kinds_exclude(cluster.kinds, node.kinds) and not any(map(_is_national, named)):
        return (("kinds exclude one another", NEVER),)
    if apart and (common or any("@" in n for n in named) or not named):
        return (("towns exclude one another", NEVER),)
    by_name = ("a word that many have", _WORD) if common else ("name", _NAME)
    base = by_name if named else ("sound", _ALIKE) if alike else ("abbreviation", _SHORT)
    beside = _APART if apart else (1.5 if common else 1.0) * _beside(cluster, node)
    company = min(total(companions(cluster, node)), _MOST)
    return base, ("towns and kinds", beside), ("company", company)


@lru_cache(maxsize=50_000)
def _is_national(name: str) -> bool:
    """'правительство@Q159': a country has one, whatever stands beside it."""
    return "@" in name and generic_level(_core(name)) == "national"


def _shortened(cluster: Cluster, node: Node) -> bool:
    """An abbreviation alone, of something that is spelled out elsewhere."""
    return bool(cluster.short & set(node.short)) and (_only_short(node) or all(_only_short(n) for n in cluster.nodes))


def _beside(cluster: Cluster, node: Node) -> float:
    """Towns and kinds: in common they speak for it, said of one side alone a little against."""
    seats = _SEAT if cluster.seats & node.seats else _UNSAID if bool(cluster.seats) != bool(node.seats) else 0.0
    kinds = _KIND if cluster.kinds & node.kinds else _UNSAID / 2 if bool(cluster.kinds) != bool(node.kinds) else 0.0
    return seats + kinds


def _apart(a: set[str], b: frozenset[str]) -> bool:
    """Whether towns on both sides exclude one another."""
    return bool(a and b) and not any(x == y or _holds(x, y) or _holds(y, x) for x in a for y in b)


@lru_cache(maxsize=50_000)
def _holds(outer: str, inner: str) -> bool:
    """Whether a place lies in another: a town in its country."""
    key: str | None = inner
    while key is not None:
        place = gazetteer().place(key)
        if key == outer:
            return True
        key = place.parent
    return False


@lru_cache(maxsize=50_000)
def _core(name: str) -> tuple[str, ...]:
    return tuple(name.split("@", maxsplit=1)[0].split())


def companions(cluster: Cluster, node: Node) -> Iterator[tuple[str, float]]:
    """Company in common; of a large cluster only what is near it often."""
    own = {f"{node.sort} {name}" for name in (*node.names, *cluster.names)}
    for key in node.near:
        if key in cluster.near and key not in own:
            yield key, min(1.0, 20 * cluster.near[key] / max(cluster.seen, 1)) * weight_of(key) * _COMPANION
