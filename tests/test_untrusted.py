"""What comes from outside stays what it is: models are those that are listed, nothing on disk is unpickled, ids name no files."""

import ast
import shutil
from datetime import date
from pathlib import Path

import pytest

from letopis import resources
from letopis.ids import document_id
from letopis.resources import BadModel, digests, model_files, model_path, verify
from letopis.run.unit import Job, annotate_unit
from tests.conftest import document
from tests.test_house import MODULES, PACKAGE

UNPICKLING = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal"}


def test_every_model_is_the_one_that_is_listed() -> None:
    assert {name: verify(name, path) for name, path in model_files()} == digests(), "after training: make digests"


def test_a_model_that_was_changed_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = shutil.copy(model_path("relations.npz"), tmp_path)
    with Path(changed).open("ab") as file:
        file.write(b"\0")
    monkeypatch.setattr(resources, "_find", lambda folder, name: Path(changed))
    model_path.cache_clear()
    with pytest.raises(BadModel, match="not the file that letopis came with"):
        model_path("relations.npz")
    with pytest.raises(BadModel, match="is listed nowhere"):
        model_path("another.npz")
    model_path.cache_clear()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_is_unpickled(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {getattr(node, "module", None) or "", *(a.name for a in node.names)}
            assert not names & UNPICKLING, names
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "load":
            owner = getattr(node.func.value, "id", "")
            options = {k.arg: getattr(k.value, "value", None) for k in node.keywords}
            assert owner not in ("np", "numpy") or options.get("allow_pickle") is False, "np.load without allow_pickle=False"
            assert owner not in ("joblib", "torch", "yaml"), owner


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "a\0b", "..", "a.md#../x", "c:\\x", "\n", "я" * 5_000])
def test_ids_are_letters_and_digits_whatever_the_key(key: str) -> None:
    found = document_id(key)
    assert found.isascii() and found.isalnum() and len(found) < 40


@pytest.mark.parametrize("failure", [MemoryError(), OSError(5, "Input/output error"), RuntimeError("std::bad_alloc")])
def test_what_the_machine_lacks_is_no_fault_of_a_document(
    failure: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("letopis.run.unit.annotate", fail)
    with pytest.raises(type(failure)):
        annotate_unit(Job(tmp_path, "u", (document("Мост.", published=date(2024, 1, 1)),)))
