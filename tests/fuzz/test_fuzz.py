"""A bounded run of the fuzzer; `make fuzz` is the whole one."""

from pathlib import Path

from tests.fuzz.fuzz import fuzz, tell
from tests.fuzz.mutations import WRITERS

INPUTS = 1_000                        # about 40 s


def test_spoilt_files_of_every_format_are_documents_or_rejects(tmp_path: Path) -> None:
    figures = fuzz(INPUTS, tmp_path, seed=1)
    assert figures.inputs >= INPUTS * 0.9, tell(figures, 0)            # Hypothesis leaves out what it has drawn before
    assert figures.share >= 0.6, tell(figures, 0)
    assert {suffix.removesuffix(".gz").removesuffix(".zst") for suffix in figures.suffixes} == set(WRITERS)
    assert len(figures.rejects) > 8, tell(figures, 0)
