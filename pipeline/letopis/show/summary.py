"""What a run wrote and how to load it, for the person who started it."""

from pathlib import Path

from rich.console import Console
from rich.table import Table as Sheet

from letopis.schema import TABLES
from letopis.store.publish import row_count


def print_summary(console: Console, snapshot: Path, out: Path) -> None:
    """One line a table with its rows, then three lines of Python."""
    sheet = Sheet("table", "rows", "one row is")
    for table in TABLES:
        sheet.add_row(table.name, f"{row_count(snapshot, table.name):,}", table.description)
    console.print(sheet)
    console.print(f"Tables: {out / 'current'} -> {snapshot.name}. In a notebook:\n", markup=False)
    console.print("    import letopis", markup=False)
    console.print(f'    tables = letopis.tables("{out}")', markup=False)
    console.print('    tables["events"].sort_values("salience", ascending=False).head(10)', markup=False)
    console.print("\nor with no code of ours: pandas.read_parquet, DuckDB and Polars read the folders as they are.", markup=False)
