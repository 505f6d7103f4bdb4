"""Near-duplicates: articles whose texts share most of their shingles, by MinHash bands joined in DuckDB.

`duplicates` names for each article the root of its group, the earliest by publication and then by id; groups are connected
components, so a root is never itself a duplicate. Texts of fewer than ten shingles are compared only when they are equal.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from letopis.find.minhash import SIZE
from letopis.store.corpus import Corpus

Longs: TypeAlias = npt.NDArray[np.int64]

BANDS = 16                            # of four values: finds 97 % of pairs at similarity 0.7, by 1 - (1 - s**4)**16
SIMILAR = 0.7


def find_duplicates(corpus: Corpus) -> None:
    """Leave the table `duplicates` (document_id, root) in the connection; roots have no row."""
    rows = corpus.query(
        f"SELECT s.document_id, s.long, s.signature, d.published FROM {corpus.units('profile_signatures')} s "
        "JOIN documents d USING (document_id) ORDER BY d.published IS NULL, d.published, s.document_id"
    )
    ids = rows["document_id"].to_pylist()
    signatures = np.array(rows["signature"].to_pylist(), np.int64).reshape(len(ids), SIZE)
    enough = np.array(rows["long"].to_pylist(), bool)
    roots = _roots(len(ids), _similar_pairs(signatures, enough))
    pairs = [(ids[i], ids[root]) for i, root in enumerate(roots.tolist()) if root != i]
    columns = {"document_id": [p[0] for p in pairs], "root": [p[1] for p in pairs]}
    corpus.add("duplicates", pa.table({name: pa.array(v, pa.string()) for name, v in columns.items()}))


def _similar_pairs(signatures: Longs, enough: npt.NDArray[np.bool_]) -> Longs:
    """Pairs of rows that agree in a band and in enough values; neighbours in a sorted band stand for its whole group."""
    pairs = [np.zeros((0, 2), np.int64)]
    width = SIZE // BANDS
    for band in range(BANDS):
        part = signatures[:, band * width:(band + 1) * width]
        order = np.lexsort((*part.T[::-1],))
        same = (part[order][1:] == part[order][:-1]).all(axis=1)
        pairs.append(np.stack([order[:-1][same], order[1:][same]], axis=1))
    found = np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)
    agree = (signatures[found[:, 0]] == signatures[found[:, 1]]).mean(axis=1)
    least = np.where(enough[found].all(axis=1), SIMILAR, 1.0)
    return np.asarray(found[agree >= least])


def _roots(count: int, pairs: Longs) -> Longs:
    """[row] the first row of its group."""
    graph = coo_array((np.ones(len(pairs), bool), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    _, group = connected_components(graph, directed=False)
    _, first = np.unique(group, return_index=True)
    return np.asarray(first[group]) if count else np.zeros(0, np.int64)
