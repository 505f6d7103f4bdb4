"""`rename`, `retype` and `drop`: of entities that resolution has made.

Contract. An address means the entities that its mention is of, or that are called so, by the names and the type they have without
these corrections. Of two that say different things of one entity the first in the file is obeyed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from letopis.find.gazetteer import gazetteer
from letopis.resolve.corrections.lookup import Found, Warned
from letopis.resolve.corrections.naming import called
from letopis.resolve.corrections.places import Member, table_of
from letopis.resolve.corrections.record import enter_ids
from letopis.resolve.corrections.statements import DROP, ENTITY, NOT_SAME, RENAME, RETYPE, SAME, Address, Correction
from letopis.store.corpus import Corpus

Row = dict[str, Any]
Ids = Mapping[Address, set[str]]
_CLASH: Mapping[str, tuple[str, ...]] = {RENAME: (RENAME, DROP), RETYPE: (RETYPE, DROP), DROP: (RENAME, RETYPE)}


def amend(corpus: Corpus, corrected: Sequence[Found], rows: list[Row]) -> tuple[list[Row], list[Warned]]:
    """The rows of entities as they should be; the mentions of what is dropped leave `entity_map`."""
    wanted = [f for f in corrected if f.kind == ENTITY and f.correction.kind not in (SAME, NOT_SAME)]
    if not wanted:
        return rows, []
    things = ((r["entity_id"], r["type"], _names(r)) for r in rows)
    named = called(things, (a for f in wanted for a in f.names))
    obeyed, told = obey(corpus, ENTITY, wanted, named)
    dropped = {i for i, kinds in obeyed.items() if DROP in kinds}
    corpus.add("dropped", pa.table({"id": pa.array(sorted(dropped), pa.string())}))
    corpus.sql.execute("DELETE FROM entity_map WHERE entity_id IN (SELECT id FROM dropped)")
    return [_amended(r, obeyed.get(r["entity_id"], {})) for r in rows if r["entity_id"] not in dropped], told


def _names(row: Row) -> list[str]:
    """What it goes by, what it would be called first."""
    place = [gazetteer().place(row["place"]).name] if row["place"] else []
    return [*place, *row["names"], *row["abbreviations"]]


def _amended(row: Row, said: Mapping[str, Correction]) -> Row:
    changes = {"renamed": said[RENAME].to if RENAME in said else None, "type": said[RETYPE].to if RETYPE in said else row["type"]}
    return {**row, **changes}


def obey(
    corpus: Corpus, kind: str, wanted: Sequence[Found], named: Ids
) -> tuple[dict[str, dict[str, Correction]], list[Warned]]:
    """What is said of which id, by kind of correction, the first of a kind; what means nothing, or contradicts, is told."""
    said: dict[str, dict[str, Correction]] = {}
    told: list[Warned] = []
    for found in wanted:
        c = found.correction
        ids, warnings = _meant(corpus, kind, found, named)
        told += warnings
        clashes = {i: other for i in sorted(ids) if (other := _clash(said.get(i, {}), c)) is not None}
        told += [Warned(c.line, f"{c.kind}: contradicts line {line}: not obeyed there") for line in sorted(set(clashes.values()))]
        for one in ids - clashes.keys():
            said.setdefault(one, {}).setdefault(c.kind, c)
        enter_ids(corpus, kind, c, ids - clashes.keys())
    return said, told


def _clash(said: Mapping[str, Correction], correction: Correction) -> int | None:
    """The line of what was said before and goes not together with it."""
    others = (said[kind] for kind in _CLASH[correction.kind] if kind in said)
    return next((c.line for c in others if (c.kind, c.to) != (correction.kind, correction.to)), None)


def _meant(corpus: Corpus, kind: str, found: Found, named: Ids) -> tuple[set[str], list[Warned]]:
    ids, told = set(_ids_of(corpus, kind, found.members.values())), list(found.warnings)
    for address in found.names:
        ids |= named[address]
        if not named[address]:
            told.append(Warned(address.line, f"{found.correction.kind}: nothing is called {address}"))
    return ids, told


def _ids_of(corpus: Corpus, kind: str, members: Iterable[Member]) -> list[str]:
    corpus.add("meant", table_of(members))
    sql = f"SELECT DISTINCT {kind}_id AS id FROM {kind}_map m JOIN meant ON meant.document_id = m.document_id AND number = m.{kind}"
    return [str(i) for i in corpus.query(sql)["id"].to_pylist()]
