"""The tagger: words -> nested names and events, by one encoder (see models/README.md for what it was trained on)."""

from letopis.encoder.tagger.tagging import Kind, Link, Tagged, Tags, tag
from letopis.encoder.tagger.weights import load_tagger, load_taggers

__all__ = ["Kind", "Link", "Tagged", "Tags", "load_tagger", "load_taggers", "tag"]
