"""slovnet's models in packed inference: word vectors, morphology, dependencies, names, hidden states."""

from letopis.encoder import slovnet
from letopis.encoder.names import ner
from letopis.encoder.weights import Models, load

__all__ = ["Models", "load", "ner", "slovnet"]
