"""Words -> names as slovnet marks them, the first version of `mentions`."""

from itertools import pairwise

from letopis.encoder.slovnet import name_tags
from letopis.encoder.weights import load
from letopis.layers import Words

Name = tuple[int, int, str]


def ner(words: Words) -> list[Name]:
    """(first word, last word + 1, PER, LOC or ORG) of every name, in order; none crosses a sentence."""
    models = load()
    tags = [models.names.tags[t] for t in name_tags(models, words).tolist()]
    return [name for a, b in pairwise(words.first.tolist()) for name in _spans(tags[a:b], a)]


def _spans(tags: list[str], first: int) -> list[Name]:
    """slovnet's reading of BIO: a name takes its type from its B tag, whatever the I tags say."""
    spans: list[Name] = []
    is_open = False
    for word, tag in enumerate(tags, first):
        if tag.startswith("B-"):
            spans.append((word, word + 1, tag[2:]))
            is_open = True
        elif tag.startswith("I-") and is_open:
            spans[-1] = (spans[-1][0], word + 1, spans[-1][2])
        elif tag == "O":
            is_open = False
    return spans
