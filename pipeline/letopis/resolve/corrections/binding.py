"""`same` and `not_same` of entities in the connection: marks for the clusters, then unions of what clusters gave.

Contract. Before clustering `bind` leaves `member_marks` (document_id, entity, marks): what `not_same` parts is parted there,
whatever the evidence. After it `unite` joins whole clusters, of different types too, and never what a mark keeps apart: such a
`same` isn't obeyed. Where two that are kept apart would have one outer id, the side that stands first in its correction has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from letopis.resolve.corrections.bonds import Bond, Groups, consistent, line_of
from letopis.resolve.corrections.lookup import Found, Warned, members_called, sides
from letopis.resolve.corrections.marks import parsed
from letopis.resolve.corrections.places import Member, table_of
from letopis.resolve.corrections.record import enter_members
from letopis.resolve.corrections.statements import ENTITY, NOT_SAME, SAME
from letopis.store.corpus import Corpus

# Of places that are kept apart the side that stands first keeps the gazetteer's; the others have only what is said of them.
_DISPLACED = """
CREATE OR REPLACE TABLE members AS
WITH said AS (SELECT document_id, entity, unnest(marks) AS mark FROM member_marks),
placed AS (
    SELECT s.document_id, s.entity, split_part(mark, '/', 1) AS key, CAST(split_part(mark, '/', 2) AS INTEGER) AS side, m.place
    FROM said s JOIN members m USING (document_id, entity) WHERE m.place IS NOT NULL
), displaced AS (
    SELECT DISTINCT p.document_id, p.entity FROM placed p JOIN placed o ON o.key = p.key AND o.place = p.place AND o.side < p.side
)
SELECT m.* REPLACE (CASE WHEN d.entity IS NULL THEN place END AS place, d.entity IS NOT NULL AS displaced)
FROM members m LEFT JOIN displaced d USING (document_id, entity)
"""
_UNITED = """
CREATE OR REPLACE TABLE ones AS
SELECT o.* REPLACE (coalesce(u.root, o.one) AS one, coalesce(u.place, o.place) AS place, u.root IS NOT NULL AS united)
FROM ones o LEFT JOIN unions u USING (one)
"""
_STRINGS = pa.list_(pa.string())


@dataclass(frozen=True, slots=True)
class Bonds:
    """The `same` and `not_same` that hold together, the marks of their members, and what was told of the others."""

    held: tuple[Bond, ...] = ()
    marks: Mapping[Member, tuple[str, ...]] | None = None
    warnings: tuple[Warned, ...] = ()


def bonds_of(corpus: Corpus, corrected: Sequence[Found], kind: str) -> Bonds:
    """The bonds among entities, or among events."""
    wanted = [f for f in corrected if f.kind == kind and f.correction.kind in (SAME, NOT_SAME)]
    by_name = members_called(corpus, (a for f in wanted for a in f.names), kind)
    told, stated = list[Warned](), list[Bond]()
    for found in wanted:
        groups, warnings = sides(found, by_name)
        told += warnings
        if len(groups) > 1:
            stated.append(Bond(found.correction, tuple(groups)))
    held, marks, contradictions = consistent(stated)
    return Bonds(tuple(held), marks, (*told, *contradictions))


def bind(corpus: Corpus, corrected: Sequence[Found]) -> Bonds:
    """Leave `member_marks` in the connection."""
    bonds = bonds_of(corpus, corrected, ENTITY)
    rows = sorted((bonds.marks or {}).items())
    corpus.add("member_marks", pa.table({
        "document_id": pa.array([d for (d, _), _ in rows], pa.string()), "entity": pa.array([e for (_, e), _ in rows], pa.int32()),
        "marks": pa.array([list(marks) for _, marks in rows], _STRINGS),
    }))
    for bond in bonds.held:
        if bond.correction.kind == NOT_SAME:
            enter_members(corpus, ENTITY, bond.correction, bond.members)
    return bonds


def displace(corpus: Corpus, bonds: Bonds) -> None:
    """Take the place of the gazetteer from those members that are said not to be it."""
    if bonds.marks:
        corpus.sql.execute(_DISPLACED)


def unite(corpus: Corpus, bonds: Bonds) -> list[Warned]:
    """Join what `same` says, in `ones`; tells what would have joined what is kept apart."""
    joins = [b for b in bonds.held if b.correction.kind == SAME]
    if not joins:
        return []
    one = _ones(corpus, frozenset().union(*(b.members for b in joins)))
    groups, told, joined = Groups[str](marks=_marked(corpus)), list[Warned](), set[str]()
    for bond in joins:
        ones = {one[m] for m in bond.members}
        key = groups.join(ones)
        if key is None:
            joined |= ones
            enter_members(corpus, ENTITY, bond.correction, bond.members)
        else:
            line = line_of(key, bonds.held)
            told.append(Warned(bond.correction.line, f"same: by the evidence this joins what line {line} keeps apart: not obeyed"))
    _write_unions(corpus, {name: groups.root(name) for name in joined})
    corpus.sql.execute(_UNITED)
    return told


def _ones(corpus: Corpus, members: Iterable[Member]) -> dict[Member, str]:
    corpus.add("joined_members", table_of(members))
    found = corpus.query("SELECT document_id, entity, one FROM ones JOIN joined_members USING (document_id) WHERE entity = number")
    return {(r["document_id"], r["entity"]): r["one"] for r in found.to_pylist()}


def _marked(corpus: Corpus) -> defaultdict[str, dict[str, int]]:
    """What entities have which marks."""
    marks: defaultdict[str, dict[str, int]] = defaultdict(dict)
    sql = "SELECT DISTINCT one, unnest(marks) AS mark FROM ones JOIN member_marks USING (document_id, entity) ORDER BY ALL"
    for row in corpus.query(sql).to_pylist():
        key, side = parsed(row["mark"])
        marks[row["one"]][key] = side
    return marks


def _write_unions(corpus: Corpus, root: Mapping[str, str]) -> None:
    """Leave `unions` (one, root, place): a group is called by its place, Wikidata's first, else by its smallest member."""
    rows = sorted(root.items())
    columns = {"one": pa.array([o for o, _ in rows], pa.string()), "root": pa.array([r for _, r in rows], pa.string())}
    corpus.add("joined", pa.table(columns))
    corpus.sql.execute("""
        CREATE OR REPLACE TABLE unions AS
        WITH places AS (SELECT DISTINCT one, place FROM ones WHERE one IN (SELECT one FROM joined)),
        called AS (SELECT root, min(place) AS place, min(one) AS smallest FROM joined JOIN places USING (one) GROUP BY root)
        SELECT j.one, coalesce(c.place, c.smallest) AS root, c.place FROM joined j JOIN called c USING (root)
    """)


# --- outer ids ----------------------------------------------------------------------------------------------------------

def disown(corpus: Corpus, several: Iterable[str]) -> None:
    """Leave `disowned` (one): entities that get no outer id."""
    corpus.add("disowned", pa.table({"one": pa.array(sorted(several), pa.string())}))


def claimed_twice(corpus: Corpus, bonds: Bonds) -> set[str]:
    """Entities that are kept apart from another of the same id, which stands before them in the correction."""
    if not bonds.marks:
        return set()
    rows = corpus.query("""
        WITH said AS (
            SELECT DISTINCT m.entity_id, o.one, split_part(mark, '/', 1) AS key, CAST(split_part(mark, '/', 2) AS INTEGER) AS side
            FROM (SELECT document_id, entity, unnest(marks) AS mark FROM member_marks)
            JOIN ones o USING (document_id, entity) JOIN entity_map m USING (document_id, entity)
        )
        SELECT DISTINCT s.one FROM said s JOIN said o ON o.key = s.key AND o.entity_id = s.entity_id AND o.side < s.side
    """)
    return set(rows["one"].to_pylist())
