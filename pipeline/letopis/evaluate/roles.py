"""Roles of events against gold: who, where and when of wide events, and NEREL's links between events and what plays a part in them.

Conventions. Wide events: gold's triggers are found one to one where they overlap; a role is right where it shares at least half of
the union with one of gold's of the same event and name, one to one. Parts of missed events count as missed, those of events that
gold has not as wrong; causes and wholes, which gold does not mark, are left out. Merged: agent, participant, patient, organizer
and beneficiary are one role. NEREL: both spans exact, in its order, and the relation; `near` leaves out gold between spans more
than one sentence apart. Baseline: `syntax_roles`.
"""

import json
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np

from letopis.evaluate import gold, syntax_roles
from letopis.evaluate.spans import Counts, Score, match, score
from letopis.evaluate.tagged import analyse, original
from letopis.layers import Analysis, Role, Span

SHARED = 0.5
WHO = frozenset(("agent", "participant", "patient", "organizer", "beneficiary"))
UNMARKED = frozenset(("cause", "subevent_of"))
NEREL_ROLES = frozenset((
    "PARTICIPANT_IN", "AGENT", "TAKES_PLACE_IN", "POINT_IN_TIME", "ORGANIZES", "START_TIME", "END_TIME", "SUBEVENT_OF", "HAS_CAUSE",
    "INANIMATE_INVOLVED",
))


class Part(NamedTuple):
    """A participant: its role and span."""

    role: str
    start: int
    end: int


Parts: TypeAlias = tuple[list[Part], list[Part]]
"""Gold's and ours of one event; one of them empty where the other has no such event."""
Link: TypeAlias = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A text with its events and the parts of each."""

    file: str
    id: str
    text: str
    triggers: tuple[tuple[int, int], ...]
    parts: tuple[tuple[Part, ...], ...]


def read(path: Path) -> list[Told]:
    """The exhaustive event gold, a folder of events_*.jsonl."""
    found = []
    for file in sorted(path.glob("events_*.jsonl")):
        rows = map(json.loads, gold.lines(file))
        for text, row in zip(gold.read_events(file), rows, strict=True):
            events = [[Part(a["role"], a["start"], a["end"]) for a in e["args"]] for e in row["events"]]
            ends = tuple((t.start, t.end) for t in text.triggers or ())
            found.append(Told(text.corpus, text.id, text.text, ends, tuple(tuple(sorted(set(own))) for own in events)))
    return found


def parts(told: Told, a: Analysis, roles: Iterable[Role]) -> list[Parts]:
    """Of each event of gold or ours the parts of both."""
    spans = [_original(a, e.span) for e in a.events]
    ours: dict[int, set[Part]] = {}
    for r in roles:
        if r.role not in UNMARKED:
            ours.setdefault(r.event, set()).add(Part(r.role, *_original(a, r.span)))
    event = dict(match([(*t, "") for t in told.triggers], [(*s, "") for s in spans]))
    both = [(list(own), sorted(ours.pop(event.get(i, -1), ()))) for i, own in enumerate(told.parts)]
    return both + [([], sorted(own)) for own in ours.values()]


def counts(documents: Sequence[Sequence[Parts]], *, merged: bool = False, role: str | None = None) -> Counts:
    """[document, (right, found, gold)] roles, of one alone where it is given."""
    rows = [np.sum([_of_event(own, merged, role) for own in events] or [(0, 0, 0)], axis=0) for events in documents]
    return np.array(rows, np.int64).reshape(-1, 3)


def figures(path: Path, model: str, kept: Container[str]) -> dict[str, Score]:
    """Roles fine and merged, each of it beside the baseline, and each role, in the documents of these numbers."""
    told = [t for t in read(path) if t.id in kept]
    analyses = [analyse(t.text, model) for t in told]
    each = list(zip(told, analyses, strict=True))
    ours, baseline = [parts(t, a, a.roles) for t, a in each], [parts(t, a, syntax_roles.find_roles(a)) for t, a in each]
    names = sorted({p.role for t in told for own in t.parts for p in own})
    return {
        "roles": score(counts(ours)), "roles: syntax alone": score(counts(baseline)),
        "roles, who merged": score(counts(ours, merged=True)),
        "roles, who merged: syntax alone": score(counts(baseline, merged=True)),
        **{f"role {name}": score(counts(ours, role=name)) for name in names},
    }


def nerel_counts(folder: Path, model: str, *, near: bool = False) -> Counts:
    """[document, (right, found, gold)] NEREL's roles in a folder of its files, by the rows of `relations`."""
    rows = []
    for path in sorted(folder.glob("*.txt")):
        a = analyse(gold.read(path), model)
        starts = [_original(a, s)[0] for s in _sentences(a)]
        right = {
            link for link in read_links(path.with_suffix(".ann"))
            if not near or abs(bisect_right(starts, link[0]) - bisect_right(starts, link[2])) <= 1
        }
        ours = {
            (*_original(a, a.mentions[r.subject].span), *_original(a, a.mentions[r.object].span), r.relation)
            for r in a.relations if r.relation in NEREL_ROLES
        }
        rows.append((len(right & ours), len(ours), len(right)))
    return np.array(rows, np.int64).reshape(-1, 3)


def read_links(path: Path) -> set[Link]:
    """The roles of a BRAT file."""
    spans: dict[str, tuple[int, int]] = {}
    rows = [line.lstrip("\ufeff").split("\t") for line in gold.lines(path)]
    for row in (r for r in rows if r[0].startswith("T")):
        _, *offsets = row[1].replace(";", " ").split()
        spans[row[0]] = min(map(int, offsets)), max(map(int, offsets))
    links = [row[1].split() for row in rows if row[0].startswith("R")]
    return {
        (*spans[one.partition(":")[2]], *spans[two.partition(":")[2]], name) for name, one, two in links if name in NEREL_ROLES
    }


def _sentences(a: Analysis) -> list[Span]:
    columns = zip(a.sentences.reading.tolist(), a.sentences.start.tolist(), a.sentences.end.tolist(), strict=True)
    return [Span(reading, i, start, end) for i, (reading, start, end) in enumerate(columns)]


def _original(a: Analysis, span: Span) -> tuple[int, int]:
    return original(a.readings, span.reading, span.start, span.end)


def _of_event(both: Parts, merged: bool, role: str | None) -> tuple[int, int, int]:
    right, ours = (sorted({_merged(p) if merged else p for p in own}) for own in both)
    pairs = _pairs(right, ours)
    if role is not None:
        pairs = [(g, f) for g, f in pairs if right[g].role == role]
        right, ours = ([p for p in own if p.role == role] for own in (right, ours))
    return len(pairs), len(ours), len(right)


def _merged(part: Part) -> Part:
    return part._replace(role="who") if part.role in WHO else part


def _pairs(right: Sequence[Part], ours: Sequence[Part]) -> list[tuple[int, int]]:
    """One to one, the larger share first."""
    options = sorted((-_share(g, f), i, j) for i, g in enumerate(right) for j, f in enumerate(ours) if g.role == f.role)
    taken: dict[int, int] = {}
    for share, i, j in options:
        if -share >= SHARED and i not in taken and j not in taken.values():
            taken[i] = j
    return sorted(taken.items())


def _share(one: Part, other: Part) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))
