"""What a user can choose about reading: limits, the zone of bare dates, names of columns, what a document's key is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from letopis.formats.names import NAMES

_MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of one file, in bytes but for `text_characters`. What is over a bound becomes a reject and is never cut."""

    text_characters: int = 100_000       # an article with its title: the longest of 10,544 news has 29,651
    text_bytes: int = 20_000_000         # a Markdown or text file, unpacked: read whole before its characters are counted
    record_bytes: int = 20_000_000       # one JSONL line, CSV row or Parquet row: an article either way
    html_bytes: int = 3_000_000          # extraction costs up to 4 s and 200 MB of memory a MB; real pages have 0.2
    header_bytes: int = 256 * 1024       # front matter of real articles is under 10 kB
    unpacked_bytes: int = 16 << 30       # a packed file of records, read as a stream: bounds time, not memory
    packing_ratio: int = 250             # prose packs 3 to 10 times, machine-made JSON up to 100; a bomb 1,000

    @property
    def ratio_counts_from(self) -> int:
        """Unpacked bytes below which any packing ratio is let through."""
        return 16 * _MIB


@dataclass(frozen=True)
class Options:
    """How to read. `columns` maps a field of `documents` (or 'id', 'text') to the name it has in the user's files.

    `key` is what documents are known by: 'path', 'url', or the name of a header field or column; a document that
    lacks it is known by its path. Raises ValueError for an unknown zone or field.
    """

    timezone: str = "Europe/Moscow"
    columns: Mapping[str, str] = field(default_factory=dict)
    key: str = "path"
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.columns) - set(NAMES))
        if unknown:
            raise ValueError(f"columns: no field {', '.join(unknown)}; fields are {', '.join(NAMES)}")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
            raise ValueError(f"timezone: {self.timezone!r} is no IANA zone such as 'Europe/Moscow'") from cause

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of dates that state none."""
        return ZoneInfo(self.timezone)

    @cached_property
    def configured(self) -> tuple[tuple[str, str], ...]:
        """`columns` as something that can be a cache's key."""
        return tuple(sorted(self.columns.items()))
