"""The table `corrected` of the connection: which members which line of the corrections has to do with, and how `method` says so.

`corrected` (document_id, kind, number, how, line): kind is entity or event, number its one in the document, how the correction's
kind.
"""

from collections.abc import Iterable

import pyarrow as pa

from letopis.resolve.corrections.lookup import Warned
from letopis.resolve.corrections.places import Member, table_of
from letopis.resolve.corrections.statements import Correction
from letopis.store.corpus import Corpus

_HOW = """
CREATE OR REPLACE TABLE correction_methods AS
SELECT document_id, kind, number, string_agg(DISTINCT '+correction_' || how, '' ORDER BY '+correction_' || how) AS how
FROM corrected GROUP BY document_id, kind, number
"""


def begin_record(corpus: Corpus) -> None:
    """An empty table."""
    corpus.sql.execute(
        "CREATE OR REPLACE TABLE corrected (document_id VARCHAR, kind VARCHAR, number INTEGER, how VARCHAR, line INTEGER)"
    )


def enter_members(corpus: Corpus, kind: str, correction: Correction, members: Iterable[Member]) -> None:
    """Members that a correction joins or parts."""
    corpus.add("corrected_members", table_of(members))
    corpus.sql.execute(
        "INSERT INTO corrected SELECT document_id, ?, number, ?, ? FROM corrected_members",
        [kind, correction.kind, correction.line],
    )


def enter_ids(corpus: Corpus, kind: str, correction: Correction, ids: Iterable[str]) -> None:
    """All members of whole entities or events; `entity_map` or `event_map` says which those are."""
    corpus.add("corrected_ids", pa.table({"id": pa.array(sorted(ids), pa.string())}))
    corpus.sql.execute(
        f"INSERT INTO corrected SELECT document_id, ?, {kind}, ?, ? FROM {kind}_map JOIN corrected_ids ON id = {kind}_id",
        [kind, correction.kind, correction.line],
    )


def end_record(corpus: Corpus, told: Iterable[Warned]) -> None:
    """Leave `correction_methods` (document_id, kind, number, how: '+correction_rename+correction_same'), `correction_warnings`."""
    corpus.sql.execute(_HOW)
    rows = sorted(set(told))
    corpus.add("correction_warnings", pa.table({
        "line": pa.array([w.line for w in rows], pa.int32()), "message": pa.array([w.message for w in rows], pa.string()),
    }))
