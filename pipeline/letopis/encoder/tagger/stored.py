"""How big matrices are stored: whole numbers in runs of BLOCK with a scale each.

A matrix [rows, columns] is an int8 array of that shape under its name and float16 scales [rows, runs] under its name + SCALE; the
last run of a row may be short.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from letopis.encoder.weights import Floats

SCALE = ".scale"
BLOCK = 64
Arrays = Mapping[str, npt.NDArray[np.generic]]


def rounded(matrix: Floats, levels: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Whole numbers from -levels to levels, and the scales; `restored` gives the matrix as near as they can say it."""
    rows, columns = matrix.shape
    runs = np.pad(matrix, ((0, 0), (0, -columns % BLOCK))).reshape(rows, -1, BLOCK)
    scale = (np.abs(runs).max(axis=2) / levels).astype(np.float16)
    unit = np.where(scale == 0, 1, scale.astype(np.float32))[:, :, None]
    whole = np.clip(np.rint(runs / unit), -levels, levels).reshape(rows, -1)[:, :columns]
    return whole.astype(np.int8), scale


def restored(whole: npt.NDArray[np.int8], scale: npt.NDArray[np.float16]) -> Floats:
    """The matrix of whole numbers and scales."""
    unit = np.repeat(scale.astype(np.float32), BLOCK, axis=1)[:, :whole.shape[1]]
    matrix: Floats = whole.astype(np.float32) * unit
    return matrix


def restored_all(file: Arrays) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a file with every matrix restored."""
    found = {name: array for name, array in file.items() if not name.endswith(SCALE)}
    for name in [name for name in found if name + SCALE in file]:
        found[name] = restored(np.asarray(file[name], np.int8), np.asarray(file[name + SCALE], np.float16))
    return found
