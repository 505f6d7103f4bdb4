"""The part of the quotes' weights that says who speaks: a conditional log-linear model over the members of a document.

One case is a found quote whose speaker is not named next to it and is known to gold; its rows are the phrase as it is and
every member that `speech.ranking` looks at, with their facts. A member is right where its name means gold's; the phrase is,
where none does. Cases are gathered with the weights of the round before, since who has spoken before is a fact too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer

from letopis.evaluate.quotes import Said, match, same_speaker, speakers_of
from letopis.find.quotes import in_order, scene_of, speaker_of
from letopis.find.speech.antecedents import named
from letopis.find.speech.choose import Chosen
from letopis.find.speech.propose import Index
from letopis.find.speech.ranking import members, sort_of, speaks_for_itself
from letopis.find.speech.ranks import member_facts, phrase_facts, question_of
from letopis.find.speech.scene import Scene
from letopis.find.speech.view import View

LEAST, PENALTY, STEPS = 3, 10.0, 300


@dataclass(frozen=True, slots=True)
class Case:
    """A quote: what stands for its speaker, the facts of its rows (the phrase first) and which of these are right."""

    sort: str
    rows: tuple[list[str], ...]
    right: tuple[bool, ...]


def cases_of(view: View, index: Index, chosen: Sequence[Chosen], gold: Sequence[Said]) -> list[Case]:
    """The cases of one document, whose gold is in clean offsets."""
    if not chosen:
        return []
    spans = [Said(k.candidate.start, k.candidate.end, k.candidate.kind, "") for k in chosen]
    wanted = {found: speakers_of(gold[g], gold) for g, found in match(gold, spans)}
    scene = scene_of(view, index, chosen)
    out = []
    for number in in_order(chosen):
        if wanted.get(number) and _is_open(scene, chosen[number]):
            out.append(_case(scene, chosen[number], wanted[number]))
        speaker_of(scene, chosen[number])
    return out


def _is_open(scene: Scene, chosen: Chosen) -> bool:
    speaker = chosen.speaker
    return speaker is None or (named(scene, speaker) is None and not speaks_for_itself(scene, speaker))


def _case(scene: Scene, chosen: Chosen, names: Sequence[str]) -> Case:
    rows, right = [phrase_facts(scene, chosen)], []
    asked = question_of(scene.view, chosen)
    for rank, member, number in members(scene, chosen):
        rows.append(member_facts(scene, chosen, asked, member, number, rank))
        known = (scene.mentions[number].normal, scene.mentions[member.mentions[0]].normal)
        right.append(any(same_speaker(n, name, person=member.kind == "person") for n in known for name in names))
    return Case(sort_of(scene.view, chosen), tuple(rows), (not any(right), *right))


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Weights by '<sort>\t<fact>', sort '' for any: the most probable right rows under a Gaussian prior."""
    rows = [(number, joined(case.sort, facts), y)
            for number, case in enumerate(cases) for facts, y in zip(case.rows, case.right, strict=True)]
    seen = Counter(f for _, facts, _ in rows for f in facts)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in facts if seen[f] >= LEAST} for _, facts, _ in rows]).tocsr()
    group = np.array([number for number, _, _ in rows])
    right = np.array([y for _, _, y in rows])

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = matrix @ weights
        highest = np.full(len(cases), -np.inf)
        np.maximum.at(highest, group, scores)
        odds = np.exp(scores - highest[group])
        total, good = np.bincount(group, odds), np.bincount(group, odds * right)
        slope = odds / total[group] - np.where(right, odds / good[group], 0.0)
        return float(np.log(total / good).sum() + 0.5 * PENALTY * weights @ weights), matrix.T @ slope + PENALTY * weights

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return dict(zip(vectorizer.get_feature_names_out(), found.x.tolist(), strict=True))


def joined(sort: str, facts: Sequence[str]) -> list[str]:
    """The facts plain and joined with the sort."""
    stated = ("bias", *facts)
    return [f"\t{f}" for f in stated] + [f"{sort}\t{f}" for f in stated]


def share_right(weights: dict[str, float], cases: Sequence[Case]) -> float:
    """How often the best row is a right one."""
    best = [int(np.argmax([sum(weights.get(f, 0.0) for f in joined(c.sort, row)) for row in c.rows])) for c in cases]
    return float(np.mean([c.right[b] for c, b in zip(cases, best, strict=True)]))
