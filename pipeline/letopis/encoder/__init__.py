"""slovnet's models in packed inference (word vectors, morphology, dependencies, hidden states), and the tagger on top of them."""

from letopis.encoder import slovnet, tagger
from letopis.encoder.weights import Models, load

__all__ = ["Models", "load", "slovnet", "tagger"]
