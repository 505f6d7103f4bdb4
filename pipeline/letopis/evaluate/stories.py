"""One event over many articles, against gold whose keys hold across documents: links between articles, and pairs of articles.

Conventions. A unit is a document and a gold event of it; what it is called is the event that most of its found mentions have, the
first of equals, a mention being found where its trigger is matched to ours (`spans.match`); a unit without a found mention is
linked to nothing. A link is a pair of units of different documents. Of cards only the main events are units. In `mixed` all the
files are one corpus with NOISE articles of raw news, which tell of nothing that gold's articles tell of: a link to one of them is
wrong. Two articles tell of one event where the TOLD most salient events of each have one in common. The baseline calls events by
type and the first letters of the trigger; of pairs of articles it asks the same of the most salient ones.
"""

import csv
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import numpy as np

from letopis.evaluate import gold
from letopis.evaluate.event_links import STEM
from letopis.evaluate.identity import Unit, links_by_document
from letopis.evaluate.resolved import Stored, annotate_all, put
from letopis.evaluate.spans import Counts, Score, match, score
from letopis.layers import Document, Documents
from letopis.resolve.duplicates import find_duplicates
from letopis.resolve.entities import resolve_entities
from letopis.resolve.events import resolve_events
from letopis.store.corpus import Corpus

STORIES = ("asia_bibi", "brexit", "nord_stream", "ryanair")
NOISE, TOLD = 300, 3
_EVERY = 4                                           # of the articles of stories and cards one in so many teaches nothing
Keyed: TypeAlias = dict[str, list[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of the body, the event it is of, and what the baseline calls that."""

    start: int
    end: int
    event: str
    plain: str
    salience: float


Found: TypeAlias = Mapping[str, Sequence[Told]]

_MENTIONS = """
SELECT m.document_id, m.event_mention_id, m.type, m.lemma, m.salience, v.event_id
FROM {mentions} m LEFT JOIN event_map v ON v.document_id = m.document_id AND v.event = m.event_id
WHERE m.field = 'text' ORDER BY m.document_id, m.start, m.end
"""


def figures(corpora: Path, model: str, *, held_out: bool) -> dict[str, Score]:
    """Links on each story, on the cards and on all in one corpus; pairs of articles; each with the baseline."""
    told = gold_of(corpora, held_out=held_out)
    out: dict[str, Score] = {}
    with TemporaryDirectory() as folder:
        stored, keys = _stored(corpora, told, (model, NOISE), Path(folder))
        for name, (_, keyed) in told.items():
            out |= _rows(f"links {name}", keyed, settled(stored, set(keyed)))
        out |= _rows("links mixed", keys, settled(stored))
    return out | pair_figures(corpora, model, held_out=held_out)


def held_out_counts(corpora: Path, noise: int) -> Counts:
    """[document, (right, found, gold)] links of the articles held out, all in one corpus with so many of raw news."""
    with TemporaryDirectory() as folder:
        stored, keys = _stored(corpora, gold_of(corpora, held_out=True), ("fast", noise), Path(folder))
        return link_counts(keys, settled(stored), lambda t: t.event)


def gold_of(corpora: Path, *, held_out: bool) -> dict[str, tuple[Documents, Keyed]]:
    """The articles of each story, and of the cards."""
    files = {name: f"events_stories_{name}" for name in STORIES} | {"cards": "cards_visible"}
    told = {}
    for name, file in files.items():
        documents, keyed = articles(corpora / "gold" / f"{file}.jsonl")
        kept = tuple(d for d in documents if is_held_out(d.key) or not held_out)
        told[name] = kept, {d.key: keyed[d.key] for d in kept}
    return told


def _stored(
    corpora: Path, told: Mapping[str, tuple[Documents, Keyed]], how: tuple[str, int], folder: Path
) -> tuple[Stored, Keyed]:
    """All articles annotated, with so many of raw news; and what gold says of them. `how`: the model, how many."""
    every = [*(d for documents, _ in told.values() for d in documents), *_noise(corpora, how[1])]
    return put(annotate_all(tuple(every), how[0]), folder), {key: own for _, keyed in told.values() for key, own in keyed.items()}


def _rows(name: str, keyed: Keyed, found: Found) -> dict[str, Score]:
    return {
        name: score(link_counts(keyed, found, lambda t: t.event)),
        f"{name}: same stem and type": score(link_counts(keyed, found, lambda t: t.plain)),
    }


def articles(path: Path) -> tuple[Documents, Keyed]:
    """The documents of a file, and of each (start, end, event) of its triggers; events of one document have its name in theirs."""
    documents, keyed = [], {}
    for row in map(json.loads, gold.lines(path)):
        name = row["doc"]
        documents.append(document(name, row["text"], row["title"], row["published"]))
        keyed[name] = [(a, b, key if key.startswith("@") else f"{name} {key}") for a, b, key in _triggers(row)]
    return tuple(documents), keyed


def is_held_out(name: str) -> bool:
    """Whether no model of events learns from an article of the stories or cards; of pairs of articles every second teaches none."""
    return zlib.crc32(name.encode()) % _EVERY == 0


def document(name: str, text: str, title: str | None, published: str | None) -> Document:
    """A document as a file gives it."""
    day = date.fromisoformat(published) if published else None
    return Document(name, name, None, "txt", text, 0, name, annotated=True, language="ru", title=title, published_date=day)


def _triggers(row: Mapping[str, object]) -> Iterator[tuple[int, int, str]]:
    for number, event in enumerate(row["events"]):                                                    # type: ignore[arg-type, var-annotated]
        if "mentions" in event:
            yield from ((m["start"], m["end"], f"@{event['event_key']}") for m in event["mentions"])
        else:
            yield event["start"], event["end"], event.get("coref") or str(number)


def settled(stored: Stored, keys: set[str] | None = None) -> Found:
    """The mentions of each document, as events of the corpus that the documents `keys` (all) make."""
    entries = [e for e in stored.entries if keys is None or e.key in keys]
    corpus = Corpus(stored.folder, entries)
    try:
        find_duplicates(corpus)
        resolve_events(corpus, resolve_entities(corpus)[0])
        rows = corpus.query(_MENTIONS.format(mentions=corpus.units("event_mentions"))).to_pylist()
    finally:
        corpus.close()
    found: dict[str, list[Told]] = {e.key: [] for e in entries}
    for row in rows:
        start, end = map(int, row["event_mention_id"].split(":")[1].split("-"))
        plain = f"{row['type']} {row['lemma'].split()[-1][:STEM].lower()}"
        found[row["document_id"]].append(Told(start, end, row["event_id"], plain, row["salience"]))
    return found


def link_counts(keyed: Keyed, found: Found, name: Callable[[Told], str]) -> Counts:
    """[document, (right, found, gold)] links that end in documents of gold."""
    units = [unit for key, triggers in keyed.items() for unit in units_of(key, triggers, found.get(key, ()), name)]
    others = {key: {name(t) for t in own} for key, own in found.items() if key not in keyed}
    noise = [Unit(key, f"{key} {called}", called) for key, names in others.items() for called in sorted(names)]
    rows = links_by_document([*units, *noise])
    return np.array([rows[key] for key in keyed if key in rows], np.int64).reshape(-1, 3)


def units_of(
    key: str, triggers: Sequence[tuple[int, int, str]], own: Sequence[Told], name: Callable[[Told], str]
) -> Iterator[Unit]:
    """The units of a document."""
    called: dict[str, Counter[str]] = {event: Counter() for _, _, event in triggers}
    for g, f in match([(a, b, "") for a, b, _ in triggers], [(t.start, t.end, "") for t in own]):
        called[triggers[g][2]][name(own[f])] += 1
    for event, names in called.items():
        yield Unit(key, event, names.most_common(1)[0][0] if names else f"not found: {key} {event}")


def pair_figures(corpora: Path, model: str, *, held_out: bool) -> dict[str, Score]:
    """Same event or not, of the pairs of articles of stories/pairs.tsv, all in one corpus."""
    pairs, found = _paired(corpora, model, held_out=held_out)
    return {
        f"pairs of articles{title}": score(_pair_counts(pairs, found, name))
        for title, name in (("", lambda t: t.event), (": same stem and type", lambda t: t.plain))
    }


def pair_counts(corpora: Path) -> Counts:
    """[pair, (right, said, gold)] of every second pair of articles, which no model of events learns from."""
    pairs, found = _paired(corpora, "fast", held_out=True)
    return _pair_counts(pairs, found, lambda t: t.event)


def _paired(corpora: Path, model: str, *, held_out: bool) -> tuple[list[tuple[Document, Document, bool]], Found]:
    pairs = list(read_pairs(corpora / "stories" / "pairs.tsv"))[1 if held_out else 0::2 if held_out else 1]
    with TemporaryDirectory() as folder:
        documents = tuple(d for first, second, _ in pairs for d in (first, second))
        return pairs, settled(put(annotate_all(documents, model), Path(folder)))


def read_pairs(path: Path) -> Iterator[tuple[Document, Document, bool]]:
    """Two articles, and whether they tell of one event."""
    for number, row in enumerate(csv.DictReader(gold.lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)):
        sides = [document(f"{number}.{s}", row[f"INPUT:{s}_text"], row[f"INPUT:{s}_title"], None) for s in ("first", "second")]
        yield sides[0], sides[1], row["GOLDEN:quality"] == "OK"


def _pair_counts(pairs: Sequence[tuple[Document, Document, bool]], found: Found, name: Callable[[Told], str]) -> Counts:
    rows = []
    for first, second, same in pairs:
        said = bool(_main(found[first.key], name) & _main(found[second.key], name))
        rows.append((int(said and same), int(said), int(same)))
    return np.array(rows, np.int64).reshape(-1, 3)


def _main(told: Sequence[Told], name: Callable[[Told], str]) -> set[str]:
    """The most salient events of an article."""
    best: defaultdict[str, float] = defaultdict(float)
    for mention in told:
        best[name(mention)] = max(best[name(mention)], mention.salience)
    return set(sorted(best, key=lambda n: (-best[n], n))[:TOLD])


def _noise(corpora: Path, count: int) -> Iterator[Document]:
    """Articles of raw news, dated among the stories."""
    texts = {key: text for key, text in gold.raw_news(corpora).items() if key[0] == "rucoco"}
    for key in sorted(texts, key=lambda k: (zlib.crc32("/".join(k).encode()), k))[:count]:
        title, _, body = texts[key].partition("\n")
        day = date.fromordinal(date(2018, 5, 1).toordinal() + zlib.crc32(key[1].encode()) % 300)
        yield document("/".join(key), body.strip() or title, title.strip(), day.isoformat())
