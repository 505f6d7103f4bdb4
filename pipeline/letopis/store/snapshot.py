"""Snapshots: complete, consistent sets of all tables, and the one called `current`.

A snapshot is drafted in a folder whose name begins with a dot, made durable, renamed, and only then does the relative link
`current` move to it, by a rename too: a reader that has resolved the link once keeps a whole snapshot.
"""

import os
import shutil
import time
from itertools import pairwise
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
    os.utime(path)                        # when it became current
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
    """Remove snapshots beyond the last `keep` that have not been current for `hours`.

    Who has resolved `current` before a swap may go on reading for that long.
    """
    for path, since in _superseded(out)[:-(keep - 1)]:
        if time.time() - since > hours * 3600:
            shutil.rmtree(path)


def remove_drafts(out: Path) -> None:
    """Remove what killed runs left half written, and snapshots that never became current."""
    standing = current(out)
    for path in (out / FOLDER).glob("*"):
        if path.name.startswith(".") or (standing and path.name > standing.name):
            shutil.rmtree(path)


def remove_others(out: Path) -> int:
    """Remove every snapshot but the current one; gives how many went."""
    others = [path for path, _ in _superseded(out)]
    for path in others:
        shutil.rmtree(path)
    return len(others)


def _superseded(out: Path) -> list[tuple[Path, float]]:
    """Snapshots that were current, oldest first, and when the next one took their place (names begin with the time)."""
    standing = current(out)
    ordered = sorted(p for p in (out / FOLDER).iterdir() if not p.name.startswith("."))
    pairs = [(old, new.stat().st_mtime) for old, new in pairwise(ordered)]
    return [(old, since) for old, since in pairs if old != standing]
