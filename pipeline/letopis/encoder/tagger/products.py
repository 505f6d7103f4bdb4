"""What goes around matrix products."""

import numpy as np

from letopis.encoder.weights import Floats

SLOPE = np.float32(0.1)


def with_ones(x: Floats) -> Floats:
    """[len(x), width + 1] the rows with a 1 behind each, the last column of a linear layer's input."""
    filled = np.empty((len(x), x.shape[1] + 1), np.float32)
    filled[:, :-1] = x
    filled[:, -1] = 1
    return filled


def leaky(x: Floats) -> Floats:
    """Leaky ReLU, in place."""
    np.maximum(x, x * SLOPE, out=x)
    return x
