"""The weights of facts (models/quotes-weights.tsv) and what they make of a candidate.

Made by training/quotes.py: log-linear models over facts and over facts joined with a pattern. A row: kind <tab> pattern ('' for
any) <tab> fact <tab> weight. Kinds: direct and indirect (is it a quote?), member (is it the speaker? its pattern is what stands
for the speaker); `threshold` and `speaker` rows are numbers by kind and by rule.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from letopis.find.speech.candidates import Candidate
from letopis.resources import model_path

INTERVIEW = 0.75                                   # of a turn of question and answer; gold has none: a reader's guess


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by kind and pattern (those of any pattern summed in), the least probability of a quote by kind, and how often
    each speaker rule is right."""

    plain: dict[str, dict[str, float]]
    joint: dict[tuple[str, str], dict[str, float]]
    threshold: dict[str, float]
    speaker: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The table, read once."""
    table = Weights({"direct": {}, "indirect": {}, "member": {}}, {}, {}, {})
    for line in model_path("quotes-weights.tsv").read_text(encoding="utf-8").split("\n"):
        if line.startswith("#") or not line:
            continue
        kind, pattern, fact, weight = line.split("\t")
        if kind in ("threshold", "speaker"):
            (table.threshold if kind == "threshold" else table.speaker)[fact] = float(weight)
        elif pattern:
            table.joint.setdefault((kind, pattern), {})[fact] = float(weight)
        else:
            table.plain[kind][fact] = float(weight)
    for (kind, _), joint in table.joint.items():
        for fact, plain in table.plain[kind].items():
            joint[fact] = joint.get(fact, 0.0) + plain
    return table


def probability(c: Candidate, facts: Sequence[str]) -> float:
    """How probable it is that a candidate is reported speech."""
    if c.pattern == "interview":
        return INTERVIEW
    return 1.0 / (1.0 + math.exp(-total(c.kind, c.pattern, facts)))


def total(kind: str, pattern: str, facts: Sequence[str]) -> float:
    """The sum of the weights of facts, by themselves and joined with a pattern."""
    table = weights()
    known = table.joint.get((kind, pattern)) or table.plain[kind]
    return known.get("bias", 0.0) + sum([known[fact] for fact in facts if fact in known])
