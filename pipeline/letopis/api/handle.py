"""One table of a pinned snapshot, read only when it is asked for, by whichever library is at hand."""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from letopis.schema import BY_NAME

if TYPE_CHECKING:
    import duckdb
    import polars


class Handle:
    """A table that costs nothing until one of its methods is called.

    >>> events = tables(out).events
    >>> events
    Handle(events: One real event of the whole corpus.)
    >>> events.columns["date_start"]
    'First day; null where open or unknown.'
    >>> len(events) == len(events.pandas()) == events.arrow().num_rows
    True
    """

    def __init__(self, name: str, snapshot: Path) -> None:
        self.name = name
        self.path = snapshot / name

    def pandas(self, columns: list[str] | None = None) -> pd.DataFrame:
        """As a frame; only these columns, if any are named."""
        return pd.read_parquet(self.path, columns=columns)

    def arrow(self, columns: list[str] | None = None) -> pa.Table:
        """As an Arrow table; only these columns, if any are named."""
        return self.dataset().to_table(columns=columns)

    def dataset(self) -> ds.Dataset:
        """As an Arrow dataset: filters and columns are pushed down, batches are streamed."""
        return ds.dataset(self.path, format="parquet", partitioning="hive")

    def duckdb(self) -> "duckdb.DuckDBPyRelation":
        """As a DuckDB relation, lazy."""
        import duckdb

        return duckdb.read_parquet(f"{self.path}/**/*.parquet")

    def polars(self) -> "polars.LazyFrame":
        """As a Polars lazy frame. Raises ModuleNotFoundError where polars is not installed."""
        import polars

        return polars.scan_parquet(f"{self.path}/**/*.parquet")

    @property
    def columns(self) -> dict[str, str]:
        """Column -> what it is."""
        return {c.name: c.description for c in BY_NAME[self.name].columns}

    def __len__(self) -> int:
        return int(self.dataset().count_rows())

    def __repr__(self) -> str:
        return f"Handle({self.name}: {BY_NAME[self.name].description})"

    def _repr_html_(self) -> str:
        lines = "".join(f"<tr><td><code>{escape(n)}</code></td><td>{escape(d)}</td></tr>" for n, d in self.columns.items())
        about = f"{len(self):,} rows. {BY_NAME[self.name].description}"
        return f"<b>{self.name}</b>: {escape(about)}<table>{lines}</table>"

    def __getattr__(self, name: str) -> Any:
        if name in self.columns:
            raise AttributeError(f"'{name}' is a column: .pandas()['{name}'], or .pandas(['{name}'])")
        raise AttributeError(f"no attribute '{name}'")
