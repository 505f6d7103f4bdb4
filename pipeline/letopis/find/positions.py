"""Positions, first version: a post that stands before a name or in apposition to it.

'министр Правительства Москвы, руководитель Департамента ... (ДВМС) Сергей Черёмин' gives two rows. The organisation is the
first organisation or place the post governs; 'бывший', 'экс-' make it former, 'исполняющий обязанности', 'врио' acting.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from letopis.find.clauses import Text, by_sentence, feature, span_of, words_of
from letopis.find.lexicons import table
from letopis.find.lexicons import words as word_list
from letopis.layers import Mention, Position
from letopis.text.normal import normal_forms_of_parts

VERSION = "1"
METHOD = "position_apposition_1"
SCORE = 0.88                          # precision on the 40 development documents of data/annotations/positions.jsonl
_STATUS = {
    "бывший": "former", "экс": "former", "экс-глава": "former", "прежний": "former", "врио": "acting", "исполнять": "acting",
    "исполняющий": "acting", "будущий": "future", "избранный": "future",
}
_OWNERS = {"ORGANIZATION", "COUNTRY", "STATE_OR_PROVINCE", "CITY", "DISTRICT", "FACILITY"}
_BREAKS = {"VERB", "SCONJ", "PRON"}


@dataclass(frozen=True, slots=True)
class _Post:
    """A post as it stands: its words [first, last), and those of its complement that follow the organisation."""

    parts: tuple[tuple[int, int], ...]
    organisation: int | None
    status: str


def find_positions(text: Text, mentions: tuple[Mention, ...]) -> tuple[Position, ...]:
    """The positions of a batch, in order."""
    rows: list[tuple[int, _Post]] = []
    for group in by_sentence([m.span for m in mentions], len(text.sentences.role)):
        outer = [i for i in group if mentions[i].type in _OWNERS]
        previous = -1
        for person in (i for i in group if mentions[i].type == "PERSON"):
            end = words_of(text, mentions[person].span)[0]
            start = max(_reach(text, end), previous)
            rows += [(person, post) for post in _posts(text, mentions, outer, start, end)]
            previous = words_of(text, mentions[person].span)[1]
    parts = [[span_of(text, a, b) for a, b in post.parts] for _, post in rows]
    normals = normal_forms_of_parts(text.readings, text.words, text.syntax, parts, [""] * len(parts))
    return tuple(
        Position(person, post.organisation, _lowered(normal), post.status, spans[0], SCORE, METHOD)
        for (person, post), spans, normal in zip(rows, parts, normals, strict=True)
    )


def _lowered(normal: str) -> str:
    """'Премьер-министр' at the start of a sentence is 'премьер-министр'; 'ВРИО' stays."""
    return normal if normal[:2].isupper() else normal[:1].lower() + normal[1:]


def _reach(text: Text, end: int) -> int:
    """How far back from a name its posts may begin: to the last verb or conjunction, at most 25 words."""
    first = int(text.words.first[text.words.sentence[end]])
    for word in range(end - 1, max(first, end - 25) - 1, -1):
        if text.syntax.pos[word] in _BREAKS or text.words.form[word] in (";", ":", "—", "–"):
            return word + 1
    return max(first, end - 25)


def _posts(text: Text, mentions: tuple[Mention, ...], owners: list[int], start: int, end: int) -> Iterator[_Post]:
    """Posts between two borders; each goes on to the next post's comma or to the name."""
    known = word_list("professions")
    heads = [w for w in range(start, end) if text.syntax.lemma[w] in known and text.syntax.pos[w] == "NOUN"]
    heads = [w for w in heads if not _is_complement(text, w, heads)]
    for head, until in pairwise([*heads, end]):
        at = {words_of(text, mentions[i].span)[0]: i for i in reversed(owners)}      # the outermost where several begin
        first = _with_adjectives(text, head, start, at)
        after = next((i for word, i in sorted(at.items()) if head < word < until), None)
        organisation = at.get(first - 1) if after is None else after
        a, b = (until, until) if after is None else words_of(text, mentions[after].span)
        parts = ((first, _before_comma(text, head, a)), *_complement(text, b, until))
        if (until == end or _ends_with_comma(text, until)) and _is_post(text, head, after) and _agrees(text, head, end):
            yield _Post(parts, organisation, _status(text, head, start))


def _is_post(text: Text, head: int, organisation: int | None) -> bool:
    """A calling is a post only with its employer: 'врач больницы', never 'американский актёр'."""
    return organisation is not None or text.syntax.lemma[head].lower() in _posts_alone()


@lru_cache(maxsize=1)
def _posts_alone() -> frozenset[str]:
    return frozenset(row["lemma"] for row in table("professions") if row["kind"] == "post")


def _agrees(text: Text, head: int, name: int) -> bool:
    """'Представитель Пугачёвой' is not she: a holder has the case of the post."""
    cases = {feature(text, word, "Case") for word in (head, name)} - {""}
    return len(cases) < 2


def _with_adjectives(text: Text, head: int, start: int, owners: Container[int]) -> int:
    """'постоянный представитель', but neither the 'бывший' that is its status nor the 'британский' that says where."""
    first = head
    while first > start and text.syntax.deprel[first - 1] == "amod":
        if text.syntax.lemma[first - 1] in _STATUS or first - 1 in owners:
            break
        first -= 1
    return first


def _complement(text: Text, start: int, until: int) -> tuple[tuple[int, int], ...]:
    """'заместитель председателя ОП ЕАЭС [по международному сотрудничеству]'."""
    if start < until and text.words.form[start].lower() == "по":
        return ((start, _before_comma(text, start, until)),)
    return ()


def _is_complement(text: Text, word: int, heads: list[int]) -> bool:
    """'заместитель министра': the second post is only the first one's complement."""
    governed = any(w == word - 1 or (w < word and int(text.syntax.head[word]) == w) for w in heads)
    return governed and not _ends_with_comma(text, word)


def _ends_with_comma(text: Text, word: int) -> bool:
    return word > 0 and text.words.form[word - 1] in (",", "и")


def _before_comma(text: Text, head: int, last: int) -> int:
    for word in range(head + 1, last):
        if text.syntax.pos[word] == "PUNCT":
            return word
    while last > head + 1 and text.syntax.pos[last - 1] in ("CCONJ", "ADP", "ADJ"):      # 'начальник [областного] УМВД'
        last -= 1
    return last


def _status(text: Text, head: int, start: int) -> str:
    for word in range(max(start, head - 3), head):
        status = _STATUS.get(text.syntax.lemma[word])
        if status:
            return status
    return "former" if text.syntax.lemma[head].startswith("экс-") else "current"
