"""What scikit-learn learned and what is asked at run time are the same trees."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

import trees
from letopis.find.coreference import forest


def test_stored_trees_answer_as_the_fitted_model(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    table = rng.integers(-100, 100, (2000, 4)).astype(np.int16)
    right = (table[:, 0] > 10) ^ (table[:, 1] + table[:, 2] > 30)
    model = trees.fit(table, right, max_iter=20)
    forest.write(tmp_path / "a.npz", trees.nodes_of(model, "abcd"))
    read = forest.prepared(forest.read(tmp_path / "a.npz"))
    facts = {name: table[:, i] for i, name in enumerate("abcd")}
    ours = forest.probability(forest.log_odds(read, facts, len(table)))
    assert np.abs(ours - model.predict_proba(table)[:, 1]).max() < 0.01
    assert ((ours > 0.5) == right).mean() > 0.9
