"""All that training and evaluation read, as arrays: made once from the corpora, kept under training/runs/cache."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import vocabulary
from corpora import Text, read_raw
from samples import Sample, sample
from splits import development, training
from subwords import Encoder, Pieces

SLAVICNER_EVERY = 3  # of the held-out topics, so that following a run stays cheap


@dataclass(frozen=True, slots=True)
class Development:
    """Held-out texts and their arrays by the layer they measure, 'events' for triggers."""

    texts: dict[str, list[Text]]
    samples: dict[str, list[Sample]]


@dataclass(frozen=True, slots=True)
class Data:
    """Training samples, what is held out, and the kept pieces' numbers with begin, end and padding among them."""

    train: list[Sample]
    dev: Development
    numbers: list[int]
    special: tuple[int, int, int]
    soft: tuple[Sample, ...] = ()           # raw news with what a teacher believes


def load(corpora: Path, encoder: Encoder, cache: Path) -> Data:
    """The arrays; delete the cache after a change of corpora, tokens, features or vocabulary."""
    path = cache / "samples-2.pkl"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        with draft.open("wb") as f:
            pickle.dump(_make(corpora, encoder, cache), f, protocol=5)
        draft.rename(path)
    with path.open("rb") as f:
        return pickle.load(f)


def _make(corpora: Path, encoder: Encoder, cache: Path) -> Data:
    train, dev = training(corpora), development(corpora)
    dev["slavicner"] = dev["slavicner"][::SLAVICNER_EVERY]
    held = [t for texts in dev.values() for t in texts]
    numbers, pieces = vocabulary.load(encoder, [*train, *held, *read_raw(corpora)], cache / "pieces.json")
    place = {number: i for i, number in enumerate(numbers)}
    return Data(
        _samples(train, pieces, glue=True),
        Development(dev, {name: _samples(texts, pieces, glue=False) for name, texts in dev.items()}),
        numbers,
        (place[encoder.bos], place[encoder.eos], place[encoder.pad]),
    )


def _samples(texts: list[Text], pieces: Pieces, *, glue: bool) -> list[Sample]:
    return [sample(t, pieces, glue=glue) for t in texts]
