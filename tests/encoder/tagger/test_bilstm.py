"""The recurrence in lanes against one sentence after the other by the definition of an LSTM."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from letopis.encoder import load
from letopis.encoder.tagger import bilstm, load_tagger
from letopis.encoder.tagger.features import places
from letopis.encoder.tagger.lanes import lanes
from letopis.encoder.tagger.tokens import split
from letopis.encoder.tagger.weights import Direction
from tests.encoder.tagger.made import SENTENCES, words_of


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_every_token_is_read_once_in_order(sizes: list[int]) -> None:
    first = np.cumsum([0, *sizes]).astype(np.int32)
    way = lanes(first)
    assert sorted(way.forward[way.forward < first[-1]].tolist()) == list(range(first[-1]))
    for a, b in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        steps, lane = np.divmod(way.forward_row[a:b], way.width)
        back, other = np.divmod(way.backward_row[a:b], way.width)
        assert (np.diff(steps) == 1).all() and (np.diff(back) == -1).all()
        assert len({*lane.tolist(), *other.tolist()}) == (a < b)
        assert all(way.begins[step, n] == (step == steps[0]) for step, n in zip(steps, lane, strict=True))


def one_by_one(direction: Direction, given_: np.ndarray, extra: np.ndarray) -> np.ndarray:
    """Hidden states of one sentence."""
    h, c, out = np.zeros(direction.hidden), np.zeros(direction.hidden), []
    for form, beside in zip(given_, extra, strict=True):
        i, f, o, g = np.split(form + np.concatenate([h, beside]) @ direction.beside.astype(np.float64), 4)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        out.append(h)
    return np.array(out)


def test_lanes_read_as_sentences_alone() -> None:
    weights, words = load_tagger(), words_of(SENTENCES[::7])
    tokens = split(words)
    place = places(tokens, np.zeros(len(words.first) - 1, np.int32))
    states = np.random.default_rng(0).standard_normal((len(tokens.word), 576)).astype(np.float16)
    read = bilstm.Read(tokens.first, tokens.piece, tokens.pieces, place, states)
    found = bilstm.encode(weights, load().embedding, read).states
    forms = bilstm._forms(weights.inputs, load().embedding, read.pieces)[tokens.piece]
    extra = bilstm._extra(weights.inputs, read)
    for a, b in zip(tokens.first[:-1].tolist(), tokens.first[1:].tolist(), strict=True):
        there, back = (forms[a:b] @ d.form.values + d.bias for d in (weights.forward, weights.backward))
        expected = np.concatenate([
            one_by_one(weights.forward, there, extra[a:b]), one_by_one(weights.backward, back[::-1], extra[a:b][::-1])[::-1],
        ], axis=1)
        assert np.allclose(found[a:b], expected, atol=1e-5)
