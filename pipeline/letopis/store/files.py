"""Files that are whole or absent: write, fsync, rename; link or copy."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write one table; the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", write_statistics=True, row_group_size=100_000)


def write_batches(path: Path, schema: pa.Schema, batches: Iterator[pa.Table]) -> None:
    """Write tables one after another into one file, one row group each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(batch)


def tree_size(root: Path) -> int:
    """Bytes of the files of a folder."""
    return sum(f.stat().st_size for f in root.iterdir())


def fsync(path: Path) -> None:
    """Make a file or a folder's list of names durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_tree(root: Path) -> None:
    """Make every file and folder below durable, folders last."""
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            fsync(Path(folder) / name)
        fsync(Path(folder))


def link_tree(source: Path, target: Path) -> None:
    """Hard-link a folder's files, or copy them where the file system has no links."""
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.iterdir()):
        try:
            os.link(file, target / file.name)
        except OSError:
            shutil.copy2(file, target / file.name)
