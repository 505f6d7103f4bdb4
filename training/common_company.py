"""Builds data/lexicons/common_company.tsv: what so many articles name that being named beside it tells little of an entity.

    python -m training.common_company STORE

STORE: of a run over many articles of several sources and years (the table that stands: 10,000 of 1999 to 2021, NEWSru, Vzglyad and
others). A row: key of `profile_near`, and the share of articles that have it, where that is LEAST or more.
"""

import sys
from pathlib import Path

from letopis.resources import data_path
from letopis.run.night import MANIFEST
from letopis.store.corpus import Corpus
from letopis.store.manifest import Manifest

LEAST = 0.005
HEADER = (
    "# What one article in 200 names, or more: being named beside it tells little of who or what somebody is.\n"
    "# Belongs: keys of the company of entities with the share of articles that have them. Does not: places.\n"
    "# Source: training/common_company.py, 10,000 articles of several sources and years. Columns: key, share.\n"
)


def main(store: Path) -> None:
    """Count and write."""
    manifest = Manifest(store / MANIFEST, rehearsal=True)
    entries = list(manifest.all())
    manifest.close()
    corpus = Corpus(store, entries)
    found = corpus.query(
        f"SELECT key, count(*) AS n FROM (SELECT unnest(near) AS key FROM {corpus.units('profile_near')}) "
        "WHERE key NOT LIKE 'PLACE %' GROUP BY key ORDER BY key"
    ).to_pylist()
    rows = [f"{row['key']}\t{row['n'] / len(entries):.4f}\n" for row in found if row["n"] >= LEAST * len(entries)]
    data_path("lexicons/common_company.tsv").write_text(HEADER + "key\tshare\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
