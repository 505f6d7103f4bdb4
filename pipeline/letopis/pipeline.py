"""The pipeline of one batch of documents. Its order is the body of `annotate`.

The module is not called `annotate` because `letopis.annotate` is the function that people call from Python.
"""

from letopis import formats
from letopis import text as text_layer
from letopis.encoder import load, slovnet, tagger
from letopis.find import (
    anaphors,
    coreference,
    happenings,
    identity,
    mentions,
    places,
    positions,
    quantities,
    quotes,
    relations,
    roles,
    salience,
    settle,
    times,
    triggers,
    when,
    where,
)
from letopis.find.clauses import text_of
from letopis.layers import Analysis, Documents
from letopis.schema import profiles
from letopis.text import normal
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

VERSIONS: dict[str, str] = {
    "formats": formats.VERSION, "text": text_layer.VERSION, "times": times.VERSION, "mentions": mentions.VERSION,
    "identity": identity.VERSION, "anaphors": anaphors.VERSION, "triggers": triggers.VERSION, "roles": roles.VERSION,
    "coreference": coreference.VERSION, "salience": salience.VERSION,
    "quotes": quotes.VERSION, "settle": settle.VERSION, "quantities": quantities.VERSION, "positions": positions.VERSION,
    "relations": relations.VERSION, "places": places.VERSION, "normal": normal.VERSION, "profiles": profiles.VERSION,
    "when": when.VERSION, "where": where.VERSION,
}
"""Version of every stage that makes rows; raised whenever its rows may differ."""


def annotate(documents: Documents, model: str = "fast") -> Analysis:
    """All that a model of the configuration finds in a batch; a document is decided the same way alone and among others."""
    readings = read(documents)
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    tags = slovnet.tag(load(), words, states=True)
    syntax = parse(words, tags)
    found = tagger.tag(tagger.load_taggers(model), words, readings.document[sentences.reading], tags.states)
    text = text_of(readings, sentences, words, syntax)
    time = times.find_times(documents, readings, sentences, words, syntax)
    named, located = mentions.find_mentions(text, found)
    entities = identity.identify(text, named, located)
    pronouns = anaphors.find_anaphors(text, named, entities)
    spoken = triggers.find_triggers(text, found, named)
    parts = roles.find_roles(text, found, spoken, (named, pronouns, time))
    speech = quotes.find_quotes(readings, sentences, words, syntax, named, spoken)
    joined = happenings.join(coreference.Found(text, named, entities, pronouns, time, parts, speech), spoken)
    events = settle.settle(text, documents, joined, parts, (named, time, speech))
    amounts = quantities.find_quantities(readings, sentences, words, syntax, events, time)
    posts = positions.find_positions(text, named, pronouns)
    links = relations.find_relations(text, named, entities, posts)
    return Analysis(
        documents, readings, sentences, words, syntax, named, located, entities, pronouns, time, amounts, events, parts, links,
        posts, speech,
    )
