"""The 65 types of events, in the order of data/ontology/event_types.tsv: what the classes of a model stand for."""

from functools import lru_cache
from pathlib import Path

TYPES_FILE = Path(__file__).resolve().parent.parent / "data" / "ontology" / "event_types.tsv"


@lru_cache(maxsize=1)
def event_types() -> tuple[str, ...]:
    """Their ids."""
    lines = TYPES_FILE.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(line.split("\t")[0] for line in lines if line)
