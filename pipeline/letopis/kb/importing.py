"""`letopis kb import`: a dump, streamed, into a source of a knowledge base.

Contract. Memory is bounded by DuckDB's share for sorting and a batch of items, whatever the dump holds. Of an id that comes
twice the first stands. Bad lines are counted, the first TOLD of them with their numbers. An import that ends early leaves the
base as it was.
"""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from letopis.kb import VERSION, storage
from letopis.kb.context import description_places, description_words, years_of
from letopis.kb.items import BadItem, Item
from letopis.kb.keys import item_keys
from letopis.kb.sources import DumpError, items_of
from letopis.kb.storage import FILES, Source

BATCH = 20_000                        # items whose rows are in memory
TOLD = 20                             # bad lines that are told one by one
MEMORY = "512MB"                        # DuckDB's share when it sorts; what does not fit goes to disk
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_SORTED = {
    "aliases": "SELECT key, item, min(use)::TINYINT AS use FROM {raw} WHERE number IN (SELECT number FROM firsts) "
               "GROUP BY ALL ORDER BY key, item",
    "items": "SELECT * EXCLUDE number FROM {raw} WHERE number IN (SELECT number FROM firsts) ORDER BY item",
    "same": "SELECT DISTINCT \"outer\", item FROM {raw} WHERE number IN (SELECT number FROM firsts) ORDER BY ALL",
}

_COUNTS = """
SELECT (SELECT count(*) FROM {items}), (SELECT count(*) FROM {items} WHERE NOT regexp_full_match(item, 'Q[0-9]+|gn:[0-9]+')),
       (SELECT count(*) FROM {aliases})
"""
# Of the rows, not of the files: how rows fall into row groups follows from how they came. Rows are distinct, their order is fixed.
_DIGEST = "SELECT concat_ws(' ', {parts})"
_PART = "(SELECT concat_ws(' ', count(*), bit_xor(hash(t))) FROM {file} t)"


@dataclass(slots=True)
class Report:
    """What became of a dump."""

    lines: int = 0
    items: int = 0
    own: int = 0                      # of them with ids of the user's own
    aliases: int = 0
    skipped: int = 0                  # lines without a name, properties, repeated ids
    bad: int = 0
    told: list[tuple[int, str]] = field(default_factory=list)    # (line, what is wrong) of the first TOLD

    def add_bad(self, number: int, error: BadItem) -> None:
        """Count a bad line."""
        self.bad += 1
        if len(self.told) < TOLD:
            self.told.append((number, str(error)))


def import_dump(
    dump: Path, folder: Path, *, name: str = "base", advance: Callable[[int], None] = lambda lines: None
) -> Report:
    """Import a dump as the source `name` of the base in a folder. Raises DumpError, OSError, ValueError for an unfit name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no name of a source: small Latin letters, digits, '-' and '_'")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DumpError(f"another import is at work in {folder}") from error
    with lock:
        draft = storage.begin(folder)
        try:
            return _import(dump, folder, draft, name, advance)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _import(dump: Path, folder: Path, draft: Path, name: str, advance: Callable[[int], None]) -> Report:
    report = Report()
    _write_raw(dump, draft, report, advance)
    report.items, report.own, report.aliases, digest = _sort(draft)
    if not report.items:
        raise DumpError(f"{dump} has no item with a name that can be linked; the base is as it was")
    counts = (report.items, report.own, report.aliases, report.bad)
    storage.put(folder, draft, Source(name, f"{name}-{digest}", digest, VERSION, *counts))
    return report


def _write_raw(dump: Path, draft: Path, report: Report, advance: Callable[[int], None]) -> None:
    """The rows of the dump in its order, with the numbers of their lines."""
    with ExitStack() as stack:
        writers = {
            table: stack.enter_context(pq.ParquetWriter(draft / f"{table}.raw", _numbered(schema), compression="zstd"))
            for table, schema in FILES.items()
        }
        for batch in _batches(dump, report, advance):
            for table, rows in _tables(batch).items():
                writers[table].write_table(rows)


def _batches(dump: Path, report: Report, advance: Callable[[int], None]) -> Iterator[list[tuple[int, Item]]]:
    batch: list[tuple[int, Item]] = []
    for number, found in items_of(dump):
        report.lines += 1
        if isinstance(found, Item):
            batch.append((number, found))
        elif found is None:
            report.skipped += 1
        else:
            report.add_bad(number, found)
        if report.lines % BATCH == 0:
            yield batch
            batch = []
            advance(report.lines)
    yield batch


def _tables(batch: list[tuple[int, Item]]) -> dict[str, pa.Table]:
    rows: dict[str, list[tuple[Any, ...]]] = {
        "aliases": [(key, item.id, use, n) for n, item in batch for key, use in item_keys(item.name, item.aliases, item.family)],
        "items": [(*_row(item), n) for n, item in batch],
        "same": [(outer, item.id, n) for n, item in batch for outer in _others(item)],
    }
    return {name: _table(_numbered(FILES[name]), found) for name, found in rows.items()}


def _row(item: Item) -> tuple[Any, ...]:
    first, last = years_of(item.description)
    return (
        item.id, item.name, item.family, item.description or None, item.country, item.latitude, item.longitude,
        item.first if item.first is not None else first, item.last if item.last is not None else last, item.weight,
        description_places("" if item.family == "PER" else item.name, item.description), description_words(item.description),
        item.wikidata_id, item.geonames_id,
    )


def _others(item: Item) -> Iterator[str]:
    """Other ids of an item, as the gazetteer writes them."""
    if item.wikidata_id:
        yield item.wikidata_id
    if item.geonames_id:
        yield f"gn:{item.geonames_id.removeprefix('gn:')}"


def _table(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    return pa.Table.from_arrays([pa.array([r[i] for r in rows], f.type) for i, f in enumerate(schema)], schema=schema)


def _numbered(schema: pa.Schema) -> pa.Schema:
    return schema.append(pa.field("number", pa.int64()))


def _sort(draft: Path) -> tuple[int, int, int, str]:
    """The sorted files in place of the raw ones; gives the numbers of items, of those with own ids, of aliases, and a digest."""
    spill = draft / "spill"
    con = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "temp_directory": str(spill)})
    try:
        raw = {name: f"read_parquet({_quoted(draft / f'{name}.raw')})" for name in FILES}
        con.execute(f"CREATE TEMP TABLE firsts AS SELECT min(number) AS number FROM {raw['items']} GROUP BY item")
        for name, select in _SORTED.items():
            target = _quoted(draft / f"{name}.parquet")
            con.execute(f"COPY ({select.format(raw=raw[name])}) TO {target} (FORMAT parquet, COMPRESSION zstd)")
        parts = ", ".join(_PART.format(file=_quoted(draft / f"{name}.parquet")) for name in FILES)
        said = con.execute(_DIGEST.format(parts=parts)).fetchall()[0][0]
        counts = con.execute(_COUNTS.format(**{name: _quoted(draft / f"{name}.parquet") for name in FILES})).fetchall()[0]
    finally:
        con.close()
        shutil.rmtree(spill, ignore_errors=True)
    for name in FILES:
        (draft / f"{name}.raw").unlink()
    return counts[0], counts[1], counts[2], hashlib.sha256(said.encode()).hexdigest()[:16]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
