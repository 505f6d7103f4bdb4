"""SlavicNER: lemmas of names in the news of five topics.

Corpus: ner/<topic>/<document>.tsv (start, end, form, lemma, category, identity) and raw/<topic>/<document>.txt, as in
../shared/corpora/slavicner. Convention: the string, ё folded; `loose` is what counts there, since the gold leaves out
quotation marks and changes capitals as it likes.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from letopis.evaluate.normal_forms import Case, Score, compare, parse_cases

TOPICS = ("asia_bibi", "brexit", "covid-19", "nord_stream", "ryanair")
_TYPES = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION", "EVT": "EVENT", "PRO": "PRODUCT"}


def read_cases(folder: Path, topics: Iterable[str] = TOPICS) -> list[Case]:
    """All names of the topics; the document's name begins with its topic."""
    paths = [path for topic in topics for path in sorted((folder / "ner" / topic).glob("*.tsv"))]
    return [case for path in paths for case in _cases(folder, path)]


def score(folder: Path, topics: Iterable[str] = TOPICS) -> Mapping[str, Score]:
    """Ours, natasha and the surface on the names of the topics."""
    return compare(parse_cases(read_cases(folder, topics)))


def _cases(folder: Path, path: Path) -> list[Case]:
    topic = path.parent.name
    text = (folder / "raw" / topic / f"{path.stem}.txt").read_bytes().decode("utf-8")
    rows = [line.split("\t") for line in path.read_bytes().decode("utf-8").split("\n") if line]
    return [
        Case(f"{topic}/{path.stem}", text, ((int(start), int(end)),), lemma, _TYPES[category])
        for start, end, _, lemma, category, _ in rows
    ]
