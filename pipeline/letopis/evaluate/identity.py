"""Identity across documents on SlavicNER's ids: links between documents and B-cubed, topic by topic.

Protocol. Mentions are those the pipeline finds; a gold mention is found where a mention with an entity shares at least half of
their union. A unit is a document and a gold id in it with a found mention; what the unit is called is the entity most of its
found mentions have, the first of equals. A link is a pair of units of different documents: gold says the ids are equal, the
pipeline that the entities are. B-cubed counts units, each topic for itself. SlavicNER's categories play no part, its ids do.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from letopis.evaluate.resolved import Named, annotate_all, put, resolve
from letopis.layers import Document, Documents

DEVELOP = ("asia_bibi", "brexit", "ryanair")
ASIDE = ("covid-19", "nord_stream")
OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Unit:
    """An entity of a document, by its gold id and by what the pipeline calls it."""

    document: str
    gold: str
    found: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Characters [start, end) of a document, and the id of what they name."""

    start: int
    end: int
    category: str
    id: str


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of links and of B-cubed, and how many units they are of."""

    links: tuple[float, float, float]
    b_cubed: tuple[float, float, float]
    units: int


def read_documents(corpora: Path, topic: str) -> Documents:
    """The texts of a topic, keyed by the names of their files."""
    found = []
    for path in sorted((corpora / "slavicner" / "raw" / topic).glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        found.append(Document(path.stem, path.name, None, "txt", text, 0, path.stem, annotated=True, language="ru"))
    return tuple(found)


def read_gold(corpora: Path, topic: str) -> dict[str, tuple[GoldMention, ...]]:
    """Document -> its gold mentions."""
    found = {}
    for path in sorted((corpora / "slavicner" / "ner" / topic).glob("*.tsv")):
        rows = (line.split("\t") for line in path.read_bytes().decode("utf-8").splitlines() if line)
        found[path.stem] = tuple(GoldMention(int(r[0]), int(r[1]), r[4], r[5]) for r in rows)
    return found


def held_out(corpora: Path) -> list[tuple[int, int, int]]:
    """Links (right, found, gold) of the topics nothing was chosen on, a row a document."""
    return [row for topic in ASIDE for row in links(units_of(corpora, topic))]


def units_of(corpora: Path, topic: str) -> list[Unit]:
    """The units of a topic as the pipeline finds them."""
    with TemporaryDirectory() as folder:
        found = resolve(put(annotate_all(read_documents(corpora, topic)), Path(folder)))
    return units(read_gold(corpora, topic), found)


def units(gold: Mapping[str, Sequence[GoldMention]], found: Mapping[str, Sequence[Named]]) -> list[Unit]:
    """The units of a topic, documents in order."""
    out = []
    for document, mentions in gold.items():
        names = [m for m in found[document] if m.entity]
        called: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            name = best(mention.start, mention.end, names)
            if name is not None:
                called[mention.id][name.entity] += 1
        out += [Unit(document, gold_id, counts.most_common(1)[0][0]) for gold_id, counts in called.items()]
    return out


def best(start: int, end: int, names: Sequence[Named]) -> Named | None:
    """The mention that shares most of its union with [start, end), if that is OVERLAP at least; the first of equals."""
    shares = [(_shared(start, end, n) / (max(end, n.end) - min(start, n.start)), n) for n in names]
    share, name = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return name if share >= OVERLAP else None


def links(found: Sequence[Unit]) -> list[tuple[int, int, int]]:
    """Links (right, found, gold) that end in each document, a row a document: every link counts at both of its ends."""
    return list(links_by_document(found).values())


def links_by_document(found: Sequence[Unit]) -> dict[str, tuple[int, int, int]]:
    """The same by document."""
    rows: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for column, fields in enumerate((("gold", "found"), ("found",), ("gold",))):
        for group in _groups(found, *fields).values():
            for document, n in Counter(u.document for u in group).items():
                rows[document][column] += n * (len(group) - n)
    return {document: (right, guessed, gold) for document, (right, guessed, gold) in rows.items()}


def score(found: Sequence[Unit]) -> Score:
    """Links and B-cubed of the units of one topic."""
    right, guessed, gold = (sum(column) for column in zip(*links(found), strict=True))
    both, by_found, by_gold = _groups(found, "gold", "found"), _groups(found, "found"), _groups(found, "gold")
    precision = sum(len(g) ** 2 / len(by_found[found_id,]) for (_, found_id), g in both.items())
    recall = sum(len(g) ** 2 / len(by_gold[gold_id,]) for (gold_id, _), g in both.items())
    n = len(found)
    return Score(_f1(right / max(guessed, 1), right / max(gold, 1)), _f1(precision / max(n, 1), recall / max(n, 1)), n)


def _groups(found: Sequence[Unit], *fields: str) -> dict[tuple[str, ...], list[Unit]]:
    groups: defaultdict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for unit in found:
        groups[tuple(getattr(unit, f) for f in fields)].append(unit)
    return groups


def _shared(start: int, end: int, name: Named) -> int:
    return max(0, min(end, name.end) - max(start, name.start))


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
