"""`annotate`: texts in hand -> frames of their tables, and the marked text where a notebook shows it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from letopis.config import Model
from letopis.layers import Document
from letopis.pipeline import annotate as annotate_batch
from letopis.schema import DOCUMENT_TABLES, unit_rows
from letopis.show.html import STYLE, marked

NAMES = tuple(table.name for table, _ in DOCUMENT_TABLES)
_SHOWN = 20                           # texts that a notebook shows marked


class Annotation(Mapping[str, pd.DataFrame]):
    """The document-level tables of some texts, by name or as attributes: `found["mentions"]`, `found.mentions`.

    `document` is the number of the text, from 0. As the last line of a notebook's cell it shows the marked texts.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in NAMES and "_frames" in self.__dict__:
            return self._frames[name]
        raise AttributeError(f"no table '{name}'; tables are {', '.join(NAMES)}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *NAMES]

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(frame)}" for name, frame in self._frames.items() if len(frame))
        return f"Annotation({counts})"

    def _repr_html_(self) -> str:
        texts = [f'<div class="text">{html}</div>' for html in self.marked()[:_SHOWN]]
        more = len(self["documents"]) - len(texts)
        rest = f'<p class="about">+ {more}</p>' if more > 0 else ""
        return f'<style>{STYLE}</style><div class="letopis">{"<hr>".join(texts)}{rest}</div>'

    def marked(self) -> list[str]:
        """Every text as HTML, escaped, with its names and happenings marked (the style sheet is `letopis.show.html.STYLE`)."""
        mentions, events = (_by_document(self[t]) for t in ("mentions", "event_mentions"))
        texts = enumerate(self["documents"]["text"])
        return [marked(text, mentions.get(number, []), events.get(number, []), {}) for number, text in texts]


def annotate(texts: str | Sequence[str], *, published: date | None = None, model: Model = "fast") -> Annotation:
    """Annotate a text or several: the document-level tables as frames, `document` being the number of the text.

    `published` is the day relative dates are read from, `model` the tagger. Entities and events are numbered inside their text, for
    what the whole corpus knows is known only to a store. Raises FileNotFoundError where the model is not installed.

    >>> found = annotate("Вчера в Казани открылась выставка.", published=date(2024, 5, 18))
    >>> found.mentions.query("label == 'LOC'")[["text", "type", "normal", "start", "end"]].values.tolist()
    [['Казани', 'CITY', 'Казань', 8, 14]]
    >>> found.time_expressions.date_start.tolist()
    [datetime.date(2024, 5, 17)]
    >>> "culture.exhibition" in set(found.event_mentions.type)
    True
    """
    documents = tuple(_document(i, t, published) for i, t in enumerate([texts] if isinstance(texts, str) else texts))
    rows = unit_rows(annotate_batch(documents, model))
    return Annotation({name: rows[name].to_pandas() for name in NAMES})


def _by_document(frame: pd.DataFrame) -> dict[Any, list[dict[Any, Any]]]:
    return {number: rows.to_dict("records") for number, rows in frame.groupby("document")}


def _document(number: int, text: str, published: date | None) -> Document:
    stamp = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        key=str(number), path=str(number), record=None, format="txt", text=text, text_start=0, content_sha256=digest,
        annotated=True, language="ru", published=stamp, published_date=published,
    )
