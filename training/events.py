"""Which happenings of different articles are one event: `python training/events.py CORPORA`, with all seeds fixed.

Writes models/events/rarity.npz (event_rarity.py), then pairs.npz: trees that learn the pairs which `resolve.candidates` proposes.
Right and wrong ones come from the articles of the stories and of the cards that are not held out, whose keys hold across articles;
from the other event gold, each document cut in two as if these were two articles, where what the days of publication are apart is
drawn among those of the stories' right and wrong pairs; and from every second row of stories/pairs.tsv: what is salient in both
articles of one event and of one type is right, and whatever two articles of two events tell is wrong. Wrong ones also come from
articles of raw news that are not alike. Printed: average precision of the pairs of each story, learned without it. `--model` names
the tagger. Run after coreference.py and salience.py.
"""

import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from event_rarity import write_rarity
from letopis.evaluate import gold
from letopis.evaluate.resolved import annotate_all, put
from letopis.evaluate.spans import match
from letopis.evaluate.stories import NOISE, STORIES, Keyed, articles, document, is_held_out, read_pairs
from letopis.find.coreference.forest import LEAVES, write
from letopis.layers import Document, Documents
from letopis.resolve.candidates import documents_of, make_pairs, pairs_of
from letopis.resolve.contents import Longs
from letopis.resolve.duplicates import find_duplicates
from letopis.resolve.entities import resolve_entities
from letopis.resolve.happenings import FILE
from letopis.resolve.likeness import Facts, facts
from letopis.resolve.sightings import columns, make_sightings
from letopis.store.corpus import Corpus
from trees import Table, nodes_of, table_of

MODELS = Path(__file__).resolve().parent.parent / "models"
HALVED = ("news", "more", "vzglyad", "factrueval_dev")
RAW, FIRST, YEAR = 600, date(2018, 5, 1), 300        # articles of raw news, and the days that what has none is dated at
OTHER = 25                                           # cosine of bodies (hundredths) below which articles tell of other things
CROSSED, CROSSED_WEIGHT = 20_000, 0.1                # pairs of such articles, and what each counts
STORY, CARDS, HALF, ROW = 4000, 1200, 0.2, 0.3       # what a story, the cards, a pair of halves and of a row count
SALIENT = 50                                         # hundredths
TOGETHER = 1000                                      # pairs of documents that are looked at at once
LEFT_OUT = ("type", "group")                         # stories are too few for types
UP = frozenset((
    "topic", "body", "passage", "like", "like_company", "like_cross", "letters", "root", "lemmas", "near", "near_sum", "cross",
    "who", "whom", "close", "people", "parts", "parts_shared", "parts_around", "around", "around_sum", "place", "same_type",
    "same_group", "crossed", "same_realis", "named", "day", "rival", "lesser_rival",
))
DOWN = frozenset(("published", "gap", "apart"))
_END = re.compile(r"[.!?»\"]\s+(?=[А-ЯЁ«\"])|\n+")


@dataclass(frozen=True, slots=True)
class Lessons:
    """Pairs: what is known of them, whether they are one event, how much each counts."""

    names: Sequence[str]
    table: Table
    right: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]


def main(corpora: Path, model: str) -> None:
    write_rarity(corpora, MODELS)
    *told, noise = _stories(corpora, model)
    halves, pairs = _halves(corpora, model), _pairs(corpora, model)
    for i, name in enumerate(STORIES):
        others = [*told[:i], *told[i + 1:]]
        chance = _fit([*others, noise, _dated(halves, others), pairs]).predict_proba(_kept(told[i]))[:, 1]
        print(f"{name} left out: average precision of pairs {average_precision_score(told[i].right, chance):.3f}", flush=True)
    names = [n for n in halves.names if n not in LEFT_OUT]
    write(MODELS / FILE, nodes_of(_fit([*told, noise, _dated(halves, told), pairs]), names))


def _stories(corpora: Path, model: str) -> list[Lessons]:
    """Pairs of each story and of the cards that gold knows; and pairs of articles that tell of other things, of raw news too."""
    files = [*(f"events_stories_{name}" for name in STORIES), "cards_visible"]
    told = [_taught(*articles(corpora / "gold" / f"{name}.jsonl")) for name in files]
    of = {name: i for i, (_, keyed) in enumerate(told) for name in keyed}
    documents = (*(d for own, _ in told for d in own), *_raw(corpora))
    seen = _seen(documents, {name: keys for _, keyed in told for name, keys in keyed.items()}, model)
    a, b = seen.pairs.T
    story = np.array([of.get(name, -1) for name in seen.document])
    known = seen.known[a] & seen.known[b] & (story[a] == story[b])
    count = Counter(k for k in seen.key if k)
    right = known & (seen.key[a] == seen.key[b])
    weight = known.astype(np.float64)
    weight[right] /= np.sqrt([count[k] for k in seen.key[a[right]]])
    others = ((story[a] != story[b]) | (story[a] < 0)) & (seen.facts["body"] < OTHER)
    shares = [np.where(story[a] == i, weight, 0.0) for i in range(len(told))]
    wholes = [*[STORY] * len(STORIES), CARDS]
    own = [_lessons(seen, right, share * whole / share.sum()) for share, whole in zip(shares, wholes, strict=True)]
    return [*own, _lessons(seen, right, _thinned(np.where(others & ~known, CROSSED_WEIGHT, 0.0), known))]


def _taught(documents: Documents, keyed: Keyed) -> tuple[Documents, Keyed]:
    """Those that no figure is measured on."""
    kept = tuple(d for d in documents if not is_held_out(d.key))
    return kept, {d.key: keyed[d.key] for d in kept}


def _dated(halves: Lessons, told: Sequence[Lessons]) -> Lessons:
    """The halves with days between publications drawn among those of the stories, of right pairs for right ones."""
    column, chance, table = halves.names.index("published"), np.random.default_rng(0), halves.table.copy()
    for right in (True, False):
        rows = np.flatnonzero(halves.right == right)
        table[rows, column] = chance.choice(np.concatenate([t.table[t.right == right, column] for t in told]), len(rows))
    return replace(halves, table=table)


def _halves(corpora: Path, model: str) -> Lessons:
    """Pairs of the halves of gold's other documents, and of halves of different documents."""
    documents, keyed = [], {}
    for name in HALVED:
        for text in gold.read_events(corpora / "gold" / f"events_{name}.jsonl"):
            for half, triggers in _cut(text, f"{name}/{text.id}"):
                documents.append(half)
                keyed[half.key] = triggers
    seen = _seen(tuple(documents), keyed, model)
    whole = np.array([name.rpartition("#")[0] for name in seen.document])
    a, b = seen.pairs.T
    known = seen.known[a] & seen.known[b] & (whole[a] == whole[b])
    others = (whole[a] != whole[b]) & (seen.facts["body"] < OTHER)
    weight = np.where(known, HALF, np.where(others, CROSSED_WEIGHT, 0.0))
    return _lessons(seen, known & (seen.key[a] == seen.key[b]), _thinned(weight, known))


def _pairs(corpora: Path, model: str) -> Lessons:
    """Pairs of sightings of the two articles of a row that teaches."""
    rows = [row for i, row in enumerate(read_pairs(corpora / "stories" / "pairs.tsv")) if i % 2 == 0]
    seen = _seen(tuple(document for *both, _ in rows for document in both), {}, model)
    number = {document.key: i for i, (*both, _) in enumerate(rows) for document in both}
    a, b = (np.array([number[name] for name in seen.document])[side] for side in seen.pairs.T)
    one = np.array([same for *_, same in rows])[a]
    right = (a == b) & one & (seen.facts["same_type"] > 0) & (seen.facts["least_salience"] >= SALIENT)
    return _lessons(seen, right, np.where(right, ROW, np.where((a == b) & ~one, CROSSED_WEIGHT, 0.0)))


def _cut(text: gold.Text, name: str) -> Iterator[tuple[Document, list[tuple[int, int, str]]]]:
    """The two halves of a document, parted between sentences near its middle, on one day; events keep their common names."""
    size = len(text.text)
    ends = [m.end() for m in _END.finditer(text.text) if size / 4 < m.end() < size * 3 / 4]
    if ends:
        cut = min(ends, key=lambda end: abs(end - size // 2))
        day = (FIRST + timedelta(days=zlib.crc32(name.encode()) % YEAR)).isoformat()
        for number, (first, last) in enumerate(((0, cut), (cut, size))):
            own = [(t.start - first, t.end - first, f"{name} {t.event}") for t in text.triggers or () if first <= t.start < last]
            yield document(f"{name}#{number}", text.text[first:last], None, day), own


def _raw(corpora: Path) -> Iterator[Document]:
    """Articles of raw news that gold does not annotate, by a hash of their names."""
    annotated = {text.id for text in gold.read_events(corpora / "gold")}
    texts = {key: text for key, text in gold.raw_news(corpora).items() if key[0] in ("rucoco", "nerel") and key[1] not in annotated}
    for key in sorted(texts, key=lambda k: (zlib.crc32("/".join(k).encode()), k))[NOISE:NOISE + RAW]:
        title, _, body = texts[key].partition("\n")
        day = FIRST + timedelta(days=zlib.crc32(key[1].encode()) % YEAR)
        yield document("/".join(key), body.strip() or title, title.strip(), day.isoformat())


@dataclass(frozen=True, slots=True)
class Seen:
    """The candidate pairs of a corpus as rows of sightings; of each sighting its document and gold's event, '' for none."""

    pairs: Longs
    facts: Facts
    document: npt.NDArray[np.str_]
    key: npt.NDArray[np.str_]

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """[sighting] whether gold has an event for it."""
        return self.key != ""


def _seen(documents: Documents, keyed: Keyed, model: str) -> Seen:
    with TemporaryDirectory() as folder:
        stored = put(annotate_all(documents, model), Path(folder))
        corpus = Corpus(stored.folder, list(stored.entries))
        find_duplicates(corpus)
        corpus.add("entities", resolve_entities(corpus)[0])
        make_sightings(corpus)
        make_pairs(corpus, "")
        pairs, known = _known(corpus)
        rows = corpus.query("SELECT document_id, event FROM sightings ORDER BY sighting").to_pylist()
        mentions = corpus.query(f"SELECT * FROM {corpus.units('event_mentions')} WHERE field = 'text'").to_pylist()
        corpus.close()
    named = _keys(keyed, mentions)
    names = np.array([r["document_id"] for r in rows])
    return Seen(pairs, known, names, np.array([named.get((r["document_id"], r["event"]), "") for r in rows]))


def _known(corpus: Corpus) -> tuple[Longs, Facts]:
    """The candidate pairs of a corpus, and what is known of them."""
    found = corpus.query("SELECT a, b FROM document_pairs ORDER BY a, b")
    corpus.sql.execute(
        "CREATE TABLE paired AS SELECT document_id, number FROM event_documents "
        "WHERE number IN (SELECT unnest([a, b]) FROM document_pairs)"
    )
    seen, documents = columns(corpus, "paired"), documents_of(found)
    parts = [pairs_of(seen, documents[i:i + TOGETHER])[0] for i in range(0, len(documents), TOGETHER)]
    of = [facts(seen, *rows.T) for rows in parts]
    return seen.number[np.concatenate(parts)], {name: np.concatenate([f[name] for f in of]) for name in of[0]}


def _keys(keyed: Keyed, mentions: Sequence[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """Gold's event of each (document, event): of those of its mentions the most frequent."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for mention in mentions:
        found[mention["document_id"]].append(mention)
    counts: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for name, triggers in keyed.items():
        own = found[name]
        for g, f in match([(a, b, "") for a, b, _ in triggers], [(m["start"], m["end"], "") for m in own]):
            counts[name, own[f]["event_id"]][triggers[g][2]] += 1
    return {key: c.most_common(1)[0][0] for key, c in counts.items()}


def _thinned(weight: npt.NDArray[np.float64], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """All pairs that gold knows, and at most CROSSED of the others."""
    others = np.flatnonzero(~known & (weight > 0))
    kept = np.random.default_rng(0).choice(others, min(len(others), CROSSED), replace=False)
    weight[np.setdiff1d(others, kept)] = 0.0
    return weight


def _lessons(seen: Seen, right: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]) -> Lessons:
    kept = weight > 0
    of = {name: np.asarray(values)[kept] for name, values in seen.facts.items()}
    return Lessons(sorted(of), table_of(of), right[kept], weight[kept])


def _kept(lessons: Lessons) -> Table:
    return lessons.table[:, [i for i, n in enumerate(lessons.names) if n not in LEFT_OUT]]


def _fit(lessons: Sequence[Lessons]) -> HistGradientBoostingClassifier:
    """Trees in which likeness never speaks against, nor distance for."""
    signs = [1 if n in UP else -1 if n in DOWN else 0 for n in lessons[0].names if n not in LEFT_OUT]
    trees = HistGradientBoostingClassifier(
        max_leaf_nodes=LEAVES, max_iter=200, learning_rate=0.05, min_samples_leaf=40, l2_regularization=1.0, random_state=0,
        early_stopping=False, monotonic_cst=signs,
    )
    right, weight = (np.concatenate([getattr(x, name) for x in lessons]) for name in ("right", "weight"))
    return trees.fit(np.concatenate([_kept(x) for x in lessons]), right, sample_weight=weight)


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]), words[words.index("--model") + 1] if "--model" in words else "fast")
