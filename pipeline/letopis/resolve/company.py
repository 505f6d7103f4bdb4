"""What company in common tells: much where few articles name it, next to nothing where many do.

Contract. A weight in (0, 1] for a key of `profile_near`; shares are frozen (data/lexicons/common_company.tsv), so that an entity's
cluster follows from its own articles alone.
"""

from functools import lru_cache

from letopis.find.lexicons import table

_SHARE = 0.005                        # of articles: what is named in fewer counts whole


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["key"]: min(1.0, _SHARE / float(row["share"])) for row in table("common_company")}


def weight_of(key: str) -> float:
    """'ORGANIZATION тасс' -> 0.034: a seventh of all articles name the agency."""
    return _weights().get(key, 1.0)
