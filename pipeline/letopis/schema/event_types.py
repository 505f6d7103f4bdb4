"""Table `event_types`: the ontology, one row a type, read from its file."""

import csv
from functools import lru_cache

import pyarrow as pa

from letopis.resources import data_path
from letopis.schema.table import STRING, Column, Table

TABLE = Table(
    "event_types",
    "One type of the ontology of events.",
    (
        Column("type", STRING, "Id of two levels: group.type.", False),
        Column("name_ru", STRING, "Russian name.", False),
        Column("definition", STRING, "What belongs to it.", False),
        Column("ace_ere", STRING, "Type of ACE and ERE."),
        Column("plover", STRING, "Type of PLOVER, which POLECAT uses."),
    ),
    ("type",),
    "corpus",
)


@lru_cache(maxsize=1)
def ontology() -> pa.Table:
    """The ontology as a table."""
    with data_path("ontology/event_types.tsv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    names = [c.name for c in TABLE.columns]
    rows = [{name: line[name] or None for name in names} for line in lines]
    return pa.Table.from_pylist(rows, schema=TABLE.schema)
