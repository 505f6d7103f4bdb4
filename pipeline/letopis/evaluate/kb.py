"""Links to a knowledge base, on NEREL's links to Wikidata (the `N` lines of BRAT).

Protocol. Gold are the contiguous mentions of people, organisations and places with an `N` line; one that says NULL is known to
be in no base. A gold mention is found in the mention that shares at least half of their union, of equals the one with its
label. It is linked where that mention's entity has an outer id, and right where that is gold's item. Precision is right among
linked, recall right among gold with an item. 'named' leaves out gold whose item is a concept ('правительство', 'полиция'): an
entity is never linked to one. 'NULL as wrong' counts links of NULL mentions as found. Homonyms: beside the HOMONYMS items that
gold names most, each gets a namesake of another type, place or time; scored are the mentions of those items alone.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from letopis.evaluate import gold
from letopis.evaluate.resolved import Named, Stored, annotate_all, put, resolve
from letopis.evaluate.spans import Counts
from letopis.kb.importing import import_dump
from letopis.kb.items import OWN, rank_of
from letopis.kb.keys import is_name
from letopis.kb.storage import open_base
from letopis.layers import Document
from letopis.schema.mentions import label

LABELS = ("PER", "ORG", "LOC")
NULL = "NULL"
HOMONYMS = 300
OVERLAP = 0.5
_OTHERS = {                                   # label -> descriptions of namesakes: another type, another place, another time
    "PER": ("роман", "перуанский скотопромышленник", "художник (1801—1870)"),
    "ORG": ("село в Перу", "перуанская организация", "организация (1801—1870)"),
    "LOC": ("роман", "город в Перу", "город (1301—1370)"),
}


@dataclass(frozen=True, slots=True)
class Linked:
    """A gold mention with its item, or NULL."""

    start: int
    end: int
    label: str
    item: str


Gold = Mapping[str, Sequence[Linked]]
Found = Mapping[str, Sequence[Named]]


def measure(folder: Path, model: str = "fast") -> dict[str, Counts]:
    """(right, linked, gold) a document, by the names of the docstring; `folder`: of BRAT files, or of the corpora."""
    folder = folder / "nerel" / "dev" if (folder / "nerel").is_dir() else folder
    known, items = read_gold(folder), _items(dump_beside(folder))
    with TemporaryDirectory() as temporary:
        stored = _stored(folder, Path(temporary), model)
        found = _resolved(stored, Path(temporary) / "kb", [("base", items.values())])
        chosen = _most_named(known, items)
        namesakes = list(_namesakes(chosen, items))
        twice = _resolved(stored, Path(temporary) / "kb", [("homonyms", namesakes)])
    by_label = {name: _counts(known, found, lambda x, name=name: x.label == name and x.item != NULL) for name in LABELS}  # type: ignore[misc]
    return {
        **by_label, "all": _counts(known, found, lambda x: x.item != NULL),
        "named": _counts(known, found, lambda x: x.item != NULL and _is_named(items.get(x.item))),
        "NULL as wrong": _counts(known, found, lambda _: True),
        f"{len(namesakes)} homonyms": _counts(known, twice, lambda x: x.item in chosen),
    }


def linked(folder: Path) -> Counts:
    """The row 'all' of `measure`."""
    with TemporaryDirectory() as temporary:
        stored = _stored(folder, Path(temporary), "fast")
        found = _resolved(stored, Path(temporary) / "kb", [("base", _items(dump_beside(folder)).values())])
    return _counts(read_gold(folder), found, lambda x: x.item != NULL)


def read_gold(folder: Path) -> dict[str, tuple[Linked, ...]]:
    """Document -> its gold mentions, in the order of the file."""
    return {path.stem: tuple(_mentions(gold.lines(path))) for path in sorted(folder.glob("*.ann"))}


def dump_beside(folder: Path) -> Path:
    """The items beside a set of corpora: kb/*.jsonl of the nearest folder above. Raises FileNotFoundError."""
    for above in folder.resolve().parents:
        for path in sorted((above / "kb").glob("*.jsonl")):
            return path
    raise FileNotFoundError(f"no kb/*.jsonl in any folder above {folder}")


def judge(known: Gold, found: Found, counts: Callable[[Linked], bool]) -> Iterator[tuple[int, int, int]]:
    """(right, linked, gold) of each document, of the gold mentions that count."""
    for document, mentions in known.items():
        here = [x for x in mentions if counts(x)]
        ids = [_outer(_best(x, found.get(document, ()))) for x in here]
        right = sum(a == x.item for a, x in zip(ids, here, strict=True))
        yield right, sum(a is not None for a in ids), sum(x.item != NULL for x in here)


def _mentions(lines: Iterable[str]) -> Iterator[Linked]:
    rows = [line.lstrip("\ufeff").split("\t") for line in lines]
    items = {row[1].split(" ")[1]: row[1].split(":")[-1] for row in rows if row[0].startswith("N")}
    for row in rows:
        if row[0] in items and row[0].startswith("T") and ";" not in row[1]:
            kind, start, end = row[1].split(" ")
            if label(kind) in LABELS:
                yield Linked(int(start), int(end), label(kind), items[row[0]])


def _stored(folder: Path, temporary: Path, model: str) -> Stored:
    paths = sorted(folder.glob("*.txt"))
    documents = (Document(p.stem, p.name, None, "txt", gold.read(p), 0, p.stem, annotated=True, language="ru") for p in paths)
    return put(annotate_all(tuple(documents), model), temporary)


def _resolved(stored: Stored, folder: Path, sources: Sequence[tuple[str, Iterable[Mapping[str, Any]]]]) -> Found:
    """The documents linked to a base with further sources."""
    for name, rows in sources:
        dump = folder.parent / f"{name}.jsonl"
        dump.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        import_dump(dump, folder, name=name)
    return resolve(stored, base=open_base(folder))


def _items(dump: Path) -> dict[str, dict[str, Any]]:
    return {row["qid"]: row for row in map(json.loads, gold.lines(dump))}


def _is_named(item: Mapping[str, Any] | None) -> bool:
    return item is None or is_name(item["label"])


def _most_named(known: Gold, items: Mapping[str, Any]) -> dict[str, str]:
    """Item -> label of its mentions, of the items that gold names most."""
    counts = Counter((x.item, x.label) for mentions in known.values() for x in mentions if x.item in items)
    named = [key for key, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if _is_named(items[key[0]])]
    return dict(list(dict(named).items())[:HOMONYMS])


def _namesakes(chosen: Mapping[str, str], items: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for number, (item, kind) in enumerate(chosen.items()):
        yield {**items[item], "qid": f"Q{10**9 + number}", "description": _OTHERS[kind][number % 3]}


def _best(mention: Linked, found: Sequence[Named]) -> Named | None:
    near = (n for n in found if n.start < mention.end and mention.start < n.end)
    shares = [(_share(mention, n), label(n.type) == mention.label, n) for n in near]
    share, _, best = max(shares, key=lambda s: s[:2], default=(0.0, False, None))
    return best if share >= OVERLAP else None


def _share(a: Linked, b: Named) -> float:
    return (min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))


def _outer(mention: Named | None) -> str | None:
    """The outer id of a mention's entity."""
    if mention is None or not mention.entity or rank_of(mention.entity) == OWN:
        return None
    return mention.entity


def _counts(known: Gold, found: Found, counts: Callable[[Linked], bool]) -> Counts:
    return np.array(list(judge(known, found, counts)), np.int64).reshape(-1, 3)
