"""Snapshots: complete, consistent sets of all tables, and the one called `current`.

A snapshot is drafted in a folder whose name begins with a dot, made durable, renamed, and only then does the relative link
`current` move to it, by a rename too: a reader that has resolved the link once keeps a whole snapshot.
"""

import shutil
import time
from pathlib import Path

from letopis.store.files import fsync, fsync_tree

FOLDER = "snapshots"
CURRENT = "current"


def draft(out: Path, name: str) -> Path:
    """An empty folder to write a snapshot in."""
    path = out / FOLDER / f".{name}"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def swap(out: Path, name: str) -> None:
    """Make the draft durable, give it its name, and move `current` to it."""
    path = out / FOLDER / f".{name}"
    fsync_tree(path)
    path.rename(out / FOLDER / name)
    fsync(out / FOLDER)
    link = out / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(FOLDER) / name, target_is_directory=True)
    link.replace(out / CURRENT)
    fsync(out)


def current(out: Path) -> Path | None:
    """The folder of the snapshot that is current, None before the first run has published."""
    link = out / CURRENT
    return link.resolve(strict=True) if link.exists() else None


def settled(out: Path) -> Path:
    """The folder of the current snapshot of a store that has one. Raises FileNotFoundError."""
    return (out / CURRENT).resolve(strict=True)


def remove_old(out: Path, *, keep: int, hours: float) -> None:
    """Remove snapshots beyond the last `keep`, none younger than `hours`, and drafts of killed runs."""
    folder = out / FOLDER
    for unfinished in folder.glob(".*"):
        shutil.rmtree(unfinished)
    standing = current(out)
    old = sorted((p for p in folder.iterdir() if p != standing), key=lambda p: p.stat().st_mtime, reverse=True)[keep - 1:]
    for path in old:
        if time.time() - path.stat().st_mtime > hours * 3600:
            shutil.rmtree(path)
