"""Units: what batches of documents gave, before the corpus is looked at. Immutable once they have their name.

A unit is a folder `.units/<name>/` with one Parquet file a document-level table in its unit schema, and the profiles of its
entities and events that `resolve` reads. It is written under a name that begins with a dot and renamed when it is whole.
"""

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from letopis.schema import UNIT_SCHEMAS
from letopis.store.files import fsync, fsync_tree, write_parquet

FOLDER = ".units"
UNIT_NAME = "unit_name"               # column of every table of a unit; `unit` is what a quantity is measured in


def write_unit(out: Path, name: str, tables: Mapping[str, pa.Table]) -> None:
    """Write all tables of a unit, whole or not at all. Where another worker has finished it meanwhile, that one stands."""
    folder = out / FOLDER
    draft = folder / f".{name}.{secrets.token_hex(4)}"
    for table, rows in tables.items():
        write_parquet(draft / f"{table}.parquet", rows)
    fsync_tree(draft)
    try:
        draft.rename(folder / name)
    except OSError:
        if not (folder / name).is_dir():
            raise
        shutil.rmtree(draft)
    fsync(folder)


def unit_file(out: Path, unit: str, table: str) -> Path:
    """Path of one table of one unit."""
    return out / FOLDER / unit / f"{table}.parquet"


def is_current(out: Path, unit: str) -> bool:
    """Whether a unit has every table and column that this version reads from units, of the same types."""
    try:
        return all(_has(pq.read_schema(unit_file(out, unit, name)), schema) for name, schema in UNIT_SCHEMAS.items())
    except FileNotFoundError:
        return False


def _has(found: pa.Schema, wanted: pa.Schema) -> bool:
    return [(f.name, f.type) for f in wanted] == [(f.name, f.type) for f in found if f.name != UNIT_NAME]


def remove_drafts(out: Path) -> None:
    """Remove what a killed run left half written."""
    for draft in (out / FOLDER).glob(".*"):
        shutil.rmtree(draft)


def remove_unused(out: Path, used: set[str]) -> None:
    """Remove units no document points to."""
    folder = out / FOLDER
    if folder.exists():
        for unit in folder.iterdir():
            if unit.name not in used:
                shutil.rmtree(unit)
