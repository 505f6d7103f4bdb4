"""E5 at run time against training's: the same windows and pieces, states within rounding. Runs where the extra `train` is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from flat import cut_windows  # noqa: E402  (after the check for torch)
from letopis.encoder.tagger import e5  # noqa: E402
from letopis.encoder.tagger.pieces import LONGEST, pieced  # noqa: E402
from letopis.encoder.tagger.tokens import split  # noqa: E402
from letopis.encoder.tagger.windows import windows  # noqa: E402
from network import E5  # noqa: E402
from tests.encoder.tagger.made import SENTENCES, words_of  # noqa: E402

WIDTH, INNER, COUNT = 96, 192, 60
SIZES = st.lists(st.lists(st.integers(1, LONGEST), min_size=1, max_size=30), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def trained() -> E5:
    """Two layers of random weights."""
    torch.manual_seed(5)
    model = E5(COUNT, 2, width=WIDTH, heads=e5.HEADS, inner=INNER).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.normal_(1.0 if "norm" in name and name.endswith("weight") else 0.0, 0.3)
    return model


@pytest.fixture(scope="module")
def run(trained: E5) -> e5.E5:
    """The same at run time."""
    file = {f"e5.{name}": p.detach().numpy() for name, p in trained.named_parameters()}
    forms = np.array(["<s>", "<pad>", "</s>", "<unk>", "▁", *"абвгдежзийклмнопрстуфхцчшщъыьэюя.«»№1258"])
    file["e5.word.weight"] = file["e5.word.weight"][:len(forms)]
    found = e5.e5_of(file | {"pieces.form": forms, "pieces.score": -np.ones(len(forms))})
    assert found is not None
    return found


def by_torch(trained: E5, pieces: np.ndarray) -> np.ndarray:
    """The states of one window in single precision."""
    numbers = torch.from_numpy(pieces)[None]
    with torch.no_grad():
        x = trained.norm(trained.word(numbers) + trained.place[:len(pieces)])
        for layer in trained.layers:
            x = layer(x, torch.ones(1, 1, 1, len(pieces), dtype=torch.bool))
    return x[0].numpy()


def contexts(run: e5.E5, sentences: list[list[str]], documents: list[int]) -> np.ndarray:
    words, document = words_of(sentences), np.array(documents, np.int32)
    tokens = split(words)
    return e5.contexts(run, e5.windowed(run, tokens, words, document), 0, len(tokens.word))


@pytest.mark.parametrize("count", [1, 2, 40, 194])
def test_states_are_those_of_torch(trained: E5, run: e5.E5, count: int) -> None:
    pieces = np.random.default_rng(count).integers(0, len(run.word), count)
    assert np.allclose(e5.encode(run, pieces), by_torch(trained, pieces), atol=1e-4)


def test_a_token_has_the_mean_of_its_first_and_last_piece(trained: E5, run: e5.E5) -> None:
    sentence = SENTENCES[3]
    words = words_of([sentence])
    own = pieced(run.pieces, split(words), words, np.zeros(1, np.int32))
    states = by_torch(trained, np.concatenate([[e5.BEGIN], own.piece, [e5.END]]))
    expected = (states[own.first[:-1] + 1] + states[own.first[1:]]) / 2
    assert np.allclose(contexts(run, [sentence], [0]), expected, atol=1e-4)


def test_neighbours_and_batches_change_no_bit(run: e5.E5) -> None:
    documents = [n // 40 for n in range(len(SENTENCES))]
    together, done = contexts(run, SENTENCES, documents), 0
    for number in sorted(set(documents)):
        own = [s for s, d in zip(SENTENCES, documents, strict=True) if d == number]
        alone = contexts(run, own, [0] * len(own))
        assert np.array_equal(together[done:done + len(alone)], alone)
        done += len(alone)


def test_a_part_of_a_batch_is_the_part_of_the_whole(run: e5.E5) -> None:
    words, document = words_of(SENTENCES[::5]), np.zeros(len(SENTENCES[::5]), np.int32)
    tokens = split(words)
    batch = e5.windowed(run, tokens, words, document)
    whole = e5.contexts(run, batch, 0, len(tokens.word))
    assert np.array_equal(e5.contexts(run, batch, 7, 61), whole[7:61])


@given(SIZES)
def test_windows_are_those_of_training(sizes: list[list[int]]) -> None:
    sentence = np.cumsum([0, *map(len, sizes)]).astype(np.int32)
    tokens = [n for s in sizes for n in s]
    of_training = cut_windows(np.array([0, len(sizes)]), sentence, np.cumsum([0, *tokens]))
    assert windows(sentence, np.zeros(len(sizes), np.int32), np.cumsum([0, *tokens])) == of_training


