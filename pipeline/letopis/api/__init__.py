"""What people call from Python: `annotate` for texts in hand, `tables` for a store."""

from letopis.api.annotation import Annotation, annotate
from letopis.api.handle import Handle
from letopis.api.store import Ambiguous, Tables, tables

__all__ = ["Ambiguous", "Annotation", "Handle", "Tables", "annotate", "tables"]
