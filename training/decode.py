"""Scores of the heads -> spans, as the run time decides (letopis.encoder.tagger.decode)."""

from letopis.encoder.tagger.decode import Floats, Found, nested, probabilities, softmax, triggers

__all__ = ["Floats", "Found", "nested", "probabilities", "softmax", "triggers"]
