"""RuNormAS: normal forms of annotated spans of news.

Corpus: a folder of <document>.txt, .ann (a span a line: 'start end [start end ...]') and .norm (its normal form a line), as in
../shared/corpora/runormas/train. Convention: exact string, ё folded. Parts are by a hash of the document's name:
eight tenths to train, one to choose, one final.
"""

import zlib
from collections.abc import Mapping
from pathlib import Path

from letopis.evaluate.normal_forms import Case, Score, compare, parse_cases

PARTS = ("train", "choose", "final")
TRAIN_TENTHS = 8


def part_of(document: str) -> str:
    """The part a document belongs to."""
    tenth = zlib.crc32(document.encode()) % 10
    return "train" if tenth < TRAIN_TENTHS else PARTS[tenth - TRAIN_TENTHS + 1]


def read_cases(folder: Path) -> list[Case]:
    """All spans of a folder; ValueError where spans and forms of a document are not as many."""
    return [case for path in sorted(folder.glob("*.ann")) for case in _cases(path)]


def score(folder: Path, *, part: str | None = None) -> Mapping[str, Score]:
    """Ours, natasha and the surface on the spans of a folder, or of one part of it."""
    cases = [case for case in read_cases(folder) if part in (None, part_of(case.document))]
    return compare(parse_cases(cases))


def _cases(path: Path) -> list[Case]:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    spans = path.read_text(encoding="utf-8").splitlines()
    forms = path.with_suffix(".norm").read_text(encoding="utf-8").splitlines()
    return [Case(path.stem, text, _parts(span), form) for span, form in zip(spans, forms, strict=True)]


def _parts(line: str) -> tuple[tuple[int, int], ...]:
    numbers = [int(number) for number in line.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
