"""The threads that numpy has change no number: a night's workers have one, a notebook has many."""

import os
import subprocess
import sys

from tests.conftest import SAMPLE

SCRIPT = """
import hashlib
import sys
from pathlib import Path
from letopis.api.annotation import annotate

texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.md"))[:6]]
found = annotate(texts)
print(hashlib.sha256("".join(found[name].to_csv() for name in found).encode()).hexdigest())
"""


def digest(threads: int) -> str:
    """Of all rows of six articles, in a process whose numpy has so many threads."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    made = subprocess.run([sys.executable, "-c", SCRIPT, str(SAMPLE)], env=environment, capture_output=True, text=True, check=True)
    return made.stdout.strip()


def test_threads_change_no_number() -> None:
    assert digest(1) == digest(4)
