"""The collector is as it was after a unit."""

import gc

import pytest

from letopis.run.memory import PATIENCE, patient


def test_the_collector_is_patient_meanwhile_and_then_as_before() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with patient():
        assert gc.get_threshold() == PATIENCE
        assert gc.get_freeze_count() > frozen
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_also_where_the_unit_fails() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="no unit"), patient():
        raise ValueError("no unit")
    assert gc.get_threshold() == before
