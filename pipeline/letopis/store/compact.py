"""Units that have become many and small -> few large ones; units without the rows of documents that are in use no more; units of
older versions with today's columns.

Contract: a new unit is whole on disk before the manifest points to it, and the old ones go only afterwards (`units.remove_unused`),
so a run that is killed loses nothing. The rows of a document stay as they are but for the number of their document.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from letopis.schema import UNIT_SCHEMAS
from letopis.store.manifest import Entry, Manifest
from letopis.store.units import UNIT_NAME, is_current, unit_file, write_unit

SMALL = 100                           # documents in use of a unit: a night of a small newsroom
MANY = 8                              # small units that are worth the work
FULL = 1000                           # documents of a unit made here

Live = Mapping[str, list[int]]
"""Unit -> numbers of its documents that are in use, in order."""


def compact(out: Path, manifest: Manifest, run_id: str) -> int:
    """Join small units if there are many; gives how many units were joined."""
    live = in_use(manifest.all())
    small = [unit for unit in sorted(live) if len(live[unit]) < SMALL]
    if len(small) < MANY:
        return 0
    for number, group in enumerate(_groups(small, live)):
        rewrite(out, manifest, {unit: live[unit] for unit in group}, f"{run_id}-c{number:05d}")
    return len(small)


def purge(out: Path, manifest: Manifest, run_id: str) -> None:
    """Make every unit anew that holds a document in use no more, so that nothing of it is left."""
    live = in_use(manifest.all())
    for number, (unit, numbers) in enumerate(sorted(live.items())):
        if pq.read_metadata(unit_file(out, unit, "documents")).num_rows > len(numbers):
            rewrite(out, manifest, {unit: numbers}, f"{run_id}-p{number:05d}")


def modernise(out: Path, manifest: Manifest, run: tuple[str, str]) -> None:
    """Give units of older versions, whose documents nobody can annotate again (their files are missing), today's tables and
    columns. What they lack is null there; a column that is never null holds nothing of its type, and `check`
    tells of it. `run`: its id, today's fingerprint.
    """
    run_id, fingerprint = run
    if not manifest.count_stale(fingerprint):
        return
    entries = manifest.all()
    old = {e.unit for e in entries if e.fingerprint != fingerprint}
    lacking = sorted(unit for unit in old if not is_current(out, unit))
    live = in_use(entries)
    for number, unit in enumerate(lacking):
        rewrite(out, manifest, {unit: live[unit]}, f"{run_id}-m{number:05d}")


def in_use(entries: Iterable[Entry]) -> dict[str, list[int]]:
    """The units that documents point to, and which of their documents those are."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for e in entries:
        found[e.unit].add(e.number)
    return {unit: sorted(numbers) for unit, numbers in found.items()}


def rewrite(out: Path, manifest: Manifest, live: Live, name: str) -> None:
    """Make one unit of the documents in use of some units, and let the manifest point to it."""
    places = {unit: dict(_numbered(live, unit)) for unit in live}
    write_unit(out, name, {table: _joined(out, table, places, name) for table in UNIT_SCHEMAS})
    with manifest.transaction():
        for unit, numbers in places.items():
            manifest.moved(unit, [(old, name, new) for old, new in numbers.items()])


def _groups(small: list[str], live: Live) -> Iterator[list[str]]:
    """Runs of units of about FULL documents together."""
    group: list[str] = []
    size = 0
    for unit in small:
        group.append(unit)
        size += len(live[unit])
        if size >= FULL:
            yield group
            group, size = [], 0
    if len(group) > 1:
        yield group


def _numbered(live: Live, unit: str) -> Iterator[tuple[int, int]]:
    """(number in the unit, number in the new one), counting on through the units."""
    first = 0
    for other, numbers in live.items():
        if other == unit:
            yield from zip(numbers, range(first, first + len(numbers)), strict=True)
        first += len(numbers)


def _joined(out: Path, table: str, places: Mapping[str, Mapping[int, int]], name: str) -> pa.Table:
    schema = UNIT_SCHEMAS[table]
    found = (_fitted(unit_file(out, unit, table), schema) for unit in places)
    return pa.concat_tables([_kept(rows, new, name) for rows, new in zip(found, places.values(), strict=True)])


def _fitted(path: Path, schema: pa.Schema) -> pa.Table:
    """The rows of a file in the columns of a schema and the unit's name; what it lacks, or has in another type, is empty."""
    names = pa.field(UNIT_NAME, pa.string())
    if not path.exists():
        return schema.append(names).empty_table()
    rows = pq.read_table(path)
    columns = [
        rows[field.name] if field.name in rows.column_names and rows[field.name].type == field.type else _empty(field, len(rows))
        for field in [*schema, names]
    ]
    return pa.table(columns, schema=schema.append(names))


def _empty(field: pa.Field, count: int) -> pa.Array:
    if field.nullable:
        return pa.nulls(count, field.type)
    nothing: Any = [] if pa.types.is_nested(field.type) else "" if pa.types.is_string(field.type) else 0
    return pa.array([nothing] * count, field.type if isinstance(nothing, str | list) else pa.int64()).cast(field.type)


def _kept(rows: pa.Table, numbers: Mapping[int, int], name: str) -> pa.Table:
    """The rows of the documents in use, under their new numbers and the new unit's name."""
    rows = rows.filter(pc.is_in(rows["document"], pa.array(list(numbers), pa.int32())))
    moved = pa.array([numbers[n] for n in rows["document"].to_pylist()], pa.int32())
    rows = rows.set_column(rows.schema.get_field_index("document"), rows.schema.field("document"), moved)
    names = pa.array([name] * len(rows), pa.string())
    return rows.set_column(rows.schema.get_field_index(UNIT_NAME), rows.schema.field(UNIT_NAME), names)
