import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats import Limits, Options

from .conftest import RUSSIAN, Read

LENTA = ["url", "title", "text", "topic", "tags", "date"]


def table(*rows: list[str], separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue()


def row(number: int, text: str = RUSSIAN) -> list[str]:
    return [f"https://e.com/{number}", f"Мост, {number}", text, "Мир", "Общество", "2019/12/14"]


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
def test_the_columns_of_lenta(read: Read, name: str, separator: str) -> None:
    found = read(name, table(LENTA, row(1), row(2, f"{RUSSIAN}\n\n«{RUSSIAN}», — сказал он; \"да\"."), separator=separator))
    first, second = found.documents
    assert (first.key, first.record, first.format) == (f"{name}#https://e.com/1", "1", "csv")
    assert (first.text, first.text_start, first.title) == (RUSSIAN, 0, "Мост, 1")
    assert (first.sections, first.keywords, str(first.published_date)) == (("Мир",), ("Общество",), "2019-12-14")
    assert second.text.endswith('сказал он; "да".')
    assert found.rejects == []


@pytest.mark.parametrize("broken", [
    'https://e.com/2,"Мост без конца,текст,Мир,Все,2019/12/14',
    'https://e.com/2,"Мост" без конца,текст,Мир,Все,2019/12/14',
    "https://e.com/2,Мост",
    "https://e.com/2,Мост,один, два,Мир,Все,2019/12/14",
    f"https://e.com/2,Мост,{'а' * 3_000},Мир,Все,2019/12/14",
])
@pytest.mark.parametrize("after", [row(3), row(3, "Мост"), ["https://e.com/3", "Мост", RUSSIAN.replace(",", ""), "", "", ""]])
def test_a_broken_row_leaves_its_neighbours_untouched(read: Read, broken: str, after: list[str]) -> None:
    content = table(LENTA, row(1)) + broken + "\r\n" + table(after, row(4), row(5))
    found = read("a.csv", content, Options(limits=Limits(record_bytes=2_000)))
    assert [(d.record, d.url) for d in found.documents] == [(str(n), f"https://e.com/{n}") for n in (1, 3, 4, 5)]
    assert found.errors == [("2", "record", "broken_row")]


def test_a_quote_that_is_never_closed_swallows_nothing(read: Read) -> None:
    found = read("a.csv", "id,text\n1,Мост открыт\n" + '2,"Мост\n' + "3,Мост закрыт\n" * 50)
    assert len(found.documents) == 51
    assert found.errors == [("2", "record", "broken_row")]


def test_plain_quotes_between_tabs(read: Read) -> None:
    found = read("a.tsv", 'title\ttext\n"Заря" обыграла "Факел"\tМост открыт, и его видят все\n')
    assert found.document.title == '"Заря" обыграла "Факел"'


def test_cells_are_kept_as_they_are(read: Read) -> None:
    rows = ["=1+1", "=HYPERLINK(1)", f" {RUSSIAN}\0"], ["-", "@x", "=1+1 и мост"]
    found = read("a.csv", table(["id", "title", "text"], *rows))
    assert [(d.key, d.title, d.text) for d in found.documents] == [
        ("a.csv#=1+1", "=HYPERLINK(1)", RUSSIAN + "\ufffd"), ("a.csv#-", "@x", "=1+1 и мост"),
    ]


def test_empty_rows_are_no_rows(read: Read) -> None:
    found = read("a.csv", "id,text\n\n1,Мост открыт\n,\n\n2,Мост закрыт\n")
    assert [d.record for d in found.documents] == ["1", "2"]


@pytest.mark.parametrize(("content", "error"), [
    ("", "empty"), ("\n\n", "empty"), ("text,id\n", "empty"),
    ("a,b\n1,2\n", "no_text_column"), ("мост\nоткрыт\n", "no_text_column"),
    (b"\0" * 98, "no_text_column"), (b"\x89PNG\r\n\x1a\n\xff\xfe" + bytes(99), "not_text"),
])
def test_files_that_are_no_tables(read: Read, content: str | bytes, error: str) -> None:
    assert read("a.csv", content).errors == [(None, "format", error)]


def test_the_first_of_two_columns_of_one_name_counts(read: Read) -> None:
    assert read("a.csv", f"text,text\n\"{RUSSIAN}\",нет\n").document.text == RUSSIAN


@given(rows=st.lists(st.tuples(*[st.text("аб,;\"'\n\t =", max_size=8)] * 2), min_size=1, max_size=6))
def test_what_the_csv_module_writes_comes_back(read_bytes: Read, rows: list[tuple[str, str]]) -> None:
    written = [[f"{number}", title, f"Мост{text}." ] for number, (title, text) in enumerate(rows)]
    found = read_bytes("a.csv", table(["id", "title", "text"], *written))
    assert [(d.title or "", d.text) for d in found.documents] == [(title.strip(), text) for _, title, text in written]
    assert found.rejects == []


@given(content=st.text("абв,;\"\n\r\t=\0", max_size=60))
def test_any_table_gives_a_document_or_a_reject_for_each_row(read_bytes: Read, content: str) -> None:
    found = read_bytes("a.csv", f"text,title\nмост,а\n{content}")
    assert found.documents or found.rejects
    numbers = [d.record for d in found.documents] + [r.record for r in found.rejects if r.stage == "record"]
    assert sorted(numbers, key=lambda n: int(n or 0)) == [str(n + 1) for n in range(len(numbers))]
