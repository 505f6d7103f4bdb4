"""The traps of identity are sound as data: every address hits its words, none contradicts another."""

from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.resolve.traps import FOLDER, KINDS, Address, Trap, TrapError, load, nearest, parse, to_documents

TRAPS = load()

SMALL: Mapping[str, Any] = {
    "id": "two-kirovs", "kind": "name_or_place", "why": "city and man",
    "documents": {
        "a": {"text": "Киров ждёт гостей. Кировский театр ремонтируют. В Кирове рады.", "published": date(2011, 9, 19)},
        "b": {"text": "Умер Сергей Киров. Киров родился в Уржуме.", "title": "Умер Киров"},
    },
    "same": [[["a", "Киров"], ["a", "Кирове"]], [["b", "Киров", 2], ["b.title", "Киров"]]],
    "different": [[["a", "Киров"], ["b", "Сергей Киров"]]],
}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_every_address_hits_its_words(trap: Trap) -> None:
    documents = to_documents(trap)
    for address in (a for group in (*trap.same, *trap.different) for a in group):
        field = getattr(documents[address.document], address.field)
        assert field[address.start:address.end] == address.words


def test_the_set_is_large_and_balanced() -> None:
    kinds = Counter(trap.kind for trap in TRAPS)
    assert len(TRAPS) >= 90
    assert kinds.keys() == KINDS.keys()
    assert min(kinds.values()) >= 4
    joins = sum(a.document != b.document for trap in TRAPS for a, b in trap.joins)
    apart = sum(a.document != b.document for trap in TRAPS for a, b in trap.different)
    assert 0.4 < joins / (joins + apart) < 0.6


def test_texts_are_short_and_dated() -> None:
    for text in (text for trap in TRAPS for text in trap.texts):
        assert len(text.text) <= 300, text.text
        assert "\n" not in text.text and "  " not in text.text
        assert text.published and date(1990, 1, 1) < text.published < date(2025, 1, 1)


def test_no_text_stands_twice() -> None:
    texts = Counter(text.text for trap in TRAPS for text in trap.texts)
    assert max(texts.values()) == 1


def test_documents_of_a_trap() -> None:
    first, second = to_documents(parse(SMALL))
    assert (first.key, second.key) == ("two-kirovs/a.txt", "two-kirovs/b.txt")
    assert first.published_date == date(2011, 9, 19)
    assert first.published is not None and first.published.isoformat() == "2011-09-18T20:00:00+00:00"     # Moscow: UTC+4
    assert second.published is None and second.title == "Умер Киров"


def test_an_address_counts_whole_words() -> None:
    trap = parse(SMALL)
    assert trap.same[0] == (Address(0, "text", 0, 5, "Киров"), Address(0, "text", 50, 56, "Кирове"))
    assert trap.same[1] == (Address(1, "text", 19, 24, "Киров"), Address(1, "title", 5, 10, "Киров"))
    assert trap.joins == (trap.same[0], trap.same[1])


def _id(trap: dict[str, Any]) -> None:
    trap["id"] = "Two Kirovs"


def _kind(trap: dict[str, Any]) -> None:
    trap["kind"] = "towns"


def _key(trap: dict[str, Any]) -> None:
    trap["diferent"] = trap.pop("different")


def _one_document(trap: dict[str, Any]) -> None:
    del trap["documents"]["b"]


def _stamp(trap: dict[str, Any]) -> None:
    trap["documents"]["a"]["published"] = "вчера"


def _no_such_document(trap: dict[str, Any]) -> None:
    trap["same"][0][0][0] = "c"


def _no_such_words(trap: dict[str, Any]) -> None:
    trap["same"][0][0][1] = "Кирова"


def _which_one(trap: dict[str, Any]) -> None:
    trap["same"][1][0].pop()


def _third_of_two(trap: dict[str, Any]) -> None:
    trap["same"][1][0][2] = 3


def _needless_number(trap: dict[str, Any]) -> None:
    trap["same"][0][0].append(1)


def _lonely(trap: dict[str, Any]) -> None:
    trap["same"][0].pop()


def _both(trap: dict[str, Any]) -> None:
    trap["different"].append([["a", "Киров"], ["a", "Кирове"]])


def _two_groups(trap: dict[str, Any]) -> None:
    trap["same"].append([["a", "Киров"], ["b", "Сергей Киров"]])


def _unspoken(trap: dict[str, Any]) -> None:
    trap["documents"]["c"] = {"text": "Вятка вскрылась."}


def _not_across(trap: dict[str, Any]) -> None:
    del trap["different"]


@pytest.mark.parametrize(("spoil", "message"), [
    (_id, "words with hyphens"),
    (_kind, "unknown kind towns"),
    (_key, "diferent"),
    (_one_document, "two to five documents"),
    (_stamp, "published is a day"),
    (_no_such_document, "no document c"),
    (_no_such_words, "a has 'Кирова' 0 times"),
    (_which_one, "2 times, asked for None"),
    (_third_of_two, "2 times, asked for 3"),
    (_lonely, "two or more addresses"),
    (_needless_number, "1 times, asked for 1"),
    (_both, "both same and different"),
    (_two_groups, "two groups"),
    (_unspoken, "no statement speaks of"),
    (_not_across, "no statement across"),
])
def test_a_spoiled_trap_is_refused(spoil: Callable[[dict[str, Any]], None], message: str) -> None:
    trap = deepcopy(dict(SMALL))
    spoil(trap)
    with pytest.raises(TrapError, match=message):
        parse(trap)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "traps.yaml").write_text("- id: a\n  same: []\n  same: []\n", encoding="utf-8")
    with pytest.raises(TrapError, match=r"traps\.yaml: line 1: key stands twice: same"):
        load(tmp_path)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    source = (FOLDER / "things.yaml").read_text(encoding="utf-8")
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(source, encoding="utf-8")
    with pytest.raises(TrapError, match="id stands twice"):
        load(tmp_path)


@pytest.mark.parametrize(("spans", "expected"), [
    ([(0, 30), (10, 20), (12, 18)], 1),     # the very span
    ([(0, 40), (5, 25), (11, 19)], 1),      # the shortest around it: гостиница «Москва»
    ([(10, 14), (13, 20)], 1),              # the longest inside: Франс Пресс of Агентство Франс Пресс
    ([(5, 15), (18, 30)], None),            # what only overlaps is another mention
    ([], None),
])
def test_the_mention_an_address_means(spans: list[tuple[int, int]], expected: int | None) -> None:
    assert nearest(Address(0, "text", 10, 20, "0123456789"), spans) == expected
