"""Words -> Syntax: slovnet's morphology and dependencies, pymorphy3's lemmas."""

from functools import lru_cache
from typing import Any

import numpy as np

from letopis.layers import Syntax, Words
from letopis.text.dictionary import parses


@lru_cache(maxsize=1)
def _taggers() -> tuple[Any, Any]:
    from natasha import NewsEmbedding, NewsMorphTagger, NewsSyntaxParser

    embedding = NewsEmbedding()
    return NewsMorphTagger(embedding), NewsSyntaxParser(embedding)


def parse(words: Words) -> Syntax:
    """Tag and parse every sentence."""
    morph, syntax = _taggers()
    bounds = list(zip(words.first[:-1].tolist(), words.first[1:].tolist(), strict=True))
    sents = [words.form[a:b] for a, b in bounds]
    pos, feats, head, deprel = [], [], [], []
    for (a, _), tagged, parsed in zip(bounds, morph.map(sents), syntax.map(sents), strict=True):
        for m, t in zip(tagged.tokens, parsed.tokens, strict=True):
            pos.append(m.pos)
            feats.append("|".join(f"{k}={v}" for k, v in sorted(m.feats.items())))
            head.append(a + int(t.head_id) - 1 if int(t.head_id) > 0 else -1)
            deprel.append(t.rel)
    lemma = [parses(w)[0].normal_form for w in words.form]
    return Syntax(lemma, pos, feats, np.array(head, np.int32), deprel)
