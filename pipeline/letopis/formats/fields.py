"""A header or record as a mapping of names to values -> the metadata of a document, each value of its right type.

Contract: unknown is None, an absent list None, an empty one (). What is there but can't be used is None and one `Problem`,
so that nothing is lost without a word. Wiki links give the page they lead to: '[[X|Y]]' is X.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letopis.formats.codes import stated_language
from letopis.formats.dates import BadDate, Published, parse_published
from letopis.formats.decoding import repaired
from letopis.formats.errors import Unreadable
from letopis.formats.header import Raw, Value
from letopis.formats.names import locate
from letopis.formats.options import Options

_LINK = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_ONLY_LINKS = re.compile(r"\[?\s*\[\[[^\[\]]+\]\](?:\s*[,;]?\s*\[\[[^\[\]]+\]\])*\s*\]?")
_PRINTED_LIST = re.compile(r"\[\s*(?:['\"].*['\"])?\s*\]", re.S)                # "['Россия', 'Мир']": lists in pandas' CSV
_PRINTED_ITEM = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


@dataclass(frozen=True, slots=True)
class Problem:
    """Metadata that could not be used: a short code and a sentence for a person."""

    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a header or record says of its article, and what of it could not be used."""

    site: str | None = None
    url: str | None = None
    archive_url: str | None = None
    publication: str | None = None
    title: str | None = None
    description: str | None = None
    author: str | None = None
    sections: tuple[str, ...] | None = None
    keywords: tuple[str, ...] | None = None
    language: str | None = None
    published: Published | None = None
    problems: tuple[Problem, ...] = ()


_KINDS = {bool: "true or false", dict: "a mapping", float: "infinite or no number", list: "a list"}


class _Wrong(ValueError):
    """A value of a type that its field can't have."""


def read_metadata(raw: Raw, options: Options) -> Metadata:
    """Find the fields by their names and convert them."""
    found = locate(tuple(raw), options.configured)
    values = _Values({field: raw[name] for field, name in found.items()})
    url, publication = values.source()
    return Metadata(
        site=values.linked("site"),
        url=url,
        archive_url=values.text("archive_url"),
        publication=publication,
        title=values.title(),
        description=values.text("description"),
        author=values.linked("author"),
        sections=values.items("sections"),
        keywords=values.items("keywords"),
        language=stated_language(values.text("language")),
        published=values.published(options),
        problems=tuple(values.problems),
    )


def named_value(raw: Raw, name: str, options: Options) -> str | None:
    """The value of any field or column as a string, None where it is absent, empty or no plain value; for keys and ids."""
    found = name if name in raw else locate(tuple(raw), options.configured).get(name)
    value = raw[found] if found is not None else None
    try:
        return None if isinstance(value, list) else as_text(value)
    except _Wrong:
        return None


def as_text(value: Value) -> str | None:
    """'12' of 12, 'a, b' of a list, None of nothing. Raises ValueError for mappings, booleans, infinity."""
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(_texts(value)) or None
    if isinstance(value, bool | dict) or (isinstance(value, float) and not math.isfinite(value)):
        raise _Wrong(f"it is {_KINDS[type(value)]}")
    try:
        return repaired(str(value)).strip() or None
    except Unreadable as cause:
        raise _Wrong(str(cause)) from cause


def _texts(values: list[Value]) -> Iterator[str]:
    """The texts of a list, lists in it laid flat; `- a: b` of YAML is the text 'a: b'."""
    pending = values[::-1]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value[::-1])
        elif isinstance(value, dict) and len(value) == 1 and not isinstance(inner := next(iter(value.values())), list | dict):
            yield f"{next(iter(value))}: {as_text(inner) or ''}".strip()
        elif text := as_text(value):
            yield text


class _Values:
    """The values of one header by field. Each method converts one; what can't be converted is noted in `problems`."""

    def __init__(self, values: Raw) -> None:
        self._values = values
        self.problems: list[Problem] = []

    def text(self, field: str) -> str | None:
        try:
            return as_text(self._values.get(field))
        except _Wrong as cause:
            self.problems.append(Problem("bad_field", f"{field}: {cause}, where a text is expected"))
            return None

    def linked(self, field: str) -> str | None:
        """A text in which wiki links stand for the pages' names."""
        text = self.text(field)
        return (_LINK.sub(r"\1", text).strip() or None) if text else None

    def title(self) -> str | None:
        """A title that is one wiki link is its page; links inside a title are mark-up of the text, left to the readings."""
        text = self.text("title")
        whole = _LINK.fullmatch(text) if text else None
        return whole[1].strip() or None if whole else text

    def source(self) -> tuple[str | None, str | None]:
        """Address and publication: `source: https://...` of a web clipper is the address, `source: Газета` the publication."""
        url, publication = self.text("url"), self.linked("publication")
        if publication and "://" in publication.partition(" ")[0]:
            return url or publication, None
        return url, publication

    def items(self, field: str) -> tuple[str, ...] | None:
        """A list of names; a single string is one, or several between commas."""
        value = self._values.get(field)
        if value is None or value == "":
            return None
        try:
            names = _texts(value) if isinstance(value, list) else _listed(as_text(value) or "")
            return tuple(name for name in (_LINK.sub(r"\1", name).strip() for name in names) if name)
        except _Wrong as cause:
            self.problems.append(Problem("bad_field", f"{field}: {cause}, where a list is expected"))
            return None

    def published(self, options: Options) -> Published | None:
        try:
            return parse_published(self._stamp(), options.zone)
        except (BadDate, _Wrong) as cause:
            self.problems.append(Problem("bad_date", str(cause)))
            return None

    def _stamp(self) -> str:
        value = self._values.get("published")
        if isinstance(value, list | dict | bool):
            raise _Wrong(f"published: it is {_KINDS[type(value)]}, where a date is expected")
        return str(value or "")


def _listed(text: str) -> Iterable[str]:
    """'Мир, Россия', '[[Мир]], [[Россия]]' and "['Мир', 'Россия']" are two names each."""
    if _ONLY_LINKS.fullmatch(text):
        return (link[0] for link in _LINK.finditer(text))
    if _PRINTED_LIST.fullmatch(text):
        return (single or double for single, double in _PRINTED_ITEM.findall(text))
    return text.split(";" if ";" in text else ",")
