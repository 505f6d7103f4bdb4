"""Scores of `find_places` on places with gold links: NEREL's Wikidata ids, SlavicNER's ids, our own reading of news.

Contract. Gold spans and types are given, so only the choice of the place is judged. *right*: the gold item; where the row has
no Wikidata id, a row that bears the item's label or alias and does not lie in another country than its description says.
*none*: no row. *wrong*: any other row. *unusable*: the gold item is no place (a team, a film, a mayor), which happens where
annotators linked by search, or it has no description to judge by. Nouns and adjectives are counted apart, FACILITY is left out.
Normal forms are the caller's; without any the surface stands for them, which is harder than the pipeline.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow.parquet as pq

from letopis.find.gazetteer import gazetteer
from letopis.find.place_names import look_up
from letopis.find.places import find_places
from letopis.layers import Mention, Readings, Span
from letopis.text.dictionary import parses

PLACES = ("COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION")
OUTCOMES = ("right", "wrong", "none", "unusable")

_NO_PLACE = re.compile(
    "сборная|команда|клуб|фильм|film|мэр|станция|форум|святой|язык|чемпионат|лига |экономист|footbal|народ|жител|герцог|"
    "аббатство|кинема|музык|disambig|страница значений|корабл|ship|список|организ|organization|песня|album|актёр|политик|"
    "деятел|газопров|компани|company|колони|единица|бизнес|предприним|роман|картин"
)


class Gold(NamedTuple):
    """A place mention with its gold item: a Wikidata id, or in SlavicNER a name in Latin letters."""

    document: str
    start: int
    end: int
    type: str
    item: str


class Text(NamedTuple):
    """One document and its gold."""

    name: str
    text: str
    gold: tuple[Gold, ...]


class Item(NamedTuple):
    """What is known of a gold item."""

    names: frozenset[str]
    description: str


def nerel(folder: Path) -> Iterator[Text]:
    """NEREL in BRAT files: contiguous spans of place types with their `N` line (item '' where there is none)."""
    for path in sorted(folder.glob("*.ann")):
        lines = [line.lstrip("\ufeff").split("\t") for line in path.read_text(encoding="utf-8").split("\n")]
        links = {f[1].split(" ")[1]: f[1].split(":")[-1] for f in lines if f[0].startswith("N")}
        spans = [(f[0], *f[1].split(" ", 1)) for f in lines if f[0].startswith("T") and ";" not in f[1]]
        gold = [_brat_gold(path.stem, kind, at, links.get(key, "")) for key, kind, at in spans if kind in PLACES]
        yield Text(path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"), tuple(gold))


def _brat_gold(document: str, kind: str, at: str, item: str) -> Gold:
    start, end = map(int, at.split(" "))
    return Gold(document, start, end, kind, item)


def slavicner(folder: Path) -> Iterator[Text]:
    """SlavicNER's raw/ and ner/: LOC mentions; item is the id in words ('GPE-Great-Britain' -> 'Great Britain')."""
    for path in sorted((folder / "ner").glob("*/*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line.count("\t") >= 5]
        gold = [Gold(path.stem, int(r[0]), int(r[1]), "LOCATION", re.sub(r"^\w+-", "", r[5]).replace("-", " "))
                for r in rows if r[4] == "LOC"]
        text = (folder / "raw" / path.parent.name / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield Text(path.stem, text, tuple(gold))


def items(path: Path) -> dict[str, Item]:
    """Names and description of Wikidata items, from a file of JSON lines (qid, label, aliases, description)."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {r["qid"]: Item(frozenset((re.sub(r" \(.*", "", r["label"]), *(r.get("aliases") or ()))),
                           f"{r['label']}: {r.get('description') or ''}") for r in records}


def judge(key: str | None, gold: Gold, known: Mapping[str, Item]) -> str:
    """One of OUTCOMES for the row chosen for a gold mention."""
    item = known.get(gold.item)
    if item is None or _NO_PLACE.search(item.description):
        return "unusable"
    if key is None:
        return "none"
    place = gazetteer().place(key)
    if place.wikidata_id:
        return "right" if place.wikidata_id == gold.item else "wrong"
    named = any(key in gazetteer().candidates(name) for name in item.names)
    said = _countries(item.description)
    here = place.country is None or place.country in said or not said
    return "right" if named and here else "wrong"


def judge_name(key: str | None, gold: Gold) -> str:
    """The same for an item that is a name in Latin letters: unusable if the gazetteer has no such name."""
    if not gazetteer().candidates(gold.item):
        return "unusable"
    return "none" if key is None else "right" if key in gazetteer().candidates(gold.item) else "wrong"


@lru_cache(maxsize=10_000)
def _countries(description: str) -> frozenset[str | None]:
    """Codes of the countries a description names: 'город в штате Виргиния, США' -> US."""
    words = re.findall(r"[А-ЯЁ][А-Яа-яЁё-]+(?: [А-ЯЁ][А-Яа-яЁё-]+)*", description)
    found = [gazetteer().place(gazetteer().keys[row]) for w in words for row, _ in look_up(w, w, adjective=False).places]
    return frozenset(place.country for place in found if place.kind == "country")


def link(texts: Sequence[Text], normal: Callable[[Text, Gold], str] | None = None) -> list[tuple[Gold, bool, str | None]]:
    """(gold, whether it is an adjective, key) of every gold mention; `normal` gives its nominative."""
    readings = Readings(np.arange(len(texts), dtype=np.int32), ("text",) * len(texts), tuple(t.text for t in texts), (), (), ())
    gold = [(number, g) for number, text in enumerate(texts) for g in text.gold]
    forms = ["adjective" if is_adjective(texts[n].text[g.start:g.end]) else "name" for n, g in gold]
    mentions = tuple(
        Mention(Span(n, 0, g.start, g.end), g.type, form,
                normal(texts[n], g) if normal else texts[n].text[g.start:g.end], None, 1.0, "gold")
        for (n, g), form in zip(gold, forms, strict=True)
    )
    keys = find_places(readings, mentions)
    return [(g, form == "adjective", key) for (_, g), form, key in zip(gold, forms, keys, strict=True)]


def is_adjective(surface: str) -> bool:
    """Whether a gold mention is an adjective: gold has no such mark, so the dictionary's first parse tells."""
    return " " not in surface and "ADJF" in parses(surface.lower())[0].tag


def figures(outcomes: Iterable[tuple[bool, str]]) -> dict[str, dict[str, float]]:
    """Shares of right, wrong and none among the usable, for nouns and adjectives, from (is an adjective, outcome)."""
    counts = {"nouns": Counter[str](), "adjectives": Counter[str]()}
    for adjective, outcome in outcomes:
        counts["adjectives" if adjective else "nouns"][outcome] += 1
    return {name: _shares(count) for name, count in counts.items()}


def _shares(count: Counter[str]) -> dict[str, float]:
    usable = sum(count[o] for o in OUTCOMES[:3])
    shares = {o: round(count[o] / usable, 4) if usable else 0.0 for o in OUTCOMES[:3]}
    return {**shares, "usable": usable, "unusable": count["unusable"]}


def news(raw: Path, annotations: Path, part: str) -> list[Text]:
    """Texts of a Parquet file of news (source, id, text) with our reading of some mentions: item is the gazetteer's key,
    'unknown' for a place it does not have, '' for what is no place. `part` is develop or aside."""
    with annotations.open(encoding="utf-8") as lines:
        read = [row for row in map(json.loads, lines) if row["part"] == part]
    gold: dict[tuple[str, str], list[Gold]] = defaultdict(list)
    for row in read:
        name = f"{row['source']}/{row['id']}"
        gold[row["source"], row["id"]].append(Gold(name, row["start"], row["end"], "LOCATION", row["key"] or ""))
    table = pq.read_table(raw, columns=["source", "id", "text"]).to_pylist()
    found = [row for row in table if (row["source"], row["id"]) in gold]
    return [Text(f"{r['source']}/{r['id']}", r["text"], tuple(gold[r["source"], r["id"]])) for r in found]


def judge_news(key: str | None, gold: Gold) -> str:
    """One of OUTCOMES; a row for what is no place is wrong, none for it is not counted."""
    if not gold.item:
        return "unusable" if key is None else "wrong"
    return "none" if key is None else "right" if key == gold.item else "wrong"
