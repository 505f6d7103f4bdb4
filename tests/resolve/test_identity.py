"""The traps of identity, each a corpus of its own through pipeline and `resolve`: what must be one is one, and apart what must be.

An EVENT of a trap has an event_id, everything else an entity_id. `traps/unheld.tsv` names the traps that do not hold yet, with the
cause; a trap that comes to hold leaves the list.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from letopis.evaluate.resolved import Named, Stored, annotate_all, put, resolve
from tests.resolve.traps import FOLDER, Address, Trap, load, nearest, to_documents

TRAPS = load()
Found = dict[str, tuple[Named, ...]]


def _unheld() -> dict[str, str]:
    with (FOLDER / "unheld.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {row["trap"]: row["cause"] for row in rows}


UNHELD = _unheld()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """All documents of all traps, annotated once."""
    documents = tuple(d for trap in TRAPS for d in to_documents(trap))
    return put(annotate_all(documents), tmp_path_factory.mktemp("traps"))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_trap(trap: Trap, stored: Stored, request: pytest.FixtureRequest) -> None:
    if trap.id in UNHELD:
        request.applymarker(pytest.mark.xfail(reason=UNHELD[trap.id], strict=False))
    documents = to_documents(trap)
    found = resolve(stored, {d.key for d in documents})
    assert list(_broken(trap, {d.key: found[d.key] for d in documents})) == []


def test_the_list_of_unheld_traps_is_of_traps() -> None:
    assert UNHELD.keys() <= {trap.id for trap in TRAPS}
    assert len(TRAPS) - len(UNHELD) >= 60


def test_order_and_units_change_nothing(stored: Stored, tmp_path: Path) -> None:
    """The same documents, backwards and cut into units otherwise, are the same entities."""
    traps = TRAPS[::12]
    documents = tuple(d for trap in traps for d in to_documents(trap))
    once = resolve(stored, {d.key for d in documents})
    again = resolve(put((a for d in reversed(documents) for a in annotate_all((d,))), tmp_path))
    assert again == once


def _broken(trap: Trap, found: Found) -> Iterator[str]:
    """The statements of a trap that do not hold."""
    for a, b in trap.joins:
        if _identity(found, a) is None or _identity(found, a) != _identity(found, b):
            yield f"not one: {a.words} ({a.document}), {b.words} ({b.document})"
    for a, b in trap.different:
        if _identity(found, a) is not None and _identity(found, a) == _identity(found, b):
            yield f"one: {a.words} ({a.document}), {b.words} ({b.document})"


def _identity(found: Found, address: Address) -> str | None:
    names = [n for n in list(found.values())[address.document] if n.field == address.field and n.entity]
    number = nearest(address, [(n.start, n.end) for n in names])
    return None if number is None else names[number].entity
