"""Addresses on the web, as standards take them: what a source states as its url can be anything."""

import re

_LINK = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def link(url: str | None) -> str | None:
    """The url if it is one, else None."""
    return url if url and _LINK.fullmatch(url) else None
