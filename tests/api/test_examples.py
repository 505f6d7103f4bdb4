"""The examples in the docstrings of the API, run on the sample."""

import doctest
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from letopis.api import annotation, handle, store


@pytest.mark.parametrize("module", [annotation, handle, store], ids=lambda m: m.__name__)
def test_examples(module: ModuleType, sample_store: Path) -> None:
    known = {"out": sample_store, "date": date, "tables": store.tables, "annotate": annotation.annotate}
    result = doctest.testmod(module, extraglobs=known, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0
    assert result.attempted >= 3
