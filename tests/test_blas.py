"""The kernel of matrix products: chosen by the processor, and rows do not depend on their place."""

from pathlib import Path

import numpy as np
import pytest

from letopis import blas


@pytest.mark.parametrize(("flags", "choice"), [("fma avx2", blas.STEADY), ("fma avx2 avx512f", None), ("fp asimd", None)])
def test_the_processor_chooses(flags: str, choice: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(blas.CHOICE, "")
    monkeypatch.delenv(blas.CHOICE)
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: {flags} ht\n", encoding="utf-8")
    blas.choose(tmp_path / "cpuinfo")
    assert blas.os.environ.get(blas.CHOICE) == choice


def test_what_somebody_chose_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(blas.CHOICE, "Nehalem")
    (tmp_path / "cpuinfo").write_text("flags: avx2\n", encoding="utf-8")
    blas.choose(tmp_path / "cpuinfo")
    blas.choose(tmp_path / "missing")
    assert blas.os.environ[blas.CHOICE] == "Nehalem"


@pytest.mark.parametrize("width", [64, 300, 768])
def test_a_row_is_the_same_in_every_place(width: int) -> None:
    rng = np.random.default_rng(width)
    row, matrix = (rng.standard_normal(size).astype(np.float32) for size in ((1, 384), (384, width)))
    products = [np.repeat(row, count, axis=0) @ matrix for count in (64, 128, 192, 512)]
    assert all(np.array_equal(y, np.repeat(products[0][:1], len(y), axis=0)) for y in products)
