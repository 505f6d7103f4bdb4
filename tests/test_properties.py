"""Properties of the whole pipeline on texts nobody chose."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letopis.formats import Options, find_sources, read_source
from letopis.layers import Document
from letopis.pipeline import annotate
from letopis.schema import DOCUMENT_TABLES, unit_rows
from tests.conftest import SAMPLE, document

PIECES = (
    "Сергей Черёмин", "в Москве", "12,5 млн рублей", "«Мы", "едем»", "—", "заявил", "что", "пожар", "5 мая 2023 года", "(ДВМС)",
    "ООО", ".", "?", "!", ",", "\n", "\n\n", "> ", "# ", "[[Ромашка]]", "\u00ad", "е\u0301", "й", "\u200b", "1/2", "и", "не", "😀",
)
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_offsets_hit_the_text_whatever_it_is(text: str) -> None:
    rows = unit_rows(annotate((document(text),)))
    for table, _ in DOCUMENT_TABLES:
        if {"start", "end", "text", "field"} <= {c.name for c in table.columns}:
            for row in rows[table.name].to_pylist():
                assert text[row["start"]:row["end"]] == row["text"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_nothing_but_layout_is_lost_between_sentences(text: str) -> None:
    rows = unit_rows(annotate((document(text),)))
    covered = set()
    for row in rows["tokens"].to_pylist():
        covered |= set(range(row["start"], row["end"]))
    assert not [c for i, c in enumerate(text) if c.isalnum() and i not in covered]


@pytest.fixture(scope="module")
def sample() -> list[Document]:
    options = Options()
    rows = (r for s in find_sources([Path(SAMPLE)], options.limits) for r in read_source(s, options))
    return [r for r in rows if isinstance(r, Document)][:16]


def test_a_batch_decides_as_its_documents_one_by_one(sample: list[Document]) -> None:
    together = unit_rows(annotate(tuple(sample)))
    for number, one in enumerate(sample):
        alone = unit_rows(annotate((one,)))
        for table, _ in DOCUMENT_TABLES:
            rows = [r for r in together[table.name].to_pylist() if r.pop("document") == number]
            expected = [{k: v for k, v in r.items() if k != "document"} for r in alone[table.name].to_pylist()]
            assert rows == expected, (one.path, table.name)
