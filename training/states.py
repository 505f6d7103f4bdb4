"""Hidden states of slovnet's news models as input, as the run time makes them: words -> float16 [words, 576].

The last two convolutional layers of morphology, syntax and names, in this order; a word's state is that of slovnet run on its
sentence alone.
"""

from itertools import accumulate

import numpy as np
import numpy.typing as npt

from letopis.encoder import load, slovnet
from letopis.encoder.slovnet import STATES as WIDTH
from letopis.layers import Words

__all__ = ["WIDTH", "states"]


def states(sentences: list[list[str]]) -> npt.NDArray[np.float16]:
    """States of all words of the sentences, in order."""
    first = np.array([0, *accumulate(map(len, sentences))], np.int32)
    forms = [form for s in sentences for form in s]
    nowhere = np.zeros(len(forms), np.int32)
    sentence = np.repeat(np.arange(len(sentences), dtype=np.int32), np.diff(first))
    return slovnet.tag(load(), Words(sentence, nowhere, nowhere, forms, first), states=True).states
