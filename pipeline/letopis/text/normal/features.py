"""What is known about a piece of a span, as short strings; the model has a weight for each with an edit, or for each alone.

`own` depend on the piece and its tag (so they can be summed once a form), `around` on the span it stands in (and `of_setting` on
so little of it that they can be summed once a setting), `of_backings`, `of_evidence`, `of_pair` on the edit too. Strings are names
of weights: a change here asks for a new training.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from letopis.text.normal.backing import Backing, backings
from letopis.text.normal.evidence import Evidence
from letopis.text.normal.phrase import Phrase, Tag
from letopis.text.normal.pieces import KEEP, Edit, Piece

_OWN_NAMES = frozenset({
    "", "PERSON", "ORGANIZATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY",
})
LONGEST_SUFFIX = 5
MOST_SEEN = 3
MOST_MADE = 2
KEPT = -1
NAMES = frozenset("CM")     # shapes of pieces that the document's other forms speak for
LONGEST_WAY = 3             # relations up to the anchor
FAR = 3                     # words from an edge of the span from where on it makes no difference


class State(NamedTuple):
    """What a decided piece looks like to the next one."""

    changed: str            # c or k
    last: str               # its last two letters
    targets: str            # genders its nominative may have, by the dictionary


class Outlook(NamedTuple):
    """What the dictionary has for all edits of a form together."""

    known: str              # as in `standing_of`
    sorts: str              # of names: S, N, P, G, O


@lru_cache(maxsize=50_000)
def state_of(low: str, edit: Edit) -> State:
    """The state that an edit of a folded piece leaves."""
    normal = low[:len(low) - len(edit[0])] + edit[1]
    targets = {b.target for b in backings(low).get(edit, ()) if b.target}
    return State("k" if edit == KEEP else "c", normal[-2:], "".join(sorted(targets)) or "-")


def is_common(type_: str) -> bool:
    """Whether spans of a type are phrases more often than names ('поляки', 'премьер-министр', 'супруги Ивановы')."""
    return type_ not in _OWN_NAMES


def own(low: str, shape: str, tag: Tag) -> list[str]:
    """Of a piece by itself: its letters, its tag."""
    suffixes = [f"{n}{low[-n:]}" for n in range(1, LONGEST_SUFFIX + 1)]
    return ["b", f"w{low}", *suffixes, f"t{tag.key}", f"u{tag.case}{low[-3:]}", f"s{shape}", f"S{shape}{low[-2:]}"]


def of_backings(mine: tuple[Backing, ...], outlook: Outlook, shape: str, tag: Tag) -> list[str]:
    """Of the parses behind an edit: what they are, whether the tagger saw the same, what stands behind other edits."""
    names: dict[str, None] = {}
    for b in mine:
        fits = _fit(b.case, tag.case) + _fit(b.number, tag.number) + _fit(b.gender, tag.gender)
        names[f"T{b.kind}"] = names[f"C{b.kind}{fits}"] = names[f"H{b.kind}{shape}"] = None
    standing = standing_of(mine, outlook)
    return [*names, f"X{standing}{shape}", f"Y{outlook.sorts}>{_sorts(mine)}{standing}{shape}"]


def outlook_of(backed: Mapping[Edit, tuple[Backing, ...]]) -> Outlook:
    """The outlook of a form's edits."""
    everyone = [b for behind in backed.values() for b in behind]
    return Outlook(_is_known(everyone), _sorts(everyone))


def standing_of(mine: tuple[Backing, ...], outlook: Outlook) -> str:
    """How well the dictionary knows a form, and one edit of it; 2: a word it has, 1: a guess, 0: nothing."""
    return outlook.known + _is_known(mine)


def _is_known(backed: Sequence[Backing]) -> str:
    return "0" if not backed else "2" if any(b.known for b in backed) else "1"


def _sorts(backed: Iterable[Backing]) -> str:
    return "".join(sorted({b.name for b in backed if b.name}))


def _fit(mine: str, seen: str) -> str:
    return "?" if not mine or seen == "-" else "=" if mine == seen else "!"


class Setting(NamedTuple):
    """Where a piece stands: in the tree and in the span, apart from its letters and its neighbours."""

    relation: str           # to its head, and whether that is outside (o), to the left (l) or to the right (r)
    way: str                # relations from its word up to the anchor
    pos: str
    case: str
    anchor_pos: str
    anchor_case: str
    side: str               # of the anchor: h itself, b before, a after
    edges: str              # words to both edges of the span
    quotes: str             # opened before it, and whether its word is not the first
    shape: str              # whether it is the only piece, part of speech, shape


def around(phrase: Phrase, place: int) -> list[str]:
    """Of the span around a piece: its place in the tree and the span, the tags and endings of its neighbours."""
    return [*of_setting(setting_of(phrase, place)), *beside(phrase, place)]


def setting_of(phrase: Phrase, place: int) -> Setting:
    """The setting of a piece."""
    owner = phrase.owner[place]
    word, tag, anchor = phrase.words[owner], phrase.tags[owner], phrase.columns.tag(phrase.anchor)
    from_left, from_right = min(owner, FAR), min(len(phrase.words) - owner, FAR)
    return Setting(
        phrase.columns.deprel[word] + _direction(phrase, word), _way(phrase, word), tag.pos, tag.case, anchor.pos, anchor.case,
        _side(phrase, word), f"{from_left}{from_right}", f"{phrase.quotes[place]}{from_left > 0}",
        f"{len(phrase.pieces) == 1}{tag.pos}{phrase.pieces[place].shape}",
    )


def of_setting(s: Setting) -> list[str]:
    """Of where a piece stands."""
    return [
        f"d{s.relation}", f"D{s.relation}{s.case}", f"g{s.way}", f"G{s.way}{s.case}{s.anchor_case}",
        f"p{s.side}{s.pos}{s.case}{s.anchor_pos}{s.anchor_case}", f"n{s.edges}", f"q{s.quotes}{s.side}", f"o{s.shape}",
    ]


def beside(phrase: Phrase, place: int) -> list[str]:
    """Of the neighbours of a piece, of the other pieces of its word, of the other parts of its span."""
    piece, owner = phrase.pieces[place], phrase.owner[place]
    two = piece.low[-2:]
    found = [_left(phrase, place, phrase.tags[owner], two), *_right(phrase, place, phrase.tags[owner], two)]
    if piece.part:
        found += [f"h{piece.part}", f"i{piece.part}{two}"]
    if phrase.parts > 1:
        found += [f"m{phrase.columns.tag(phrase.anchor).number}{_side(phrase, phrase.words[owner])}", f"M{two}"]
    return found


def _side(phrase: Phrase, word: int) -> str:
    return "h" if word == phrase.anchor else "b" if word < phrase.anchor else "a"


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
    return of_counts(made_by(piece, edit, evidence), seen_of(piece, evidence), standing)


def seen_of(piece: Piece, evidence: Evidence) -> int:
    """How often the document has the form, as far as that is told apart."""
    return min(evidence.forms.get(piece.low, 0), MOST_SEEN)


def made_by(piece: Piece, edit: Edit, evidence: Evidence) -> int:
    """How often it has what an edit makes of it, as far as that is told apart; KEPT of no edit."""
    if edit == KEEP:
        return KEPT
    return min(evidence.forms.get(piece.low[:len(piece.low) - len(edit[0])] + edit[1], 0), MOST_MADE)


def of_counts(made: int, seen: int, standing: str) -> list[str]:
    """The names of both counts."""
    if made == KEPT:
        return [f"K{seen}", f"L{seen}{standing}"]
    return [f"N{made}{min(seen, MOST_MADE)}", f"O{made}{min(seen, MOST_MADE)}{standing}"]


def after(left: State) -> str:
    """Of the piece before."""
    return f"v{left.changed}{left.last}"


def of_pair(left: State, mine: State) -> list[str]:
    """Of the piece before and an edit of this one: endings and genders that stand side by side."""
    return [
        f"V{left.changed}{left.last}{mine.changed}{mine.last}",
        f"W{left.changed}{left.targets}{mine.changed}{mine.targets}",
    ]
