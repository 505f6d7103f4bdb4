"""A store of three nights with odd articles, run as a person runs it, and what its journal says."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from letopis.cli import app
from letopis.store.snapshot import settled
from tests.run.made import make_corpus, write
from tests.site.conftest import ODD

CONFIG = """
watch = ["Ильсур Метшин", "Казань", "Никто Нигде"]
[watch_queries]
"Встречи" = "type = 'contact.meeting'"
"В <b>Казани</b>" = "place = 'Казань' -- и больше нигде"
"Числа" = "CAST(name AS INTEGER) > 1"
"""


def letopis(*words: str | Path) -> Result:
    """One command."""
    return CliRunner().invoke(app, [str(w) for w in words])


def told(out: Path) -> dict[str, Any]:
    """The JSON of the last night."""
    found: dict[str, Any] = json.loads((out / "journal" / f"{settled(out).name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles; then two new (one odd), one changed, one gone, one reject: `out` beside `in` and the configuration."""
    root = tmp_path_factory.mktemp("journal")
    folder = make_corpus(root / "in", 12)
    (root / "letopis.toml").write_text(CONFIG, encoding="utf-8")
    assert run(root).exit_code == 0
    write(folder, 12)
    write(folder, 3, edition=1)
    (folder / "0005.md").unlink()
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    (folder / "empty.md").write_text("")
    result = run(root)
    assert result.exit_code == 0, result.output
    return root


def run(root: Path, *words: str | Path) -> Result:
    """A night in such a place."""
    return letopis("run", root / "in", "--out", root / "out", "--config", root / "letopis.toml", *words)
