"""Readings, sentences, tokens, morphology, syntax, lemmas and normal forms: what is known of a text before it is searched."""

VERSION = "1"               # raised whenever these layers may differ from before
