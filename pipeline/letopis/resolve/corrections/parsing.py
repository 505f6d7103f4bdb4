"""A file of corrections -> Corrections, or everything that is wrong with it, each with its line.

Contract: the YAML is read as nodes with their marks, never as objects; aliases, anchors, tags and deep nesting are refused before
they cost anything. It opens no file and knows no document.
"""

import hashlib
from collections.abc import Iterator

import yaml

from letopis.resolve.corrections.statements import DROP, KINDS, NOT_SAME, RENAME, RETYPE, SAME, Address, Correction, Corrections
from letopis.schema.event_types import ontology
from letopis.schema.mentions import ENTITY_TYPES

LARGEST = 4 << 20                     # bytes of a file: some 20,000 corrections
_DEPTH = 8                            # a file that is right nests 4 deep
_TOLD = 20                            # errors of one file that are told
_NUMBERS = ("start", "end", "occurrence")
_KEYS = ("name", "type", "document", "field", "quote", *_NUMBERS)


class BadCorrections(ValueError):
    """A file that is no list of corrections; `str()` has a line 'file:line: what is wrong' for each error."""


class _Wrong(Exception):
    """One error at a line of the file."""

    def __init__(self, node: yaml.Node, message: str) -> None:
        super().__init__(message)
        self.line = node.start_mark.line + 1


def parse(content: bytes, file: str) -> Corrections:
    """The corrections of a file's bytes; `file` is what errors call it. Raises BadCorrections."""
    root = _root(content, file)
    items, wrong = list[Correction](), list[_Wrong]()
    for node in _list_of(root, file) if root else ():
        try:
            items.append(_correction(node))
        except _Wrong as error:
            wrong.append(error)
    if wrong:
        more = [f"{file}: and {len(wrong) - _TOLD} more errors"] if len(wrong) > _TOLD else []
        raise BadCorrections("\n".join([*(f"{file}:{e.line}: {e}" for e in wrong[:_TOLD]), *more]))
    return Corrections(tuple(items), file, hashlib.sha256(content).hexdigest())


# --- YAML ---------------------------------------------------------------------------------------------------------------

def _root(content: bytes, file: str) -> yaml.Node | None:
    if len(content) > LARGEST:
        raise BadCorrections(f"{file}: {len(content):,} bytes, more than the {LARGEST:,} that a file of corrections may have")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadCorrections(f"{file}:{line}: not UTF-8") from error
    try:
        for line, message in _refused(text):
            raise BadCorrections(f"{file}:{line}: {message}")
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise BadCorrections(f"{file}:{_place(error, text)}") from error


def _refused(text: str) -> Iterator[tuple[int, str]]:
    """Lines of what is no plain YAML: seen in the stream of events, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield line, "anchors and aliases are refused"
        if getattr(event, "tag", None):
            yield line, "tags are refused"
        if depth > _DEPTH:
            yield line, f"nests more than {_DEPTH} deep"


def _place(error: yaml.YAMLError, text: str) -> str:
    """'12: could not find expected ':''."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem_mark.line + 1}: no YAML: {error.problem or error.context}"
    position = getattr(error, "position", 0)
    return f"{text.count(chr(10), 0, position) + 1}: no YAML: {' '.join(str(getattr(error, 'reason', error)).split())[:120]}"


def _list_of(root: yaml.Node, file: str) -> list[yaml.Node]:
    if isinstance(root, yaml.ScalarNode) and not root.value:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise BadCorrections(f"{file}:{root.start_mark.line + 1}: a file of corrections is a list, each item beginning with '- '")
    return list(root.value)


# --- one correction -----------------------------------------------------------------------------------------------------

def _correction(node: yaml.Node) -> Correction:
    stated = _mapping(node, (*KINDS, "to", "why", "by"))
    kinds = [kind for kind in KINDS if kind in stated]
    if len(kinds) != 1:
        raise _Wrong(node, f"a correction has one of {', '.join(KINDS)}" + (f", not {' and '.join(kinds)}" if kinds else ""))
    kind = kinds[0]
    addresses = tuple(_addresses(stated[kind], kind))
    to, why, by = (_text(stated[name], name) if name in stated else None for name in ("to", "why", "by"))
    if (to is None) == (kind in (RENAME, RETYPE)):
        raise _Wrong(node, f"{kind} needs `to`" if to is None else f"{kind} has no `to`")
    if kind == RETYPE:
        _check_retype(stated["to"], addresses)
    return Correction(kind, addresses, to, why, by, node.start_mark.line + 1)


def _addresses(node: yaml.Node, kind: str) -> Iterator[Address]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if kind in (SAME, NOT_SAME) and len(items) < 2:
        raise _Wrong(node, f"{kind} is a list of two or more")
    if not items:
        raise _Wrong(node, f"{kind} of nothing")
    found = [_address(item) for item in items]
    if len(set(found)) < len(found):
        raise _Wrong(node, f"{kind} has an address twice")
    if kind == DROP and any(is_event_type(a.type) for a in found):
        raise _Wrong(node, "an event cannot be dropped: every mention of a happening has an event")
    if len({is_event_type(a.type) for a in found if a.type}) > 1:
        raise _Wrong(node, f"{kind} of entities and events together")
    yield from found


def _address(node: yaml.Node) -> Address:
    stated = _mapping(node, _KEYS)
    words = {name: _text(stated[name], name) for name in stated if name not in _NUMBERS}
    numbers = {name: _number(stated[name], name) for name in stated if name in _NUMBERS}
    said = stated.keys() - {"type"}
    if said not in _SHAPES:
        raise _Wrong(node, _ADDRESS)
    if "name" in stated and "type" not in stated:
        raise _Wrong(node, "a name needs its `type`")
    if "type" in stated and words["type"] not in ENTITY_TYPES and not is_event_type(words["type"]):
        raise _Wrong(stated["type"], f"no type '{words['type']}': one of {', '.join(ENTITY_TYPES)}, or a type of event")
    if words.get("field", "text") not in ("text", "title"):
        raise _Wrong(stated["field"], "`field` is text or title")
    if numbers.get("occurrence") == 0 or numbers.get("end", 1) <= numbers.get("start", 0):
        raise _Wrong(node, "`occurrence` counts from 1, `end` is behind `start`")
    return Address(**words, **numbers, line=node.start_mark.line + 1)  # type: ignore[arg-type]


_ADDRESS = "an address is `name` and `type`; `document` and `quote` (with `occurrence`); or `document`, `start` and `end`"
_SHAPES = [
    {"name"}, *({"document", "quote", *more} for more in ((), ("occurrence",), ("field",), ("occurrence", "field"))),
    {"document", "start", "end"}, {"document", "start", "end", "field"},
]


def _check_retype(to: yaml.Node, addresses: tuple[Address, ...]) -> None:
    if to.value not in ENTITY_TYPES and not is_event_type(to.value):
        raise _Wrong(to, f"no type '{to.value}': one of {', '.join(ENTITY_TYPES)}, or a type of event")
    if any(a.type and is_event_type(a.type) != is_event_type(to.value) for a in addresses):
        raise _Wrong(to, "an entity becomes no event, and an event no entity")


def is_event_type(name: str | None) -> bool:
    """Whether a type is one of the ontology of events."""
    return name is not None and name in ontology()["type"].to_pylist()


# --- nodes --------------------------------------------------------------------------------------------------------------

def _mapping(node: yaml.Node, known: tuple[str, ...]) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong(node, f"here stand `name: value` pairs, of {', '.join(known)}")
    stated: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            raise _Wrong(key, f"unknown '{key.value if isinstance(key, yaml.ScalarNode) else '?'}': known are {', '.join(known)}")
        if key.value in stated:
            raise _Wrong(key, f"'{key.value}' stands twice")
        stated[key.value] = value
    return stated


def _text(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or (not node.style and node.value in ("~", "null")):
        raise _Wrong(node, f"`{name}` is a text, and not empty")
    return str(node.value).strip()


def _number(node: yaml.Node, name: str) -> int:
    if not isinstance(node, yaml.ScalarNode) or not (node.value.isascii() and node.value.isdigit() and len(node.value) < 10):
        raise _Wrong(node, f"`{name}` is a number")
    return int(node.value)
