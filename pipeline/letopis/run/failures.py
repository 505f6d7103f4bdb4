"""What may fail a run that is nobody's fault: disk, memory, a worker that was killed. Never a document's.

A document is rejected for what it is. What the machine lacks would reject any, and a reject is not tried again before its file
changes; so the run ends instead, and the next one goes on from the last finished unit.
"""

import re
import sqlite3

import duckdb
import pyarrow as pa
from joblib.externals.loky.process_executor import TerminatedWorkerError

FAILURES = (OSError, MemoryError, sqlite3.Error, duckdb.Error, pa.ArrowException, TerminatedWorkerError)
"""What a run may end with, told as a sentence."""

_MEMORY = re.compile(r"bad[ _]alloc|fail\w* to allocate|out of memory|cannot allocate", re.I)


def of_machine(error: BaseException) -> bool:
    """Whether annotation failed for want of memory or disk; onnxruntime tells the first by its words only."""
    return isinstance(error, OSError | MemoryError) or _MEMORY.search(str(error)) is not None


def told(error: BaseException) -> str:
    """The failure as a sentence on one line."""
    if isinstance(error, MemoryError):
        return "there is not enough memory; fewer --workers need less"
    if isinstance(error, TerminatedWorkerError):
        return "a worker was killed, most likely for want of memory; fewer --workers need less"
    return " ".join(str(error).split()) or type(error).__name__
