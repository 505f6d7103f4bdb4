"""The tutorial, run from its first line to its last: every command and snippet, and what the page says comes out."""

import contextlib
import doctest
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLE
from tests.docs.blocks import ROOT, Block, blocks

TUTORIAL = blocks((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample where the repository has it."""
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(SAMPLE, folder / "data" / "sample")
    return folder


def run(block: Block, place: Path, names: dict[str, object]) -> str:
    """What a block prints."""
    if block.language == "python":
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(place):
            exec(compile(block.code, f"tutorial.md:{block.line}", "exec"), names)
        return printed.getvalue()
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-euc", block.code], cwd=place, env=environment, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, f"{block.code}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_tutorial(place: Path) -> None:
    names: dict[str, object] = {}
    ran = [block for block in TUTORIAL if not block.elsewhere]
    for block in ran:
        printed = run(block, place, names)
        if block.wanted is not None:
            same = doctest.OutputChecker().check_output(block.wanted, printed, FLAGS)
            assert same, f"docs/tutorial.md:{block.line}\n{block.code}\n--- the page says\n{block.wanted}\n--- came\n{printed}"
    assert {block.language for block in ran} == {"sh", "python"}
    assert len(ran) >= 10


def test_what_something_else_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    elsewhere = [block for block in TUTORIAL if block.elsewhere]
    assert len(elsewhere) == 1
    assert all(f" {block.code.strip()}\n" in script for block in elsewhere)
