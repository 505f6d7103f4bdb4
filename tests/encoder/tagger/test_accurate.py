"""The accurate model on made-up sentences, where it is installed: a document is tagged alone as among others."""

import numpy as np
import pytest

from letopis.encoder import load, slovnet, tagger
from letopis.encoder.tagger import Tags, tagging
from letopis.resources import model_files
from tests.encoder.tagger.made import SENTENCES, words_of

LAYERS = ("nerel", "slavicner", "factrueval")

pytestmark = pytest.mark.skipif("tagger/accurate.npz" not in dict(model_files()), reason="the model is not installed")


def tags_of(sentences: list[list[str]], documents: list[int]) -> Tags:
    words = words_of(sentences)
    states = slovnet.tag(load(), words, states=True).states
    return tagger.tag(tagger.load_taggers("accurate"), words, np.array(documents, np.int32), states, layers=LAYERS)


def moved(tags: Tags, sentences: int, characters: int) -> list[object]:
    """All that was found, as if so many sentences and characters had stood before."""
    spans = [t for layer in LAYERS for t in tags.names[layer]] + tags.triggers
    return [[(t.sentence + sentences, t.start + characters, t.end + characters, t.type, t.score) for t in spans], tags.kinds]


def test_a_document_is_tagged_alone_as_among_others() -> None:
    size = 18
    documents = [n // size for n in range(len(SENTENCES))]
    together = tags_of(SENTENCES, documents)
    for number in range(0, max(documents) + 1, 2):
        before = SENTENCES[:number * size]
        alone = tags_of(SENTENCES[number * size:(number + 1) * size], [0] * len(SENTENCES[number * size:(number + 1) * size]))
        inside = [n for n, d in enumerate(documents) if d == number]
        kept = Tags(
            {layer: [t for t in together.names[layer] if t.sentence in inside] for layer in LAYERS},
            [t for t in together.triggers if t.sentence in inside],
            [k for t, k in zip(together.triggers, together.kinds, strict=True) if t.sentence in inside],
        )
        assert moved(kept, 0, 0) == moved(alone, len(before), sum(len(f) + 1 for s in before for f in s))


@pytest.mark.parametrize("chunk", [100, 1000])
def test_any_chunk_decides_the_same(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [n // 30 for n in range(len(SENTENCES))]
    expected = tags_of(SENTENCES, documents)
    monkeypatch.setattr(tagging, "CHUNK", chunk)
    assert tags_of(SENTENCES, documents) == expected
