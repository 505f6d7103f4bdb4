"""Matrices as whole numbers with scales."""

import numpy as np
import pytest

from letopis.encoder.tagger.stored import BLOCK, SCALE, restored, restored_all, rounded


@pytest.mark.parametrize("columns", [1, BLOCK, BLOCK + 1, 3 * BLOCK - 5])
def test_a_matrix_comes_back_within_half_a_step(columns: int) -> None:
    matrix = np.random.default_rng(columns).standard_normal((9, columns)).astype(np.float32)
    matrix[4] = 0
    whole, scale = rounded(matrix, 31)
    back = restored(whole, scale)
    step = np.repeat(scale.astype(np.float32), BLOCK, axis=1)[:, :columns]
    assert back.shape == matrix.shape and np.abs(whole).max() <= 31
    assert (np.abs(back - matrix) <= 0.52 * step).all()


def test_only_what_has_a_scale_is_restored() -> None:
    whole, scale = rounded(np.eye(3, dtype=np.float32), 31)
    file = {"a": whole, "a" + SCALE: scale, "b": np.arange(3)}
    found = restored_all(file)
    assert sorted(found) == ["a", "b"] and found["b"] is file["b"]
    assert np.allclose(found["a"].astype(np.float32), np.eye(3), atol=1e-3)
