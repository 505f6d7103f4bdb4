"""Writes the whole report: data beside the bundled pages, drafted in a folder of its own and then put in place.

A folder that holds anything but a report of ours is left alone.
"""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from letopis import __version__
from letopis.site.articles import write_articles
from letopis.site.entities import write_entities
from letopis.site.events import write_events
from letopis.site.families import FAMILIES
from letopis.site.files import Site
from letopis.site.lists import months, write_lists
from letopis.site.overview import overview
from letopis.site.search import write_search
from letopis.site.source import Source

STATIC = Path(__file__).resolve().parent / "static"
MARK = Path("data") / "manifest.js"   # what tells a report of ours from a folder of something else


class NotAReport(Exception):
    """The folder to write to holds something else."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one report came to."""

    files: int
    size: int                         # bytes
    largest: int
    seconds: float


def write_report(snapshot: Path, folder: Path) -> Written:
    """The report of a snapshot in `folder`, in the place of the one that was there.

    Raises NotAReport where the folder holds something else, OSError where it cannot be written.
    """
    started = time.monotonic()
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotAReport(f"{folder} is neither empty nor a report: it is left as it is")
    draft = folder.absolute().with_name(f".{folder.absolute().name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        _draft(snapshot, draft)
        _put(draft, folder.absolute())
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sizes = [p.stat().st_size for p in folder.rglob("*") if p.is_file()]
    return Written(len(sizes), sum(sizes), max(sizes), time.monotonic() - started)


def _draft(snapshot: Path, draft: Path) -> None:
    shutil.copytree(STATIC, draft)
    scratch = draft / "scratch"
    scratch.mkdir()
    site, source = Site(draft), Source(snapshot, scratch)
    try:
        _write(site, source)
    finally:
        source.close()
    shutil.rmtree(scratch)


def _write(site: Site, source: Source) -> None:
    types = source.rows("SELECT type, name_ru, definition FROM event_types ORDER BY type")
    shards = {
        "articles": write_articles(site, source), "events": write_events(site, source),
        "entities": write_entities(site, source), "search": write_search(site, source),
    }
    site.write("overview", overview(source))
    site.write("manifest", {
        "version": __version__, "snapshot": source.snapshot.name, "shards": shards, "lists": write_lists(site, source),
        "months": months(source), "families": FAMILIES,
        "types": {r["type"]: [r["name_ru"], r["definition"]] for r in types},
    })


def _put(draft: Path, folder: Path) -> None:
    """Swap by renames, so that a report is never half there for longer than two of them take."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
