"""Weights of the quote finder: `python training/quotes.py CORPORA` writes models/quotes-weights.tsv, which is committed.

Gold: gold/events_*.jsonl. Split by a hash of the document's name: six tenths to develop, two to choose, two held out, and two
files held out whole (HELD_FILES). What is below was chosen by 'choose' with weights from 'develop'; the weights shipped are
from both. Two logistic regressions, direct and indirect, over the facts that `speech.propose` states of each candidate, plain
and joined with its pattern; facts seen fewer than LEAST times are left out. A candidate is right where it is the best match of
a gold quote of its kind. Thresholds are those with the best F1 out of FOLDS folds. Who speaks is `quotes_speakers`, ROUNDS times
over. `speaker` rows say how often each speaker rule is right in the part trained on.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import quotes_speakers
from letopis.evaluate.quotes import (
    SHARED,
    Said,
    Text,
    documents_of,
    found_in,
    match,
    read_gold,
    said_in,
    same_speaker,
    share,
    speakers_of,
)
from letopis.find.quotes import find_quotes, sentences_of
from letopis.find.speech.candidates import Candidate
from letopis.find.speech.choose import choose
from letopis.find.speech.propose import Index, Proposal, proposals
from letopis.find.speech.view import View, view_of
from letopis.find.speech.weights import probability, weights
from letopis.layers import Analysis
from letopis.pipeline import annotate

OUT = Path(__file__).resolve().parent.parent / "models" / "quotes-weights.tsv"
HELD_FILES = ("events_stories_ryanair", "events_vzglyad")
TRAINED_ON = ("develop", "choose")
KINDS = ("direct", "indirect")
LEAST, STRENGTH, FOLDS, ROUNDS, SMALLEST = 3, 0.5, 5, 4, 0.005
THRESHOLDS = tuple(round(0.2 + 0.025 * step, 3) for step in range(17))

Model = dict[str, tuple[DictVectorizer, LogisticRegression]]
Chances = Sequence[npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Case:
    """A document: its gold in clean offsets, its candidates, and which of them are right."""

    gold: tuple[Said, ...]
    proposals: tuple[Proposal, ...]
    right: tuple[bool, ...]


def main(corpora: Path) -> None:
    texts = [t for t in read_gold(corpora) if split_of(t) in TRAINED_ON]
    train(annotate(documents_of(texts)), [t.quotes for t in texts])


def train(analysis: Analysis, gold: Sequence[Sequence[Said]]) -> None:
    """Write the table from annotated documents, one reading each, and their gold in offsets of the original."""
    view, index = view_of(analysis.readings, analysis.sentences, analysis.words, analysis.syntax), Index(analysis.mentions)
    clean = [said_in(analysis.readings, r, quotes) for r, quotes in enumerate(gold)]
    cases = [_case(view, index, analysis, r, span, clean[r]) for r, span in enumerate(sentences_of(view))]
    thresholds = best_thresholds(cases, out_of_fold(cases))
    table = [*_threshold_rows(thresholds), *_candidate_rows(fit(cases))]
    _write(table)
    chosen = [choose(c.proposals, _chances(c.proposals), weights().threshold) for c in cases]
    speakers: list[str] = []
    for _ in range(ROUNDS):
        speaking = [case for r, quotes in enumerate(chosen) for case in quotes_speakers.cases_of(view, index, quotes, clean[r])]
        speakers = list(_rows("member", quotes_speakers.fit(speaking)))
        _write([*table, *speakers])
    _write([*table, *speakers, *_rule_rows(analysis, clean)])


def split_of(text: Text) -> str:
    """develop, choose, test or final."""
    if text.file in HELD_FILES:
        return "final"
    tenth = int(hashlib.md5(text.id.encode()).hexdigest(), 16) % 10
    return "develop" if tenth < 6 else "choose" if tenth < 8 else "test"


def _case(view: View, index: Index, analysis: Analysis, reading: int, sentences: range, gold: Sequence[Said]) -> Case:
    found = proposals(view, reading, sentences, analysis.readings.blocks[reading], index)
    return Case(tuple(gold), tuple(found), right_ones(view, gold, found))


def right_ones(view: View, gold: Sequence[Said], found: Sequence[Proposal]) -> tuple[bool, ...]:
    """Which candidates are right: one for each gold quote of the kind, that with gold's cue first, then the larger share."""
    options = []
    for g, quote in enumerate(gold):
        for p, proposal in enumerate(found):
            c = proposal.candidate
            part = share(_said(c), quote) if c.kind == quote.kind else 0.0
            if part >= SHARED:
                is_other = c.cue is None or view.lower(c.cue.word) not in quote.cue.lower()
                options.append((is_other, -part, p, g))
    golds: set[int] = set()
    right: set[int] = set()
    for _, _, p, g in sorted(options):
        if g not in golds and p not in right:
            golds.add(g)
            right.add(p)
    return tuple(p in right for p in range(len(found)))


def _said(c: Candidate) -> Said:
    return Said(c.start, c.end, c.kind, "")


def _facts(proposal: Proposal) -> list[str]:
    return quotes_speakers.joined(proposal.candidate.pattern, proposal.facts)


def fit(cases: Sequence[Case]) -> Model:
    """A regression for each kind."""
    model = {}
    for kind in KINDS:
        rows = [(_facts(p), y) for c in cases for p, y in zip(c.proposals, c.right, strict=True) if p.candidate.kind == kind]
        seen = Counter(f for row, _ in rows for f in row)
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([{f: 1.0 for f in row if seen[f] >= LEAST} for row, _ in rows])
        regression = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False)
        model[kind] = vectorizer, regression.fit(matrix, [y for _, y in rows])
    return model


def chances_of(model: Model, case: Case) -> npt.NDArray[np.float64]:
    """How probable each candidate of a document is."""
    out = np.zeros(len(case.proposals))
    for kind, (vectorizer, regression) in model.items():
        numbers = [i for i, p in enumerate(case.proposals) if p.candidate.kind == kind]
        if numbers:
            matrix = vectorizer.transform([dict.fromkeys(_facts(case.proposals[i]), 1.0) for i in numbers])
            out[numbers] = regression.predict_proba(matrix)[:, 1]
    return out


def out_of_fold(cases: Sequence[Case]) -> Chances:
    """Probabilities of each document from a model that has not seen it."""
    out: dict[int, npt.NDArray[np.float64]] = {}
    numbers = np.arange(len(cases))
    for train_part, held in GroupKFold(FOLDS).split(numbers, groups=numbers):
        model = fit([cases[i] for i in train_part])
        out |= {int(i): chances_of(model, cases[i]) for i in held}
    return [out[i] for i in range(len(cases))]


def best_thresholds(cases: Sequence[Case], chances: Chances) -> dict[str, float]:
    """The thresholds with the best F1 over both kinds, one kind after the other."""
    best = dict.fromkeys(KINDS, 0.4)
    for kind in (*KINDS, *KINDS):
        best[kind] = max(THRESHOLDS, key=lambda t, kind=kind: f1(cases, chances, best | {kind: t}))
    return best


def f1(cases: Sequence[Case], chances: Chances, least: dict[str, float]) -> float:
    """F1 of what these probabilities choose."""
    gold = found = matched = 0
    for case, chance in zip(cases, chances, strict=True):
        quotes = [_said(k.candidate) for k in choose(case.proposals, chance.tolist(), least)]
        gold, found, matched = gold + len(case.gold), found + len(quotes), matched + len(match(case.gold, quotes))
    return 2 * matched / (gold + found)


def _chances(found: Sequence[Proposal]) -> list[float]:
    return [probability(p.candidate, p.facts) for p in found]


def _threshold_rows(thresholds: dict[str, float]) -> Iterator[str]:
    return (f"threshold\t\t{kind}\t{least}" for kind, least in sorted(thresholds.items()))


def _candidate_rows(model: Model) -> Iterator[str]:
    for kind, (vectorizer, regression) in sorted(model.items()):
        yield from _rows(kind, dict(zip(vectorizer.get_feature_names_out(), regression.coef_[0].tolist(), strict=True)))


def _rows(kind: str, table: dict[str, float]) -> Iterator[str]:
    return (f"{kind}\t{fact}\t{weight:.3f}" for fact, weight in sorted(table.items()) if abs(weight) >= SMALLEST)


def _rule_rows(analysis: Analysis, gold: Sequence[Sequence[Said]]) -> Iterator[str]:
    """How often each speaker rule is right, one right and one wrong answer added."""
    found, right = Counter[str](), Counter[str]()
    quotes = find_quotes(
        analysis.readings, analysis.sentences, analysis.words, analysis.syntax, analysis.mentions, analysis.events)
    for reading, (wanted, said) in enumerate(zip(gold, found_in(analysis.readings, analysis.mentions, quotes), strict=True)):
        rules = [q.method.partition("+")[2].rpartition("_")[0] for q in quotes if q.span.reading == reading]
        for g, f in match(wanted, said):
            names = speakers_of(wanted[g], wanted)
            found[rules[f]] += bool(names)
            right[rules[f]] += any(same_speaker(said[f].speaker, name, person=said[f].person) for name in names)
    return (f"speaker\t\t{rule}\t{(right[rule] + 1) / (found[rule] + 2):.3f}" for rule in sorted(found))


def _write(rows: Sequence[str]) -> None:
    header = "# Weights of facts about quotes and speakers. Made by training/quotes.py from gold/events_*.jsonl; see there."
    OUT.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    weights.cache_clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
