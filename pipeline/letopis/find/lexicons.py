"""Reading of the word lists under data/lexicons, once a process."""

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache

from letopis.resources import data_path


@lru_cache(maxsize=64)
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of data/lexicons/<name>.tsv; lines that begin with '#' are its policy."""
    with data_path(f"lexicons/{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """The column `lemma` of a word list."""
    return frozenset(_lemmas(name))


def _lemmas(name: str) -> Iterator[str]:
    yield from (row["lemma"] for row in table(name))
