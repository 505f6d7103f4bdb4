"""Nodes: what many entities of documents say in the same words, as one.

Contract. A node is the entities of all documents with equal evidence (names, posts, towns, kinds, links) that corrections say
the same of, whoever their company is; where the evidence is weak (a surname alone) each entity is a node of its own. Nodes are a
function of the profiles and corrections alone, in whatever order they come; `blocks` decides which of them are compared.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from letopis.find.naming.evidence import parsed
from letopis.find.naming.people import PersonName
from letopis.store.corpus import Corpus

COMPANIES = 40                        # documents whose company a node keeps: those with the smallest ids

_NODES = """
CREATE OR REPLACE TABLE nodes AS
SELECT row_number() OVER (ORDER BY sort, names, short, posts, seats, kinds, alone, own, wikidata, marks) - 1 AS node, *
FROM (
    SELECT sort, names, short, blocks, posts, seats, kinds, alone, own, wikidata, marks, count(*) AS weight, min(member) AS member,
           min(day) AS first, max(day) AS last, list(document_id ORDER BY document_id)[:{companies}] AS documents
    FROM (
        SELECT e.*, d.published_date AS day FROM members e JOIN days d USING (document_id) WHERE place IS NULL
    ) GROUP BY ALL
)
"""

_MEMBERS = """
CREATE OR REPLACE TABLE node_members AS
SELECT m.document_id, m.entity, n.node, n.member FROM members m JOIN nodes n
ON m.place IS NULL AND m.sort = n.sort AND m.names = n.names AND m.short = n.short AND m.posts = n.posts AND m.seats = n.seats
   AND m.kinds = n.kinds AND m.alone IS NOT DISTINCT FROM n.alone
   AND m.own IS NOT DISTINCT FROM n.own AND m.wikidata IS NOT DISTINCT FROM n.wikidata AND m.marks = n.marks
"""


@dataclass(slots=True)
class Node:
    """Entities of documents with equal evidence; `near` counts the company of some of their documents (`seen` of them)."""

    number: int
    sort: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    posts: tuple[str, ...]
    seats: frozenset[str]
    kinds: frozenset[str]
    weight: int
    member: str                       # smallest key of its members
    years: tuple[float, float] | None
    seen: int
    near: Counter[str] = field(default_factory=Counter)
    people: tuple[PersonName, ...] = ()
    own: frozenset[str] = frozenset()       # ids of the knowledge base it is linked to: the user's own, and Wikidata's
    wikidata: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()     # of corrections: on which side of a `not_same` it is
    called: Mapping[PersonName, int] = field(default_factory=dict)     # of a cluster: how much of its weight has a name

    def count(self, name: PersonName) -> int:
        """How much of the weight has a name."""
        return self.called.get(name, self.weight)


def make_nodes(corpus: Corpus) -> None:
    """Leave `nodes` and `node_members` (document_id, entity, node, its smallest member) in the connection."""
    corpus.sql.execute(_NODES.format(companies=COMPANIES))
    corpus.sql.execute(_MEMBERS)


def node_of(row: dict[str, Any]) -> Node:
    """The node of a row of `nodes` with its company as `keys` and `counts`."""
    years = None if row["first"] is None else (_year(row["first"]), _year(row["last"]))
    near = Counter(dict(zip(row["keys"] or (), row["counts"] or (), strict=True)))
    people = tuple(map(parsed, row["names"])) if row["sort"] == "PERSON" else ()
    return Node(
        row["node"], row["sort"], tuple(row["names"]), tuple(row["short"]), tuple(row["posts"]), frozenset(row["seats"]),
        frozenset(row["kinds"]), row["weight"], row["member"], years, row["seen"], near, people,
        frozenset(filter(None, [row["own"]])), frozenset(filter(None, [row["wikidata"]])), frozenset(row["marks"]),
    )


def _year(day: Any) -> float:
    return float(day.year + day.timetuple().tm_yday / 366)
