"""Why nodes are one, or two: the clustering of their blocks once more, with somebody listening.

Contract. The same code clusters as in a run (`settle_people`, `settle_bodies`); nothing is decided here. A `Join` is a node, or a
cluster of an earlier pass, that joined another; a `Meeting` is one that met another and did not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from letopis.resolve import bodies, people
from letopis.resolve.blocks import blocks_with
from letopis.resolve.clusters import KEPT_APART, THRESHOLD, Cluster, Parts, total
from letopis.resolve.nodes import Node
from letopis.resolve.wording import detail, items
from letopis.store.corpus import Corpus

ITEM, APART, TWO = "one item of the knowledge base", "kept apart by a correction", "two items of the knowledge base"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The score of a node with a cluster, its parts, and to each part what of both it comes from."""

    score: float
    parts: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Join:
    """`node` joined what began with `to`."""

    node: Node
    to: Node
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Meeting:
    """`node` met what began with `other` and did not join it; `rival`: what it joined instead, or could have as well."""

    node: Node
    other: Node
    evidence: Evidence
    rival: Node | None = None


@dataclass(slots=True)
class Trace:
    """Listens for joins inside `mine`, and for meetings of `mine` with `theirs` (numbers of nodes)."""

    mine: frozenset[int]
    theirs: frozenset[int] = frozenset()
    joins: list[Join] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)              # in order: the later passes know more

    def hear(self, node: Node, met: Sequence[tuple[float, Cluster]], chosen: Cluster | None) -> None:
        """One step of a clustering."""
        if chosen is not None and node.number in self.mine:
            score = next(score for score, cluster in met if cluster is chosen)
            self.joins.append(Join(node, chosen.nodes[0], evidence_of(chosen, node, score)))
        for score, cluster in met:
            first = cluster.nodes[0]
            if cluster is not chosen and self._meets(node.number, first.number):
                meeting = Meeting(node, first, evidence_of(cluster, node, score), _rival(score, cluster, met, chosen))
                self.meetings.append(meeting)

    def _meets(self, a: int, b: int) -> bool:
        return (a in self.mine and b in self.theirs) or (a in self.theirs and b in self.mine)


def trace(corpus: Corpus, mine: Iterable[int], theirs: Iterable[int] = ()) -> Trace:
    """What happened to nodes in their blocks, after `resolve_entities`; joins weakest first."""
    found = Trace(frozenset(mine), frozenset(theirs))
    for block in blocks_with(corpus, found.mine):
        settle(block, found)
    found.joins.sort(key=lambda j: (j.evidence.score, j.node.number))
    return found


def nodes_of(corpus: Corpus, numbers: Iterable[int]) -> list[Node]:
    """Some nodes with their company."""
    wanted = set(numbers)
    return [node for block in blocks_with(corpus, wanted) for node in block if node.number in wanted]


def settle(block: list[Node], listener: Trace) -> list[Cluster]:
    """The clusters of a block."""
    kind = people.settle_people if block[0].sort == "PERSON" else bodies.settle_bodies
    return kind(block, listener.hear)


def compare(ours: Sequence[Node], theirs: Sequence[Node]) -> Evidence:
    """What speaks for and against two groups of nodes that never met: the score as it would be."""
    clusters = []
    for nodes in (ours, theirs):
        cluster = Cluster()
        for node in nodes:
            cluster.add(node)
        clusters.append(cluster)
    first, second = clusters
    return evidence_of(first, second.as_node(), total(_parts(first, second.as_node())))


def evidence_of(cluster: Cluster, node: Node, score: float) -> Evidence:
    """A score taken apart."""
    if score == KEPT_APART:
        return Evidence(score, ((APART, score, ""),))
    if (cluster.own and node.own) or (cluster.wikidata and node.wikidata):
        return Evidence(score, ((ITEM if score > 0 else TWO, score, items(cluster, node)),))
    return Evidence(score, tuple((what, value, detail(what, cluster, node)) for what, value in _parts(cluster, node)))


def _parts(cluster: Cluster, node: Node) -> Parts:
    return people.parts(cluster, node) if node.sort == "PERSON" else bodies.parts(cluster, node)


def _rival(score: float, cluster: Cluster, met: Sequence[tuple[float, Cluster]], chosen: Cluster | None) -> Node | None:
    """What a node joined instead of a cluster it could have joined, or what kept it from deciding."""
    if score < THRESHOLD:
        return None
    if chosen is not None:
        return chosen.nodes[0]
    others = [(s, c) for s, c in met if c is not cluster and s >= THRESHOLD]
    return max(others, key=lambda o: o[0])[1].nodes[0] if others else None
