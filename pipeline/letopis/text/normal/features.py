"""What is known about a piece of a span, as short strings; the model has a weight for each with an edit, or for each alone.

`own` depend on the piece and its tag (so they can be summed once a form), `around` on the span it stands in, and
`of_backings`, `of_evidence`, `of_pair` on the edit too. Strings are names of weights: a change here asks for a new training.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from letopis.text.normal.backing import Backing, backings
from letopis.text.normal.evidence import Evidence
from letopis.text.normal.phrase import Phrase, Tag
from letopis.text.normal.pieces import KEEP, Edit, Piece
from letopis.text.normal.weights import COMMON

_OWN_NAMES = frozenset({
    "", "PERSON", "ORGANIZATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY",
})
LONGEST_SUFFIX = 5
MOST_SEEN = 3
NAMES = frozenset("CM")     # shapes of pieces that the document's other forms speak for
LONGEST_WAY = 3             # relations up to the anchor
FAR = 3                     # words from an edge of the span from where on it makes no difference


@dataclass(frozen=True, slots=True)
class State:
    """What a decided piece looks like to the next one."""

    changed: str            # c or k
    last: str               # its last two letters
    targets: str            # genders its nominative may have, by the dictionary


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the dictionary has for all edits of a form together."""

    known: str              # as in `standing_of`
    sorts: str              # of names: S, N, P, G, O


@lru_cache(maxsize=200_000)
def state_of(low: str, edit: Edit) -> State:
    """The state that an edit of a folded piece leaves."""
    normal = low[:len(low) - len(edit[0])] + edit[1]
    targets = {b.target for b in backings(low).get(edit, ()) if b.target}
    return State("k" if edit == KEEP else "c", normal[-2:], "".join(sorted(targets)) or "-")


def is_common(type_: str) -> bool:
    """Whether spans of a type are phrases more often than names ('поляки', 'премьер-министр', 'супруги Ивановы')."""
    return type_ not in _OWN_NAMES


def named(names: list[str], *, common: bool) -> list[str]:
    """The features of a span, with their second names in a common phrase."""
    return names + [COMMON + name for name in names] if common else names


def own(low: str, shape: str, tag: Tag) -> list[str]:
    """Of a piece by itself: its letters, its tag."""
    suffixes = [f"{n}{low[-n:]}" for n in range(1, LONGEST_SUFFIX + 1)]
    return ["b", f"w{low}", *suffixes, f"t{tag.key}", f"u{tag.case}{low[-3:]}", f"s{shape}", f"S{shape}{low[-2:]}"]


def of_backings(mine: tuple[Backing, ...], outlook: Outlook, shape: str, tag: Tag) -> list[str]:
    """Of the parses behind an edit: what they are, whether the tagger saw the same, what stands behind other edits."""
    names: dict[str, None] = {}
    for b in mine:
        fits = _fit(b.case, tag.case) + _fit(b.number, tag.number) + _fit(b.gender, tag.gender)
        names |= dict.fromkeys((f"T{b.kind}", f"C{b.kind}{fits}", f"H{b.kind}{shape}"))
    standing = standing_of(mine, outlook)
    return [*names, f"X{standing}{shape}", f"Y{outlook.sorts}>{_sorts(mine)}{standing}{shape}"]


def outlook_of(backed: Mapping[Edit, tuple[Backing, ...]]) -> Outlook:
    """The outlook of a form's edits."""
    everyone = [b for behind in backed.values() for b in behind]
    return Outlook(_is_known(everyone), _sorts(everyone))


def standing_of(mine: tuple[Backing, ...], outlook: Outlook) -> str:
    """How well the dictionary knows a form, and one edit of it; 2: a word it has, 1: a guess, 0: nothing."""
    return outlook.known + _is_known(mine)


def _is_known(backed: Iterable[Backing]) -> str:
    return max((str(1 + b.known) for b in backed), default="0")


def _sorts(backed: Iterable[Backing]) -> str:
    return "".join(sorted({b.name for b in backed if b.name}))


def _fit(mine: str, seen: str) -> str:
    return "?" if not mine or seen == "-" else "=" if mine == seen else "!"


def around(phrase: Phrase, place: int) -> list[str]:
    """Of the span around a piece: its place in the tree and the span, the tags and endings of its neighbours."""
    piece, owner = phrase.pieces[place], phrase.owner[place]
    word, tag = phrase.words[owner], phrase.tags[owner]
    anchor = phrase.columns.tag(phrase.anchor)
    two = piece.low[-2:]
    side = "h" if word == phrase.anchor else "b" if word < phrase.anchor else "a"
    relation = phrase.columns.deprel[word] + _direction(phrase, word)
    way = _way(phrase, word)
    from_left, from_right = min(owner, FAR), min(len(phrase.words) - owner, FAR)
    found = [
        f"d{relation}", f"D{relation}{tag.case}", f"g{way}", f"G{way}{tag.case}{anchor.case}",
        f"p{side}{tag.pos}{tag.case}{anchor.pos}{anchor.case}",
        f"n{from_left}{from_right}", f"q{phrase.quotes[place]}{from_left > 0}{side}",
        f"o{len(phrase.pieces) == 1}{tag.pos}{piece.shape}", _left(phrase, place, tag, two), *_right(phrase, place, tag, two),
    ]
    if piece.part:
        found += [f"h{piece.part}", f"i{piece.part}{two}"]
    if phrase.parts > 1:
        found += [f"m{anchor.number}{side}", f"M{two}"]
    return found


def _direction(phrase: Phrase, word: int) -> str:
    head = phrase.columns.head[word]
    return "o" if head not in phrase.words else "l" if head < word else "r"


def _way(phrase: Phrase, word: int) -> str:
    """Relations from a word up to the anchor: 'amod>conj'; '^' where the way leaves the span."""
    relations: list[str] = []
    while word != phrase.anchor and len(relations) < LONGEST_WAY:
        if word not in phrase.words:
            return ">".join([*relations, "^"])
        relations.append(phrase.columns.deprel[word])
        word = phrase.columns.head[word]
    return ">".join(relations)


def _left(phrase: Phrase, place: int, tag: Tag, two: str) -> str:
    if place == 0:
        return f"x{phrase.outside()}"
    left = phrase.tags[phrase.owner[place - 1]]
    return f"l{left.key}{tag.case}{two}"


def _right(phrase: Phrase, place: int, tag: Tag, two: str) -> tuple[str, ...]:
    if place + 1 == len(phrase.pieces):
        return ()
    right = phrase.tags[phrase.owner[place + 1]]
    return f"r{right.key}{tag.case}{two}", f"R{right.pos}{right.case}{phrase.pieces[place + 1].low[-2:]}"


def endings_of(piece: Piece, evidence: Evidence) -> Iterator[str]:
    """Of the document: the endings that the name is seen with."""
    return (f"z{ending}" for ending in evidence.endings.get(piece.stem, ()))


def of_evidence(piece: Piece, edit: Edit, evidence: Evidence, standing: str) -> list[str]:
    """Of the document and an edit: how often the form it makes is seen, and the form itself, with its standing."""
    seen = min(evidence.forms.get(piece.low, 0), MOST_SEEN)
    if edit == KEEP:
        return [f"K{seen}", f"L{seen}{standing}"]
    made = evidence.forms.get(piece.low[:len(piece.low) - len(edit[0])] + edit[1], 0)
    return [f"N{min(made, 2)}{min(seen, 2)}", f"O{min(made, 2)}{min(seen, 2)}{standing}"]


def after(left: State) -> str:
    """Of the piece before."""
    return f"v{left.changed}{left.last}"


def of_pair(left: State, mine: State) -> list[str]:
    """Of the piece before and an edit of this one: endings and genders that stand side by side."""
    return [
        f"V{left.changed}{left.last}{mine.changed}{mine.last}",
        f"W{left.changed}{left.targets}{mine.changed}{mine.targets}",
    ]
