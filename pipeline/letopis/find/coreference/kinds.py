"""Types of events and their groups as numbers: 0 for none, then in the order of the ontology."""

from functools import lru_cache

from letopis.resources import data_path

FILE = "ontology/event_types.tsv"


@lru_cache(maxsize=1)
def types() -> tuple[str, ...]:
    """The types of the ontology."""
    lines = data_path(FILE).read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t")[0] for line in lines[1:] if line)


@lru_cache(maxsize=1)
def groups() -> tuple[str, ...]:
    """Their groups: what stands before the dot."""
    return tuple(dict.fromkeys(t.split(".")[0] for t in types()))


@lru_cache(maxsize=256)
def type_number(name: str) -> int:
    """'life.birth' -> 1; 0 for ''."""
    return 1 + types().index(name) if name else 0


@lru_cache(maxsize=256)
def group_number(name: str) -> int:
    """The same for every type of a group."""
    return 1 + groups().index(name.partition(".")[0]) if name else 0
