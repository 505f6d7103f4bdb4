"""The folder of a knowledge base: sources side by side, each a folder of Parquet files, and base.json that says which stand.

Contract. `<source>-<digest>/aliases.parquet` (key, item, use), sorted by key; `items.parquet`, one row an item, sorted by id;
`same.parquet` (outer, item), other ids of the items. A source is written whole beside what stands and put in its place by one
rename of base.json; the folder it replaces stays until the next import, for those who read it. The digest is of the files'
bytes.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from letopis.store.files import fsync, fsync_tree

INDEX = "base.json"
DRAFT = ".draft"
ALIASES = pa.schema([("key", pa.string()), ("item", pa.string()), ("use", pa.int8())])
SAME = pa.schema([("outer", pa.string()), ("item", pa.string())])
ITEMS = pa.schema([
    ("item", pa.string()), ("name", pa.string()), ("family", pa.string()), ("description", pa.string()), ("country", pa.string()),
    ("latitude", pa.float64()), ("longitude", pa.float64()), ("first", pa.int64()), ("last", pa.int64()), ("weight", pa.int64()),
    ("places", pa.list_(pa.string())), ("words", pa.list_(pa.string())), ("wikidata_id", pa.string()), ("geonames_id", pa.string()),
])
FILES: Mapping[str, pa.Schema] = {"aliases": ALIASES, "items": ITEMS, "same": SAME}


class NoBase(Exception):
    """The folder holds no knowledge base that this version can read."""


@dataclass(frozen=True, slots=True)
class Source:
    """One imported dump: its folder's name, and what is in it."""

    name: str
    folder: str
    digest: str
    version: str                      # kb.VERSION that stored it
    items: int
    own: int                          # items with ids of the user's own
    aliases: int
    bad: int


@dataclass(frozen=True, slots=True)
class Base:
    """A knowledge base that stands: its sources in the order of their names."""

    folder: Path
    sources: tuple[Source, ...]

    @property
    def digest(self) -> str:
        """Of all that links can follow from."""
        said = " ".join(f"{s.name} {s.digest} {s.version}" for s in self.sources)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def has_own(self) -> bool:
        """Whether some id is the user's own."""
        return any(s.own for s in self.sources)

    def files(self, table: str) -> list[str]:
        """The files of one of FILES."""
        return [str(self.folder / s.folder / f"{table}.parquet") for s in self.sources]


def open_base(folder: Path) -> Base:
    """The base of a folder. Raises NoBase where there is none, or its files are gone."""
    try:
        stated = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        sources = tuple(Source(**s) for s in sorted(stated["sources"], key=lambda s: str(s["name"])))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NoBase(f"{folder} holds no knowledge base: run `letopis kb import` first ({error})") from error
    base = Base(folder, sources)
    missing = [file for table in FILES for file in base.files(table) if not Path(file).is_file()]
    if missing:
        raise NoBase(f"the knowledge base in {folder} is not whole, {missing[0]} is gone: import it again")
    return base


def begin(folder: Path) -> Path:
    """An empty folder to write a source into; what no base needs any more goes."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {s.folder for s in _sources(folder)}
    for path in folder.iterdir():
        if path.is_dir() and path.name not in kept and (path.name.startswith(DRAFT) or (path / "aliases.parquet").exists()):
            shutil.rmtree(path)
    draft = folder / DRAFT
    draft.mkdir()
    return draft


def put(folder: Path, draft: Path, source: Source) -> None:
    """Make a drafted source stand, in the place of one of the same name."""
    fsync_tree(draft)
    target = folder / source.folder
    if target.exists():
        shutil.rmtree(draft)                                               # the same rows stand already
    else:
        draft.rename(target)
    sources = [*(s for s in _sources(folder) if s.name != source.name), source]
    text = json.dumps({"sources": [asdict(s) for s in sorted(sources, key=lambda s: s.name)]}, indent=1, ensure_ascii=False)
    temporary = folder / f"{INDEX}.new"
    temporary.write_text(text + "\n", encoding="utf-8")
    fsync(temporary)
    temporary.replace(folder / INDEX)
    fsync(folder)


def _sources(folder: Path) -> tuple[Source, ...]:
    return open_base(folder).sources if (folder / INDEX).exists() else ()
