"""Clusters: the nodes of one block, joined by evidence.

Contract. Nodes come in the order of how much they say, then of their weight, then of their numbers; each joins the cluster that its
evidence speaks for most, or begins one. Evidence is a score: names that agree, posts, company, towns; at THRESHOLD it is enough.
Where two clusters are as likely as each other, a node joins neither. What is linked to one item of a knowledge base is one, what
is linked to two items never; what a correction keeps apart is never one, whatever speaks for it. The result is a function of the
set of nodes. Who wants to know why, listens: `hear` is told of every node what it was compared with and what it joined.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from letopis.find.naming.people import PersonName
from letopis.resolve.corrections.marks import apart
from letopis.resolve.nodes import Node

THRESHOLD = 1.0
MARGIN = 0.5
ONE_ITEM, TWO_ITEMS = 9.0, -9.0       # scores of what a knowledge base decides
KEPT_APART = -99.0                    # and of what a correction does

PASSES = 4

Parts: TypeAlias = tuple[tuple[str, float], ...]
"""What a score is made of, by what it is."""

Compare = Callable[["Cluster", Node], float]
Hear = Callable[[Node, Sequence[tuple[float, "Cluster"]], "Cluster | None"], None]
"""Told before a node joins: the node, (score, cluster) of the clusters it met, and the one it joins (None: it begins its own)."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Under which keys a node looks for clusters, and under which it is found: a weak one does not meet all of its like."""

    seek: Callable[[Node], Iterable[str]]
    leave: Callable[[Node], Iterable[str]]


@dataclass(slots=True)
class Cluster:
    """Nodes that are one, with all that they say."""

    nodes: list[Node] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    people: dict[PersonName, int] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)
    posts: Counter[str] = field(default_factory=Counter)
    seats: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    near: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    weight: int = 0
    own: set[str] = field(default_factory=set)
    wikidata: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)

    def add(self, node: Node) -> None:
        """Take in a node."""
        self.nodes.append(node)
        for name in node.names:
            self.names[name] += node.weight
        for person in node.people:
            self.people[person] = self.people.get(person, 0) + node.count(person)
        self.short.update(node.short)
        for post in node.posts:
            self.posts[post] += node.weight
        self.seats |= node.seats
        self.kinds |= node.kinds
        self.near.update(node.near)
        self.seen += node.seen
        self.weight += node.weight
        self.own |= node.own
        self.wikidata |= node.wikidata
        self.marks |= node.marks

    def as_node(self) -> Node:
        """All that the cluster says, as one node that bears the number of its first."""
        first = self.nodes[0]
        years = [n.years for n in self.nodes if n.years]
        span = (min(a for a, _ in years), max(b for _, b in years)) if years else None
        people = tuple(sorted(self.people, key=lambda p: (not p.full, -self.people[p], p)))
        return Node(
            first.number, first.sort, tuple(self.names), tuple(sorted(self.short)), tuple(self.posts), frozenset(self.seats),
            frozenset(self.kinds), self.weight, first.member, span, self.seen, self.near, people,
            frozenset(self.own), frozenset(self.wikidata), frozenset(self.marks), dict(self.people),
        )


def settle(nodes: Sequence[Node], keys: Keys, compare: Compare, hear: Hear | None = None) -> list[Cluster]:
    """The clusters of nodes that come in order. Clusters are compared among themselves until nothing more joins."""
    clusters = _pass(nodes, keys, compare, hear)
    for _ in range(PASSES):
        ordered = sorted(clusters, key=lambda c: (-c.weight, c.nodes[0].number))
        merged = _pass([c.as_node() for c in ordered], keys, compare, hear)
        if len(merged) == len(clusters):
            break
        clusters = [_flat(c, clusters) for c in merged]
    return clusters


def total(parts: Iterable[tuple[str, float]]) -> float:
    """The score, added up in the order of its parts: `sum` rounds otherwise from Python 3.12 on."""
    added = 0.0
    for _, value in parts:
        added += value
    return added


def _pass(nodes: Iterable[Node], keys: Keys, compare: Compare, hear: Hear | None) -> list[Cluster]:
    clusters: list[Cluster] = []
    index: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for node in nodes:
        near = sorted({c for key in (*keys.seek(node), *_items(node)) for c in index[key]})
        scores = [(_score(clusters[c], node, compare), clusters[c].weight, -c) for c in near]
        chosen = _chosen(scores)
        if hear is not None:
            hear(node, [(score, clusters[-c]) for score, _, c in scores], None if chosen is None else clusters[chosen])
        if chosen is None:
            chosen = len(clusters)
            clusters.append(Cluster())
        clusters[chosen].add(node)
        for key in (*keys.leave(node), *_items(node)):
            index[key][chosen] = None
    return clusters


def _items(node: Node) -> Iterator[str]:
    yield from (f"kb {item}" for item in (*node.own, *node.wikidata))


def _score(cluster: Cluster, node: Node, compare: Compare) -> float:
    """What corrections say, then the knowledge base, the user's own ids first; else the evidence."""
    if cluster.marks and node.marks and apart(cluster.marks, node.marks):
        return KEPT_APART
    for known, said in ((cluster.own, node.own), (cluster.wikidata, node.wikidata)):
        if known and said:
            return ONE_ITEM if known & said else TWO_ITEMS
    return compare(cluster, node)


def _flat(merged: Cluster, clusters: Sequence[Cluster]) -> Cluster:
    """A cluster of clusters, with their nodes."""
    by_number = {c.nodes[0].number: c for c in clusters}
    merged.nodes = [node for inner in merged.nodes for node in by_number[inner.number].nodes]
    return merged


def _chosen(scores: Sequence[tuple[float, int, int]]) -> int | None:
    """The cluster with the best score; None where none is good enough or two are about as good."""
    ranked = sorted(scores, reverse=True)
    if not ranked or ranked[0][0] < THRESHOLD:
        return None
    doubtful = len(ranked) > 1 and ranked[1][0] >= THRESHOLD and ranked[0][0] - ranked[1][0] < MARGIN
    return None if doubtful else -ranked[0][2]
