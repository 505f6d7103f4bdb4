"""Gold in its published formats, on made-up files."""

import json
from pathlib import Path

import pytest

from letopis.evaluate import gold
from letopis.evaluate.gold import Label, Trigger

TEXT = "Мэр Анна Лосева открыла музей в Туле."


def test_nerel_spans_nest_and_discontinuous_ones_count_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "dev"
    folder.mkdir()
    (folder / "1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "1.ann").write_text(
        "T1\tPERSON 4 15\tАнна Лосева\nT2\tEVENT 16 23;32 36\tоткрыла Туле\nR1\tWORKS_AS Arg1:T1 Arg2:T2\nN1\tReference T1 Q1\tx\n",
        encoding="utf-8",
    )
    text, = gold.read_nerel(folder)
    assert (text.corpus, text.id, text.text) == ("nerel/dev", "1", TEXT)
    assert text.layers["nerel"] == (Label(4, 15, "PERSON"), Label(16, 36, "EVENT"))


def test_a_markdown_document_of_the_annotations_is_its_body(tmp_path: Path) -> None:
    (tmp_path / "news_md").mkdir()
    (tmp_path / "news_md" / "a.md").write_text(f"---\ntitle: Музей\n---\n\n{TEXT}\n---\nКонец.\n", encoding="utf-8")
    assert gold.annotated(tmp_path, ("news_md", "news_md/a.md")) == f"{TEXT}\n---\nКонец."


def test_slavicner_takes_its_topic_from_the_folder(tmp_path: Path) -> None:
    for part, name, content in (("raw", "a.txt", TEXT), ("ner", "a.tsv", "4\t15\tАнна Лосева\tАнна Лосева\tPER\t1\n")):
        (tmp_path / part / "floods").mkdir(parents=True)
        (tmp_path / part / "floods" / name).write_text(content, encoding="utf-8")
    text, = gold.read_slavicner(tmp_path)
    assert (text.corpus, text.layers) == ("slavicner/floods", {"slavicner": (Label(4, 15, "PER"),)})


def test_factrueval_counts_an_object_by_the_parts_that_name_it(tmp_path: Path) -> None:
    (tmp_path / "book_1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "book_1.spans").write_text(
        "1 job 0 3 0 1 # 1 Мэр\n2 name 4 4 1 1 # 2 Анна\n3 surname 9 6 2 1 # 3 Лосева\n4 loc_descr 24 5 4 1 # 4 музей\n",
        encoding="utf-8",
    )
    (tmp_path / "book_1.objects").write_text("1 Person 1 2 3 # Мэр Анна Лосева\n2 Location 4 # музей\n", encoding="utf-8")
    text, = gold.read_factrueval(tmp_path)
    assert text.layers["factrueval"] == (Label(4, 15, "PER"),)


@pytest.mark.parametrize("name", ["", "events_dated.jsonl"])
def test_events_are_read_from_a_file_or_a_folder(tmp_path: Path, name: str) -> None:
    event = {"start": 16, "end": 23, "type": "gathering.ceremony", "type2": "", "realis": "actual", "args": []}
    row = json.dumps({"doc": "d1", "text": f"{TEXT}\u2028", "events": [event]}, ensure_ascii=False)
    (tmp_path / "events_dated.jsonl").write_text(row + "\n", encoding="utf-8")
    text, = gold.read_events(tmp_path / name)
    assert (text.corpus, text.id, text.text) == ("events/dated", "d1", f"{TEXT}\u2028")
    assert text.triggers == (Trigger(16, 23, "gathering.ceremony", "", "actual"),)
