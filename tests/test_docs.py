"""What the documentation promises exists, and what exists is documented."""

from pathlib import Path

import pytest
import typer.main

from letopis.cli import Code, app
from letopis.config import Config
from letopis.schema import TABLES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"letopis {command}" in README


@pytest.mark.parametrize("table", [t.name for t in TABLES])
def test_every_table_is_in_the_readme(table: str) -> None:
    assert f"`{table}`" in README


@pytest.mark.parametrize("setting", sorted(Config.model_fields))
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting}`" in README


@pytest.mark.parametrize("code", list(Code))
def test_every_exit_code_is_in_the_readme(code: Code) -> None:
    assert f"| {int(code)} |" in README


def test_the_two_commands_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\npipeline:" in makefile
    assert "\ntest:" in makefile
