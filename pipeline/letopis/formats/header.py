"""YAML front matter -> a mapping of names to values, and where the body begins.

Contract: the YAML is read as a stream of parser events (libyaml's, through CSafeLoader), never as objects: scalars stay
the strings that stand in the file, so that no date, number or `no` is turned into something else, and aliases, anchors,
tags and deep nesting are refused before they cost anything. What people write without knowing YAML is read as they mean it
(`mending`); what still can't be read raises BadHeader. It knows no field names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from letopis.formats import mending

Value: TypeAlias = str | int | float | bool | list["Value"] | dict[str, "Value"] | None
Raw: TypeAlias = Mapping[str, Value]

_DEPTH = 12                               # real headers nest 2 deep, `[[[X]]]` of wiki links in a list 4
_OPEN = re.compile(r"\s*?(?<![^\r\n])---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)")
_KEY = r"[^\W\d][\w \-]{0,40}:(?:[ \t]|[\r\n]|\Z)"
_KEY_LINE = re.compile(_KEY)
_PROSE = re.compile(rf"[ \t]*(?:\r\n|\r|\n)\s*(?!{_KEY}|#|---|\.\.\.)\S")            # an empty line, then no `name: value`
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_REFUSED = {"anchor": "anchors and aliases", "tag": "tags"}


class BadHeader(Exception):
    """Front matter that can't be read; `str()` says why to a person."""


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the body: the YAML (None where there is none), where the body begins, whether a line closes it."""

    yaml: str | None
    body: int
    closed: bool = True


def split(text: str) -> Front:
    """Find the header of an article. A first line '---' that prose follows is a rule across the page, not a header."""
    opening = _OPEN.match(text)
    if not opening or _PROSE.match(text, opening.end()):
        return Front(None, 0)
    closing = _CLOSE.search(text, opening.end())
    if closing:
        return Front(text[opening.end():closing.start()], closing.end())
    if not _KEY_LINE.match(text, opening.end()):
        return Front(None, 0)
    blank = _BLANK_LINE.search(text, opening.end())
    end = blank.end() if blank else len(text)
    return Front(text[opening.end():end], end, closed=False)


def parse(header: str) -> tuple[Raw, tuple[str, ...]]:
    """The mapping, and the names that stand in it twice (the last value counts). Raises BadHeader."""
    ready = mending.mend_values(header)
    try:
        value, twice = _build(ready)
    except yaml.YAMLError:
        value, twice = _mended(ready)
    if isinstance(value, str):                            # 'title:Заголовок' is one word to YAML
        value, twice = _mended(ready)
    if value is not None and not isinstance(value, dict):
        raise BadHeader("the header is no list of `name: value` lines")
    return value or {}, twice


def _mended(header: str) -> tuple[Value, tuple[str, ...]]:
    try:
        return _build(mending.mend_lines(header, _reads))
    except yaml.YAMLError as cause:
        raise BadHeader(f"the header is no YAML: {_reason(cause)}") from cause


def _reads(line: str) -> bool:
    """Whether YAML accepts a line that stands alone."""
    try:
        _build(line)
    except yaml.YAMLError:
        return False
    return True


def _reason(cause: yaml.YAMLError) -> str:
    """'mapping values are not allowed in this context, line 3' of the five lines that libyaml says."""
    if isinstance(cause, yaml.MarkedYAMLError) and cause.problem_mark:
        return f"{cause.problem}, line {cause.problem_mark.line + 1} of the header"
    return " ".join(str(cause).split())[:120]


def _build(header: str) -> tuple[Value, tuple[str, ...]]:
    events, twice = yaml.parse(header, Loader=yaml.CSafeLoader), list[str]()
    root = next((event for event in events if isinstance(event, yaml.NodeEvent)), None)
    value = _node(root, events, twice, 0) if root else None
    if any(isinstance(event, yaml.NodeEvent) for event in events):      # to the end: an error further down must not pass
        raise BadHeader("the header has several YAML documents")
    return value, tuple(twice)


def _node(event: yaml.Event, events: Iterator[yaml.Event], twice: list[str], depth: int) -> Value:
    _refuse(event)
    if depth > _DEPTH:
        raise BadHeader(f"the header nests more than {_DEPTH} deep")
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in _NULLS else str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return [_node(item, events, twice, depth + 1) for item in _until(yaml.SequenceEndEvent, events)]
    return _mapping(events, twice, depth)


def _mapping(events: Iterator[yaml.Event], twice: list[str], depth: int) -> Value:
    mapping: dict[str, Value] = {}
    for event in _until(yaml.MappingEndEvent, events):
        key = _node(event, events, twice, depth + 1)
        name = key if isinstance(key, str) else _flat(key)
        if name in mapping:
            twice.append(name)
        mapping[name] = _node(next(events), events, twice, depth + 1)
    return mapping


def _flat(key: Value) -> str:
    """A key that is no string: `[[X]]: y` is legal YAML."""
    return ", ".join(map(_flat, key)) if isinstance(key, list) else str(key or "")


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _refuse(event: yaml.Event) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise BadHeader("the header has YAML aliases, which are not followed")
    for attribute, name in _REFUSED.items():
        if getattr(event, attribute, None):
            raise BadHeader(f"the header has YAML {name}, which are refused")
