"""The figures of the quality gate: each measures the shipped pipeline on a fixed held-out set.

A measure takes the folder of corpora and gives counts (right, found, gold), a row a document, from which F1 and its bootstrap
interval are made. To add one: a function here and a line in `MEASURES`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from letopis.evaluate import lemma, normal_forms, positions, quantities, quotes, runormas, spans, times
from letopis.evaluate.spans import Counts
from letopis.layers import Analysis, Document, Span
from letopis.pipeline import annotate
from letopis.resources import data_path

Measure = Callable[[Path], Counts]
Texts = Mapping[tuple[str, str], str]


def measure_times(corpora: Path) -> Counts:
    """Exact intervals on 25 dated articles of NEWSru, 2000 to 2018."""
    path = data_path("annotations/times_raw_news_2.jsonl")
    days = {(r["source"], r["id"]): date.fromisoformat(r["published"]) for r in map(json.loads, path.open(encoding="utf-8"))}
    texts = _raw_news(corpora)
    rows = []
    for key, expressions in times.read_annotations(path).items():
        a = _analyse(texts[key], days[key])
        score = times.score(times.pair(expressions, times.found_in(0, a.times, a.readings)))
        rows.append((score.right, score.found, score.gold))
    return _counts(rows)


def measure_quantities(corpora: Path) -> Counts:
    """Value and unit on 34 articles of all sources."""
    texts = _raw_news(corpora)
    rows = []
    for key, gold in quantities.read_annotations(data_path("annotations/quantities.jsonl"), "held_out").items():
        a = _analyse(texts[key], None)
        score = quantities.Score()
        score.add(quantities.pair(gold, quantities.found_in(0, a.quantities, a.readings)), None)
        rows.append((score.right, score.found, score.gold))
    return _counts(rows)


def measure_positions(corpora: Path) -> Counts:
    """Person, post, organisation and status on 20 articles."""
    texts = _raw_news(corpora)
    rows = []
    for key, gold in positions.read_annotations(data_path("annotations/positions.jsonl"), "held_out").items():
        a = _analyse(texts[key], None)
        score = positions.Score()
        score.add(gold, positions.found_in(0, a.positions, a.mentions, a.readings))
        rows.append((score.right, score.found, score.gold))
    return _counts(rows)


def measure_lemmas(corpora: Path) -> Counts:
    """Lemmas of the words of lenta-dev, case and ё folded."""
    scores = lemma.evaluate(corpora / "lemma" / "lenta-dev.conllu")
    return _counts([(round(scores.ours.lemma * scores.words), scores.words, scores.words)])


def measure_parts_of_speech(corpora: Path) -> Counts:
    """Parts of speech of the words of lenta-dev."""
    scores = lemma.evaluate(corpora / "lemma" / "lenta-dev.conllu")
    return _counts([(round(scores.ours.pos * scores.words), scores.words, scores.words)])


def measure_names(corpora: Path) -> Counts:
    """Exact spans and types of people, organisations and places on NEREL dev."""
    kinds = {"PERSON", "ORGANIZATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE"}
    rows = []
    for path in sorted((corpora / "nerel" / "dev").glob("*.txt")):
        gold = {s for s in _brat(path.with_suffix(".ann")) if s[2] in kinds}
        a = _analyse(path.read_bytes().decode("utf-8"), None)
        found = {(*_original(a, m.span), m.type) for m in a.mentions if m.type in kinds}
        rows.append((len(gold & found), len(found), len(gold)))
    return _counts(rows)


def measure_events(corpora: Path) -> Counts:
    """Overlapping triggers, one to one, on the 70 held-out documents of events_news, events_more and events_vzglyad."""
    held = json.loads(data_path("annotations/splits.json").read_text(encoding="utf-8"))
    texts = _raw_news(corpora)
    rows = []
    for record, source in _event_gold(corpora, held):
        gold = [(e["start"], e["end"], "") for e in record["events"]]
        a = _analyse(texts[source, record["doc"]], None)
        found = [(*_original(a, e.span), "") for e in a.events]
        rows.append((len(spans.match(gold, found)), len(set(found)), len(set(gold))))
    return _counts(rows)


def measure_quotes(corpora: Path) -> Counts:
    """Quotes overlapping by half of the union, on the 96 documents of events_vzglyad, which nothing was trained on."""
    rows = []
    for text in quotes.read_gold(corpora):
        if text.file == "events_vzglyad":
            score = quotes.evaluate([text], annotate)["all"]
            rows.append((score.matched, score.found, score.gold))
    return _counts(rows)


def measure_speakers(corpora: Path) -> Counts:
    """Speakers of the quotes found there, where gold names one."""
    scores = (quotes.evaluate([t], annotate)["all"] for t in quotes.read_gold(corpora) if t.file == "events_vzglyad")
    return _counts([(s.right, s.spoken, s.spoken) for s in scores])


def measure_normal_forms(corpora: Path) -> Counts:
    """Normal forms of the spans given, exact with ё folded, on the final tenth of RuNormAS."""
    folder = corpora / "runormas" / "train"
    cases = [c for c in runormas.read_cases(folder) if runormas.part_of(c.document) == "final"]
    rows = []
    for batch in normal_forms.parse_cases(cases):
        forms = zip(normal_forms.ours(batch), batch.cases, strict=True)
        right = sum(form.replace("ё", "е") == case.gold.replace("ё", "е") for form, case in forms)
        rows.append((right, len(batch.cases), len(batch.cases)))
    return _counts(rows)


MEASURES: dict[str, Measure] = {
    "times": measure_times,
    "quantities": measure_quantities,
    "positions": measure_positions,
    "lemmas": measure_lemmas,
    "parts_of_speech": measure_parts_of_speech,
    "names": measure_names,
    "normal_forms": measure_normal_forms,
    "quotes": measure_quotes,
    "speakers": measure_speakers,
    "events": measure_events,
}


def _event_gold(corpora: Path, held: dict[str, list[str]]) -> Iterator[tuple[dict[str, Any], str]]:
    """(record, source of its text in raw_news) of the held-out documents."""
    for name, source in (("news", "rucoco"), ("more", ""), ("vzglyad", "vzglyad")):
        with (corpora / "gold" / f"events_{name}.jsonl").open(encoding="utf-8", newline="\n") as lines:
            records = [json.loads(line) for line in lines]
        for record in records:
            if record["doc"] in held[f"events/{name}"]:
                yield record, source or record["source"]


def _counts(rows: list[tuple[int, int, int]]) -> Counts:
    return np.array(rows, np.int64).reshape(-1, 3)


def _analyse(text: str, published: date | None) -> Analysis:
    return annotate((Document("x", "x", None, "txt", text, 0, "", annotated=True, published_date=published),))


def _original(a: Analysis, span: Span) -> tuple[int, int]:
    starts, ends = a.readings.origin_start[span.reading], a.readings.origin_end[span.reading]
    return int(starts[span.start]), int(ends[span.end - 1])


def _raw_news(corpora: Path) -> Texts:
    """(source, id) -> text."""
    columns = [c.to_pylist() for c in pq.read_table(corpora / "raw_news.parquet", columns=["source", "id", "text"]).columns]
    return {(source, number): text for source, number, text in zip(*columns, strict=True)}


def _brat(path: Path) -> set[tuple[int, int, str]]:
    """Spans of a BRAT file; a discontinuous one counts from its first to its last character."""
    found = set()
    for line in path.read_text(encoding="utf-8-sig").split("\n"):
        if line.startswith("T"):
            kind, _, offsets = line.split("\t")[1].partition(" ")
            numbers = [int(n) for n in offsets.replace(";", " ").split()]
            found.add((min(numbers), max(numbers), kind))
    return found
