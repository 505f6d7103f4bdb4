"""The event lexicon: legal, in order, and what the shipped model knows of it is what it says."""

import random
from collections import Counter

from event_words import GROUPS, LEXICON, lexicon
from letopis.encoder import load
from letopis.encoder.tagger import load_tagger
from letopis.text.dictionary import parses

LINES = [line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_every_word_has_one_line_in_order() -> None:
    keys = [(lemma, pos) for lemma, pos, *_ in LINES]
    assert keys == sorted(keys)
    assert Counter(keys).most_common(1)[0][1] == 1
    assert all("ё" not in lemma for lemma, _ in keys)


def test_what_is_no_event_has_no_type() -> None:
    assert all((one == "-") == (how == "-") and not (one == "-" and two) for _, _, one, two, how in LINES)


def test_the_model_has_the_lexicon_as_it_is() -> None:
    words, embedding, known = lexicon(), load().embedding, load_tagger().inputs.known
    for form in random.Random(0).sample(sorted(embedding.number), 3000):
        best = parses(form)[0]
        stated = words.get((best.normal_form.replace("ё", "е"), GROUPS.get(str(best.tag.POS), "")), (0, 0, 0))
        assert tuple(known[embedding.row[embedding.number[form]]]) == stated, form
