"""A small made-up knowledge base in every format that `kb import` reads; nobody of it exists."""

import bz2
import csv
import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from letopis.kb.importing import import_dump
from letopis.kb.storage import Base, open_base

Row = dict[str, Any]

ROWS: tuple[Row, ...] = (
    {"id": "Q9001", "name": "Пётр Савельевич Громыхалов", "aliases": ["Пётр Громыхалов", "Громыхалов"], "type": "PERSON",
     "description": "российский политик, губернатор Рязанской области"},
    {"id": "Q9002", "name": "Унжалес", "aliases": ["ОАО «Унжалес»"], "type": "ORGANIZATION",
     "description": "компания в Костроме"},
    {"id": "Q9003", "name": "Клуб «Серый гусь»", "aliases": ["Серый гусь"], "type": "",
     "description": "российский футбольный клуб"},
    {"id": "Q9004", "name": "губернатор", "aliases": ["глава региона"], "type": "", "description": "должность"},
)


def entity(row: Mapping[str, Any], *, language: str = "ru") -> Row:
    """A row as Wikidata's dump has it."""
    kinds = {"PERSON": "Q5", "ORGANIZATION": "Q4830453"}
    classes = [kinds[row["type"]]] if row["type"] else []
    return {
        "type": "item", "id": row["id"], "labels": {language: {"language": language, "value": row["name"]}},
        "aliases": {language: [{"language": language, "value": a} for a in row["aliases"]]},
        "descriptions": {"ru": {"language": "ru", "value": row["description"]}}, "sitelinks": {},
        "claims": {"P31": [{"rank": "normal", "mainsnak": _snak(c)} for c in classes]},
    }


def _snak(item: str) -> Row:
    return {"snaktype": "value", "datavalue": {"value": {"id": item}}}


def dump(rows: Iterable[Row], *, language: str = "ru") -> bytes:
    """The rows as a dump of Wikidata."""
    lines = ",\n".join(json.dumps(entity(row, language=language), ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "json": bytes, "json.gz": gzip.compress, "json.bz2": bz2.compress, "json.zst": zstandard.ZstdCompressor().compress,
}


def jsonl(path: Path, rows: Iterable[Row]) -> Path:
    """The rows, one JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def table(path: Path, rows: Iterable[Row]) -> Path:
    """The rows as CSV, aliases between bars."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "aliases", "type", "description"))
        writer.writerows((r["id"], r["name"], "|".join(r["aliases"]), r["type"], r["description"]) for r in rows)
    return path


def parquet(path: Path, rows: Iterable[Row]) -> Path:
    """The rows as Parquet."""
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return path


def base_of(folder: Path, rows: Iterable[Row], *, name: str = "base") -> Base:
    """The rows imported into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    import_dump(jsonl(folder / f"{name}.jsonl", rows), folder / "kb", name=name)
    return open_base(folder / "kb")
