"""What people call from Python: `annotate` for texts in hand, `tables` for a store.

Contract: `tables` pins one snapshot, so that a night that ends meanwhile cannot mix two; frames are read when they are asked
for. Nothing here writes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from letopis.config import Model
from letopis.layers import Document
from letopis.pipeline import annotate as annotate_batch
from letopis.schema import BY_NAME, DOCUMENT_TABLES, unit_rows
from letopis.store.snapshot import current


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of one snapshot by name, each read once when it is first asked for."""

    def __init__(self, snapshot: Path) -> None:
        self.snapshot = snapshot
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in BY_NAME:
            raise KeyError(f"no table '{name}'; tables are {', '.join(BY_NAME)}")
        if name not in self._frames:
            self._frames[name] = pd.read_parquet(self.snapshot / name)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(BY_NAME)

    def __len__(self) -> int:
        return len(BY_NAME)

    def __repr__(self) -> str:
        return f"Tables({self.snapshot.name}: {', '.join(BY_NAME)})"


def tables(out: str | Path) -> Tables:
    """The tables of a store's current snapshot. Raises FileNotFoundError where nothing has been published.

    >>> tables("out")["events"]                                                     # doctest: +SKIP
    """
    snapshot = current(Path(out))
    if snapshot is None:
        raise FileNotFoundError(f"no snapshot in {out}: run `letopis run` first")
    return Tables(snapshot)


def annotate(texts: str | Sequence[str], *, published: date | None = None, model: Model = "fast") -> dict[str, pd.DataFrame]:
    """Annotate texts in hand: the document-level tables as frames, `document` being the number of the text.

    `published` is the day relative dates are read from, `model` the tagger. Entities and events are numbered inside their text, for
    what the whole corpus knows is known only to a store. Raises FileNotFoundError where the model is not installed.
    """
    documents = tuple(_document(i, t, published) for i, t in enumerate([texts] if isinstance(texts, str) else texts))
    rows = unit_rows(annotate_batch(documents, model))
    return {table.name: rows[table.name].to_pandas() for table, _ in DOCUMENT_TABLES}


def _document(number: int, text: str, published: date | None) -> Document:
    stamp = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        key=str(number), path=str(number), record=None, format="txt", text=text, text_start=0, content_sha256=digest,
        annotated=True, language="ru", published=stamp, published_date=published,
    )
