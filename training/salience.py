"""What articles are about: `python training/salience.py CORPORA` writes models/events/salience.npz (trees) and .tsv (a line).

The trees learn from titles: bodies of raw news (the first line is the title), of news_md, of the dated articles and the stories
are annotated without their titles; a happening is right where the title speaks of one of its lemma, or of its type in a word that
is like its own. Articles that stand among the cards are left out. The line on top learns from the main events of the cards and, a
tenth as much, from the happenings that OFTEN articles of a story speak of, both annotated with their titles. Printed: the trees'
ranking of a fifth of the articles; main events among the five most salient, every card's line learned without its card. Run after
training/coreference.py, whose happenings it reads.
"""

import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from coreference import MODELS, batches, document, found_in, matched
from letopis.evaluate import gold
from letopis.evaluate.main_events import ORDERS, Card, Happening, Spans, found_counts, overlap, read_cards
from letopis.evaluate.tagged import original
from letopis.find.coreference import Columns, columns, happenings
from letopis.find.coreference.forest import Forest, Nodes, log_odds, prepared, write
from letopis.find.coreference.vectors import LENGTH
from letopis.find.salience import FILE, LINE, Grouped, beside, facts, grouped
from letopis.layers import Analysis, Ints
from letopis.pipeline import annotate
from trees import Table, chances, fit, nodes_of, table_of

RAW = {"rucoco": 1000, "nerel": 300}  # articles of raw news, the first by a hash of their names
LIKE, ROOT = 0.5, 4
BATCH, BEGINNING = 60, 80             # articles; characters by which one is known again
TREES = {"max_iter": 120, "learning_rate": 0.06, "min_samples_leaf": 60}
OFTEN, STORY = 8, 0.1                 # of 34 articles of a story; what a happening of a story counts beside one of a card
Article = tuple[str, str]             # title, body
Rows = npt.NDArray[np.float64]


def main(corpora: Path, model: str) -> None:
    cards = read_cards(corpora / "gold" / "cards_visible.jsonl")
    articles = list(_articles(corpora, {c.document.text[:BEGINNING] for c in cards}))
    names, tables, right, part = zip(*_lessons(articles, model), strict=True)
    rows, labels, fifth = np.concatenate(tables), np.concatenate(right), np.concatenate(part)
    trial = fit(rows[fifth > 0], labels[fifth > 0], **TREES)
    print(f"{len(articles)} articles, {len(rows)} happenings, {labels.mean():.3f} in titles; average precision on a fifth",
          f"{average_precision_score(labels[fifth == 0], chances(trial, rows[fifth == 0])):.3f}", flush=True)
    nodes = nodes_of(fit(rows, labels, **TREES), names[0])
    write(MODELS / FILE, nodes)
    learn_line(corpora, nodes, model)


def _articles(corpora: Path, known: set[str]) -> Iterator[Article]:
    """Titles and bodies, each body once, none that stands among the cards."""
    for title, body in (*_raw(corpora), *_markdown(corpora), *_dated(corpora)):
        if body[:BEGINNING] not in known and title and len(body) > BEGINNING:
            known.add(body[:BEGINNING])
            yield title, body


def _raw(corpora: Path) -> Iterator[Article]:
    for source, count in RAW.items():
        texts = {name: text for (own, name), text in gold.raw_news(corpora).items() if own == source}
        for name in sorted(texts, key=lambda n: (zlib.crc32(n.encode()), n))[:count]:
            title, _, body = texts[name].partition("\n")
            yield title.strip(), body.strip()


def _markdown(corpora: Path) -> Iterator[Article]:
    for path in sorted((corpora / "news_md").glob("*.md")):
        _, header, body = gold.read(path).split("---\n", 2)
        title = str((yaml.safe_load(header) or {}).get("title") or "")
        lines = [line for line in body.strip().split("\n") if not line.startswith("# ")]
        yield title, "\n".join(lines).strip()


def _dated(corpora: Path) -> Iterator[Article]:
    for path in sorted((corpora / "gold").glob("events_*.jsonl")):
        for row in map(json.loads, gold.lines(path)):
            if row.get("title") and "text" in row:
                yield row["title"], row["text"]


def _lessons(articles: Sequence[Article], model: str) -> Iterator[tuple[list[str], Table, npt.NDArray[np.bool_], Ints]]:
    """Of each batch: names of facts, what is known of its bodies' happenings, whether titles speak of them, a fifth (0 to 4)."""
    for start in range(0, len(articles), BATCH):
        batch = articles[start:start + BATCH]
        bodies = [document(f"{start + i}", body, None, None) for i, (_, body) in enumerate(batch)]
        titles = [document(f"{start + i} title", title, None, None) for i, (title, _) in enumerate(batch)]
        analysis = annotate((*bodies, *titles), model)
        seen = columns(found_in(analysis), analysis.events)
        groups = grouped(seen, happenings(seen))
        found = facts(groups)
        of_body = groups.document < len(batch)
        fifth = (start + groups.document[of_body]) % 5
        yield sorted(found), table_of(found)[of_body], _spoken_of(groups, len(batch))[of_body], fifth


def _spoken_of(groups: Grouped, count: int) -> npt.NDArray[np.bool_]:
    """[happening] whether its title has an event of its lemma, or one of its type whose word is like its own."""
    c: Columns = groups.seen
    right = np.zeros(len(groups.first), np.bool_)
    for title in np.flatnonzero(c.document >= count).tolist():
        own = np.arange(*np.searchsorted(c.document, (c.document[title] - count, c.document[title] - count + 1)))
        lemma = c.lemmas[own, 0] == c.lemmas[title, 0]
        root = (c.root[own, :ROOT] == c.root[title, :ROOT]).all(axis=1)
        like = c.vector[own] @ c.vector[title] >= LIKE * LENGTH ** 2
        kind = c.facts["type"][own] == c.facts["type"][title]
        right[groups.of[own[lemma | (kind & (root | like))]]] = True
    return right


def learn_line(corpora: Path, nodes: Nodes, model: str) -> None:
    """The line, learned from all cards and the stories and written; printed with each card's own left out."""
    cards = read_cards(corpora / "gold" / "cards_visible.jsonl")
    trees = prepared(nodes)
    seen = [_seen(annotate((card.document,), model)) for card in cards]
    names, rows = _rows(seen, trees)
    spans = [_spans(groups, analysis) for groups, analysis in seen]
    right = [np.array([any(overlap(s, main) for main in card.main) for s in own]) for card, own in zip(cards, spans, strict=True)]
    stories = _stories(corpora, trees, {c.document.text[:BEGINNING] for c in cards}, model)
    scores = []
    for i in range(len(cards)):
        weights, base = _line(rows[:i] + rows[i + 1:], right[:i] + right[i + 1:], stories)
        scores.append(rows[i] @ weights + base)
    _print("each card's line from the others", cards, seen, spans, scores)
    _print("trees alone", cards, seen, spans, [r[:, names.index("told")] for r in rows])
    weights, base = _line(rows, right, stories)
    text = "".join(f"{n}\t{w:.4f}\n" for n, w in [*zip(names, weights, strict=True), ("base", base)])
    (MODELS / LINE).write_text("# Weights of the line of find.salience, by training/salience.py\n" + text, encoding="utf-8")


def _seen(analysis: Analysis) -> tuple[Grouped, Analysis]:
    seen = columns(found_in(analysis), analysis.events)
    return grouped(seen, happenings(seen)), analysis


def _rows(seen: Sequence[tuple[Grouped, Analysis]], trees: Forest) -> tuple[list[str], list[Rows]]:
    """Names of what the line weighs, and [happening, names] of each batch."""
    found = []
    for groups, _ in seen:
        own = facts(groups)
        found.append(beside(groups, own, log_odds(trees, own, len(groups.first))))
    names = list(found[0])
    return names, [np.stack([np.asarray(f[n], np.float64) for n in names], axis=1) for f in found]


def _stories(corpora: Path, trees: Forest, known: set[str], model: str) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """What the line weighs of the stories' happenings, and whether OFTEN articles of the story speak of them."""
    texts = [t for batch in batches(corpora) for t in batch if t[0].corpus.startswith("events/stories")]
    articles = Counter((t.corpus, e) for t, _ in texts for e in {x.event for x in t.triggers or ()} if e.startswith("@"))
    rows, right = [], []
    for text, article in texts:
        if text.text[:BEGINNING] not in known:
            groups, analysis = _seen(annotate((article,), model))
            often = np.zeros(len(groups.first), np.bool_)
            for event, (trigger, _) in matched(text, analysis, 0, len(analysis.events)).items():
                often[groups.of[event]] |= articles[text.corpus, trigger.event] >= OFTEN
            rows += _rows([(groups, analysis)], trees)[1]
            right.append(often)
    return np.concatenate(rows), np.concatenate(right)


def _line(
    rows: Sequence[Rows], right: Sequence[npt.NDArray[np.bool_]], stories: tuple[Rows, npt.NDArray[np.bool_]]
) -> tuple[npt.NDArray[np.float64], float]:
    """Weights and constant; the stories count a tenth."""
    table, labels = np.concatenate([*rows, stories[0]]), np.concatenate([*right, stories[1]])
    weight = np.where(np.arange(len(table)) < len(table) - len(stories[0]), 1.0, STORY)
    mean, size = table.mean(axis=0), table.std(axis=0)
    line = LogisticRegression(C=0.1, max_iter=1000).fit((table - mean) / size, labels, sample_weight=weight)
    return line.coef_[0] / size, float(line.intercept_[0] - (line.coef_[0] * mean / size).sum())


def _spans(groups: Grouped, analysis: Analysis) -> list[Spans]:
    out: list[list[tuple[int, int]]] = [[] for _ in groups.first]
    for event, of in zip(analysis.events, groups.of.tolist(), strict=True):
        if analysis.readings.field[event.span.reading] == "text":
            out[of].append(original(analysis.readings, event.span.reading, event.span.start, event.span.end))
    return [tuple(s) for s in out]


def _print(
    name: str, cards: Sequence[Card], seen: Sequence[tuple[Grouped, Analysis]], spans: Sequence[Sequence[Spans]],
    scores: Sequence[Rows],
) -> None:
    made = []
    for card, (groups, _), own, score in zip(cards, seen, spans, scores, strict=True):
        counts = np.bincount(groups.of)
        first = [int(np.flatnonzero(groups.of == i)[0]) for i in range(len(own))]
        made.append((card, [Happening(own[i], int(counts[i]), first[i], float(score[i])) for i in range(len(own))]))
    for order in ORDERS:
        right, _, total = found_counts(made, ORDERS[order]).sum(axis=0).tolist()
        print(f"{name:40} {order:15} {right} of {total}: {right / total:.3f}", flush=True)


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]), words[words.index("--model") + 1] if "--model" in words else "fast")
