"""What was corrected in brat, as corrections of a store.

Contract. A correction speaks of an entity or an event of the whole corpus, an annotator of single places; so it is made only where
all the places that came back agree. `drop`: every mention that the store has was taken out. `retype`: all that is left has one
other type. `rename`: the name of a reference was changed, wherever it was in one way. `same`: references lead to something else;
where only some articles' do, `not_same` parts these from the others. Whatever else was changed is counted, and is training data.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any, TypeAlias

import duckdb

from letopis.export.reading import Row, query
from letopis.export.returned import Returned
from letopis.resolve.corrections.statements import DROP, ENTITY, EVENT, NOT_SAME, RENAME, RETYPE, SAME
from letopis.schema.mentions import ENTITY_TYPES

Address: TypeAlias = dict[str, Any]
Statement: TypeAlias = dict[str, Any]
Known: TypeAlias = Mapping[str, Row]


@dataclass(slots=True)
class Seen:
    """What came back of one entity or event."""

    kind: str
    mentions: int = 0
    gone: int = 0
    retyped: int = 0
    types: set[str] = field(default_factory=set)                        # of the mentions that are left
    names: set[str] = field(default_factory=set)                        # that references were changed to
    targets: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))    # by article, what it is now
    addresses: dict[str, Address] = field(default_factory=dict)         # by article, its first mention

    def groups(self) -> dict[str, list[str]]:
        """What it is now -> the articles that say so; those that say two things are in none."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for document, targets in self.targets.items():
            if len(targets) == 1:
                found[next(iter(targets))].append(document)
        return dict(found)


class Corrected:
    """Takes articles that came back, one by one, and then says the corrections."""

    def __init__(self) -> None:
        self.seen: dict[str, Seen] = {}
        self.told: list[str] = []
        self.counts: Counter[str] = Counter()

    def take(self, article: Returned) -> None:
        """Enter what an article says."""
        before, after, happenings = article.before, article.after, article.before.triggers
        self.counts["articles changed"] += article.changed
        self.counts["marks added"] += len(after.spans) - sum(k is not None for k in article.kept.values())
        self.counts["marks taken out"] += sum(k is None for k in article.kept.values())
        for key, (thing, name) in before.references.items():
            seen = self.seen.setdefault(thing, Seen(EVENT if key in happenings else ENTITY))
            seen.mentions += 1
            seen.addresses.setdefault(article.document["document_id"], _address(article, key))
            now = article.kept[key]
            if now is None or (seen.kind == EVENT and now not in after.triggers):
                seen.gone += 1
            else:
                self._keep(article, key, now, (thing, name))

    def _keep(self, article: Returned, key: str, now: str, reference: tuple[str, str]) -> None:
        seen, new, old = self.seen[reference[0]], article.after.spans[now], article.before.spans[key]
        target, name = article.after.references.get(now, reference)
        seen.types.add(new[2].replace("-", "."))
        seen.targets[article.document["document_id"]].add(target)
        seen.retyped += new[2] != old[2]
        self.counts["marks retyped"] += new[2] != old[2]
        self.counts["marks moved"] += new[:2] != old[:2]
        self.counts["references changed"] += target != reference[0]
        if target == reference[0] and name != reference[1] and name:
            seen.names.add(name)

    def statements(self, con: duckdb.DuckDBPyConnection) -> list[Statement]:
        """The corrections, in the form of a file of corrections; `con` is of the snapshot."""
        known = {kind: _known(con, kind, self._ids(kind)) for kind in (ENTITY, EVENT)}
        found = [s for thing in sorted(self.seen) for s in self._of(thing, known[self.seen[thing].kind])]
        return [*found, *self._joins(ENTITY, known[ENTITY]), *self._joins(EVENT, known[EVENT])]

    def _ids(self, kind: str) -> set[str]:
        seen = {thing: s for thing, s in self.seen.items() if s.kind == kind}
        return {*seen, *(t for s in seen.values() for targets in s.targets.values() for t in targets)}

    def _of(self, thing: str, known: Known) -> Iterator[Statement]:
        """drop, retype, rename."""
        seen, row = self.seen[thing], known.get(thing)
        if row is None:
            self.told.append(f"{thing}: the store no longer has it")
            return
        address = next(iter(seen.addresses.values()))
        if seen.gone == seen.mentions:
            if seen.kind == ENTITY and seen.mentions == row["mention_count"]:
                yield _stated(DROP, address, f"'{row['name']}' was taken out everywhere")
            return
        if thing not in seen.groups():                                  # it is something else now, and has that one's type and name
            return
        kind = next(iter(seen.types))
        if seen.retyped and len(seen.types) == 1 and kind != row["type"] and (seen.kind == EVENT or kind in ENTITY_TYPES):
            yield _stated(RETYPE, address, f"'{row['name']}' was {row['type']}", to=kind)
        if len(seen.names) == 1:
            yield _stated(RENAME, address, f"was '{row['name']}'", to=next(iter(seen.names)))
        elif seen.names:
            self.told.append(f"'{row['name']}' was renamed in {len(seen.names)} ways: {', '.join(sorted(seen.names))}")

    # --- who is who -----------------------------------------------------------------------------------------------------

    def _joins(self, kind: str, known: Known) -> Iterator[Statement]:
        """not_same of what was parted, then same of what leads to one thing."""
        joined: defaultdict[str, list[Address]] = defaultdict(list)
        for thing, seen in sorted(self.seen.items()):
            groups = seen.groups() if seen.kind == kind and thing in known else {}
            if not groups.keys() - {thing}:
                continue
            whole = len(groups) == 1 and len(next(iter(groups.values()))) == known[thing]["document_count"]
            if kind == EVENT and not whole:
                self.told.append(f"'{known[thing]['name']}' was parted: events cannot be, by corrections")
                continue
            yield from () if whole else self._partings(thing, groups, known[thing])
            for target, documents in groups.items():
                joined[target] += [seen.addresses[d] for d in documents] if target != thing else []
        for target, addresses in sorted(joined.items()):
            own = [a for a in self._own(target, known) if a not in addresses]
            if len(addresses) + len(own) > 1:
                called = known[target]["name"] if target in known else target
                yield _stated(SAME, [*own, *addresses], f"references lead to '{called}'")

    def _partings(self, thing: str, groups: Mapping[str, list[str]], row: Row) -> Iterator[Statement]:
        seen = self.seen[thing]
        sides = [[seen.addresses[d] for d in documents] for documents in groups.values()]
        if thing not in groups:
            sides.append([{"name": row["name"], "type": row["type"]}])
        for one, other in combinations(sides, 2):
            for pair in product(one, other):
                yield _stated(NOT_SAME, list(pair), f"'{row['name']}' is several")

    def _own(self, target: str, known: Known) -> Iterable[Address]:
        """An address of what references lead to: where an article says that it is itself, else its name."""
        seen = self.seen.get(target)
        staying = seen.groups().get(target, []) if seen else []
        if seen and staying:
            return [seen.addresses[staying[0]]]
        return [{"name": known[target]["name"], "type": known[target]["type"]}] if target in known else []


def _stated(kind: str, address: Address | list[Address], why: str, *, to: str | None = None) -> Statement:
    return {kind: address, **({"to": to} if to else {}), "why": why, "by": "brat"}


def _address(article: Returned, key: str) -> Address:
    document = article.document
    path = document["path"] if document["record"] is None else f"{document['path']}#{document['record']}"
    name, start, end = article.place(article.before.spans[key])
    kind = article.before.spans[key][2].replace("-", ".")
    return {"document": path, **({"field": name} if name == "title" else {}), "start": start, "end": end, "type": kind}


def _known(con: duckdb.DuckDBPyConnection, kind: str, ids: Iterable[str]) -> dict[str, Row]:
    table = "entities" if kind == ENTITY else "events"
    sql = f"SELECT {kind}_id AS id, name, type, mention_count, document_count FROM {table} WHERE {kind}_id IN (SELECT unnest(?))"
    return {r["id"]: r for r in query(con, sql, [sorted(ids)])}
