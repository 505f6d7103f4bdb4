"""Scores of the heads -> spans, as the run time decides: letopis.encoder.tagger.decode, of which this needs that one file.

The package around it loads natasha's models, which a machine that only trains may not have.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "pipeline" / "letopis" / "encoder" / "tagger" / "decode.py"
_SPEC = spec_from_file_location("letopis_decode", _FILE)
assert _SPEC is not None and _SPEC.loader is not None
_MODULE = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)

nested, triggers, probabilities, softmax = (getattr(_MODULE, n) for n in ("nested", "triggers", "probabilities", "softmax"))
__all__ = ["nested", "probabilities", "softmax", "triggers"]
