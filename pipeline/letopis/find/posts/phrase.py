"""A post as it stands: its words without the organisation's, the organisation, and the status its modifiers give.

'бывший первый заместитель председателя ОП ЕАЭС по международному сотрудничеству' is [первый заместитель председателя]
[по международному сотрудничеству] of 'ОП ЕАЭС', former.

Contract. `post_at(view, head, limit)` goes from the head to the right while words belong to it, at most to `limit`. It does not say
who holds the post.
"""

from dataclasses import dataclass

from letopis.find.posts.extent import CLOSING, DEPUTIES, Extent, read_on
from letopis.find.posts.modifiers import modifiers, status_at
from letopis.find.posts.view import View, kind_at, sentence_of

Range = tuple[int, int]

_BRANCHES = (
    "комитет", "комисси", "управлен", "департамент", "служб", "агентств", "отдел", "совет", "центр", "организаци", "министерств",
)


@dataclass(frozen=True, slots=True)
class Post:
    """Words of a post in parts, its organisation, its status; `start` and `end` are those of the whole phrase.

    `bodied`: whether its words hold a common noun for a body ('работник торговой фирмы').
    """

    head: int
    kind: str
    parts: tuple[Range, ...]
    organisation: int | None
    status: str
    start: int                        # first word of the phrase, words of status and place among them
    end: int                          # word after its last one
    bodied: bool = False


def post_at(view: View, head: int, limit: int | None = None) -> Post:
    """The post at a head."""
    start, first, before = modifiers(view, head)
    end = sentence_of(view, head)[1]
    extent = Extent(view, head, end if limit is None else min(limit, end), [[first, head + 1]], head + 1)
    read_on(extent)
    _move_field(extent)
    organisation = before if extent.organisation is None else extent.organisation
    parts = tuple((a, b) for a, b in (_trimmed(view, *part) for part in extent.parts) if b > a)
    status, end = status_at(view, head, start), max(head + 1, extent.at)
    return Post(head, kind_at(view, head), parts, organisation, status, start, end, extent.bodied)


def _move_field(extent: Extent) -> None:
    """A deputy's 'по ...' that the tagger gave to a name: 'заместитель председателя | ОП ЕАЭС | по сотрудничеству'."""
    view, owner = extent.view, extent.organisation
    if owner is None or not view.text.syntax.lemma[extent.head].lower().startswith(DEPUTIES):
        return
    first, last = view.words[owner]
    at = next((w for w in range(first + 1, last) if view.text.words.form[w].lower() == "по"), None)
    branch = view.text.syntax.lemma[first].lower().startswith(_BRANCHES) or (
        at is not None and any(view.text.syntax.lemma[w].lower().startswith(_BRANCHES) for w in range(first, at))
    )
    if at is not None and not branch and extent.parts[-1][1] <= first:
        extent.parts.append([at, last])


def _trimmed(view: View, first: int, last: int) -> Range:
    """No preposition, conjunction or adjective without its noun at the end."""
    while last > first + 1 and view.text.syntax.pos[last - 1] in ("ADP", "CCONJ", "PUNCT", "DET"):
        if view.text.words.form[last - 1] in CLOSING.values():
            break
        last -= 1
    return (first, last) if view.text.syntax.pos[first] != "ADP" or last > first + 1 else (first, first)
