"""Files of data: bounded, found by their first keys, and with nothing of a text in the clear."""

from bisect import bisect_right
from pathlib import Path

import pytest

from letopis.site.files import SHARD, Pages, Shards, Site, path_of
from tests.site.conftest import shards, unpacked


@pytest.mark.parametrize(("key", "path"), [
    ("overview", "overview.js"), ("events/7", "events/0/7.js"), ("events/1234", "events/2/1234.js"),
])
def test_path_of(key: str, path: str) -> None:
    assert path_of(key) == path


def test_a_record_is_found_by_the_first_keys(tmp_path: Path) -> None:
    made = Shards(Site(tmp_path), "events")
    keys = [f"k{n:05d}" for n in range(3000)]
    for key in keys:
        made.add(key, ["x" * 400])
    firsts = made.close()
    assert len(firsts) > 3
    files = shards(tmp_path, "events")
    assert [f[0][0] for f in files] == firsts
    for key in keys[::97]:
        assert key in [k for k, _ in files[bisect_right(firsts, key) - 1]]


def test_no_file_is_much_larger_than_it_may(tmp_path: Path) -> None:
    made = Shards(Site(tmp_path), "articles")
    for n in range(50):
        made.add(str(n), "абв" * 10_000)
    made.close()
    assert all(sum(len(str(r)) for r in f) <= SHARD + 1000 for f in shards(tmp_path, "articles"))


def test_a_script_in_a_value_is_not_in_the_file(tmp_path: Path) -> None:
    Site(tmp_path).write("overview", {"title": "</script><script>alert(1)</script>\u2028"})
    path = tmp_path / "data" / "overview.js"
    assert "<" not in path.read_text(encoding="ascii")
    assert unpacked(path) == {"title": "</script><script>alert(1)</script>\u2028"}


def test_pages_of_a_list(tmp_path: Path) -> None:
    pages = Pages(Site(tmp_path), "lists/x-0")
    for n in range(2 * Pages.ROWS + 3):
        pages.add(n)
    assert pages.close() == 2 * Pages.ROWS + 3
    assert [len(f) for f in shards(tmp_path, "lists/x-0")] == [Pages.ROWS, Pages.ROWS, 3]
