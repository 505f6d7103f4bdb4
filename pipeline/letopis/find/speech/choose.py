"""Which candidates of a reading are quotes: probable enough, one construction a cue, no two on the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

from letopis.find.speech.candidates import Candidate, Cue
from letopis.find.speech.phrases import Speaker
from letopis.find.speech.propose import Proposal

_AFTERWARDS = frozenset({"before", "inserted", "which", "previous"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quote: its candidate, the cue that announces it, who that cue says speaks, and how probable it is."""

    candidate: Candidate
    cue: Cue | None
    speaker: Speaker | None
    probability: float


def choose(proposals: Sequence[Proposal], probabilities: Sequence[float], least: dict[str, float]) -> list[Chosen]:
    """The quotes of a reading in order of start, longer first; `least` is the least probability by kind."""
    order = sorted(range(len(proposals)), key=lambda i: (-probabilities[i], i))
    kept: list[Chosen] = []
    spans: set[tuple[int, int]] = set()
    by_cue: dict[tuple[Cue, str], list[Candidate]] = {}
    for i in order:
        c = proposals[i].candidate
        if probabilities[i] < least[c.kind] or (c.start, c.end) in spans:
            continue
        if c.cue is not None and c.kind == "indirect":
            others = by_cue.setdefault((c.cue, c.kind), [])
            if any(o.start < c.end and c.start < o.end for o in others):
                continue
            others.append(c)
        spans.add((c.start, c.end))
        kept.append(Chosen(c, c.cue, proposals[i].speaker, probabilities[i]))
    return _announced(sorted(kept, key=lambda k: (k.candidate.start, -k.candidate.end)))


def _announced(kept: list[Chosen]) -> list[Chosen]:
    """A fragment in marks inside an indirect report has the report's cue and speaker."""
    reports = [k for k in kept if k.candidate.kind == "indirect"]
    return [_with_report(k, reports) if _is_fragment(k) else k for k in kept]


def _is_fragment(k: Chosen) -> bool:
    return k.candidate.kind == "direct" and k.candidate.pattern.endswith(("_within", "_alone", "_after"))


def _with_report(fragment: Chosen, reports: list[Chosen]) -> Chosen:
    c = fragment.candidate
    around = [
        r for r in reports if r.candidate.start <= c.start + 1 and c.end - 1 <= r.candidate.end
        and not (c.pattern.endswith("_after") and r.candidate.pattern in _AFTERWARDS)
    ]
    if not around or (c.cue is not None and c.cue.kind == "wording"):
        return fragment                            # 'с формулировкой «...»'
    report = min(around, key=lambda r: (r.candidate.end - r.candidate.start, -r.probability))
    return Chosen(c, report.cue, report.speaker, fragment.probability)
