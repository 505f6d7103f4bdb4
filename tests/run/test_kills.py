"""A run that is killed at any point: the snapshot before it stays whole, and the next run ends with an undisturbed one's tables.

A child process does the run and kills itself at a chosen step: a write, a rename, an fsync, a transaction, a query.
"""

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import night as run_once
from tests.run.made import make_corpus, write
from tests.run.same import answers_of, assert_sound, bytes_of, what_changed
from tests.run.steps import STAGES, Steps

EACH = 6


def in_child(folder: Path, out: Path, kill: tuple[str, int] | None) -> tuple[int, dict[str, int]]:
    """Do the second night in a child; gives how it ended and the steps it took."""
    child = os.fork()
    if child == 0:
        steps = Steps(kill)
        steps.install()
        try:
            run_once(folder, out, prune="all")
            (out.parent / "steps.json").write_text(json.dumps(steps.counts))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    counted = out.parent / "steps.json"
    return status, json.loads(counted.read_text()) if counted.exists() else {}


@pytest.fixture(scope="module")
def stage_set(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, dict[str, int]]:
    """A store of the first night, the folder as it is in the second, an undisturbed second store, and the steps it takes."""
    root = tmp_path_factory.mktemp("kills")
    folder = make_corpus(root / "corpus", 24)
    run_once(folder, root / "first")
    for number in range(24, 32):
        write(folder, number)
    write(folder, 3, edition=1)
    (folder / "0005.md").unlink()
    (folder / "0007.md").rename(folder / "renamed.md")
    (root / "whole").mkdir()
    shutil.copytree(root / "first", root / "whole" / "out", symlinks=True)
    status, steps = in_child(folder, root / "whole" / "out", None)
    assert status == 0
    return root / "first", folder, root / "whole" / "out", steps


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_run_loses_nothing(stage: str, stage_set: tuple[Path, Path, Path, dict[str, int]], tmp_path: Path) -> None:
    first, folder, whole, steps = stage_set
    assert steps[stage] >= EACH, steps
    for number in random.Random(stage).sample(range(1, steps[stage] + 1), EACH):
        out = tmp_path / str(number) / "out"
        shutil.copytree(first, out, symlinks=True)
        status, _ = in_child(folder, out, (stage, number))
        assert os.WIFSIGNALED(status), (stage, number)
        assert_sound(out)
        run_once(folder, out, prune="all")
        assert_sound(out)
        assert bytes_of(out) == bytes_of(whole), (stage, number)
        assert what_changed(out) == what_changed(whole), (stage, number)
        assert answers_of(out) == answers_of(whole), (stage, number)
        assert len(list((out / ".blocks").iterdir())) == 1
        assert not list((out / "snapshots").glob(".*")) + list((out / ".units").glob(".*"))
        shutil.rmtree(out)
