"""`letopis corrections from-brat`: a folder that came back -> a file of corrections, and lines of annotations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import yaml

from letopis.export.corrected import Corrected, Statement
from letopis.export.flat import dumped
from letopis.export.reading import connected, pinned
from letopis.export.returned import Returned, Told, returned
from letopis.export.training import Crossing, lines


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What came of it. `unread`: files that were passed over; `told`: what no correction can say."""

    statements: Sequence[Statement]
    counts: Counter[str]
    told: Sequence[str]
    unread: Sequence[Told]


def from_brat(store: Path, folder: Path, annotations: TextIO | None = None, *, all_articles: bool = False) -> Homecoming:
    """Read a folder back; annotations of the articles that were changed, or of all. Raises NoStore, NoFolder."""
    snapshot, corrected, unread = pinned(store), Corrected(), list[Told]()
    for article in returned(snapshot, folder):
        if isinstance(article, Told):
            unread.append(article)
            continue
        corrected.take(article)
        if annotations and (article.changed or all_articles):
            unread += _annotate(article, annotations)
    with connected(snapshot) as con:
        statements = corrected.statements(con)
    return Homecoming(statements, +corrected.counts, corrected.told, unread)


def _annotate(article: Returned, stream: TextIO) -> list[Told]:
    try:
        stream.writelines(f"{dumped(line)}\n" for line in list(lines(article)))
    except Crossing as error:
        return [Told(article.document["path"], 0, f"no training data: {error}")]
    return []


class _Plain(yaml.SafeDumper):
    """No anchors: a file of corrections refuses them."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def written(statements: Sequence[Statement]) -> str:
    """A file of corrections, as docs/corrections.md has it."""
    return yaml.dump(list(statements), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)
