"""Nights compute only the blocks that changed, and what is kept of blocks never changes a table, whatever becomes of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from letopis.config import Config
from letopis.resolve import blocks, happenings
from letopis.run import publication
from letopis.run.forget import forget
from letopis.run.request import Request
from letopis.store.blocks import FOLDER, newest
from tests.conftest import SAMPLE, night
from tests.run.made import make_corpus, write
from tests.run.same import answers_of, bytes_of

LAST = "otkrylsya-forum-volga-bez-granic.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpus", 30)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def clean(folder: Path, out: Path) -> Path:
    """A store of the folder as it is, made in one run."""
    night(folder, out)
    return out


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the blocks that are settled from now on, and 2 for each pair of documents that is compared."""
    sizes: list[int] = []
    for name in ("settle_people", "settle_bodies"):
        settle = getattr(blocks, name)
        monkeypatch.setattr(blocks, name, lambda block, settle=settle: (sizes.append(len(block)), settle(block))[1])
    pair = happenings.pairs_of
    monkeypatch.setattr(happenings, "pairs_of", lambda seen, of: (sizes.extend([2] * len(of)), pair(seen, of))[1])
    return sizes


def test_only_blocks_that_changed_are_computed(
    sample_store: Path, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(SAMPLE, folder)
    shutil.copytree(sample_store, out, symlinks=True)
    night(folder, out)                                                 # annotates nothing: the same articles under another root
    (folder / LAST).rename(tmp_path / LAST)
    sizes = counted(monkeypatch)
    blocks_of_all = len(answers_of(out))
    without = night(folder, out, prune="all")
    assert 0 < without.blocks_computed == len(sizes) < blocks_of_all / 2 < without.blocks_reused
    sizes.clear()
    (tmp_path / LAST).rename(folder / LAST)
    again = night(folder, out)
    assert 0 < again.blocks_computed == len(sizes) < blocks_of_all / 2 < again.blocks_reused
    assert again.blocks_computed + again.blocks_reused == blocks_of_all
    assert bytes_of(out) == bytes_of(sample_store)
    assert answers_of(out) == answers_of(sample_store)


def test_a_night_of_nothing_new_looks_at_no_block(folder: Path, out: Path) -> None:
    night(folder, out)
    file = newest(out)
    run = night(folder, out)
    assert (run.blocks_computed, run.blocks_reused) == (0, 0)
    assert newest(out) == file


def test_another_version_or_word_list_makes_every_block_anew(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = night(folder, out)
    publication.basis.cache_clear()
    monkeypatch.setattr(publication, "RESOLVE_VERSION", "another")
    run = night(folder, out)
    publication.basis.cache_clear()
    assert (run.blocks_computed, run.blocks_reused) == (before.blocks_computed, 0)


DAMAGES: tuple[Callable[[Path], object], ...] = (
    Path.unlink, lambda file: shutil.rmtree(file.parent), lambda file: file.write_bytes(file.read_bytes()[:100]),
    lambda file: file.write_bytes(bytes(1000)),
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_again(damage: Callable[[Path], object], folder: Path, out: Path, tmp_path: Path) -> None:
    night(folder, out)
    whole = answers_of(out)
    damage(newest(out) or out)
    write(folder, 2, edition=1)
    run = night(folder, out)
    assert (run.blocks_computed, run.blocks_reused) == (len(answers_of(out)), 0)
    assert bytes_of(out) == bytes_of(clean(folder, tmp_path / "clean"))
    write(folder, 2)
    assert night(folder, out).blocks_reused > 0
    assert answers_of(out) == whole


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_run_killed_at_its_answers_leaves_the_store_as_it_was(
    where: str, folder: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(folder, out)
    before, answers = bytes_of(out), answers_of(out)
    write(folder, 2, edition=1)
    with monkeypatch.context() as patch:
        owner, step = (Path, "rename") if where == "before" else (publication.publish, "publish")
        real = getattr(owner, step)

        def killed(*args: object, **options: object) -> object:
            if owner is Path and FOLDER not in str(args[0]):
                return real(*args, **options)
            raise KeyboardInterrupt

        patch.setattr(owner, step, killed)
        with pytest.raises(KeyboardInterrupt):
            night(folder, out)
    assert bytes_of(out) == before
    assert (answers_of(out) == answers) == (where == "before")
    run = night(folder, out)
    assert run.blocks_reused > 0
    assert (run.blocks_computed == 0) == (where == "after")            # the killed run's answers were whole
    assert bytes_of(out) == bytes_of(clean(folder, tmp_path / "clean"))
    assert [f.name for f in (out / FOLDER).iterdir()] == [f"{run.run_id}.parquet"]


def test_nothing_is_kept_of_a_forgotten_document(folder: Path, out: Path, tmp_path: Path) -> None:
    night(folder, out)
    before = dict(answers_of(out))
    forget(Request((), out, Config()), ["0009.md"])
    (folder / "0009.md").unlink()
    kept = answers_of(out)
    assert kept == answers_of(clean(folder, tmp_path / "clean"))
    assert before.keys() - dict(kept).keys()                           # its blocks were others while it was in them
    assert len(list((out / FOLDER).iterdir())) == 1


@pytest.mark.parametrize("step", ["publish.publish", "snapshot.swap", "snapshot.remove_old"])
def test_a_killed_forget_is_finished_in_what_is_kept_of_blocks(
    step: str, folder: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(folder, out)
    before = dict(answers_of(out)).keys()
    with monkeypatch.context() as patch:
        patch.setattr(f"letopis.run.publication.{step}", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            forget(Request((), out, Config()), ["0009.md"])
    night(folder, out)
    (folder / "0009.md").unlink()
    allowed = dict(answers_of(clean(folder, tmp_path / "clean"))).keys()
    files = list((out / FOLDER).iterdir())
    assert len(files) <= 1
    assert dict(answers_of(out)).keys() <= allowed
    assert before - allowed
