"""What resolution found out about the blocks of a corpus, kept under digests: a night computes only the blocks that changed.

Contract. An answer is a list of numbers under the digest of all that it follows from: the members of its block, and the basis,
which is the versions and word lists they are weighed with. `.blocks/<run_id>.parquet` holds the answers that one resolution used
and no others, so what a night has no use for any more goes with the file before. It is only a cache: an answer is taken where its
seal is right, a file that cannot be read holds none, and nothing in it names a document. Nor is it made durable: what a power cut
takes from it is computed again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from letopis.store.corpus import Corpus
from letopis.store.files import write_batches

FOLDER = ".blocks"
ROWS_A_GROUP = 100_000

_SCHEMA = pa.schema([("digest", pa.string()), ("answer", pa.list_(pa.int32())), ("seal", pa.string())])
_SEAL = "substr(sha256(digest || CAST(answer AS VARCHAR)), 1, 16)"

# Of the file only the answers to what is asked are read into the connection.
_RECALL = f"""
INSERT INTO answers SELECT DISTINCT digest, answer FROM read_parquet(?) SEMI JOIN {{questions}} USING (digest) WHERE seal = {_SEAL}
"""


@dataclass(slots=True)
class Answers:
    """The answers of an earlier resolution, and how many questions of this one were among them."""

    file: Path | None = None          # None: none is known, and every block is computed
    basis: str = ""
    reused: int = 0
    computed: int = 0

    def recall(self, corpus: Corpus, questions: str) -> None:
        """Leave `answers` (digest, answer) in the connection: those known of the digests of its table `questions`."""
        corpus.sql.execute("CREATE OR REPLACE TABLE answers (digest VARCHAR, answer INTEGER[])")
        if self.file is not None:
            try:
                corpus.sql.execute(_RECALL.format(questions=questions), [str(self.file)])
            except duckdb.Error:      # damaged, or written by another version: nothing is known
                return
            self.reused += corpus.query("SELECT count(*) AS n FROM answers")["n"][0].as_py()

    @contextmanager
    def beside(self, corpus: Corpus) -> Iterator[None]:
        """Ask other questions: what `answers` held before comes back beside their answers."""
        corpus.sql.execute("CREATE OR REPLACE TABLE answers_before AS FROM answers")
        yield
        corpus.sql.execute("INSERT INTO answers FROM answers_before")

    def enter(self, corpus: Corpus, found: Sequence[tuple[str, Sequence[int]]]) -> None:
        """Add answers that were computed."""
        self.computed += len(found)
        columns = [[digest for digest, _ in found], [answer for _, answer in found]]
        arrays = [pa.array(c, t) for c, t in zip(columns, _SCHEMA.types[:2], strict=True)]
        corpus.add("computed", pa.table(arrays, names=_SCHEMA.names[:2]))
        corpus.sql.execute("INSERT INTO answers FROM computed")


def newest(out: Path) -> Path | None:
    """The file of the last run that resolved; None where there is none."""
    return max((out / FOLDER).glob("[!.]*.parquet"), default=None)


def save(corpus: Corpus, out: Path, run_id: str) -> None:
    """Write the table `answers` of the connection as what a run used, whole or not at all."""
    draft = out / FOLDER / f".{run_id}.parquet"
    write_batches(draft, _SCHEMA, _sealed(corpus))
    draft.rename(out / FOLDER / f"{run_id}.parquet")


def remove_old(out: Path, run_id: str, *, purging: bool) -> None:
    """Keep the file that this run wrote only; a run that wrote none keeps the newest, unless something is to be purged."""
    own = out / FOLDER / f"{run_id}.parquet"
    kept = own if purging or own.exists() else newest(out)
    for file in (out / FOLDER).glob("*"):
        if file != kept:
            file.unlink()


def _sealed(corpus: Corpus) -> Iterator[pa.Table]:
    rows: Any = corpus.sql.sql(f"SELECT digest, answer, {_SEAL} AS seal FROM answers ORDER BY digest")
    for batch in rows.to_arrow_reader(ROWS_A_GROUP):
        yield pa.Table.from_batches([batch]).cast(_SCHEMA)
