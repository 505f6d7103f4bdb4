"""The ontology of events as a page: every type with its definition, examples and codes in other ontologies."""

import csv

from letopis.resources import data_path

FILE = "ontology/event_types.tsv"
HEAD = """# Ontology of events

Generated from `data/ontology/event_types.tsv` when this site was built: {count} types in {groups} groups, with the type of
ACE/ERE and of PLOVER (which POLECAT uses) where there is one. `event_types` holds the same rows; `event_mentions.type2` is a
second type that fits. What a new type takes is told in [A new event type](../event_types.md).
"""
COLUMNS = "| type | по-русски | definition | examples | ACE/ERE | PLOVER |\n|---|---|---|---|---|---|\n"


def ontology() -> str:
    """The page."""
    with data_path(FILE).open(encoding="utf-8") as file:
        types = list(csv.DictReader(file, delimiter="\t"))
    groups: dict[str, list[dict[str, str]]] = {}
    for row in types:
        groups.setdefault(row["type"].split(".")[0], []).append(row)
    return "\n".join((HEAD.format(count=len(types), groups=len(groups)), *(section(name, rows) for name, rows in groups.items())))


def section(name: str, types: list[dict[str, str]]) -> str:
    """The types of one group."""
    lines = [
        f"| `{t['type']}` | {t['name_ru']} | {t['definition']} | {t['examples_ru']} | {t['ace_ere']} | {t['plover']} |"
        for t in types
    ]
    return f"## {name}\n\n{COLUMNS}" + "\n".join(lines) + "\n"
