"""Words -> Syntax: slovnet's morphology and dependencies, pymorphy3's lemmas, each distinct word decided once.

What it does not do: look across sentences.
"""

from functools import lru_cache

import numpy as np

from letopis.encoder import load, slovnet
from letopis.encoder.slovnet import Tags
from letopis.layers import Syntax, Words
from letopis.text.corrections import correct
from letopis.text.lemmas import lemma
from letopis.text.tokens import is_address

Analysed = tuple[str, str, str]     # lemma, part of speech, features

_PRONOUNS = frozenset({"он", "она", "оно", "они"})
_POSSESSIVE = {"его": "его", "ее": "её", "её": "её", "их": "их"}


def parse(words: Words, tags: Tags | None = None) -> Syntax:
    """Tag, parse and lemmatise every word; `tags` are slovnet's, where they are known already."""
    models = load()
    tags = tags or slovnet.tag(models, words)
    rows = [_analysed(form, tag) for form, tag in zip(words.form, tags.tag.tolist(), strict=True)]
    lemmas, pos, feats = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    relations = models.syntax.relations
    syntax = Syntax(lemmas, pos, feats, tags.head.astype(np.int32), [relations[r] for r in tags.relation.tolist()])
    for word in _possessives(words, syntax):
        lemmas[word], pos[word], feats[word] = _POSSESSIVE[words.form[word].lower()], "DET", ""
    return syntax


def _possessives(words: Words, syntax: Syntax) -> list[int]:
    """'его словам': a pronoun that hangs on a word to its right as an attribute is a determiner."""
    return [
        i for i, lemma_ in enumerate(syntax.lemma)
        if lemma_ in _PRONOUNS and syntax.deprel[i] in ("det", "nmod") and syntax.head[i] > i
        and words.form[i].lower() in _POSSESSIVE and syntax.pos[i] == "PRON"
    ]


@lru_cache(maxsize=50_000)
def _analysed(form: str, tag: int) -> Analysed:
    if is_address(form):
        return form, "SYM", ""
    pos, _, feats = load().morphology.tags[tag].partition("|")
    pos, feats = correct(form, "X" if pos == "<pad>" else pos, feats)
    return lemma(form, pos, feats), pos, feats
