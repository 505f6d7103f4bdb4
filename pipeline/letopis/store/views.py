"""A snapshot in DuckDB: a view of every table by its name."""

from pathlib import Path

import duckdb

from letopis.schema import BY_NAME


def connect(snapshot: Path, **config: str | int) -> duckdb.DuckDBPyConnection:
    """A connection of one thread with the views; `documents` has its `month`, which only the folders tell."""
    con = duckdb.connect(config={"threads": 1, **config})
    for name in BY_NAME:
        source = str(snapshot / name).replace("'", "''")
        months = ", hive_partitioning = true, hive_types_autocast = false" if name == "documents" else ""
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{source}/**/*.parquet'{months})")
    return con
