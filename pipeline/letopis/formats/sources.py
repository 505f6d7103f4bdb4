"""Files and folders that the user names -> the files to read, in an order that is the same on every machine.

Contract: every file under an input comes out once, as a Source or as a Reject with the reason; dot-files, and links to what
is read where it is, are passed over. A file under two inputs is read with the one named first. Nothing is opened.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from letopis.formats.errors import InputError
from letopis.layers import Reject

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a FIFO"), (stat.S_ISSOCK, "a socket"), (stat.S_ISBLK, "a device"), (stat.S_ISCHR, "a device"),
)
_ODD = frozenset("\"'%")                  # '%' too, so that two names never become one


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, `path` as the tables have it, and what tells whether it has changed."""

    file: Path                            # absolute, no link
    path: str                             # relative to its input root, odd bytes percent-encoded
    size: int                             # bytes, packed as it is
    mtime_ns: int
    device: int
    inode: int


Judge = Callable[[Source], Reject | None]


@dataclass(frozen=True, slots=True)
class _Root:
    """One input: the folder that paths are relative to, and its only file if it is one."""

    folder: str
    file: str | None = None

    def reads(self, path: str) -> bool:
        """Whether walking this input comes by the path."""
        if self.file is not None:
            return path == self.file
        inside = path.removeprefix(self.folder.rstrip("/") + "/")
        return path == self.folder or (inside != path and not _hidden(inside))


def walk(inputs: Sequence[Path], judge: Judge) -> Iterator[Source | Reject]:
    """The files of the inputs, sorted by their names' bytes folder by folder; `judge` may refuse a source.

    Raises InputError at once, before anything is read, if an input does not exist or can't be listed.
    """
    roots = [_root(Path(each)) for each in inputs]
    return _walk_roots(roots, judge)


def encode_path(path: str) -> str:
    """The path as tables have it: 'новости/день 1.md' stays, newlines, quotes and bytes that are not UTF-8 become %0A ..."""
    return "".join(c if c.isprintable() and c not in _ODD else _percent(c) for c in path)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


def _root(given: Path) -> _Root:
    try:
        if not given.is_dir():
            given.stat()
            return _Root(os.path.realpath(given.parent), os.path.realpath(given.parent) + "/" + given.name)
        with os.scandir(given):
            return _Root(os.path.realpath(given))
    except (OSError, ValueError) as cause:
        raise InputError(f"{given}: {getattr(cause, 'strerror', None) or cause}") from cause


def _walk_roots(roots: Sequence[_Root], judge: Judge) -> Iterator[Source | Reject]:
    for number, root in enumerate(roots):
        for path in _paths(root):
            if not any(earlier.reads(path) for earlier in roots[:number]):
                found = _look(path, root)
                if found:
                    yield (judge(found) or found) if isinstance(found, Source) else found


def _paths(root: _Root) -> Iterator[str]:
    """Everything that is no folder, and folders that can't be listed; without recursion, since trees may be deep."""
    pending = [root.file or root.folder]
    while pending:
        path = pending.pop()
        names = None if path == root.file else _names(path)
        if names is None:
            yield path
        else:
            pending += (f"{path.rstrip('/')}/{name}" for name in sorted(names, key=os.fsencode, reverse=True))


def _names(path: str) -> list[str] | None:
    """What a folder holds, dot-files left out; None for what is no folder or can't be listed."""
    try:
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            return None
        with os.scandir(path) as entries:
            return [entry.name for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return None


def _look(path: str, root: _Root) -> Source | Reject | None:
    """What a path is; None for a link that is passed over."""
    name = encode_path(path[len(root.folder.rstrip("/")) + 1:])
    file = Path(path)
    try:
        if path != root.file and file.is_symlink():
            return _look_at_link(path, name, root)
        file = file.resolve() if path == root.file else file
        state = file.stat()
    except OSError as cause:
        return _refused(name, *told(cause))
    kind = next((kind for is_kind, kind in _KINDS if is_kind(state.st_mode)), None)
    if kind or not stat.S_ISREG(state.st_mode):
        return _refused(name, "not_a_file", f"it is {kind or 'a folder that can not be listed'}, not a file")
    return Source(file, name, state.st_size, state.st_mtime_ns, state.st_dev, state.st_ino)


def _look_at_link(path: str, name: str, root: _Root) -> Reject | None:
    target = os.path.realpath(path, strict=True)
    if path.startswith(target.rstrip("/") + "/"):
        return _refused(name, "link_loop", "the link leads back to a folder that it lies in")
    if root.reads(target):
        return None
    hidden = target.startswith(root.folder.rstrip("/") + "/")
    where = "to a dot-file, which is not read" if hidden else "out of the input"
    return _refused(name, "link_outside", f"the link leads {where}")


def told(cause: OSError) -> tuple[str, str]:
    """Code and sentence for an error of the file system."""
    codes = {errno.ENOENT: "vanished", errno.ELOOP: "link_loop"}
    return codes.get(cause.errno or 0, "unreadable"), f"the file system says: {cause.strerror or cause}"


def _refused(path: str, error: str, message: str) -> Reject:
    return Reject(path, None, "format", error, message)


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
