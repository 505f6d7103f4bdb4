"""Lexicon of event triggers, the first version of `event_mentions`: `python training/event_lexicon.py CORPORA`.

For every lemma and part of speech that is a one-word trigger in the training documents of the event gold at least twice: the
share of its occurrences that are triggers, its types by frequency, and the share of realis values. Writes
models/events-lexicon.tsv. The held-out documents of splits.json are not read.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpora import Text, read_events
from letopis.layers import Document
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize
from splits import held_out

OUT = Path(__file__).resolve().parent.parent / "models" / "events-lexicon.tsv"
LEAST_TRIGGERS, LEAST_SHARE = 2, 0.1
GROUPS = {"VERB": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}

Key = tuple[str, str]


def main(corpora: Path) -> None:
    held = held_out()
    seen: Counter[Key] = Counter()
    types: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for text in read_events(corpora):
        if text.id not in held[text.corpus]:
            _count(text, seen, types)
    with OUT.open("w", encoding="utf-8") as out:
        out.write("# Event triggers: share of a lemma's occurrences that are triggers, and its types; training/event_lexicon.py.\n")
        out.write("lemma\tpos\tseen\tshare\ttype\ttype_share\ttype2\n")
        for key, counts in sorted(types.items()):
            total = sum(counts.values())
            share = total / (seen[key] + 1)
            if total >= LEAST_TRIGGERS and share >= LEAST_SHARE:
                (first, n), *rest = counts.most_common(2)
                second = rest[0][0] if rest and rest[0][1] * 4 >= n else ""
                out.write(f"{key[0]}\t{key[1]}\t{seen[key]}\t{share:.3f}\t{first}\t{n / total:.3f}\t{second}\n")


def _count(text: Text, seen: Counter[Key], types: defaultdict[Key, Counter[str]]) -> None:
    document = Document(text.id, text.id, None, "txt", text.text, 0, "", annotated=True)
    readings = read((document,))
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    syntax = parse(words)
    starts = readings.origin_start[0]
    triggers = {(t.start, t.end): t.type for t in text.triggers or ()}
    covered = [t for t in triggers if t[1] - t[0] > 0]
    for i, form in enumerate(words.form):
        group = GROUPS.get(syntax.pos[i])
        if group is None or not form[0].isalpha():
            continue
        start = int(starts[words.start[i]])
        span = (start, start + len(form))
        inside = any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in covered)
        if span in triggers:
            types[syntax.lemma[i].lower(), group][triggers[span]] += 1
        if not inside:
            seen[syntax.lemma[i].lower(), group] += 1


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora"))
