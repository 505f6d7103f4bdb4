"""Any order of nights equals one clean run, row for row: 300 documents in 1, 3 and 30 runs with changes, renames and removals."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import night
from tests.run.made import make_corpus, write
from tests.run.same import answers_of, assert_sound, bytes_of

COUNT = 300
EXTRA = 40                            # documents that come and go


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the final corpus, made in one run."""
    folder = tmp_path_factory.mktemp("clean")
    night(make_corpus(folder / "corpus", COUNT), folder / "out")
    return folder / "out"


def nights_of(folder: Path, count: int, seed: int) -> Iterator[None]:
    """Bring a folder to the final corpus in so many steps: some articles come in another edition or under another name first,
    some come that don't stay."""
    rng = random.Random(seed)
    folder.mkdir()
    numbers = rng.sample(range(COUNT + EXTRA), COUNT + EXTRA)
    early: dict[int, str] = {}
    for step in range(count):
        for number in numbers[step * len(numbers) // count:(step + 1) * len(numbers) // count]:
            early[number] = kind = rng.choice(("as it stays", "edited", "renamed", "as it stays"))
            write(folder, number, edition=int(kind == "edited"), name=f"old-{number}.md" if kind == "renamed" else None)
        if step == count - 1:
            _settle(folder, dict.fromkeys(early, "all"))
        yield
        _settle(folder, {number: kind for number, kind in early.items() if rng.random() < 0.3})


def _settle(folder: Path, numbers: dict[int, str]) -> None:
    """Bring some articles to their final state."""
    for number in numbers:
        (folder / f"old-{number}.md").unlink(missing_ok=True)
        if number < COUNT:
            write(folder, number)
        else:
            (folder / f"{number:04}.md").unlink(missing_ok=True)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_nights_equal_one_clean_run(count: int, clean: Path, tmp_path: Path) -> None:
    reused = 0
    for _ in nights_of(tmp_path / "corpus", count, seed=count):
        reused += night(tmp_path / "corpus", tmp_path / "out", prune="all").blocks_reused
        if count < 30:
            assert_sound(tmp_path / "out")
    assert_sound(tmp_path / "out")
    assert bytes_of(tmp_path / "out") == bytes_of(clean)
    assert answers_of(tmp_path / "out") == answers_of(clean)
    assert reused > 0 or count < 30                                    # of seven blocks a hundred articles leave none as it was
    assert len(list((tmp_path / "out" / ".units").iterdir())) < 12     # small units were joined


def test_the_order_of_the_folder_is_nothing(clean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(COUNT):
        write(folder, number)
    shutil.move(folder, tmp_path / "elsewhere")                        # another root: other inputs, the same keys
    night(tmp_path / "elsewhere", tmp_path / "out")
    assert bytes_of(tmp_path / "out") == bytes_of(clean)
