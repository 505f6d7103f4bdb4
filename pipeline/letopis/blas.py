"""Which of OpenBLAS's kernels multiplies: one that gives a row the same numbers wherever it stands.

On processors with AVX2 and without AVX-512, OpenBLAS takes its kernels for Haswell or Zen. These give a row of a product other last
bits by its place modulo 12, so a score on the edge of a rounding would depend on a document's neighbours. The kernels for Sandy
Bridge do not; they cost the encoder a quarter more time. OpenBLAS reads the choice once, when numpy loads it: a process that had
numpy before this package keeps what it has, and its scores may differ from a night's in the last place.
"""

import os
from pathlib import Path

CHOICE = "OPENBLAS_CORETYPE"
STEADY = "Sandybridge"
_START = 8192               # bytes of the list of processors: the first one's


def choose(processors: Path = Path("/proc/cpuinfo")) -> None:
    """Set CHOICE for this process and its children where the processor needs it, unless somebody chose already."""
    try:
        with processors.open(encoding="utf-8", errors="replace") as f:
            flags = set(f.read(_START).split())
    except OSError:         # no such list: not Linux
        return
    if "avx2" in flags and "avx512f" not in flags:
        os.environ.setdefault(CHOICE, STEADY)
