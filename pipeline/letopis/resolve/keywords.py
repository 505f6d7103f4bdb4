"""Keywords, authors and publications of the front matter: resolved where exactly one entity or event has that name."""

from collections import defaultdict

import pyarrow as pa

from letopis.find.names import fold
from letopis.store.corpus import Corpus


def resolve_keywords(corpus: Corpus, entities: pa.Table, events: pa.Table) -> None:
    """Leave the table `keyword_map` (keyword, entity_id, event_id) in the connection."""
    stated = corpus.query(f"SELECT DISTINCT keyword FROM {corpus.units('keywords')} ORDER BY keyword")["keyword"].to_pylist()
    people = _named(entities, "entity_id", ("name",), ("aliases", "abbreviations"))
    happenings = _named(events.filter(_of_several_words(events)), "event_id", ("name",), ())
    rows = [(k, _only(people, fold(k)), _only(happenings, fold(k))) for k in stated]
    columns = {"keyword": 0, "entity_id": 1, "event_id": 2}
    corpus.add("keyword_map", pa.table({n: pa.array([r[i] for r in rows], pa.string()) for n, i in columns.items()}))


def _named(rows: pa.Table, key: str, single: tuple[str, ...], lists: tuple[str, ...]) -> dict[str, set[str]]:
    """Folded name -> ids that have it."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows.select([key, *single, *lists]).to_pylist():
        for name in (*(row[c] for c in single), *(n for c in lists for n in row[c])):
            ids[fold(name)].add(row[key])
    return ids


def _of_several_words(events: pa.Table) -> pa.Array:
    """Only an event with a name of several words is meant by a keyword: 'суд' means no trial in particular."""
    return pa.array([" " in name for name in events["name"].to_pylist()], pa.bool_())


def _only(ids: dict[str, set[str]], name: str) -> str | None:
    found = ids.get(name, set())
    return next(iter(found)) if len(found) == 1 else None
