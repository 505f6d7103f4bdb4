"""Redirects: closed, in one step, with shares; an id that comes back loses its own."""

from pathlib import Path

from letopis.store.ledger import Comparison, enter
from letopis.store.publish import write_tables


def redirects(tmp_path: Path, *nights: tuple[list[tuple[str, str | None, float]], set[str]]) -> list[tuple[object, ...]]:
    """(old, new, share, reason) after nights of (ids gone with heirs and shares, standing ids)."""
    last = None
    for number, (gone, standing) in enumerate(nights):
        tables = enter(last, f"run{number}", Comparison([], [(o, n, "entity", s) for o, n, s in gone], standing))
        last = tmp_path / str(number)
        write_tables(last, tables)
    return [(r["old_id"], r["new_id"], r["share"], r["reason"]) for r in tables["redirects"].to_pylist()]


def test_a_merged_id_leads_to_its_heir(tmp_path: Path) -> None:
    assert redirects(tmp_path, ([("a", "b", 1.0)], {"b"})) == [("a", "b", 1.0, "merged")]


def test_a_chain_is_followed_to_the_standing_id(tmp_path: Path) -> None:
    nights = ([("a", "b", 1.0)], {"b"}), ([("b", "c", 1.0)], {"c"})
    assert redirects(tmp_path, *nights) == [("a", "c", 1.0, "merged"), ("b", "c", 1.0, "merged")]


def test_a_split_has_several_heirs_and_shares_multiply(tmp_path: Path) -> None:
    nights = ([("a", "b", 1.0)], {"b"}), ([("b", "c", 0.75), ("b", "d", 0.25)], {"c", "d"})
    assert redirects(tmp_path, *nights)[:2] == [("a", "c", 0.75, "merged"), ("a", "d", 0.25, "merged")]


def test_what_is_removed_leads_to_null(tmp_path: Path) -> None:
    nights = ([("a", "b", 1.0)], {"b"}), ([("b", None, 0.0)], set())
    assert [(o, n, r) for o, n, _, r in redirects(tmp_path, *nights)] == [("a", None, "removed"), ("b", None, "removed")]


def test_an_id_that_comes_back_loses_its_redirect(tmp_path: Path) -> None:
    nights = ([("a", "b", 1.0)], {"b"}), ([("b", "a", 1.0)], {"a"})
    assert redirects(tmp_path, *nights) == [("b", "a", 1.0, "merged")]


def test_of_two_heirs_the_one_that_stays_has_the_whole(tmp_path: Path) -> None:
    nights = ([("a", "b", 0.5), ("a", "c", 0.5)], {"b", "c"}), ([("b", None, 0.0)], {"c"})
    assert redirects(tmp_path, *nights)[0] == ("a", "c", 1.0, "split")


def test_shares_stay_the_whole_over_many_nights(tmp_path: Path) -> None:
    thirds = [[(f"a{n}", new, 0.3333) for new in (f"a{n + 1}", "b", "c")] for n in range(12)]
    found = redirects(tmp_path, *((gone, {f"a{n + 1}", "b", "c"}) for n, gone in enumerate(thirds)))
    assert abs(sum(share for old, _, share, _ in found if old == "a0") - 1) < 0.001
