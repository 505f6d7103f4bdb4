"""The tables of one snapshot as sorted streams: DuckDB sorts and joins, and spills to disk what does not fit its memory.

Contract. Rows come as dicts of plain values, days as 'YYYY-MM-DD'; keys rise by code point, in DuckDB as in Python.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from letopis.schema import TABLES
from letopis.site.families import FAMILIES

Row = dict[str, Any]

BATCH = 2_000                         # rows in memory of each stream
MEMORY = "1GB"                        # of DuckDB; sorting more than that goes through the scratch folder

_VIEWS = """
CREATE VIEW ranked AS
    SELECT e.* EXCLUDE (date_start, date_end, first_published, last_published),
        CAST(date_start AS VARCHAR) AS date_start, CAST(date_end AS VARCHAR) AS date_end,
        CAST(e.first_published AS VARCHAR) AS first_published, CAST(e.last_published AS VARCHAR) AS last_published,
        round(salience * (1 + ln(greatest(distinct_document_count, 1))), 4) AS weight,
        coalesce(family, 'other') AS family, p.name AS place
    FROM events e LEFT JOIN families f ON f.prefix = split_part(e.type, '.', 1)
        LEFT JOIN entities p ON p.entity_id = place_entity_id;
CREATE VIEW articles AS
    SELECT document_id, title, coalesce(publication, site) AS source, CAST(published_date AS VARCHAR) AS day FROM documents;
"""


class Source:
    """One snapshot, its tables as views, and two more: `ranked` (events with weight, family and place) and `articles`.

    An event's weight is its salience times 1 + ln of the distinct articles that tell it. `scratch` is a folder for spilling.
    """

    def __init__(self, snapshot: Path, scratch: Path) -> None:
        self.snapshot = snapshot
        settings: dict[str, Any] = {"threads": 1, "memory_limit": MEMORY, "temp_directory": str(scratch)}
        self._connection = duckdb.connect(config=settings)
        self._connection.execute("SET preserve_insertion_order = false")
        for table in (t for t in TABLES if t.name != "tokens"):       # the largest, and no page shows it
            files = f"{snapshot}/{table.name}/**/*.parquet".replace("'", "''")
            self._connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{files}')")
        self._connection.execute("CREATE TABLE families (prefix VARCHAR, family VARCHAR)")
        self._connection.executemany("INSERT INTO families VALUES (?, ?)", [[p, f] for f, ps in FAMILIES.items() for p in ps])
        self._connection.execute(_VIEWS)

    def rows(self, sql: str) -> Iterator[Row]:
        """The rows of a query, a batch at a time."""
        cursor = self._connection.cursor()
        reader: Any = cursor.sql(sql).to_arrow_reader(BATCH)
        for batch in reader:
            yield from batch.to_pylist()

    def groups(self, sql: str) -> "Groups":
        """The rows of a query whose first column is the key it is sorted by."""
        return Groups(self.rows(sql))

    def keep(self, name: str, columns: str, table: Any) -> None:
        """Add Arrow rows to a table of that name and columns ('token VARCHAR, ...'), made where it is not there yet."""
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
        self._connection.register("kept", table)
        self._connection.execute(f"INSERT INTO {name} SELECT * FROM kept")
        self._connection.unregister("kept")

    def close(self) -> None:
        """Give memory and scratch back."""
        self._connection.close()


class Groups:
    """Sorted rows by key: `take` gives those of one key, keys being asked for in rising order."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def take(self, key: str) -> list[Row]:
        """The rows of this key; rows of smaller keys are passed over."""
        found = []
        while self._next is not None and (own := next(iter(self._next.values()))) <= key:
            if own == key:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found
