"""Which mentions of a document name one organisation or thing.

Contract. Equal names are one unless towns or kinds beside them differ ('московский «Спартак»' and the local one). Abbreviations
go to the name that defines them or has their initials; 'Департамент', 'Верховный суд' and the end of a longer name to the only
one of the document they can mean.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from letopis.find.naming.attached import Attached, attached_to, classes, kinds_exclude
from letopis.find.naming.bodies import BodyName, generic_level, head_of, initials, is_country, is_modifier, sort_of
from letopis.find.naming.scene import Scene, name_of


@dataclass(slots=True)
class Body:
    """One organisation or thing of a document as it grows."""

    sort: str
    names: list[BodyName]
    seats: set[str]
    kinds: set[str]
    mentions: list[int] = field(default_factory=list)
    initials: set[str] = field(default_factory=set)


def same_bodies(scene: Scene, bodies: Sequence[int], joined: Iterable[tuple[int, int]]) -> dict[int, int]:
    """[mention] the first mention of the thing it names; `joined`: pairs that a statement makes one."""
    found: list[Body] = []
    stated = _statements(joined)
    for i in bodies:
        body = _described(scene, i)
        home = next((b for b in found if stated.get(i) in b.mentions), None) or _home(found, body)
        if home is None:
            found.append(body)
        else:
            _add(home, body)
    return {i: first for body in _settled(found) for first in [min(body.mentions)] for i in body.mentions}


def described_place(scene: Scene, name: BodyName, near: Attached) -> BodyName:
    """A body of every country takes the place beside it into its name: 'британский МИД' is 'МИД Великобритании'."""
    level = generic_level(name.core)
    seats = frozenset(s for s in near.seats if level == "local" or is_country(s))
    if level and not name.places and seats:
        return BodyName(name.core, name.kinds, seats, name.quoted, name.short)
    return name


def _described(scene: Scene, mention: int) -> Body:
    near = attached_to(scene, mention)
    name = described_place(scene, name_of(scene, mention), near)
    kind = scene.mentions[mention].type
    letters = initials(scene.text.words.form[slice(*scene.words[mention])])
    return Body(sort_of(kind, [name]), [name], set(near.seats), set(near.kinds | classes(name.kinds)), [mention], {letters})


def _statements(joined: Iterable[tuple[int, int]]) -> dict[int, int]:
    return {b: a for a, b in joined}


def _add(home: Body, body: Body) -> None:
    home.names += [n for n in body.names if n not in home.names]
    home.seats |= body.seats
    home.kinds |= body.kinds
    home.mentions += body.mentions
    home.initials |= body.initials


def _home(found: Sequence[Body], body: Body) -> Body | None:
    """The thing a mention names again, the last named of several; the first rule that knows one decides."""
    for rule in RULES:
        fitting = [b for b in found if b.sort == body.sort and rule(b, body.names[0]) and not _conflict(b, body)]
        if fitting and (rule is _equal or len(fitting) == 1):
            return max(fitting, key=lambda b: max(b.mentions))
    return None


def _conflict(a: Body, b: Body) -> bool:
    """Towns or kinds that exclude each other."""
    return kinds_exclude(a.kinds, b.kinds) or bool(a.seats and b.seats and not a.seats & b.seats)


def _equal(body: Body, name: BodyName) -> bool:
    return any(n.key == name.key for n in body.names)


def _placeless(body: Body, name: BodyName) -> bool:
    """'Верховный суд' after 'Верховный суд США'."""
    return not name.places and any(n.core == name.core for n in body.names)


def _abbreviated(body: Body, name: BodyName) -> bool:
    """'ЦСР' after 'Центр стратегических разработок'."""
    return len(name.short) > 2 and name.short in body.initials


def _headed(body: Body, name: BodyName) -> bool:
    """'Департамент' after 'Департамент культуры Москвы'."""
    if len(name.core) > 1 or name.places or generic_level(name.core) != "local":
        return False
    return any(head_of(n.core) == name.core[0] and len(n.key) > len(name.key) for n in body.names)


def _ended(body: Body, name: BodyName) -> bool:
    """'Народный фронт' after 'Общероссийский народный фронт', but not 'краевой суд' after 'пресс-служба краевого суда'."""
    size = len(name.core)
    longer = (n.core for n in body.names if len(n.core) > size and n.core[-size:] == name.core)
    return size > 1 and not name.places and any(all(map(is_modifier, core[:-size])) for core in longer)


RULES: tuple[Callable[[Body, BodyName], bool], ...] = (_equal, _placeless, _abbreviated, _headed, _ended)


def _settled(found: Sequence[Body]) -> list[Body]:
    """Short names that stand before the full one (in a title) go to it, too."""
    kept: list[Body] = []
    for number, body in enumerate(found):
        later = found[number + 1:]
        home = _home(later, body) if len(body.names) == 1 and not _equal_any(later, body) else None
        if home is None:
            kept.append(body)
        else:
            _add(home, body)
    return kept


def _equal_any(later: Sequence[Body], body: Body) -> bool:
    return any(_equal(b, body.names[0]) for b in later)
