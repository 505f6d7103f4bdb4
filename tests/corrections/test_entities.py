"""Corrections of entities: each kind in both ways to address, what contradicts, and what means nothing."""

from pathlib import Path

import pytest

from letopis.evaluate.resolved import Stored
from letopis.resolve.corrections.naming import bears, words
from tests.corrections.made import TEXTS, corrected, stored
from tests.kb.made import base_of

MINISTER, PLAYER = "Олег Кувшинников", "c.txt Олег Кувшинников"
A, B, C = (f"{key}.txt Олег Кувшинников" for key in "abc")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return stored(tmp_path_factory.mktemp("corrections"))


def quote(key: str, words: str) -> str:
    return f"{{document: {key}.txt, quote: {words}}}"


def span(key: str, words: str) -> str:
    start = TEXTS[f"{key}.txt"].index(words)
    return f"{{document: {key}.txt, start: {start}, end: {start + len(words)}}}"


def test_without_corrections(corpus: Stored) -> None:
    with corrected(corpus, "") as (found, _):
        assert found.one(A, B)
        assert not found.one(A, C)
        assert not found.one("d.txt Севервектор", "e.txt Министерство транспорта России")
        assert (found.told, found.how) == ([], [])


@pytest.mark.parametrize("address", [quote, span])
def test_same_joins_what_evidence_did_not(corpus: Stored, address: object) -> None:
    yaml = f"- same: [{address('a', MINISTER)}, {address('c', MINISTER)}]"  # type: ignore[operator]
    with corrected(corpus, yaml) as (found, rows):
        assert found.one(A, B, C)
        assert found.told == []
        assert found.how == [("a.txt", "+correction_same"), ("c.txt", "+correction_same")]
        row = next(r for r in rows if r["entity_id"] == found.id(A))
        assert (row["document_count"], row["mention_count"]) == (3, 4)


def test_same_by_names_across_types(corpus: Stored) -> None:
    names = "{name: Севервектор, type: ORGANIZATION}, {name: Пермь, type: CITY}"
    with corrected(corpus, f"- same: [{names}]") as (found, rows):
        assert found.one("d.txt Севервектор", "d.txt Перми", "c.txt Перми")
        assert found.id("d.txt Перми") == "Q915"                       # the better id
        assert sum(r["entity_id"] == "Q915" for r in rows) == 1


@pytest.mark.parametrize("address", [quote, span])
def test_not_same_parts_what_evidence_joined(corpus: Stored, address: object) -> None:
    yaml = f"- not_same: [{address('a', MINISTER)}, {address('b', MINISTER)}]"  # type: ignore[operator]
    with corrected(corpus, yaml) as (found, _):
        assert not found.one(A, B)
        assert found.one(A, "a.txt Кувшинников")
        assert found.how == [("a.txt", "+correction_not_same"), ("b.txt", "+correction_not_same")]


def test_a_name_means_all_documents_but_those_that_stand_beside_it(corpus: Stored) -> None:
    with corrected(corpus, f"- not_same: [{{name: {MINISTER}, type: PERSON}}, {quote('b', MINISTER)}]") as (found, _):
        assert not found.one(A, B)
        assert found.told == []
    with corrected(corpus, f"- not_same: [{{name: Кувшинников, type: PERSON}}, {quote('b', MINISTER)}]") as (found, _):
        assert found.told == ["1: not_same: nothing is called 'Кувшинников' PERSON"]   # a short form beside the full name


def test_what_is_same_is_kept_apart_from_what_either_is(corpus: Stored) -> None:
    """b and a are one by evidence; c is a's like, and no b: so a is none either."""
    yaml = f"- same: [{quote('a', MINISTER)}, {quote('c', MINISTER)}]\n- not_same: [{quote('c', MINISTER)}, {quote('b', MINISTER)}]"
    with corrected(corpus, yaml) as (found, _):
        assert found.one(A, C)
        assert not found.one(A, B)
        assert found.told == []


def test_of_two_that_contradict_the_first_is_obeyed(corpus: Stored) -> None:
    same, other = (f"- {kind}: [{quote('a', MINISTER)}, {quote('c', MINISTER)}]\n" for kind in ("same", "not_same"))
    with corrected(corpus, same + other) as (found, _):
        assert found.one(A, C)
        assert found.told == ["2: not_same: contradicts line 1: not obeyed"]
    with corrected(corpus, other + same) as (found, _):
        assert not found.one(A, C)
        assert found.told == ["2: same: contradicts line 1: not obeyed"]


def test_same_gives_way_where_evidence_would_join_what_is_kept_apart(corpus: Stored) -> None:
    """a and b are one by evidence; the fund is a, the player b, and the fund no player."""
    yaml = (
        f"- not_same: [{quote('d', 'Севервектор')}, {quote('c', MINISTER)}]\n"
        f"- same: [{quote('a', MINISTER)}, {quote('d', 'Севервектор')}]\n"
        f"- same: [{quote('b', MINISTER)}, {quote('c', MINISTER)}]\n"
    )
    with corrected(corpus, yaml) as (found, _):
        assert not found.one("d.txt Севервектор", C)
        assert found.told == []                                        # a and b are kept apart, too: nothing has to give way
        assert not found.one(A, B)


def test_places_of_one_row_of_the_gazetteer_are_parted(corpus: Stored) -> None:
    with corrected(corpus, "") as (found, _):
        kirov = found.id("g.txt Кирове")
        assert found.one("f.txt Кирове", "g.txt Кирове")
    with corrected(corpus, f"- not_same: [{quote('f', 'Кирове')}, {quote('g', 'Кирове')}]") as (found, rows):
        assert found.id("f.txt Кирове") == kirov                       # the first keeps the place
        other = next(r for r in rows if r["entity_id"] == found.id("g.txt Кирове"))
        assert (other["name"], other["type"], other["latitude"], other["wikidata_id"]) == ("Киров", "CITY", None, None)


@pytest.mark.parametrize("address", [f"{{name: {MINISTER}, type: PERSON}}", quote("a", MINISTER), span("a", MINISTER)])
def test_rename_and_retype(corpus: Stored, address: str) -> None:
    yaml = f"- rename: {address}\n  to: Олег Александрович Кувшинников\n- retype: {address}\n  to: ORGANIZATION\n"
    with corrected(corpus, yaml) as (found, rows):
        row = next(r for r in rows if r["entity_id"] == found.id(A))
        assert (row["name"], row["type"], row["label"]) == ("Олег Александрович Кувшинников", "ORGANIZATION", "ORG")
        assert row["name_latin"] == "Oleg Aleksandrovich Kuvshinnikov"
        assert row["aliases"] == ["Олег Кувшинников", "Кувшинников"]
        assert ("b.txt", "+correction_rename+correction_retype") in found.how
        assert found.told == []


@pytest.mark.parametrize("address", [f"{{name: {MINISTER}, type: PERSON}}", quote("c", MINISTER)])
def test_drop_takes_the_entity_from_its_mentions(corpus: Stored, address: str) -> None:
    with corrected(corpus, f"- drop: {address}") as (found, rows):
        assert found.id(C) is None
        assert (found.id(A) is None) == address.startswith("{name")    # both rows are called so, one is quoted
        assert not any(r["name"] == MINISTER for r in rows) or not address.startswith("{name")
        assert ("c.txt", "+correction_drop") in found.how


def test_of_one_item_of_a_knowledge_base_the_first_side_keeps_the_id(corpus: Stored, tmp_path: Path) -> None:
    item = {"id": "Q9001", "name": MINISTER, "aliases": [], "type": "PERSON", "description": "министр культуры Самарской области"}
    base = base_of(tmp_path, (item,))
    with corrected(corpus, "", base=base) as (found, _):
        assert found.id(A) == found.id(B) == "Q9001"
    for first, second in (("a", "b"), ("b", "a")):
        yaml = f"- not_same: [{quote(first, MINISTER)}, {quote(second, MINISTER)}]"
        with corrected(corpus, yaml, base=base) as (found, rows):
            assert found.id(f"{first}.txt {MINISTER}") == "Q9001"
            other = next(r for r in rows if r["entity_id"] == found.id(f"{second}.txt {MINISTER}"))
            assert (other["entity_id"][0], other["wikidata_id"], other["link_method"]) == ("e", None, None)


def test_the_name_in_the_tables_addresses_beside_a_fuller_one() -> None:
    names = ["Верховный суд", "Верховный суд Пакистана", "высокий Верховный суд Пакистана"]
    assert bears(names, words("верховный суд пакистана"), person=False)          # what the row is called
    assert bears(names, words("высокий Верховный суд Пакистана"), person=False)
    assert not bears(names, words("Верховный суд"), person=False)
    people = ["Иванов", "Сергей Петрович Иванов", "С. Иванов"]
    assert bears(people, words("Иванов Сергей"), person=True)
    assert not bears(people, words("Иванов"), person=True)
    assert not bears(people, words("Пётр Иванов"), person=True)


def test_of_two_names_the_first_is_obeyed(corpus: Stored) -> None:
    address = quote("c", MINISTER)
    yaml = f"- rename: {address}\n  to: Первый\n- rename: {address}\n  to: Второй\n- drop: {address}\n"
    with corrected(corpus, yaml) as (found, rows):
        assert next(r["name"] for r in rows if r["entity_id"] == found.id(C)) == "Первый"
        assert found.told == ["3: rename: contradicts line 1: not obeyed there", "5: drop: contradicts line 1: not obeyed there"]


NOTHING = {
    "no document": (f"- drop: {quote('z', 'Олег')}", "1: drop: no document 'z.txt'"),
    "no words": (f"- drop: {quote('a', 'Иван')}", "1: drop: 'Иван' in a.txt: no such words there"),
    "part of a word": (f"- drop: {quote('a', 'Самар')}", "1: drop: 'Самар' in a.txt: no such words there"),
    "no entity": (f"- drop: {quote('a', 'открыл')}", "1: drop: 'открыл' in a.txt: no mention of a person"),
    "too often": ("- drop: {document: f.txt, quote: Кирове, occurrence: 2}", "1: drop: 'Кирове' (2) in f.txt: no such words there"),
    "outside": ("- drop: {document: a.txt, start: 900, end: 910}", "1: drop: 900-910 in a.txt: no such words there"),
    "another type": ("- drop: {document: a.txt, quote: Самаре, type: PERSON}", "of type PERSON there"),
    "no name": ("- rename:\n    {name: Иван Гром, type: PERSON}\n  to: Я", "2: rename: nothing is called 'Иван Гром' PERSON"),
    "one thing": (f"- not_same:\n    - {quote('a', MINISTER)}\n    - {{document: a.txt, quote: Кувшинников, occurrence: 2}}",
                  "1: not_same: both sides are one thing of one document"),
}


@pytest.mark.parametrize(("yaml", "said"), NOTHING.values(), ids=NOTHING.keys())
def test_what_means_nothing_is_told_and_changes_nothing(corpus: Stored, yaml: str, said: str) -> None:
    with corrected(corpus, "") as (plain, before), corrected(corpus, yaml) as (found, after):
        assert len(found.told) == 1
        assert said in found.told[0]
        assert (found.of, after) == (plain.of, before)


def test_a_part_of_a_same_that_means_nothing_does_not_stop_the_others(corpus: Stored) -> None:
    yaml = f"- same:\n  - {quote('a', MINISTER)}\n  - {quote('z', MINISTER)}\n  - {quote('c', MINISTER)}"
    with corrected(corpus, yaml) as (found, _):
        assert found.one(A, C)
        assert found.told == ["3: same: no document 'z.txt'"]
    with corrected(corpus, yaml, only={"a.txt", "b.txt"}) as (found, _):
        assert len(found.told) == 2
