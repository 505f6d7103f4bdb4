"""The names that fields of a document have in headers and columns: synonyms, spelling slips, the user's own.

It says which name stands for which field; the values are `fields`' matter. A spelling slip is one letter added,
lost, changed or swapped with its neighbour ('titel', 'publised'); only names of five letters and more may have one.
"""

import re
from functools import lru_cache

# The first name that is there wins, so the most telling stand first. Names are compared without case, spaces, '_', '-', ':'.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "articletext", "fulltext", "articlebody", "maintext", "текст", "статья"),
    "title": ("title", "headline", "heading", "ogtitle", "заголовок", "название"),
    "published": (
        "published", "publishedat", "publicationdate", "publisheddate", "datepublished", "publishdate", "pubdate",
        "publishedtime", "publishedon", "articlepublishedtime", "date", "datetime", "timestamp", "createdat",
        "опубликовано", "датапубликации", "дата",
    ),
    "url": ("url", "link", "href", "permalink", "canonicalurl", "sourceurl", "uri", "ссылка", "адрес"),
    "archive_url": ("archiveurl", "archive", "archivelink", "webarchive", "архив"),
    "site": ("site", "domain", "website", "hostname", "сайт"),
    "publication": (
        "publication", "publisher", "sitename", "newspaper", "outlet", "media", "source", "издание", "источник", "сми",
    ),
    "description": ("description", "summary", "lead", "abstract", "annotation", "excerpt", "subtitle", "описание",
                    "аннотация", "лид"),
    "author": ("author", "authors", "byline", "creator", "автор", "авторы"),
    "sections": ("sections", "section", "rubric", "rubrics", "category", "categories", "topic", "topics", "раздел",
                 "разделы", "рубрика", "рубрики", "тема"),
    "keywords": ("keywords", "keyword", "tags", "tag", "ключевыеслова", "теги", "метки"),
    "language": ("language", "lang", "locale", "язык"),
    "id": ("id", "docid", "documentid", "articleid", "guid", "uuid", "identifier"),
}

_FORGIVEN = {                             # names that are looked for under a slip of spelling
    "title": ("title", "headline"), "published": ("published", "pubdate"), "publication": ("publication",),
    "description": ("description",), "author": ("author",), "sections": ("sections", "section"),
    "keywords": ("keywords", "keyword"), "language": ("language",),
}
_TAKEN = frozenset(name for names in NAMES.values() for name in names)
_NOISE = re.compile(r"[\W_]+")


@lru_cache(maxsize=1024)
def locate(names: tuple[str, ...], configured: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Field -> the name it has among `names`; a field that is not there is left out.

    `configured` are (field, name) pairs of the user's, which go before all synonyms. The dict is shared: don't change it.
    """
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    found = {field: name for field, name in configured if name in names}
    left = {short: name for short, name in plain.items() if name not in found.values()}
    for field, synonyms in NAMES.items():
        if field not in found and (short := next((s for s in synonyms if s in left), None)):
            found[field] = left[short]
    return found | _misspelt({s: n for s, n in left.items() if s not in _TAKEN}, found)


def _misspelt(left: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    slips = {}
    for field, rights in _FORGIVEN.items():
        if field not in found and (short := next((s for s in left for r in rights if _one_slip(s, r)), None)):
            slips[field] = left.pop(short)
    return slips


def _plain(name: str) -> str:
    """'Pub_Date' -> 'pubdate', 'og:title' -> 'ogtitle'."""
    return _NOISE.sub("", name).casefold()


def _one_slip(written: str, right: str) -> bool:
    """'titel' and 'title', 'publised' and 'published'. Short words have too many neighbours: 'text' and 'test'."""
    if len(right) < 5 or abs(len(written) - len(right)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(written, right, strict=False)) if a != b), min(len(written), len(right)))
    ours, theirs = written[same:], right[same:]
    swapped = ours[1:2] + ours[:1] + ours[2:]
    return theirs in (swapped, ours[1:]) or theirs[1:] in (ours, ours[1:])
