"""data/lexicons/lemma_choices.tsv: of two lemmas a form can have, which is the commoner one.

    python training/lemmas_choices.py [CORPUS.parquet]

The corpus has a column `text`; ../shared/corpora/raw_news.parquet by default. Nothing is annotated by hand: a lemma is counted
where a form, its part of speech and features leave no other, and preferred where they leave several.
"""

import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from letopis.encoder import load, slovnet
from letopis.layers import Document
from letopis.text.lemmas import fits
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.tokens import tokenize

CORPUS = Path("../shared/corpora/raw_news.parquet")
OUT = Path(__file__).resolve().parent.parent / "data/lexicons/lemma_choices.tsv"
BATCH = 200                 # documents
OPEN_CLASSES = ("NOUN", "ADJ", "VERB", "ADV")
TIMES = 5                   # how much commoner the preferred lemma has to be
LEAST = 10                  # how often a form that asks for the choice occurs

HEADER = """\
# Of two lemmas that the same form can have, which is the commoner one, where pymorphy3's first is not.
#
# Made by training/lemmas_choices.py from 10,924 Russian news texts, without annotation; not edited by hand.
pos\tworse\tbetter
"""


def count(texts: list[str]) -> Counter[tuple[str, int]]:
    """(form, number of its tag) -> how often."""
    models, counts = load(), Counter[tuple[str, int]]()
    for i in range(0, len(texts), BATCH):
        batch = tuple(Document(str(n), "", None, "txt", t, None, "", True) for n, t in enumerate(texts[i:i + BATCH]))
        readings = read(batch)
        words = tokenize(readings, segment(readings))
        counts.update(zip((form.lower() for form in words.form), slovnet.tag(models, words).tag.tolist(), strict=True))
    return counts


def choices(counts: Counter[tuple[str, int]]) -> list[tuple[str, str, str]]:
    """(part of speech, worse lemma, better lemma), sorted."""
    sure, open_ = Counter[tuple[str, str]](), Counter[tuple[str, tuple[str, ...]]]()
    for (form, tag), n in counts.items():
        pos, _, feats = load().morphology.tags[tag].partition("|")
        lemmas = _lemmas(form, pos, feats) if pos in OPEN_CLASSES and form.isalpha() else ()
        if len(lemmas) == 1:
            sure[pos, lemmas[0]] += n
        elif lemmas:
            open_[pos, lemmas] += n
    return sorted({
        (pos, lemmas[0], better)
        for (pos, lemmas), n in open_.items()
        if n >= LEAST
        for better in lemmas[1:]
        if sure[pos, better] > TIMES * (sure[pos, lemmas[0]] + 1)
    })


def _lemmas(form: str, pos: str, feats: str) -> tuple[str, ...]:
    """The lemmas of the parses that fit best, likeliest first."""
    found = fits(form, pos, feats)
    lowest = min((cost for _, cost in found), default=0)
    best = sorted((parse for parse, cost in found if cost == lowest), key=lambda parse: -parse.score)
    return tuple(dict.fromkeys(parse.normal_form for parse in best))


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    texts = pq.read_table(corpus, columns=["text"]).column("text").to_pylist()
    rows = choices(count(texts))
    OUT.write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
