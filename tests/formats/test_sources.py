import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats import InputError, Limits, Options, Source, find_sources, read_source
from letopis.formats.sources import encode_path
from letopis.layers import Reject

from .conftest import RUSSIAN, read_file


def paths(*inputs: Path) -> list[str]:
    """Paths of the sources, and 'path: error' of the rejects."""
    found = find_sources(inputs, Limits())
    return [each.path if isinstance(each, Source) else f"{each.path}: {each.error}" for each in found]


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(RUSSIAN)
    return folder


def test_files_come_sorted_whatever_the_folders(tmp_path: Path) -> None:
    write(tmp_path, "b/a.md", "a.md", "B.txt", "b/b/c.md", "я.md", "a/z.jsonl.gz", "b.MD")
    assert paths(tmp_path) == ["B.txt", "a/z.jsonl.gz", "a.md", "b/a.md", "b/b/c.md", "b.MD", "я.md"]


def test_a_source_says_where_and_how_large_a_file_is(tmp_path: Path) -> None:
    (source,) = find_sources([write(tmp_path, "a/b.md") / "a"], Limits())
    assert isinstance(source, Source)
    state = (tmp_path / "a/b.md").stat()
    assert (source.file, source.path, source.size) == (tmp_path / "a/b.md", "b.md", state.st_size)
    assert (source.mtime_ns, source.device, source.inode) == (state.st_mtime_ns, state.st_dev, state.st_ino)


def test_dot_files_are_passed_over(tmp_path: Path) -> None:
    assert paths(write(tmp_path, ".a.md", ".git/a.md", "a/.b/c.md", "a.md")) == ["a.md"]


def test_unknown_formats_are_rejected(tmp_path: Path) -> None:
    write(tmp_path, "a.docx", "b", "c.gz", "d.md.bz2", "e.json", "f.tar.gz")
    assert paths(tmp_path) == [f"{name}: unknown_format" for name in ("a.docx", "b", "c.gz", "d.md.bz2", "e.json", "f.tar.gz")]


def test_links(tmp_path: Path) -> None:
    root = write(tmp_path / "in", "a/a.md", ".hidden/h.md")
    write(tmp_path, "out.md", "outer/o.md")
    for name, target in {
        "inside.md": root / "a/a.md", "inside": root / "a", "outside.md": tmp_path / "out.md", "outside": tmp_path / "outer",
        "broken.md": root / "nothing.md", "self.md": root / "self.md", "a/up": root, "hidden.md": root / ".hidden/h.md",
        "z.md": Path("a/a.md"),
    }.items():
        (root / name).symlink_to(target)
    assert paths(root) == [
        "a/a.md", "a/up: link_loop", "broken.md: vanished", "hidden.md: link_outside", "outside: link_outside",
        "outside.md: link_outside", "self.md: link_loop",
    ]


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.md"))
        assert paths(tmp_path) == ["fifo.md: not_a_file", "socket.md: not_a_file"]
    assert paths(Path("/dev/null")) == ["null: not_a_file"]
    (reject,) = find_sources([tmp_path / "fifo.md"], Limits())
    assert isinstance(reject, Reject) and "a FIFO" in reject.message


def test_single_files_and_links_that_the_user_names(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "a/b.md")
    (tmp_path / "folder").symlink_to(tmp_path / "a")
    assert paths(tmp_path / "a/b.md") == ["b.md"]
    assert paths(tmp_path / "link.md") == ["link.md"]
    assert paths(tmp_path / "folder") == ["b.md"]
    assert read_file(tmp_path / "link.md").document.text == RUSSIAN


def test_inputs_that_overlap_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c.md", "a/d.md", ".e/f.md")
    assert paths(tmp_path / "a", tmp_path / "a/b", tmp_path / "a/d.md", tmp_path / "a") == ["b/c.md", "d.md"]
    assert paths(tmp_path / "a/b", tmp_path / "a") == ["c.md", "d.md"]
    assert paths(tmp_path, tmp_path / ".e") == ["a/b/c.md", "a/d.md", "f.md"]


@pytest.mark.parametrize("name", ["nothing", "nothing/a.md", "a\0b"])
def test_an_input_that_is_not_there_is_an_error_before_anything_is_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"nothing|null"):
        find_sources([write(tmp_path / "there", "a.md"), tmp_path / name], Limits())


def test_a_file_that_vanishes_or_changes_its_kind(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md", "c.md", "d.md")
    sources = [each for each in find_sources([tmp_path], Limits()) if isinstance(each, Source)]
    (tmp_path / "a.md").unlink()
    for name in ("b.md", "c.md"):
        (tmp_path / name).unlink()
    os.mkfifo(tmp_path / "b.md")
    (tmp_path / "c.md").symlink_to(tmp_path / "d.md")
    found = [list(read_source(source, Options())) for source in sources]
    assert [each[0].error if isinstance(each[0], Reject) else "read" for each in found] == [
        "vanished", "not_a_file", "link_loop", "read",
    ]


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a" * 11)
    (tmp_path / "a.csv").write_bytes(b"a" * 11)
    found = list(find_sources([tmp_path], Limits(text_bytes=10)))
    assert isinstance(found[0], Source)
    assert isinstance(found[1], Reject) and found[1].error == "too_large"


@pytest.fixture
def deep_tree(tmp_path: Path) -> Iterator[Path]:
    """Folders in folders, 6,000 characters deep: no path reaches the innermost."""
    folders = [os.open(tmp_path, os.O_RDONLY)]
    for _ in range(600):
        os.mkdir("a" * 9, dir_fd=folders[-1])
        folders.append(os.open("a" * 9, os.O_RDONLY, dir_fd=folders[-1]))
    yield tmp_path
    os.close(folders.pop())
    while folders:                        # pytest's own clean-up would be at its limit
        os.rmdir("a" * 9, dir_fd=folders[-1])
        os.close(folders.pop())


def test_folders_deeper_than_any_path(deep_tree: Path) -> None:
    (deep_tree / "b.md").write_text(RUSSIAN)
    deepest, *_, last = paths(deep_tree)
    assert deepest.endswith(": unreadable") and last == "b.md"


@pytest.mark.parametrize(("name", "path"), [
    (b"news/day 1 (a).md", "news/day 1 (a).md"), ("новости/день.md".encode(), "новости/день.md"), (b"a\nb.md", "a%0Ab.md"),
    (b"a\"b'c.md", "a%22b%27c.md"), (b"100%.md", "100%25.md"), ("день.md".encode("cp1251"), "%E4%E5%ED%FC.md"),
    ("a\u202eb.md".encode(), "a%E2%80%AEb.md"), (b"#1.md", "#1.md"),
])
def test_paths_in_the_tables(tmp_path: Path, name: bytes, path: str) -> None:
    file = tmp_path / os.fsdecode(name)
    write(file.parent, file.name)
    assert paths(tmp_path) == [path]
    assert read_file(tmp_path).document.path == path


@given(st.binary(min_size=1, max_size=8), st.binary(min_size=1, max_size=8))
def test_two_names_never_become_one_path(one: bytes, other: bytes) -> None:
    names = [encode_path(raw.decode("utf-8", "surrogateescape")) for raw in (one, other)]
    assert (names[0] == names[1]) == (one == other)
    assert all(name.isprintable() for name in names)
