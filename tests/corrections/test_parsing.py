"""The file of corrections: what is right is read, what is wrong is told with its line."""

import pytest

from letopis.resolve.corrections.parsing import LARGEST, BadCorrections, parse

RIGHT = """\
# who is who
- same:
    - {name: Ниш, type: PERSON}
    - document: a.md
      quote: "Ниш"
      occurrence: 2
  why: город
  by: анна
- rename: {document: a.md, start: 3, end: 9, field: title}
  to: Олег
- drop: [{name: Слип, type: CITY}, {name: Ниж, type: CITY}]
"""


def told(text: str | bytes) -> list[str]:
    with pytest.raises(BadCorrections) as error:
        parse(text if isinstance(text, bytes) else text.encode(), "c.yaml")
    return str(error.value).splitlines()


def test_what_is_right_is_read_with_its_lines() -> None:
    same, rename, drop = parse(RIGHT.encode(), "c.yaml").items
    assert (same.kind, same.line, same.why, same.by, [a.line for a in same.addresses]) == ("same", 2, "город", "анна", [3, 4])
    assert (same.addresses[1].document, same.addresses[1].quote, same.addresses[1].occurrence) == ("a.md", "Ниш", 2)
    assert (rename.to, rename.addresses[0].start, rename.addresses[0].end, rename.addresses[0].field) == ("Олег", 3, 9, "title")
    assert [a.name for a in drop.addresses] == ["Слип", "Ниж"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_nothing_is_no_correction(text: str) -> None:
    assert parse(text.encode(), "c.yaml").items == ()


def test_where_it_stands_and_who_says_it_is_no_part_of_its_key() -> None:
    moved = "\n\n" + RIGHT.replace("  why: город\n  by: анна\n", "")
    assert [c.key for c in parse(moved.encode(), "").items] == [c.key for c in parse(RIGHT.encode(), "").items]
    other = RIGHT.replace("occurrence: 2", "occurrence: 1")
    assert parse(other.encode(), "").items[0].key != parse(RIGHT.encode(), "").items[0].key


A, B = "{name: А, type: PERSON}", "{name: Б, type: PERSON}"
WRONG = {
    "no list": ("same: x", "c.yaml:1: a file of corrections is a list"),
    "no kind": ("- why: x", "c.yaml:1: a correction has one of same"),
    "two kinds": (f"- drop: {A}\n  rename: {A}\n  to: Я", "c.yaml:1: a correction has one of same"),
    "unknown key": (f"- drop: {A}\n  becuse: x", "c.yaml:2: unknown 'becuse'"),
    "key twice": (f"- drop: {A}\n  why: x\n  why: y", "c.yaml:3: 'why' stands twice"),
    "one alone": (f"- same:\n    - {A}", "c.yaml:2: same is a list of two or more"),
    "address twice": (f"- not_same: [{A}, {A}]", "c.yaml:1: not_same has an address twice"),
    "no to": (f"\n- rename: {A}", "c.yaml:2: rename needs `to`"),
    "to of drop": (f"- drop: {A}\n  to: Б", "c.yaml:1: drop has no `to`"),
    "bare id": ("- drop: e7a350a5333a0c08c", "c.yaml:1: here stand `name: value` pairs"),
    "name without type": ("- drop:\n    name: А", "c.yaml:2: a name needs its `type`"),
    "unknown type": ("- drop:\n    name: А\n    type: HUMAN", "c.yaml:3: no type 'HUMAN'"),
    "unknown type to": (f"- retype: {A}\n  to: HUMAN", "c.yaml:2: no type 'HUMAN'"),
    "entity to event": (f"- retype: {A}\n  to: disaster.fire", "c.yaml:2: an entity becomes no event"),
    "event dropped": ("- drop: {name: Пожар, type: disaster.fire}", "c.yaml:1: an event cannot be dropped"),
    "entity and event": (f"- same: [{A}, {{name: Пожар, type: disaster.fire}}]", "c.yaml:1: same of entities and events"),
    "half an address": ("- drop: {document: a.md, start: 3}", "c.yaml:1: an address is"),
    "no number": ("- drop: {document: a.md, quote: А, occurrence: two}", "c.yaml:1: `occurrence` is a number"),
    "backwards": ("- drop: {document: a.md, start: 3, end: 3}", "c.yaml:1: `occurrence` counts from 1, `end` is behind"),
    "no field": ("- drop: {document: a.md, quote: А, field: lead}", "c.yaml:1: `field` is text or title"),
    "empty": ("- drop:\n    document: a.md\n    quote: ~", "c.yaml:3: `quote` is a text"),
    "no YAML": (f"- drop: {A}\n- same: [", "no YAML"),
    "tab": ("- drop:\n\tname: А", "c.yaml:2: no YAML"),
    "control character": ("- drop: {name: А\x01, type: PERSON}", "c.yaml:1: no YAML"),
    "two documents": (f"- drop: {A}\n---\n- drop: {B}", "no YAML"),
    "alias": (f"- drop: &x {A}\n- drop: *x", "c.yaml:1: anchors and aliases"),
    "tag": ("- drop: !!python/name:os.system {}", "c.yaml:1: tags are refused"),
    "deep": ("[" * 100 + "]" * 100, "c.yaml:1: nests more than"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_with_its_line(text: str, said: str) -> None:
    errors = told(text)
    assert len(errors) == 1
    assert said in errors[0]
    assert errors[0].startswith("c.yaml:")


def test_all_that_is_wrong_is_told() -> None:
    assert [e.split(":")[1] for e in told(f"- drop: {A}\n- why: x\n- drop: x\n- same: [{A}]")] == ["2", "3", "4"]


def test_other_encodings_and_large_files_are_told() -> None:
    assert told(f"- drop: {A}\n- drop: {B}".encode("cp1251"))[0].startswith("c.yaml:1: not UTF-8")
    assert "more than the" in told(b"#" * (LARGEST + 1))[0]
    assert len(parse(f"- drop: {A}".encode("utf-8-sig"), "").items) == 1
