"""Articles that come back from brat: each with what it was exported as, what it is now, and how the two go together.

Contract. The folder is one that `export brat` wrote; `.original` holds the annotations as they were. An article is passed over, and
told, when the store no longer has it, its text is another, or its standoff cannot be read.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from letopis.export.brat import ORIGINAL, event_type, text_of
from letopis.export.names import file_name
from letopis.export.reading import Row, articles, rows
from letopis.export.standoff import BadStandoff, Place, Standoff, read


class NoFolder(ValueError):
    """Not a folder that `export brat` wrote."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One article. `shift`: where its fields begin in the text of brat. `kept`: exported span -> what it is now, None if gone."""

    document: Row
    shift: Mapping[str, int]
    before: Standoff
    after: Standoff
    kept: Mapping[str, str | None]
    changed: bool

    def place(self, span: Place) -> tuple[str, int, int]:
        """Field and offsets of a span. Raises BadStandoff where it runs from the title into the text."""
        name = "text" if span[0] >= self.shift["text"] else "title"
        start, end = span[0] - self.shift[name], span[1] - self.shift[name]
        if end > len(self.document[name]):
            raise BadStandoff(0, f"'{span[2]} {span[0]} {span[1]}' runs from the title into the text")
        return name, start, end


@dataclass(frozen=True, slots=True)
class Told:
    """A file that was passed over, and why."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


def returned(snapshot: Path, folder: Path) -> Iterator[Returned | Told]:
    """The articles of a folder in the order of the store, and what could not be read. Raises NoFolder."""
    if not (folder / ORIGINAL).is_dir():
        raise NoFolder(f"{folder} is no folder that `letopis export brat` wrote: it has no {ORIGINAL}")
    types = {event_type(r["type"]) for r in rows(snapshot, "event_types")}
    originals = {p.stem: p for p in sorted((folder / ORIGINAL).rglob("*.ann"))}
    for document, _ in articles(snapshot, {}):
        original = originals.pop(file_name(document["document_id"]), None)
        if original is not None:
            yield _article(document, folder, original, types)
    for path in originals.values():
        yield Told(path.relative_to(folder / ORIGINAL).as_posix(), 0, "the store has no such article")


def _article(document: Row, folder: Path, original: Path, types: set[str]) -> Returned | Told:
    name = original.relative_to(folder / ORIGINAL)
    try:
        text, before, after = (_content(p) for p in (folder / name.with_suffix(".txt"), original, folder / name))
        for titled in (True, False):
            expected, shift = text_of(document, titled=titled)
            if text == expected:
                was, now = read(before, text, types), read(after, text, types)
                found = Returned(document, shift, was, now, matched(was, now), before != after)
                for span in now.spans.values():
                    found.place(span)
                return found
    except FileNotFoundError as error:
        return Told(name.as_posix(), 0, f"{Path(error.filename).name} is missing")
    except UnicodeDecodeError:
        return Told(name.as_posix(), 0, "not UTF-8")
    except BadStandoff as error:
        return Told(name.as_posix(), error.line, str(error))
    return Told(name.as_posix(), 0, "its text is not the article's: offsets would lie")


def _content(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def matched(before: Standoff, after: Standoff) -> dict[str, str | None]:
    """Exported span -> the span it is now: the very same, else of another type, else moved a little."""
    kept: dict[str, str | None] = dict.fromkeys(before.spans)
    free = dict(after.spans)
    for same in (_same, _retyped, _moved):
        by_key: defaultdict[object, list[str]] = defaultdict(list)
        for key, span in free.items():
            by_key[_key(same, span)].append(key)
        for old, span in before.spans.items():
            if kept[old] is None:
                found = [k for k in by_key[_key(same, span)] if k in free and same(span, free[k])]
                if found:
                    kept[old] = old if old in found else found[0]
                    del free[kept[old] or ""]
    return kept


def _key(same: object, span: Place) -> object:
    return span[2] if same is _moved else span[:2]


def _same(old: Place, new: Place) -> bool:
    return old == new


def _retyped(old: Place, new: Place) -> bool:
    return old[:2] == new[:2] and old[2].islower() == new[2].islower()     # 'disaster-fire' is a happening, CITY a name


def _moved(old: Place, new: Place) -> bool:
    return old[2] == new[2] and old[0] < new[1] and new[0] < old[1]
