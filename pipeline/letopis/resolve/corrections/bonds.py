"""What must be one and what must be two: `same` and `not_same` over members, made consistent before anything is clustered.

Contract. Corrections are taken in the order of the file; one that contradicts those before it is not obeyed, and told. What is
`same` as a thing is kept apart from whatever that thing is kept apart from. A mark 'key/number' says which side of a `not_same` a
member is on: two marks of one key and different numbers never meet.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from letopis.resolve.corrections.lookup import Side, Warned
from letopis.resolve.corrections.places import Member
from letopis.resolve.corrections.statements import SAME, Correction

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Bond:
    """A `same` or `not_same` with the members of its sides, two at least."""

    correction: Correction
    sides: tuple[Side, ...]

    @property
    def members(self) -> frozenset[Member]:
        """Of all sides."""
        return frozenset().union(*(members for _, members in self.sides))


@dataclass(slots=True)
class Groups(Generic[Thing]):
    """Things that are one, each group with its marks: key of a `not_same` -> number of the side."""

    parent: dict[Thing, Thing] = field(default_factory=dict)
    marks: defaultdict[Thing, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def root(self, thing: Thing) -> Thing:
        """What stands for the group of a thing."""
        while (up := self.parent.get(thing, thing)) != thing:
            self.parent[thing] = self.parent.get(up, up)
            thing = up
        return thing

    def join(self, things: Iterable[Thing]) -> str | None:
        """Make them one; where a `not_same` forbids it, nothing is done and its key given."""
        roots = sorted({self.root(t) for t in things})  # type: ignore[type-var]
        together: dict[str, int] = {}
        for root in roots:
            for key, side in self.marks[root].items():
                if together.setdefault(key, side) != side:
                    return key
        self.parent.update(dict.fromkeys(roots[1:], roots[0]))
        self.marks[roots[0]] = together
        return None

    def part(self, key: str, sides: Sequence[Iterable[Thing]]) -> bool:
        """Keep the sides of a `not_same` apart; False, and nothing done, where two of them are one already."""
        roots = [{self.root(t) for t in side} for side in sides]
        if sum(map(len, roots)) > len(set().union(*roots)):
            return False
        for number, side in enumerate(roots):
            for root in side:
                self.marks[root][key] = number
        return True


def consistent(bonds: Iterable[Bond]) -> tuple[list[Bond], dict[Member, tuple[str, ...]], list[Warned]]:
    """The bonds that hold together, the marks of the members that have some, and what was told of the others."""
    groups, held, told = Groups[Member](), list[Bond](), list[Warned]()
    for bond in bonds:
        against = _enter(groups, bond, held)
        if against is None:
            held.append(bond)
        else:
            told.append(Warned(bond.correction.line, f"{bond.correction.kind}: {against}: not obeyed"))
    members = sorted(frozenset[Member]().union(*(b.members for b in held)))
    marked = ((m, tuple(f"{k}/{n}" for k, n in sorted(groups.marks[groups.root(m)].items()))) for m in members)
    return held, {m: marks for m, marks in marked if marks}, told


def _enter(groups: Groups[Member], bond: Bond, held: Sequence[Bond]) -> str | None:
    """What a bond contradicts; None where it holds, and is entered."""
    if bond.correction.kind == SAME:
        key = groups.join(bond.members)
        return None if key is None else f"contradicts line {line_of(key, held)}"
    if sum(len(members) for _, members in bond.sides) > len(bond.members):
        return "both sides are one thing of one document, which corrections cannot part"
    if groups.part(bond.correction.key, [members for _, members in bond.sides]):
        return None
    lines = sorted(b.correction.line for b in held if b.correction.kind == SAME and b.members & bond.members)
    return f"contradicts line {', '.join(map(str, lines))}"


def line_of(key: str, held: Iterable[Bond]) -> int:
    """The line of the bond with a key."""
    return next(b.correction.line for b in held if b.correction.key == key)
