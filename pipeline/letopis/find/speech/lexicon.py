"""The words that announce speech, loaded once from data/lexicons."""

from dataclasses import dataclass
from functools import cache, lru_cache

from letopis.resources import data_path


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of speech: its class and what it takes (the file's header says what both mean)."""

    kind: str
    takes: frozenset[str]


@lru_cache(maxsize=1)
def verbs() -> dict[str, Entry]:
    """Verbs and predicatives by lemma, with ё and without."""
    return _load("lexicons/speech_verbs.tsv")


@lru_cache(maxsize=1)
def nouns() -> dict[str, Entry]:
    """Nouns by lemma, with ё and without."""
    return _load("lexicons/speech_nouns.tsv")


@lru_cache(maxsize=1)
def bodies() -> dict[str, Entry]:
    """Common nouns for organisations by lemma: the class is their group, they take nothing."""
    return _load("lexicons/speech_bodies.tsv")


@lru_cache(maxsize=1)
def media() -> frozenset[str]:
    """Names of media in lower case, ё folded."""
    lines = data_path("lexicons/speech_media.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line.replace("ё", "е") for line in lines if line and not line.startswith("#"))


@cache
def group(name: str) -> frozenset[str]:
    """One of the small groups of words, e.g. 'office'; a group that isn't there is empty."""
    rows = data_path("lexicons/speech_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(row.split("\t")[1] for row in rows if row.startswith(name + "\t"))


@lru_cache(maxsize=1)
def announcing() -> frozenset[str]:
    """Lemmas that may announce speech without marks: verbs, nouns that take something, 'согласно'."""
    telling = (lemma for lemma, entry in verbs().items() if entry.kind != "colour")
    return frozenset({*telling, *(lemma for lemma, entry in nouns().items() if entry.takes), "согласно"})


def _load(name: str) -> dict[str, Entry]:
    out = {}
    for line in data_path(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        lemma, kind, takes = [*line.split("\t"), "", ""][:3]
        entry = Entry(kind, frozenset(takes.split(",")) - {""})
        out[lemma] = out[lemma.replace("ё", "е")] = entry
    return out
