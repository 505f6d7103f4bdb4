"""The declarations of the tables hold together."""

import pytest

from letopis.schema import BY_NAME, TABLES, Table


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_and_column_is_described(table: Table) -> None:
    assert table.description.endswith(".")
    for column in table.columns:
        assert column.description.endswith("."), column.name
    assert table.schema.metadata[b"letopis.description"].decode() == table.description
    assert all(f.metadata[b"description"] for f in table.schema)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_keys_and_references_lead_to_columns(table: Table) -> None:
    names = [c.name for c in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    for column in table.columns:
        if column.references:
            other, key = column.references.split(".")
            assert BY_NAME[other].key == (key,)


def test_document_tables_carry_their_document() -> None:
    for table in TABLES:
        if table.scope == "document":
            assert "document_id" in [c.name for c in table.columns], table.name
