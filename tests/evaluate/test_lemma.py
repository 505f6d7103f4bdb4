"""The lemma score counts what it says it counts."""

from pathlib import Path

import pytest

from letopis.evaluate.lemma import Score, evaluate, score

GOLD = [("Ёлки", "ёлка", "NOUN"), ("стоят", "стоять", "VERB"), (".", ".", "PUNCT"), ("Там", "там", "ADV")]


@pytest.mark.parametrize(("answers", "expected"), [
    ([("елка", "NOUN"), ("стоять", "VERB"), (".", "PUNCT"), ("Там", "ADV")], Score(1.0, 1.0, 1.0)),
    ([("ёлки", "NOUN"), ("стоять", "VERB"), (".", "PUNCT"), ("там", "PART")], Score(0.6667, 0.6667, 0.75)),
    ([("ёлка", "NOUN"), ("стоять", "VERB"), ("!", "X"), ("там", "ADV")], Score(1.0, 1.0, 0.75)),
])
def test_score(answers: list[tuple[str, str]], expected: Score) -> None:
    assert score(GOLD, answers) == expected


def test_evaluate_reads_conllu(tmp_path: Path) -> None:
    rows = [("1", "Людей", "человек", "NOUN"), ("2", "приехало", "приехать", "VERB"), ("2.1", *"___"), ("3", ".", ".", "PUNCT")]
    lines = ["# text = Людей приехало."] + ["\t".join([*row, *"______"]) for row in rows]
    path = tmp_path / "gold.conllu"
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    scores = evaluate(path)
    assert (scores.tokens, scores.words) == (3, 2)
    assert scores.ours == Score(1.0, 1.0, 1.0) and scores.natasha.pos_with_punctuation == 1.0


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.conllu"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no sentence"):
        evaluate(path)
