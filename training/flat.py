"""The bundle (bundle.py) on a device: feature numbers, slovnet's states and pieces of all tokens, and batches cut out of them.

A batch is a list of *blocks*: runs of whole sentences of one text that have together at most WINDOW pieces, as the run time cuts
its windows; a longer sentence is a block with several windows of its own. Rows of spans are in tokens of the batch.
"""

import lzma
import multiprocessing
import pickle
import random
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from batch import Batch, Host, Ints, grids, moved, pairs_of

WINDOW = 192                # pieces, without begin and end (letopis.encoder.tagger.windows)
STATES = 576
CHUNK = 200_000             # words whose states are computed at once
LAYERS = ("nerel", "slavicner", "factrueval", "arguments")
LONGEST_TRIGGER = 8
PAIRS = {"roles": ("triggers", "arguments", "triggers"), "relations": ("nerel", "nerel", "nerel")}  # ones, twos, where annotated
ROWS = {**dict.fromkeys(LAYERS, 3), "triggers": 2, "types": 4, "realis": 3, "roles": 5, "relations": 5}     # numbers of a row
CUTTERS = 2                 # processes that cut batches for an accelerator
FORM, PLACE = (0, 1, 2, 3, 4, 5, 8, 10), (6, 7, 9)      # columns (letopis.encoder.tagger.features)


@dataclass(frozen=True, slots=True)
class Vectors:
    """What is looked up by a token's row: navec's vectors and the event lexicon's numbers."""

    navec: Tensor           # [rows, 300] halves
    events: Tensor          # [rows, 3]


class Corpus:
    """All texts of a bundle."""

    def __init__(
        self, given: Path | dict[str, Any], device: torch.device, *, without: tuple[str, ...] = (), later: bool = False,
    ) -> None:
        """`without` names sets whose states are not computed; or not yet, if there is to be room for them `later`."""
        b = given if isinstance(given, dict) else _read(given)
        self.device, self.labels, self.numbers, self.special, self.e5 = device, b["labels"], b["numbers"], b["special"], b["e5"]
        self.spread = 2.0 if device.type == "cuda" else 1.25
        self.first = _bounds(b["tokens_of_sentence"])
        self.piece_first = _bounds(b["pieces_of_unit"][b["unit"]])
        self.pieces = _ragged(b["unit_pieces"], b["pieces_of_unit"], b["unit"]).astype(np.int32)
        self.texts = _bounds(b["sentences_of_text"])
        self.rows = {n: _ordered(b["spans"].get(n, ()), width) for n, width in ROWS.items()}
        self.known = {n: self._known(b["spans"].get(f"known {n}")) for n in (*self.rows, "triggers")}
        self._cut()
        self.texts_of = dict(b["sets"])
        self.sets = {name: self.blocks_of(*texts) for name, texts in b["sets"].items()}
        self.pool = None
        if device.type == "cuda":       # forked before the device is touched
            _OWN.append(self)
            self.pool = multiprocessing.get_context("fork").Pool(CUTTERS)
        self.vectors = _vectors(b, device)
        self.features = _features(b, device)
        wanted = {n: texts for n, texts in b["sets"].items() if n not in without}
        last = len(self.texts) - 1 if later else max((end for _, end in wanted.values()), default=0)
        self.states = States(b, device, int(self.first[self.texts[last]]))
        for start, end in wanted.values():
            self.states.fill(int(self.texts[start]), int(self.texts[end]))

    def batch(self, blocks: Ints, *, everything: bool = False) -> Batch:
        """The tensors of some blocks."""
        return self.place(self.cut(blocks, everything=everything))

    def ask(self, what: str, *given: Any) -> Any:
        """A method's result, made by another process where there are such: call what is returned."""
        if self.pool is None:
            return lambda: getattr(self, what)(*given)
        return self.pool.apply_async(_ask, (what, given)).get

    def close(self) -> None:
        """End the processes that cut."""
        if self.pool:
            self.pool.terminate()

    def place(self, cut: Batch) -> Batch:
        """On the device, with features and states."""
        on = moved(cut, self.device)
        return replace(on, features=self.features[on.token].long(), states=self.states.table[on.token])

    def cut(self, blocks: Ints, *, everything: bool = False) -> Batch:
        """Some blocks in numpy; with `everything` all layers are there for all sentences, whether annotated or not."""
        ranges = self.first[self.block_sentence[blocks]], self.first[self.block_sentence[blocks + 1]]
        tokens = _ranges(*ranges)
        sentences = _ranges(self.block_sentence[blocks], self.block_sentence[blocks + 1])
        first = np.concatenate([[0], np.cumsum(np.diff(self.first)[sentences])])
        windows = _ranges(self.block_window[blocks], self.block_window[blocks + 1])
        rows, known = self._targets(ranges, sentences)
        size = np.diff(first)
        sentence = np.repeat(np.arange(len(size)), size)
        longest = np.argsort(-size, kind="stable")
        column = np.arange(int(size.max()))[None]
        rank = np.empty(len(size), np.int64)
        rank[longest] = np.arange(len(size))
        if everything:
            shared = grids(first, np.arange(len(size)), None, self.spread)
            own = dict.fromkeys(LAYERS, shared)
        else:
            own = {n: grids(first, known[n], rows[n], self.spread) for n in LAYERS if len(known[n])}
        return Batch(
            *self._windows(windows, tokens), tokens, sentence, size, np.repeat(first[1:], size) - np.arange(first[-1]),
            np.where(column < size[longest][:, None], first[longest][:, None] + column, 0),
            rank[sentence] * column.shape[1] + np.arange(first[-1]) - first[sentence], own, _trigger_targets(sentence, rows, known),
            rows["types"], rows["realis"][:, 2],
            {n: pairs_of(sentence, rows[a], rows[b], rows[n], same=a == b) for n, (a, b, of) in PAIRS.items() if len(known[of])},
            Host(tokens, first, size[longest], rows, known),
        )

    def hidden(self, blocks: Ints, share: float, seed: int) -> tuple[Any, ...]:
        """Pieces and mask of a batch's windows; where one is to be guessed; where one is hidden (8 of 10 of those), in numpy."""
        tokens = _ranges(self.first[self.block_sentence[blocks]], self.first[self.block_sentence[blocks + 1]])
        pieces, mask, *_ = self._windows(_ranges(self.block_window[blocks], self.block_window[blocks + 1]), tokens)
        rng = np.random.default_rng(seed)
        asked = np.flatnonzero((rng.random(pieces.shape) < share) & mask & (pieces > max(self.special)))
        return pieces, mask, asked, asked[rng.random(len(asked)) < 0.8]

    def epoch(self, blocks: Ints, size: int, seed: str) -> list[Ints]:
        """Batches of about `size` pieces; blocks of like length share one (little padding), and the batches are shuffled."""
        rng = random.Random(seed)
        cost = self.block_cost[blocks]
        order = np.argsort(cost + np.array([rng.random() * 24 for _ in blocks]), kind="stable")
        batches = self.pack(blocks[order], size)
        rng.shuffle(batches)
        return batches

    def pack(self, blocks: Ints, size: int) -> list[Ints]:
        """Runs of blocks of at most `size` pieces each (one block at least), in order."""
        batches: list[list[int]] = []
        room = 0
        for block, cost in zip(blocks.tolist(), self.block_cost[blocks].tolist(), strict=True):
            if not batches or cost > room:
                batches.append([])
                room = size
            batches[-1].append(block)
            room -= cost
        return [np.array(b, np.int64) for b in batches]

    def _known(self, ranges: npt.NDArray | None) -> npt.NDArray[np.bool_]:
        known = np.zeros(len(self.first) - 1, np.bool_)
        for start, end in [] if ranges is None else ranges.tolist():
            known[start:end] = True
        return known

    def _cut(self) -> None:
        """Blocks and windows of every text."""
        self.block_sentence, self.block_window, self.window_first = cut_blocks(self.texts, self.first, self.piece_first)
        self.block_cost = np.diff(self.piece_first[self.first[self.block_sentence]])

    def blocks_of(self, start: int, end: int) -> Ints:
        """Numbers of the blocks of a run of texts."""
        a, b = np.searchsorted(self.block_sentence, [self.texts[start], self.texts[end]])
        return np.arange(a, b)

    def _windows(self, windows: Ints, tokens: Ints) -> tuple[Any, ...]:
        bos, eos, pad = self.special
        start, end = self.window_first[windows], self.window_first[windows + 1]
        begin, stop = self.piece_first[start], self.piece_first[end]
        size = stop - begin
        width = int(size.max()) + 2
        column = np.arange(width)[None]
        at = np.clip(begin[:, None] + column - 1, 0, len(self.pieces) - 1)
        inside = (column > 0) & (column <= size[:, None])
        pieces = np.where(inside, self.pieces[at], pad).astype(np.int64)
        pieces[:, 0] = bos
        pieces[np.arange(len(size)), size + 1] = eos
        window = np.repeat(np.arange(len(windows)), end - start)
        left = self.piece_first[tokens] - begin[window] + 1
        return pieces, column < size[:, None] + 2, window, left, self.piece_first[tokens + 1] - begin[window]

    def _targets(self, ranges: tuple[Ints, Ints], sentences: Ints) -> tuple[dict[str, Ints], dict[str, Ints]]:
        start, end = ranges
        shift = np.cumsum(end - start) - (end - start) - start
        found = {}
        for name, rows in self.rows.items():
            a, b = np.searchsorted(rows[:, 0], start), np.searchsorted(rows[:, 0], end)
            own = rows[_ranges(a, b)].copy()
            spans = 4 if name in ("roles", "relations") else 2
            own[:, :spans] += np.repeat(shift, b - a)[:, None]
            found[name] = own
        return found, {name: np.flatnonzero(known[sentences]) for name, known in self.known.items()}


def cut_blocks(texts: Ints, first: Ints, piece_first: Ints) -> tuple[Ints, Ints, Ints]:
    """First sentence and first window of every block, first token of every window, each with the end behind the last: of texts that
    begin at these sentences, sentences at these tokens, tokens at these pieces."""
    size = (piece_first[first[1:]] - piece_first[first[:-1]]).tolist()
    sentences, windows, bounds = [0], [0], [0]

    def block(start: int, end: int) -> None:
        a, b = int(first[start]), int(first[end])
        while a < b:
            fits = int(np.searchsorted(piece_first, piece_first[a] + WINDOW, side="right")) - 1
            a = min(b, max(a + 1, fits))
            bounds.append(a)
        sentences.append(end)
        windows.append(len(bounds) - 1)

    for a, b in zip(texts[:-1].tolist(), texts[1:].tolist(), strict=True):
        start, cost = a, 0
        for s in range(a, b):
            if s > start and cost + size[s] > WINDOW:
                block(start, s)
                start, cost = s, 0
            cost += size[s]
        if b > start:
            block(start, b)
    return np.array(sentences, np.int64), np.array(windows, np.int64), np.array(bounds, np.int64)


def cut_windows(texts: Ints, first: Ints, piece_first: Ints) -> list[tuple[int, int]]:
    """The tokens [start, end) of every window."""
    bounds = cut_blocks(texts, first, piece_first)[2].tolist()
    return list(pairwise(bounds))


_OWN: list[Corpus] = []         # what the cutting processes know


def _ask(what: str, given: tuple[Any, ...]) -> Any:
    return getattr(_OWN[-1], what)(*given)


def _trigger_targets(sentence: Ints, rows: dict[str, Ints], known: dict[str, Ints]) -> Ints:
    """[2, tokens] the tokens of annotated sentences and how long a trigger starts there; one longer than LONGEST_TRIGGER can't be
    learnt."""
    own = rows["triggers"][rows["triggers"][:, 1] - rows["triggers"][:, 0] < LONGEST_TRIGGER]
    target = np.zeros(len(sentence), np.int64)
    target[own[:, 0]] = own[:, 1] - own[:, 0] + 1
    at = np.flatnonzero(np.isin(sentence, known["triggers"]))
    return np.stack([at, target[at]])


def _read(path: Path) -> dict[str, Any]:
    with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as f:
        found: dict[str, Any] = pickle.load(f)
    return found


def _ordered(rows: Any, width: int) -> Ints:
    found = np.asarray(rows, np.int64).reshape(-1, width)
    return found[np.argsort(found[:, 0], kind="stable")]


def _bounds(counts: npt.NDArray) -> Ints:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def _ranges(start: Ints, end: Ints) -> Ints:
    """All numbers of the half-open ranges, one after the other."""
    size = end - start
    before = np.cumsum(size) - size
    return np.arange(int(size.sum())) + np.repeat(start - before, size)


def _ragged(flat: npt.NDArray, sizes: npt.NDArray, rows: npt.NDArray) -> npt.NDArray:
    """The runs of `flat` (of these sizes) that `rows` name, one after the other."""
    first = _bounds(sizes)
    return flat[_ranges(first[rows], first[rows.astype(np.int64) + 1])]


def _vectors(b: dict[str, Any], device: torch.device) -> Vectors:
    codes = torch.from_numpy(b["codes"]).to(device)
    centroids = torch.from_numpy(b["centroids"]).to(device)
    parts = torch.arange(codes.shape[1], device=device)
    table = torch.cat([centroids[parts, codes[i:i + 20_000].long()].flatten(1) for i in range(0, len(codes), 20_000)])
    navec = table.half()
    navec[torch.from_numpy(np.searchsorted(b["navec_rows"], b["wordless"])).to(device)] = 0
    return Vectors(navec, torch.from_numpy(b["events"].astype(np.int64)).to(device))


def _features(b: dict[str, Any], device: torch.device) -> Tensor:
    columns = b["unit_columns"].copy()
    columns[:, 0] = np.searchsorted(b["navec_rows"], columns[:, 0])
    unit = torch.from_numpy(b["unit"].astype(np.int64)).to(device)
    found = torch.empty((len(unit), len(FORM) + len(PLACE)), dtype=torch.int32, device=device)
    found[:, list(FORM)] = torch.from_numpy(columns).to(device)[unit]
    found[:, list(PLACE)] = torch.from_numpy(b["place"].astype(np.int32)).to(device)
    return found


class States:
    """The last two layers of slovnet's three networks for every token, halves (letopis.encoder.slovnet), where asked for."""

    def __init__(self, b: dict[str, Any], device: torch.device, room: int) -> None:
        kinds = b["kind_columns"].astype(np.int64)
        self.row = torch.from_numpy(np.searchsorted(b["navec_rows"], kinds[:, 0])).to(device)
        self.shape = torch.from_numpy(kinds[:, 1]).to(device)
        self.codes, self.centroids = (torch.from_numpy(b[n]).to(device) for n in ("codes", "centroids"))
        self.networks = [_network(n, device) for n in b["networks"]]
        self.words, self.token_first = _bounds(b["words_of_sentence"]), _bounds(b["tokens_of_word"])
        self.kind = b["unit_kind"][b["unit"][self.token_first[:-1]]].astype(np.int64)
        self.tokens_of_word, self.device = b["tokens_of_word"], device
        self.table = torch.empty((room, STATES), dtype=torch.float16, device=device)

    def fill(self, start: int, end: int) -> None:
        """Compute those of a run of sentences."""
        while start < end:
            fits = int(np.searchsorted(self.words, self.words[start] + CHUNK, side="right")) - 1
            stop = min(end, max(start + 1, fits))
            self._fill(start, stop)
            start = stop

    def _fill(self, a: int, z: int) -> None:
        start, end = int(self.words[a]), int(self.words[z])
        kind = torch.from_numpy(self.kind[start:end]).to(self.device)
        sentence = np.repeat(np.arange(z - a), np.diff(self.words[a:z + 1]))
        at = torch.from_numpy(np.arange(end - start) + sentence + 1).to(self.device)
        quantisers = torch.arange(self.codes.shape[1], device=self.device)
        row = self.row[kind]
        given = torch.cat([
            self.centroids[quantisers, self.codes[row[i:i + 20_000]].long()].flatten(1) for i in range(0, end - start, 20_000)
        ])
        layers = [_run(n, given, self.shape[kind], at, end - start + z - a + 1) for n in self.networks]
        mine = torch.cat([y[at] for ys in layers for y in ys[-2:]], dim=1).half()
        word = np.repeat(np.arange(end - start), self.tokens_of_word[start:end])
        self.table[int(self.token_first[start]):int(self.token_first[end])] = mine[torch.from_numpy(word).to(self.device)]


def _network(arrays: tuple[Any, Any, list[Any]], device: torch.device) -> tuple[Tensor, Tensor, list[tuple[Tensor, ...]]]:
    words, shapes, layers = arrays
    on = [tuple(torch.from_numpy(np.array(a)).to(device) for a in layer) for layer in layers]
    return torch.from_numpy(np.array(words)).to(device), torch.from_numpy(np.array(shapes)).to(device), on


def _run(network: Any, words: Tensor, shape: Tensor, at: Tensor, rows: int) -> list[Tensor]:
    """The outputs of every convolution, [row, filters]; blank rows, before and after every sentence, are zero."""
    of_words, of_shapes, layers = network
    y = torch.zeros((rows, of_words.shape[1]), device=words.device)
    y[at] = words @ of_words + of_shapes[shape]
    outputs: list[Tensor] = []
    for n, (weight, bias, scale, shift) in enumerate(layers):
        if n:
            y = outputs[-1] @ weight
        out = len(bias)
        z = y[:, out:2 * out] + bias
        z[1:] += y[:-1, :out]
        z[:-1] += y[1:, 2 * out:]
        z = torch.relu(z) * scale + shift
        full = torch.zeros_like(z)
        full[at] = z[at]
        outputs.append(full)
    return outputs
