"""Imports: every format gives one base, bad lines are told and never fatal, and a base that stands stays whole."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from letopis.kb import importing, storage
from letopis.kb.importing import Report, import_dump
from letopis.kb.sources import DumpError
from letopis.kb.storage import NoBase, open_base
from tests.kb.made import PACKINGS, ROWS, dump, entity, jsonl, parquet, table


def digest_of(path: Path, folder: Path) -> str:
    import_dump(path, folder)
    return open_base(folder).digest


def names(folder: Path) -> list[str]:
    found = [name for file in open_base(folder).files("items") for name in pq.read_table(file)["name"].to_pylist()]
    return sorted(map(str, found))


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("language", ["ru", "mul"])
def test_a_dump_is_read_in_every_packing_and_language_of_labels(packing: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / f"dump.{packing}"
    path.write_bytes(PACKINGS[packing](dump(ROWS, language=language)))
    report = import_dump(path, tmp_path / "kb")
    assert (report.items, report.bad, report.lines) == (4, 0, 6)
    plain = tmp_path / "plain.json"
    plain.write_bytes(dump(ROWS))
    assert open_base(tmp_path / "kb").digest == digest_of(plain, tmp_path / "other")


def test_tables_of_all_formats_give_one_base(tmp_path: Path) -> None:
    paths = (jsonl(tmp_path / "a.jsonl", ROWS), table(tmp_path / "a.csv", ROWS), parquet(tmp_path / "a.parquet", ROWS))
    assert len({digest_of(path, tmp_path / path.suffix) for path in paths}) == 1


def test_the_order_of_a_dump_changes_nothing(tmp_path: Path) -> None:
    there, back = jsonl(tmp_path / "a.jsonl", ROWS), jsonl(tmp_path / "b.jsonl", reversed(ROWS))
    assert digest_of(there, tmp_path / "a") == digest_of(back, tmp_path / "b")


def test_bad_lines_are_told_with_their_numbers_and_the_others_count(tmp_path: Path) -> None:
    good = [json.dumps(entity(row), ensure_ascii=False).encode() for row in ROWS]
    ours = b'{"id": "e0123456789abcdef", "name": "x"}'
    bad = [good[0][:-40], b'{"labels": {"ru": 5}}', b"\xff\xfe", ours, b'{"name": "x"}', b"[1]"]
    path = tmp_path / "dump.json"
    path.write_bytes(b"\n".join([b"[", *(line for pair in zip(bad, [*good, b"", b""], strict=True) for line in pair)]) + b"\n")
    report = import_dump(path, tmp_path / "kb")
    assert (report.items, report.bad) == (4, 6)
    assert [number for number, _ in report.told] == [2, 4, 6, 8, 10, 12]
    assert "cut off" in report.told[0][1]


def test_bad_rows_of_a_table_are_told(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ROWS)
    rows = b"p-1,x,,,,over\r\n,no id,,,\r\np-2,\xff,,,\r\n" + "p-4,Фонд «Ветер»,,ORG,\r\n".encode()
    path.write_bytes(path.read_bytes() + rows)
    report = import_dump(path, tmp_path / "kb")
    assert [number for number, _ in report.told] == [6, 7, 8]
    assert "Фонд «Ветер»" in names(tmp_path / "kb")


def test_only_so_many_bad_lines_are_told(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", ROWS)
    path.write_bytes(path.read_bytes() + b"{\n" * 500)
    report = import_dump(path, tmp_path / "kb")
    assert (report.bad, len(report.told)) == (500, importing.TOLD)


@pytest.mark.parametrize("content", [b"", b"id;title\n", b"a,b\n1,2\n", b'{"name": "x"}\n', b"PAR1 and no more"])
def test_a_dump_without_items_is_refused_and_the_base_stands(content: bytes, tmp_path: Path) -> None:
    before = digest_of(jsonl(tmp_path / "a.jsonl", ROWS), tmp_path / "kb")
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(DumpError):
        import_dump(path, tmp_path / "kb")
    assert open_base(tmp_path / "kb").digest == before


@pytest.mark.parametrize("packing", ["json.gz", "json.bz2", "json.zst"])
def test_a_dump_cut_short_is_refused_and_the_base_stands(packing: str, tmp_path: Path) -> None:
    before = digest_of(jsonl(tmp_path / "a.jsonl", ROWS), tmp_path / "kb")
    path = tmp_path / f"dump.{packing}"
    packed = PACKINGS[packing](dump(ROWS))
    path.write_bytes(packed[:-9])
    with pytest.raises(DumpError):
        import_dump(path, tmp_path / "kb")
    assert open_base(tmp_path / "kb").digest == before


@pytest.mark.parametrize("dies_in", ["importing._sort", "storage.put", "storage.fsync_tree"])
def test_an_import_that_dies_leaves_the_base_whole_and_the_next_one_works(
    dies_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest_of(jsonl(tmp_path / "a.jsonl", ROWS), tmp_path / "kb")
    new = jsonl(tmp_path / "b.jsonl", ROWS[:2])

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"letopis.kb.{dies_in}", die)
        with pytest.raises(KeyboardInterrupt):
            import_dump(new, tmp_path / "kb")
    assert open_base(tmp_path / "kb").digest == before
    assert import_dump(new, tmp_path / "kb").items == 2
    assert open_base(tmp_path / "kb").digest != before


def test_what_a_killed_import_left_is_taken_away(tmp_path: Path) -> None:
    import_dump(jsonl(tmp_path / "a.jsonl", ROWS), tmp_path / "kb")
    (tmp_path / "kb" / storage.DRAFT).mkdir()
    (tmp_path / "kb" / storage.DRAFT / "items.raw").write_bytes(b"half")
    assert import_dump(jsonl(tmp_path / "b.jsonl", ROWS[:2]), tmp_path / "kb").items == 2
    assert not (tmp_path / "kb" / storage.DRAFT).exists()


def test_sources_stand_side_by_side_and_one_takes_the_place_of_its_like(tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    import_dump(jsonl(tmp_path / "a.jsonl", ROWS[:2]), kb, name="wikidata")
    import_dump(jsonl(tmp_path / "b.jsonl", ROWS[2:3]), kb, name="own")
    assert len(names(kb)) == 3
    import_dump(jsonl(tmp_path / "c.jsonl", ROWS[:1]), kb, name="wikidata")
    assert len(names(kb)) == 2
    assert [s.name for s in open_base(kb).sources] == ["own", "wikidata"]


def test_two_imports_at_once_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = jsonl(tmp_path / "a.jsonl", ROWS)

    def meanwhile(*_: object) -> None:
        with pytest.raises(DumpError, match="another import"):
            import_dump(path, tmp_path / "kb")
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "_sort", meanwhile)
    with pytest.raises(KeyboardInterrupt):
        import_dump(path, tmp_path / "kb")


def test_of_an_id_that_comes_twice_the_first_stands(tmp_path: Path) -> None:
    import_dump(jsonl(tmp_path / "a.jsonl", [ROWS[1], {**ROWS[1], "name": "Другое"}]), tmp_path / "kb")
    assert names(tmp_path / "kb") == ["Унжалес"]


@pytest.mark.parametrize("name", ["", "../x", "Имя", "a b"])
def test_a_source_has_a_plain_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no name of a source"):
        import_dump(jsonl(tmp_path / "a.jsonl", ROWS), tmp_path / "kb", name=name)


def test_a_folder_without_a_base_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoBase, match="kb import"):
        open_base(tmp_path)
    import_dump(jsonl(tmp_path / "a.jsonl", ROWS), tmp_path / "kb")
    Path(open_base(tmp_path / "kb").files("items")[0]).unlink()
    with pytest.raises(NoBase, match="not whole"):
        open_base(tmp_path / "kb")


def test_batches_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = jsonl(tmp_path / "a.jsonl", ROWS)
    whole = digest_of(path, tmp_path / "a")
    monkeypatch.setattr(importing, "BATCH", 1)
    assert digest_of(path, tmp_path / "b") == whole


def test_a_report_keeps_only_what_it_tells() -> None:
    assert Report().told == []
