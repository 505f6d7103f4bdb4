"""Elements of a page, made by ElementTree: what stands in an article becomes text or an attribute, and never mark-up.

A link leads to http, https or a file only; anything else stays words. Languages stand side by side, `lang` says which is which.
"""

from typing import Any, TypeAlias
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from letopis.journal.words import WORDS

Child: TypeAlias = "Element | str | None"
SCHEMES = {"http", "https", "file"}


def h(name: str, /, *children: Child, **attributes: str) -> Element:
    """h("p.note", "text", child, id="x"): an element with its classes; `None` children are left out."""
    tag, *classes = name.split(".")
    made = Element(tag, attributes | ({"class": " ".join(classes)} if classes else {}))
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        elif child is not None:
            _add_text(made, child)
    return made


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def t(key: str, **values: Any) -> Element:
    """A text of WORDS in both languages."""
    return pair(*(text.format(**values) for text in WORDS[key]))


def pair(russian: str, english: str) -> Element:
    """A text in both languages."""
    return h("span", h("span", russian, lang="ru"), h("span", english, lang="en"))


def link(text: str, address: str | None) -> Element:
    """A link where the address is one that may be followed, else the text alone."""
    if address and _may_be_followed(address):
        return h("a.title", text, href=address, rel="noopener noreferrer")
    return h("span.title", text)


def _may_be_followed(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in SCHEMES
    except ValueError:
        return False


def block(title: Element, *children: Child) -> Element:
    """A part of the page under a heading."""
    return h("section.block", h("div.head", h("h2", title)), *children)


def rows(name: str, lines: list[Element]) -> Element | None:
    """A list, None where it would be empty."""
    return h(f"ul.{name}", *lines) if lines else None
