"""Keywords of front matter against what their articles name: a figure that needs no gold, as `letopis check` prints it of a store.

Protocol. A folder of articles is annotated and resolved as one corpus. Of the keywords whose words occur in their article
(`store.recall.occurs`), a keyword is right where it is resolved to an entity or event that the article itself names.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from letopis.evaluate.resolved import annotate_all, put
from letopis.evaluate.spans import Counts
from letopis.formats import Options, find_sources, read_source
from letopis.formats.sources import Source
from letopis.layers import Document, Documents
from letopis.resolve import resolve
from letopis.store.corpus import Corpus
from letopis.store.recall import occurs

_STATED = """
WITH named AS (SELECT document_id, entity_id AS id FROM entity_map UNION SELECT document_id, event_id FROM event_map)
SELECT k.document_id, k.keyword, n.id IS NOT NULL AS found
FROM keyword_map k LEFT JOIN named n ON n.document_id = k.document_id AND n.id = coalesce(k.entity_id, k.event_id)
WHERE k.source = 'keyword' ORDER BY k.document_id, k.keyword
"""


def recall(folder: Path) -> Counts:
    """[article with keywords] (found, occurring, occurring)."""
    documents = read(folder)
    texts = {d.key: f"{d.title or ''} {d.text}" for d in documents}
    rows: dict[str, list[int]] = {}
    for key, keyword, found in _found(documents):
        row = rows.setdefault(key, [0, 0, 0])
        row[0] += found
        row[1] += found or occurs(keyword, texts[key])
        row[2] = row[1]
    return np.array(list(rows.values()), np.int64).reshape(-1, 3)


def read(folder: Path) -> Documents:
    """The Russian articles of a folder, by the names of their files."""
    options = Options()
    sources = (s for s in find_sources([folder], options.limits) if isinstance(s, Source))
    rows = (row for source in sources for row in read_source(source, options))
    return tuple(row for row in rows if isinstance(row, Document) and row.annotated)


def _found(documents: Documents) -> list[tuple[str, str, bool]]:
    """(document, keyword, whether it names what its article names)."""
    with TemporaryDirectory() as temporary:
        stored = put(annotate_all(documents), Path(temporary))
        corpus = Corpus(stored.folder, stored.entries)
        try:
            resolve(corpus)
            return [(r["document_id"], r["keyword"], r["found"]) for r in corpus.query(_STATED).to_pylist()]
        finally:
            corpus.close()
