"""All texts and labels as flat arrays in one file: `python training/bundle.py OUT.pkl.xz --corpora ../shared/corpora`.

Made without torch and read with it alone (`flat.py`), so training needs neither the corpora nor the package, and a machine with an
accelerator gets one small file. Contract: texts stand one after the other in sets ('train', 'nerel', 'events', 'slavicner',
'factrueval' held out, 'raw' without labels); tokens, words and sentences are numbered through all of them. What a form
tells stands once a *unit* (its columns and pieces), what slovnet reads of its word once a *kind*. Slovnet's states are not stored
but what they are computed from; E5 is there in its own 4-bit blocks. Spans are rows of token numbers inside one sentence.
"""

import argparse
import lzma
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import vocabulary
from corpora import LAYER_TYPES, REALIS, RELATIONS, ROLES, Pair, Text, Trigger, read_raw, read_relations, read_roles
from event_words import event_table
from letopis.encoder import load
from letopis.encoder.packing import _shape
from letopis.encoder.tagger import features as of_tokens
from letopis.encoder.tagger.pieces import shortened
from letopis.encoder.tagger.tokens import Tokens
from letopis.encoder.tagger.tokens import split as fine
from ontology import event_types
from splits import development, training
from subwords import BLOCK, Encoder, Pieces, shipped
from tokens import split, words

Ints = npt.NDArray[np.int32]
Rows = list[tuple[int, ...]]
RUNS = Path(__file__).with_name("runs")
FORM = len(of_tokens.OF_FORM)


class Bundle:
    """Columns that grow text by text."""

    def __init__(self, pieces: Pieces, roles: dict[str, list[Pair]], relations: dict[str, list[Pair]]) -> None:
        self.pieces, self.roles, self.relations = pieces, roles, relations
        self.units: dict[tuple[int, tuple[int, ...], tuple[int, ...]], int] = {}
        self.kinds: dict[tuple[int, int], int] = {}
        self.columns: dict[str, list[npt.NDArray]] = {}
        self.spans: dict[str, Rows] = {}
        self.tokens = self.sentences = 0
        self.lost: dict[str, int] = {}

    def add(self, text: Text, *, glue: bool) -> None:
        """A text at the end; `glue` joins the sentences that a gold span crosses (for training)."""
        events = (text.triggers or ()) + text.typed
        spans = [(x.start, x.end) for layer in text.layers.values() for x in layer] + [(x.start, x.end) for x in events]
        sentences = split(text.text, tuple(spans) if glue else ())
        own = words(text.text, sentences)
        tokens = fine(own)
        kinds = [self._kind(form) for form in own.form]
        self._put("unit", self._units(text.text, tokens, kinds))
        self._put("place", of_tokens.places(tokens, np.zeros(len(sentences), np.int32)))
        self._put("tokens_of_word", np.bincount(tokens.word, minlength=len(own.form)))
        self._put("words_of_sentence", np.diff(own.first))
        self._put("tokens_of_sentence", np.diff(tokens.first))
        self._put("sentences_of_text", np.array([len(sentences)]))
        self._targets(text, _Places(tokens, self.tokens))
        self.tokens += len(tokens.word)
        self.sentences += len(sentences)

    def _put(self, name: str, column: npt.NDArray) -> None:
        self.columns.setdefault(name, []).append(column.astype(np.int32))

    def _units(self, text: str, tokens: Tokens, kinds: list[int]) -> npt.NDArray:
        columns = tokens.pieces[tokens.piece].tolist()
        bounds = zip(tokens.start.tolist(), tokens.end.tolist(), tokens.word.tolist(), strict=True)
        found, before = [], -1
        for of_form, (a, b, word) in zip(columns, bounds, strict=True):
            own = shortened(self.pieces.segment(text[a:b], spaced=a != before))
            found.append(self.units.setdefault((kinds[word], tuple(of_form), tuple(own)), len(self.units)))
            before = b
        return np.array(found, np.int32)

    def _kind(self, form: str) -> int:
        models = load()
        row = models.embedding.row[models.embedding.number.get(form.lower(), 0)]
        return self.kinds.setdefault((int(row), models.shapes[_shape(form)]), len(self.kinds))

    def _targets(self, text: Text, place: "_Places") -> None:
        first, count = self.sentences, place.sentences
        for name, labels in text.layers.items():
            self._known(name, first, count)
            self._rows(name, place, [(x.start, x.end, LAYER_TYPES[name].index(x.type)) for x in labels])
        if text.triggers is not None:
            self._known("triggers", first, count)
            self._rows("triggers", place, [(t.start, t.end) for t in text.triggers])
            self._known("arguments", first, count)
            self._rows("arguments", place, {(p.start2, p.end2, 0) for p in self.roles[text.text]})
            self._pairs("roles", place, self.roles[text.text], ROLES)
        if "nerel" in text.layers:
            self._pairs("relations", place, self.relations[text.text], RELATIONS)
        events = (text.triggers or ()) + text.typed
        self._rows("types", place, [(t.start, t.end, *_types(t)) for t in events])
        self._rows("realis", place, [(t.start, t.end, REALIS.index(t.realis)) for t in events])

    def _known(self, name: str, first: int, count: int) -> None:
        self.spans.setdefault(f"known {name}", []).append((first, first + count))

    def _rows(self, name: str, place: "_Places", spans: Iterable[tuple[int, ...]]) -> None:
        rows = self.spans.setdefault(name, [])
        for start, end, *rest in sorted(spans):
            own = place.span(start, end)
            if own is None:
                self.lost[name] = self.lost.get(name, 0) + 1
            else:
                rows.append((*own, *rest))

    def _pairs(self, name: str, place: "_Places", pairs: list[Pair], names: tuple[str, ...]) -> None:
        rows = self.spans.setdefault(name, [])
        for p in sorted(pairs):
            one, two = place.span(p.start, p.end), place.span(p.start2, p.end2)
            if one and two and place.sentence_of(one[0]) == place.sentence_of(two[0]):
                rows.append((*one, *two, names.index(p.name)))
            else:
                self.lost[name] = self.lost.get(name, 0) + 1


class _Places:
    """Character spans of a text -> token numbers of the bundle."""

    def __init__(self, tokens: Tokens, offset: int) -> None:
        self.starts = {a: i for i, a in enumerate(tokens.start.tolist())}
        self.ends = {b: i for i, b in enumerate(tokens.end.tolist())}
        self.sentences = len(tokens.first) - 1
        self.sentence = np.repeat(np.arange(self.sentences), np.diff(tokens.first))
        self.offset = offset

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last token, None where the span doesn't fall on tokens of one sentence."""
        a, b = self.starts.get(start, -1), self.ends.get(end, -1)
        if 0 <= a <= b and self.sentence[a] == self.sentence[b]:
            return a + self.offset, b + self.offset
        return None

    def sentence_of(self, token: int) -> int:
        """The sentence of a token of the bundle."""
        return int(self.sentence[token - self.offset])


def _types(t: Trigger) -> tuple[int, int]:
    first = event_types().index(t.type)
    return first, event_types().index(t.type2) if t.type2 else first


def make(corpora: Path, encoder: Encoder) -> dict[str, Any]:
    """The arrays."""
    train, dev = training(corpora), development(corpora)
    held = {t.text for texts in dev.values() for t in texts}
    raw = [t for t in read_raw(corpora) if t.text not in held]
    numbers, pieces = vocabulary.load(encoder, [*train, *read_raw(corpora)], RUNS / "cache" / "pieces.json")
    bundle = Bundle(pieces, read_roles(corpora), read_relations(corpora))
    sets: dict[str, tuple[int, int]] = {}
    count = 0
    for name, texts in (("train", train), *dev.items(), ("raw", raw)):
        for text in texts:
            bundle.add(text, glue=name == "train")
        sets[name] = (count, count + len(texts))
        count += len(texts)
        sys.stdout.write(f"{name}: {len(texts)} texts, {bundle.tokens} tokens so far\n")
        sys.stdout.flush()
    sys.stdout.write(f"lost: {bundle.lost}\n")
    return arrays(bundle, encoder, numbers, sets)


def arrays(bundle: Bundle, encoder: Encoder, numbers: list[int], sets: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """All that `flat.Corpus` reads: of a bundle whose pieces have these numbers; `sets` are ranges of its texts."""
    return _arrays(bundle) | _vectors(bundle) | {
        "e5": _e5(encoder, numbers), "sets": sets, "numbers": np.array(numbers),
        "labels": {**LAYER_TYPES, "arguments": ("argument",), "types": event_types(), "realis": REALIS, "roles": ROLES,
                   "relations": RELATIONS},
        "special": tuple(numbers.index(n) for n in (encoder.bos, encoder.eos, encoder.pad)),
    }


def _arrays(b: Bundle) -> dict[str, Any]:
    found: dict[str, Any] = {name: _small(np.concatenate(parts)) for name, parts in b.columns.items()}
    found["unit_pieces"] = _small(np.array([p for _, _, own in b.units for p in own], np.int32))
    found["pieces_of_unit"] = _small(np.array([len(own) for _, _, own in b.units], np.int32))
    found["unit_columns"] = np.array([columns for _, columns, _ in b.units], np.int32)
    found["unit_kind"] = np.array([kind for kind, _, _ in b.units], np.int32)
    found["kind_columns"] = np.array(list(b.kinds), np.int32)
    found["spans"] = {name: np.array(rows, np.int32) for name, rows in b.spans.items()}
    return found


def _vectors(b: Bundle) -> dict[str, Any]:
    """Navec's rows in use, renumbered in the columns that name them; the lexicon; slovnet's three networks."""
    models = load()
    own = np.array([columns[0] for _, columns, _ in b.units], np.int32)
    rows = np.unique(np.concatenate([own, [row for row, _ in b.kinds], models.embedding.wordless]))
    networks = (models.morphology.network, models.syntax.network, models.names)
    return {
        "navec_rows": rows, "codes": models.embedding.codes[rows], "centroids": models.embedding.centroids.astype(np.float32),
        "wordless": models.embedding.wordless, "events": event_table()[rows],
        "networks": [(n.words, n.shapes, [(x.weight, x.bias, x.scale, x.shift) for x in n.layers]) for n in networks],
    }


def _e5(encoder: Encoder, numbers: list[int]) -> dict[str, npt.NDArray]:
    """Its tensors by name: matrices as blocks [rows, columns / 32, 18], those of words for the kept pieces alone; vectors flat."""
    found: dict[str, npt.NDArray] = {}
    for name, (_, length, at) in encoder.directory.items():
        if name.endswith((".b", "ln.w")) or name in ("emb.pos", "emb.type"):
            found[name] = encoder.vector(name)
        else:
            width = encoder.inner if name.endswith("fo.w") else encoder.hidden
            blocks = np.frombuffer(encoder.bytes, np.uint8, length, at).reshape(-1, width // BLOCK, 18)
            found[name] = blocks[numbers] if name == "emb.word" else blocks.copy()
    return found


def _small(column: npt.NDArray) -> npt.NDArray:
    kind = np.min_scalar_type(int(column.max(initial=0)))
    return column.astype(kind)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, default=shipped())
    options = parser.parse_args()
    encoder = Encoder(options.encoder)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(options.out, "wb", preset=4) as f:
        pickle.dump(make(options.corpora, encoder), f, protocol=5)
    sys.stdout.write(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
