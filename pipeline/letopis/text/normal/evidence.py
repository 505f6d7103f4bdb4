"""What the rest of a document says about a name: its other forms.

'Хабибуллиной' beside 'Хабибуллина' three lines above is a woman.
Only capitalised words count, wherever they stand; a document's title and body are one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from letopis.layers import Readings
from letopis.text.normal.pieces import fold, stem

_CAPITALISED = re.compile(r"[А-ЯЁ][А-яЁё]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Forms of one document, folded."""

    forms: Mapping[str, int]                    # form -> how often
    endings: Mapping[str, tuple[str, ...]]      # stem -> endings it is seen with, sorted


def gather(readings: Readings, numbers: Sequence[int]) -> Evidence:
    """The evidence of the readings with these numbers."""
    counts: Counter[str] = Counter()
    for number in numbers:
        counts.update(_CAPITALISED.findall(readings.clean[number]))
    forms: Counter[str] = Counter()
    endings: dict[str, set[str]] = {}
    for form, count in counts.items():
        low, base, ending = _parts(form)
        forms[low] += count
        endings.setdefault(base, set()).add(ending)
    return Evidence(forms, {base: tuple(sorted(found)) for base, found in endings.items()})


@lru_cache(maxsize=50_000)
def _parts(form: str) -> tuple[str, str, str]:
    low = fold(form)
    return low, *stem(low)
