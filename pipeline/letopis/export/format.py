"""What an export is made of: its name, whether it is one file or a folder, and the function that writes it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeAlias

Counts: TypeAlias = Counter[str]
"""What was written, and what was passed over and why, by name: {'events': 244, 'events without coordinates': 1105}."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user may ask for; a format that does not know an option refuses it.

    `tables`: only these; () for all. `realis`: only events of these; () for what the format says itself.
    """

    tables: tuple[str, ...] = ()
    realis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One file, UTF-8, written as a stream: it can go to standard output."""

    name: str
    description: str
    write: Callable[[Path, TextIO, Choice], Counts]
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A folder of files. `fresh`: it must be empty, because people work in it."""

    name: str
    description: str
    write: Callable[[Path, Path, Choice], Counts]
    options: tuple[str, ...] = ()
    fresh: bool = False


Format: TypeAlias = FileFormat | FolderFormat
