"""Weights of the days of events: `python training/dating.py CORPORA [--all]` writes models/dating-weights.tsv, which is committed.

Gold: the event gold with days of publication, the events of NEREL, and those that a time argument dates (`told_days`: there silence
means nothing, and no day is no choice). HELD_FILES and half of events_dated, by a hash of the document's name, are held out unless
`--all`; the others are never measured. Each article is seen twice: with gold's triggers and happenings, and with those the pipeline
finds. First a conditional log-linear model over the facts of `dating.facts`: of an event's
moments, the day of the report and no day, which is gold's? Facts seen fewer than LEAST times are left out. Then, with the answers
that models of other documents give (FOLDS), one over the measures of `dating.agree`: of all stretches of the document and no day,
which is gold's? Events whose day the document does not have teach nothing. Types of events are no facts: within one story they tell
the day, in another they mislead.
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from letopis.evaluate.when import Article, Days, pair, read_dated, read_nerel
from letopis.find.clauses import Text, text_of
from letopis.find.dating.agree import Cells, Stretches, measures, stretches_of
from letopis.find.dating.facts import Fact
from letopis.find.dating.look import Look, look_at
from letopis.find.dating.weights import NAME, Weights, read, weights
from letopis.find.when import first_look, grouped
from letopis.layers import Analysis, Event, Span
from letopis.pipeline import annotate
from told_days import UNKNOWN, articles

OUT = Path(__file__).resolve().parent.parent / "models" / NAME
HELD_FILES = ("stories_nord_stream", "stories_ryanair")
LEAST, FOLDS, STEPS, SMALLEST = 3, 4, 300, 0.005
PENALTIES = {"facts": 10.0, "measures": 30.0}

Floats = npt.NDArray[np.float64]
Wanted = tuple[int, int] | None           # days as ordinals, 0 open; (0, 0) for no day; None where gold does not know the event


class Case(NamedTuple):
    """An article seen with one set of triggers: its events with what gold wants of each."""

    article: Article
    events: tuple[Event, ...]
    wanted: tuple[Wanted, ...]
    look: Look
    stretches: Stretches

    def is_dated(self) -> bool:
        """Whether gold says of every event when it was, no day among the answers."""
        return not self.article.file.startswith("told/")


@dataclass(frozen=True, slots=True)
class Choices:
    """Rows of a conditional model: [row] its features, the choice it belongs to and whether it is right."""

    matrix: csr_matrix
    choice: npt.NDArray[np.int64]
    right: Floats


def main(corpora: Path, *, all_of_it: bool) -> None:
    dated = [a for a in read_dated(corpora / "gold") if all_of_it or not is_held(a)]
    dated += [a for part in ("train", "dev") for a in read_nerel(corpora, part)]
    cases = [case for a in dated for case in cases_of(a, annotate((a.document(),)))]
    cases += [case for a, analysis in articles(corpora) for case in cases_of(a, analysis)]
    OUT.write_text("\n".join(train(cases)) + "\n", encoding="utf-8")
    weights.cache_clear()


def is_held(article: Article) -> bool:
    """Whether an article is kept for measuring."""
    half = int(hashlib.md5(article.id.encode()).hexdigest(), 16) % 2
    return article.file in HELD_FILES or (article.file == "dated" and half == 1)


def cases_of(article: Article, analysis: Analysis) -> Iterator[Case]:
    """An article with gold's triggers and with ours."""
    text = text_of(analysis.readings, analysis.sentences, analysis.words, analysis.syntax)
    ours = {id(event): number for number, event in enumerate(analysis.events)}
    pairs = {ours[id(event)]: happening for happening, event in pair(article, analysis)}
    told = [pairs[n].days if n in pairs else None for n in range(len(analysis.events))]
    numbers = {id(h): n for n, h in enumerate(article.happenings)}
    moved = {n: numbers[id(h)] for n, h in pairs.items()}
    roles = tuple(replace(r, event=moved[r.event]) for r in analysis.roles if r.event in moved)
    seen = (analysis.events, told, analysis.roles), (_gold_events(article, text), [h.days for h in article.happenings], roles)
    for events, days, parts in seen:
        wanted = tuple(None if d is None or d == UNKNOWN else _ordinals(d) for d in days)
        if any(d is not None for d in wanted):
            look = look_at(text, analysis.documents, events, analysis.times, parts)
            yield Case(article, events, wanted, look, stretches_of(look.moments, look.document))


def _gold_events(article: Article, text: Text) -> tuple[Event, ...]:
    reading = text.readings.field.index("text")
    starts, ends = text.readings.origin_start[reading], text.readings.origin_end[reading]
    own = np.flatnonzero(text.sentences.reading == reading)
    names: dict[str, int] = {}
    found = []
    for h in article.happenings:
        start = int(np.searchsorted(starts, h.start))
        end = max(start + 1, int(np.searchsorted(ends, h.end, side="right")))
        sentence = int(own[max(0, int(np.searchsorted(text.sentences.start[own], start, side="right")) - 1)])
        number = names.setdefault(h.happening, len(names))
        lemma = text.readings.clean[reading][start:end].lower()
        found.append(_event(Span(reading, sentence, start, end), lemma, h.type, h.realis, number))
    return tuple(found)


def _event(span: Span, lemma: str, kind: str, realis: str, cluster: int) -> Event:
    return Event(
        span, lemma, kind, None, 1.0, realis, None, None, None, None, None, None, None, None, 0.0, cluster, 1.0, "gold")


def _ordinals(days: Days) -> tuple[int, int]:
    first, last = (date.fromisoformat(d).toordinal() if d else 0 for d in days)
    return first, last


def train(cases: Sequence[Case]) -> list[str]:
    """The table of weights."""
    first = fit_facts(cases)
    table = [*_header(), *first]
    names, second = fit_measures(cases)
    return table + [f"{part}\t{name}\t\t{weight:.4f}" for (part, name), weight in zip(names, second, strict=True)]


def _header() -> list[str]:
    return ["# Weights of facts and measures about the days of events. Made by training/dating.py; see there."]


def fit_facts(cases: Sequence[Case]) -> list[str]:
    """Rows of the first look's weights."""
    index = _Index()
    choices = _choices([rows for case in cases for rows in _fact_rows(case, index)])
    seen = np.asarray(choices.matrix.sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= LEAST)
    found = _fit(replace(choices, matrix=choices.matrix[:, kept]), PENALTIES["facts"])
    keys = list(index)
    rows = sorted((*keys[column], weight) for column, weight in zip(kept.tolist(), found.tolist(), strict=True))
    return [f"{part}\t{name}\t{code}\t{weight:.3f}" for part, name, code, weight in rows if abs(weight) >= SMALLEST]


class _Index(dict[tuple[str, str, int], int]):
    """(part, fact, code) -> column, made when first asked for."""

    def __missing__(self, key: tuple[str, str, int]) -> int:
        self[key] = len(self)
        return self[key]


def _fact_rows(case: Case, index: _Index) -> Iterator[list[tuple[list[int], bool]]]:
    """[choice] its rows: columns, and whether it is right."""
    look, known = case.look, case.look.moments.report[case.look.grounds.document] > 0
    pairs = _columns("pair", look.of_pairs, len(look.event), index)
    report, none = (_columns(part, look.of_events, len(case.events), index) for part in ("report", "none"))
    days = [(int(look.moments.start[m]), int(look.moments.end[m])) for m in look.moment.tolist()]
    for number, wanted in enumerate(case.wanted):
        if wanted is not None:
            first, last = np.searchsorted(look.event, (number, number + 1)).tolist()
            rows = [(pairs[p], days[p] == wanted) for p in range(first, last)]
            told = int(look.moments.report[look.grounds.document[number]])
            rows += [(report[number], (told, told) == wanted)] if known[number] else []
            yield [*rows, (none[number], wanted == (0, 0))] if case.is_dated() else rows


def _columns(part: str, facts: Sequence[Fact], count: int, index: _Index) -> list[list[int]]:
    columns = [[index[part, fact.name, code] for code in fact.codes.tolist()] for fact in facts]
    return [list(row) for row in zip(*columns, strict=True)] if count else []


def _choices(groups: Sequence[Sequence[tuple[list[int], bool]]]) -> Choices:
    """Choices with a right row and a wrong one."""
    kept = [rows for rows in groups if 0 < sum(right for _, right in rows) < len(rows)]
    rows = [row for group in kept for row in group]
    lengths = [len(columns) for columns, _ in rows]
    indices = np.fromiter((c for columns, _ in rows for c in columns), np.int64, sum(lengths))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    matrix = csr_matrix((np.ones(len(indices)), indices, starts))
    return Choices(matrix, np.repeat(np.arange(len(kept)), [len(g) for g in kept]), np.array([float(r) for _, r in rows]))


def fit_measures(cases: Sequence[Case]) -> tuple[list[tuple[str, str]], list[float]]:
    """Names and weights of the second look, taught by answers of models that have not seen the document."""
    documents = sorted({(c.article.file, c.article.id) for c in cases})
    fold = {key: number % FOLDS for number, key in enumerate(documents)}
    names: list[tuple[str, str]] = []
    groups: list[tuple[Floats, Floats]] = []
    for held in range(FOLDS):
        table = read(fit_facts([c for c in cases if fold[c.article.file, c.article.id] != held]))
        for case in cases:
            if fold[case.article.file, case.article.id] == held:
                names, rows = _measure_rows(case, table)
                groups += rows
    matrix = np.concatenate([rows for rows, _ in groups])
    choice = np.repeat(np.arange(len(groups)), [len(rows) for rows, _ in groups])
    right = np.concatenate([right for _, right in groups])
    return names, _fit(Choices(csr_matrix(matrix), choice, right), PENALTIES["measures"]).tolist()


def _measure_rows(case: Case, table: Weights) -> tuple[list[tuple[str, str]], list[tuple[Floats, Floats]]]:
    cells: Cells = first_look(case.look, case.stretches, table)
    dates, none = measures(cells, grouped(case.look, case.events))
    names = [("agree", m.name) for m in dates] + [("agree_none", m.name) for m in none]
    width = case.stretches.start.shape[1]
    out = []
    for number, wanted in enumerate(case.wanted):
        days = list(zip(case.stretches.start[0].tolist(), case.stretches.end[0].tolist(), strict=True))
        if wanted is not None and (wanted == (0, 0) or wanted in days):
            rows = np.zeros((width + 1, len(names)))
            for column, measure in enumerate(dates):
                rows[:width, column] = measure.values[number]
            rows[width, len(dates):] = [m.values[number] for m in none]
            right = np.zeros(width + 1)
            right[width if wanted == (0, 0) else days.index(wanted)] = 1.0
            kept = slice(None if case.is_dated() else width)
            out.append((rows[kept], right[kept]))
    return names, out


def _fit(choices: Choices, penalty: float) -> Floats:
    """The most probable right rows under a Gaussian prior."""
    starts = np.flatnonzero(np.diff(choices.choice, prepend=-1))
    transposed = choices.matrix.T.tocsr()

    def loss(values: Floats) -> tuple[float, Floats]:
        scores = choices.matrix @ values
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[choices.choice])
        whole, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * choices.right, starts)
        slope = odds / whole[choices.choice] - choices.right * odds / good[choices.choice]
        return float(np.log(whole / good).sum() + 0.5 * penalty * values @ values), transposed @ slope + penalty * values

    found: Floats = minimize(loss, np.zeros(choices.matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), all_of_it="--all" in sys.argv)
