"""HTML pages: the article's text as trafilatura extracts it, metadata from the page's own tags.

Contract: `text_start` is null, since the text stands nowhere in the file as it is. Dates are only what the page states in a
tag made for it; none is guessed from the text. Without the extra `html` every page is a Reject that says how to install it.
"""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from letopis.formats.article import Origin, article
from letopis.formats.decoding import decode, repaired
from letopis.formats.errors import Unreadable
from letopis.formats.fields import named_value, read_metadata
from letopis.formats.header import Raw, Value
from letopis.formats.options import Options
from letopis.formats.sources import Source
from letopis.formats.streams import whole
from letopis.layers import Document, Reject

_PREFIX = re.compile(r"(?:og|article|twitter|dc|dcterms|sailthru|parsely|mediator)[:._\-]", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?(windows-1252|iso-8859-1|iso-8859-5|x-mac-cyrillic|koi8-u)\b", re.I)
_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle")
_LINKED_DATA = ("headline", "datePublished", "articleSection", "keywords", "inLanguage", "description")
_LINKED_NAMES = ("author", "publisher")


def read(source: Source, stream: io.BufferedReader, options: Options) -> Iterator[Document | Reject]:
    """The document of an HTML page. Raises Unreadable, also where trafilatura is not installed."""
    content, sha256 = whole(stream, options.limits, options.limits.html_bytes)
    text, raw = _extracted(_decoded(content))
    key = named_value(raw, options.key, options) if options.key != "path" else None
    origin = Origin(key or source.path, source.path, None, "html", sha256)
    yield from article(origin, read_metadata(raw, options), text, None, most=options.limits.text_characters)


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    try:
        return decode(content)
    except Unreadable:
        if not declared:
            raise
        return content.decode(_CODECS.get(declared[1].lower(), declared[1].decode()), "replace")


def _extracted(page: str) -> tuple[str, Raw]:
    """Text and metadata. Each line that trafilatura gives is a paragraph, so an empty line is set between them."""
    try:
        from trafilatura import extract, load_html
    except ImportError as cause:
        message = f"HTML needs trafilatura, which is not installed: pip install 'letopis[html]' ({cause})"
        raise Unreadable("no_extractor", message) from cause
    logging.getLogger("trafilatura").propagate = False            # what it has to say is said by the Reject
    tree = load_html(page)
    if tree is None:
        raise Unreadable("no_body", "it has no HTML that could be read")
    raw = _metadata(tree)
    text = extract(tree, include_comments=False, include_tables=False)
    if not text:
        raise Unreadable("no_body", "no article was found on the page")
    return "\n\n".join(line for line in repaired(text).split("\n") if line.strip()), raw


def _metadata(tree: Any) -> Raw:
    """Names and values of the page's own tags; of one name the first, and what is made for articles before the rest."""
    raw: dict[str, Value] = {}
    for name, value in (*_linked_data(tree), *_metas(tree), *_rest(tree)):
        raw.setdefault(name, value)
    tags: list[Value] = [str(tag) for tag in tree.xpath("//meta[@property='article:tag']/@content")]
    return raw | {"keywords": tags} if tags else raw


def _metas(tree: Any) -> Iterator[tuple[str, Value]]:
    for element in tree.xpath("//*[@content and (@property or @name or @itemprop)]"):
        name = element.get("property") or element.get("itemprop") or element.get("name")    # all three may be empty
        value = element.get("content")
        if name and (name != "article:author" or "://" not in value):                       # Facebook wants an address there
            yield _PREFIX.sub("", name, count=1), value


def _rest(tree: Any) -> Iterator[tuple[str, Value]]:
    for name, path in (
        ("datePublished", "//time[@itemprop='datePublished' or @pubdate]/@datetime"),
        ("url", "//link[@rel='canonical']/@href"), ("language", "/html/@lang"), ("title", "string(//h1)"),
        ("title", "string(//title)"),
    ):
        found = tree.xpath(path)
        value = " ".join(str(found if isinstance(found, str) else (found or [""])[0]).split())
        if value:
            yield name, value


def _linked_data(tree: Any) -> Iterator[tuple[str, Value]]:
    """The JSON-LD of schema.org that says it is an article."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            yield from ((name, thing[name]) for name in _LINKED_DATA if name in thing)
            yield from ((name, _names(thing[name])) for name in _LINKED_NAMES if name in thing)


def _things(found: Any) -> list[dict[str, Any]]:
    graph = found.get("@graph", [found]) if isinstance(found, dict) else found
    return [thing for thing in graph if isinstance(thing, dict) and _is_article(thing)] if isinstance(graph, list) else []


def _is_article(thing: dict[str, Any]) -> bool:
    """'@type': 'NewsArticle', or several types in a list."""
    kinds = thing.get("@type")
    return any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _names(found: Any) -> Value:
    several = found if isinstance(found, list) else [found]
    return [str(each.get("name") or "") if isinstance(each, dict) else str(each) for each in several]


_CODECS = {b"x-mac-cyrillic": "mac-cyrillic"}
