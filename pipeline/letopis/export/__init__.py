"""Exports: one snapshot of a store in formats of other tools.

A new format is one module with a FileFormat or a FolderFormat, and one name in `_ALL`. Nothing half written is ever seen under
the name that was asked for: files are written beside it and renamed.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from letopis.export.brat import BRAT
from letopis.export.conllu import CONLLU
from letopis.export.flat import CSV, JSONL, TSV
from letopis.export.format import Choice, Counts, FileFormat, FolderFormat, Format
from letopis.export.ftm import FTM
from letopis.export.geojson import GEOJSON
from letopis.export.graphml import GRAPHML
from letopis.export.icalendar import ICALENDAR
from letopis.export.jsonld import JSONLD
from letopis.export.reading import NoStore, pinned
from letopis.schema import BY_NAME
from letopis.schema.event_mentions import REALIS

_ALL: tuple[Format, ...] = (CSV, TSV, JSONL, CONLLU, BRAT, GRAPHML, FTM, GEOJSON, ICALENDAR, JSONLD)
FORMATS: dict[str, Format] = {f.name: f for f in _ALL}


class BadChoice(ValueError):
    """No such format, table or realis, or a target that cannot be written as it is asked for."""


def export(out: Path, name: str, target: Path, choice: Choice | None = None) -> Counts:
    """Write the current snapshot of the store `out` in a format to a file or folder. Raises BadChoice, NoStore, OSError."""
    form, wanted = checked(name, choice or Choice()), choice or Choice()
    snapshot = pinned(out)
    if isinstance(form, FileFormat):
        return _to_file(form, snapshot, target, wanted)
    return _to_folder(form, snapshot, target, wanted)


def export_to(out: Path, name: str, stream: TextIO, choice: Choice | None = None) -> Counts:
    """The same into a stream, for formats of one file."""
    form = checked(name, choice or Choice())
    if not isinstance(form, FileFormat):
        raise BadChoice(f"{name} is a folder of files: it cannot be written to standard output")
    return form.write(pinned(out), stream, choice or Choice())


def checked(name: str, choice: Choice) -> Format:
    """The format of that name, if it knows what is asked for. Raises BadChoice."""
    if name not in FORMATS:
        raise BadChoice(f"no format '{name}': formats are {', '.join(FORMATS)}")
    form = FORMATS[name]
    for option, values, known in (("tables", choice.tables, tuple(BY_NAME)), ("realis", choice.realis, REALIS)):
        if values and option not in form.options:
            raise BadChoice(f"{name} knows no --{option.removesuffix('s') if option == 'tables' else option}")
        wrong = [v for v in values if v not in known]
        if wrong:
            raise BadChoice(f"no {option} {', '.join(wrong)}: one of {', '.join(known)}")
    return form


def _to_file(form: FileFormat, snapshot: Path, target: Path, choice: Choice) -> Counts:
    if target.is_dir():
        raise BadChoice(f"{target} is a folder, and {form.name} is one file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".letopis-", dir=target.parent) as aside:
        draft = Path(aside) / "draft"
        with draft.open("w", encoding="utf-8", newline="") as stream:
            counts = form.write(snapshot, stream, choice)
        draft.replace(target)
    return counts


def _to_folder(form: FolderFormat, snapshot: Path, target: Path, choice: Choice) -> Counts:
    if target.exists() and not target.is_dir():
        raise BadChoice(f"{target} is a file, and {form.name} is a folder of files")
    if form.fresh and target.exists() and any(target.iterdir()):
        raise BadChoice(f"{target} is not empty, and may hold somebody's work: choose another folder")
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".letopis-", dir=target) as aside:
        counts = form.write(snapshot, Path(aside), choice)
        for path in sorted(Path(aside).iterdir()):
            _move(path, target / path.name)
    return counts


def _move(path: Path, target: Path) -> None:
    if target.is_dir():
        raise BadChoice(f"{target} is a folder")
    shutil.move(path, target)


__all__ = ["FORMATS", "BadChoice", "Choice", "FileFormat", "FolderFormat", "Format", "NoStore", "checked", "export", "export_to"]
