"""Matrix products whose rows do not depend on how many others there are (see encoder.convolution), and what goes around them."""

import numpy as np

from letopis.encoder.packing import ROWS
from letopis.encoder.weights import Floats

SLOPE = np.float32(0.1)


def rows(count: int) -> int:
    """The count filled up to a multiple of ROWS."""
    return -(-count // ROWS) * ROWS


def with_ones(x: Floats) -> Floats:
    """[rows(len(x)), width + 1] the rows with a 1 behind each, the last column of a linear layer's input."""
    filled = np.zeros((rows(len(x)), x.shape[1] + 1), np.float32)
    filled[:len(x), :-1] = x
    filled[:, -1] = 1
    return filled


def leaky(x: Floats) -> Floats:
    """Leaky ReLU, in place."""
    np.maximum(x, x * SLOPE, out=x)
    return x
