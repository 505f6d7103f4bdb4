"""Which mentions are one happening: `python training/coreference.py CORPORA` writes models/events/vectors.npz and coreference.npz.

The vectors come first: the WIDTH main axes of navec over the words of data/lexicons/event_words.tsv. Gold: gold/events_*.jsonl
without the documents that data/annotations/splits.json holds out. Mentions are those that the pipeline finds (their gold happening
is that of the trigger they are matched to): with gold's own mentions beside them, types would be trusted too much (F1 of links
.005 less). Pairs with an unmatched mention teach nothing. Printed: links and B-cubed out of FOLDS folds of documents, with each
source left out, and on the held-out documents. `--model` names the tagger.
"""

import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from letopis.evaluate import gold
from letopis.evaluate.event_links import Pair, b_cubed, link_score, stem_and_type
from letopis.evaluate.report import pair_events
from letopis.evaluate.tagged import original
from letopis.find.clauses import text_of
from letopis.find.coreference import FILE as TREES
from letopis.find.coreference import LEAST, Found, columns, numbered
from letopis.find.coreference.candidates import candidates
from letopis.find.coreference.clusters import clusters
from letopis.find.coreference.features import features
from letopis.find.coreference.forest import write
from letopis.find.coreference.vectors import FILE, navec
from letopis.layers import Analysis, Document
from letopis.pipeline import annotate
from letopis.resources import data_path
from trees import Table, chances, fit, nodes_of, table_of

MODELS = Path(__file__).resolve().parent.parent / "models"
SPLITS = MODELS.parent / "data" / "annotations" / "splits.json"
WORDS = "lexicons/event_words.tsv"
WIDTH, FOLDS, BATCH = 64, 3, 40


@dataclass(frozen=True, slots=True)
class Case:
    """A document: its matched mentions, its candidate pairs, what is known of them and whether they are right (-1 unknown)."""

    source: str
    held: bool
    fold: int
    pairs: Sequence[Pair]             # gold's triggers and the events matched to them
    numbers: Sequence[int]            # of these events among the document's
    count: int                        # events of the document
    candidates: npt.NDArray[np.int64]
    names: Sequence[str]
    facts: Table
    right: npt.NDArray[np.int8]


def main(corpora: Path, model: str) -> None:
    write_vectors()
    cases = [case for batch in batches(corpora) for case in cases_of(batch, model)]
    training, held = [c for c in cases if not c.held], [c for c in cases if c.held]
    trees = _fit(training)
    write(MODELS / TREES, nodes_of(trees, training[0].names))
    _print("held out: same stem and type", held, None)
    _print("held out", held, [chances(trees, c.facts) for c in held])
    _print("same stem and type", training, None)
    _print("out of folds", *_out_of_folds(training))
    for source in sorted({c.source for c in training}):
        others, own = [c for c in training if c.source != source], [c for c in training if c.source == source]
        _print(f"without {source}", own, _scores(others, own))


def write_vectors() -> None:
    """The mean and the main axes of the words of events that navec knows."""
    rows = (line.split("\t") for line in gold.lines(data_path(WORDS)) if not line.startswith("#"))
    words = sorted({lemma for lemma, _, kind, *_ in rows if kind != "-"})
    known = np.array([v for word in words if (v := navec(word)) is not None], np.float64)
    axes = np.linalg.svd(known - known.mean(axis=0), full_matrices=False)[2][:WIDTH].T
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(WIDTH)])
    path = MODELS / FILE
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, mean=known.mean(axis=0).astype(np.float32), axes=axes.astype(np.float32))


def batches(corpora: Path) -> Iterator[list[tuple[gold.Text, Document]]]:
    """The event gold, with titles and days where a file gives them."""
    found = []
    for path in sorted((corpora / "gold").glob("events_*.jsonl")):
        for text, row in zip(gold.read_events(path), map(json.loads, gold.lines(path)), strict=True):
            found.append((text, document(text.id, text.text, row.get("title"), row.get("published"))))
    yield from (found[i:i + BATCH] for i in range(0, len(found), BATCH))


def document(name: str, text: str, title: str | None, published: str | None) -> Document:
    """A document as a file gives it."""
    day = date.fromisoformat(published) if published else None
    return Document(name, name, None, "txt", text, 0, "", annotated=True, title=title, published_date=day)


def cases_of(batch: Sequence[tuple[gold.Text, Document]], model: str) -> Iterator[Case]:
    """The documents of a batch, annotated together."""
    held = json.loads(SPLITS.read_text(encoding="utf-8"))
    analysis = annotate(tuple(d for _, d in batch), model)
    seen = columns(found_in(analysis), analysis.events)
    pairs = candidates(seen)
    facts = features(seen, pairs)
    rows, of = table_of(facts), seen.document[pairs[:, 0]]
    for number, (text, _) in enumerate(batch):
        first, last = np.searchsorted(seen.document, (number, number + 1)).tolist()
        own_pairs = matched(text, analysis, first, last)
        own = pairs[of == number] - first
        yield Case(
            text.corpus, text.id in held[text.corpus], zlib.crc32(text.id.encode()) % FOLDS, list(own_pairs.values()),
            list(own_pairs),
            last - first, own, sorted(facts), rows[of == number], _right(own_pairs, own),
        )


def found_in(analysis: Analysis) -> Found:
    """The layers that event mentions are seen against."""
    a = analysis
    text = text_of(a.readings, a.sentences, a.words, a.syntax)
    return Found(text, a.mentions, a.entities, a.anaphors, a.times, a.roles, a.quotes)


def matched(text: gold.Text, analysis: Analysis, first: int, last: int) -> dict[int, Pair]:
    """Number of an event in its document -> gold's trigger and the event."""
    body = [i for i in range(first, last) if analysis.readings.field[analysis.events[i].span.reading] == "text"]
    events = [analysis.events[i] for i in body]
    found = [(*original(analysis.readings, e.span.reading, e.span.start, e.span.end), e) for e in events]
    numbers = {id(e): i - first for i, (_, _, e) in zip(body, found, strict=True)}
    return {numbers[id(event)]: (trigger, event) for trigger, event in pair_events(text, found)}


def _right(matched: dict[int, Pair], pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    events = {number: trigger.event for number, (trigger, _) in matched.items()}
    known = [(events.get(a), events.get(b)) for a, b in pairs.tolist()]
    return np.array([-1 if a is None or b is None else a == b for a, b in known], np.int8)


def _fit(cases: Sequence[Case]):
    rows, right = np.concatenate([c.facts for c in cases]), np.concatenate([c.right for c in cases])
    return fit(rows[right >= 0], right[right >= 0] > 0, max_iter=120, learning_rate=0.1)


def _scores(training: Sequence[Case], cases: Sequence[Case]) -> list[npt.NDArray[np.float64]]:
    trees = _fit(training)
    return [chances(trees, c.facts) if len(c.facts) else np.zeros(0) for c in cases]


def _out_of_folds(cases: Sequence[Case]) -> tuple[list[Case], list[npt.NDArray[np.float64]]]:
    own: list[Case] = []
    scores: list[npt.NDArray[np.float64]] = []
    for fold in range(FOLDS):
        there = [c for c in cases if c.fold == fold]
        own += there
        scores += _scores([c for c in cases if c.fold != fold], there)
    return own, scores


def _print(name: str, cases: Sequence[Case], scores: Sequence[npt.NDArray[np.float64]] | None) -> None:
    documents = [c.pairs for c in cases]
    key = stem_and_type
    if scores is not None:
        known = {id(e): n for c, s in zip(cases, scores, strict=True) for (_, e), n in zip(c.pairs, _joined(c, s), strict=True)}
        key = lambda event: known[id(event)]                                                                      # noqa: E731
    links, cubed = link_score(documents, key), b_cubed(documents, key)
    print(f"{name:32} links P {links.precision:.3f} R {links.recall:.3f} F1 {links.f1:.3f} ({links.low:.3f} to {links.high:.3f})"
          f"  B-cubed {cubed.f1:.3f}  {links.gold} links", flush=True)


def _joined(case: Case, scores: npt.NDArray[np.float64]) -> list[int]:
    """The happening of each matched mention."""
    whole = np.rint(10_000 * scores).astype(int).tolist()
    first = clusters([(a, b, s) for (a, b), s in zip(case.candidates.tolist(), whole, strict=True)], round(LEAST * 10_000))
    of = numbered(np.zeros(case.count, np.int32), [first.get(i, i) for i in range(case.count)])
    return [of[n] for n in case.numbers]


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]), words[words.index("--model") + 1] if "--model" in words else "fast")
