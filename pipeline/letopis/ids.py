"""Ids: strings that are equal on every machine and at every rerun."""

import hashlib


def digest(text: str, length: int = 16) -> str:
    """The first `length` hex digits of the text's sha256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def document_id(key: str) -> str:
    """Id of the document with this key, e.g. its path under the input root."""
    return digest(key)


def entity_id(key: str) -> str:
    """Our own id of an entity, from the smallest key of its members."""
    return "e" + digest(key)


def event_id(mention: str) -> str:
    """Id of an event, from the smallest id of its mentions."""
    return "v" + digest(mention)
