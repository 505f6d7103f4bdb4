"""Table `tokens`: one row a token."""

import numpy as np
import pyarrow as pa

from letopis.layers import Analysis, Ints
from letopis.schema.origins import Origins
from letopis.schema.table import INT, STRING, Column, Table, document_id

TABLE = Table(
    "tokens",
    "One token (word, number or mark) with lemma, part of speech and dependency; Universal Dependencies.",
    (
        document_id(),
        Column("sentence", INT, "Number of the sentence in the document.", False),
        Column("token", INT, "Number in the sentence, from 1.", False),
        Column("field", STRING, "Column of `documents` the offsets count in.", False, ("text", "title")),
        Column("start", INT, "First character, counted in code points from 0.", False),
        Column("end", INT, "First character after it.", False),
        Column("text", STRING, "Exactly the slice of the field: the token.", False),
        Column("lemma", STRING, "Dictionary form, ё kept.", False),
        Column("pos", STRING, "Universal part of speech.", False),
        Column("feats", STRING, "Morphological features as in CoNLL-U; null for none."),
        Column("head", INT, "Number of the head token in the sentence, 0 for the root.", False),
        Column("deprel", STRING, "Dependency relation to the head.", False),
    ),
    ("document_id", "sentence", "token"),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a token."""
    words, syntax = analysis.words, analysis.syntax
    reading = analysis.sentences.reading[words.sentence]
    document = origins.document[reading]
    start, end = origins.columns(reading, words.start, words.end)
    first = words.first[words.sentence]
    token = np.arange(len(words.form), dtype=np.int32) - first + 1
    head = np.where(syntax.head < 0, 0, syntax.head - first + 1).astype(np.int32)
    columns = [
        document, words.sentence - origins.sentence_base[document], token, _fields(reading, origins), start, end,
        pa.array(_texts(reading, start, end, origins), STRING), pa.array(syntax.lemma, STRING), pa.array(syntax.pos, STRING),
        pa.array([f or None for f in syntax.feats], STRING), head, pa.array(syntax.deprel, STRING),
    ]
    return pa.Table.from_arrays([pa.array(c) for c in columns], schema=TABLE.unit_schema)


def _fields(reading: Ints, origins: Origins) -> pa.Array:
    return pa.array(origins.field, STRING).take(pa.array(reading))


def _texts(reading: Ints, start: Ints, end: Ints, origins: Origins) -> list[str]:
    texts = origins.texts
    return [texts[r][a:b] for r, a, b in zip(reading.tolist(), start.tolist(), end.tolist(), strict=True)]
