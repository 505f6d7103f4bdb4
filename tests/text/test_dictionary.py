"""The dictionary: inflection from paradigms says what pymorphy3 says."""

import re
from pathlib import Path

import pytest

from letopis.text.dictionary import inflected, parses

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
WANTED = (
    {"nomn"}, {"sing", "nomn"}, {"plur", "nomn"}, {"masc", "sing", "nomn"}, {"PRTF", "nomn", "masc", "sing"}, {"loc2"}, {"INFN"},
)


@pytest.mark.parametrize("wanted", [frozenset(w) for w in WANTED], ids=lambda w: "+".join(sorted(w)))
def test_inflection_is_that_of_pymorphy(wanted: frozenset[str]) -> None:
    texts = sorted(SAMPLE.rglob("*.md"))[:6]
    words = {w.lower() for path in texts for w in re.findall(r"[А-Яа-яЁё-]{2,}", path.read_text(encoding="utf-8"))}
    asked = [parse for word in sorted(words) for parse in parses(word)]
    theirs = [parse.inflect(set(wanted)) for parse in asked]
    assert [inflected(parse, wanted) for parse in asked] == [found and found.word for found in theirs]
    assert any(theirs)
