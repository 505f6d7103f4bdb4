"""Front matter as people write it -> front matter as YAML reads it. Values keep their meaning; only quotes are added.

Two passes: `mend_values` for what YAML reads without an error but otherwise than meant, on every header; `mend_lines` for
what it can't read at all, only after it has failed. Lines are looked at one by one; what spans lines is left alone.
"""

import re
from collections.abc import Callable

_KEY = r"[^\W\d][\w \-]{0,40}?[ \t]*:[ \t]+"
_QUOTED = r"\"(?:[^\"\\\r\n]|\\.|\r?\n[ \t]+)*\"(?=[ \t]*(?:[\r\n]|\Z))"                  # also over several lines
_PLAIN = rf"\S[^\r\n]*?(?:[ \t]*\r?\n[ \t]+(?![\-#]|{_KEY})\S[^\r\n]*?)*"
_BLOCK = r"[|>][+\-\d]{0,2}[ \t]*(?:\r?\n(?:[ \t]+[^\r\n]*)?)*"
_LINE = re.compile(                       # a value with what leads to it; a link that stands alone in a list over lines
    rf"(?P<lead>(?:(?<=[\r\n])|\A)[ \t]*(?:(?:-[ \t]+)*{_KEY}|(?:-[ \t]+)+|(?=\[\[)))"
    rf"(?P<value>{_BLOCK}|{_QUOTED}|{_PLAIN})(?P<end>[ \t]*)(?=[\r\n]|\Z)"
)
_LINK = r"\[\[[^\[\]\r\n]+\]\]"
_LINKS = re.compile(rf"{_LINK}(?:\s*[,;]\s*{_LINK})*")
_BARE_LINK = re.compile(rf"(?<!['\"]){_LINK}(?!['\"])")
_HASHTAG = re.compile(r"\s#\S")
_NO_SPACE = re.compile(r"(?m)^([^\W\d]\w{2,20}):(?=[^\s:/\\])")
_TABS = re.compile(r"(?m)^[ \t]*\t[ \t]*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def mend_values(header: str) -> str:
    """`[[X]]` is a wiki link and no list of a list; in `title: Школа #5` the '#5' is no comment."""
    if "[[" in header:
        header = _LINE.sub(lambda m: m["lead"] + _links(m["value"]) + m["end"], header)
    if "#" in header:
        header = _LINE.sub(lambda m: m["lead"] + _hashtag(m["value"]) + m["end"], header)
    return header


def mend_lines(header: str, reads: Callable[[str], bool]) -> str:
    """Quote each value that YAML can't read, as in `title: a: b`; tabs become spaces, `title:X` gets its space."""
    header = _UNPRINTABLE.sub(" ", header)
    header = _TABS.sub(lambda m: m[0].replace("\t", "  "), header)
    header = _NO_SPACE.sub(r"\1: ", header)
    return _LINE.sub(lambda m: m["lead"] + _readable(m["value"], reads) + m["end"], header)


def _readable(value: str, reads: Callable[[str], bool]) -> str:
    return value if reads(f"a: {value}") else _quoted(_unwrapped(value))


def _unwrapped(value: str) -> str:
    """'"Дело "Юкоса""' had its outer quotes for YAML; in '"Зенит" и "Спартак"' the first two belong to each other."""
    first, inner = value[:1], value[1:-1]
    if first not in ("'", '"') or not value.endswith(first) or len(value) < 2:
        return value
    second = inner.find(first)
    pairs_up = second > 0 and (second + 1 == len(inner) or not inner[second + 1].isalnum()) and inner[second - 1] != " "
    return value if pairs_up and first == '"' else inner


def _links(value: str) -> str:
    if value[0] != "[" or "[[" not in value:
        return value
    bare, comma = (value[:-1], ",") if value.endswith(",") else (value, "")
    if _LINKS.fullmatch(bare):
        links = [_quoted(link) for link in re.findall(_LINK, bare)]
        return (links[0] if len(links) == 1 else f"[{', '.join(links)}]") + comma
    if value.startswith("[[") and not value.startswith("[[["):
        return _quoted(value)
    return _BARE_LINK.sub(lambda m: _quoted(m[0]), value)


def _hashtag(value: str) -> str:
    return _quoted(value) if value[0] not in "'\"[{|>&*!#" and _HASHTAG.search(value) else value


def _quoted(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
