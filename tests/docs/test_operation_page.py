"""docs/operation.md and docs/schedule say what the code does: exit codes, alarms, settings, and settings that can be read."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from letopis.cli import app
from letopis.config import Config, load_config
from letopis.journal.alarms import KINDS
from letopis.journal.watch import check_queries
from letopis.nightly import CODES
from letopis.terminal import Code

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
THRESHOLDS = {"disk": "disk_gb", "rejects": "reject_threshold", "missing": "missing_threshold", "drift": "drift_threshold",
              "size": "entity_share", "years": "entity_years"}


def table(page: str, head: str) -> list[list[str]]:
    """The cells of the table with this first column."""
    lines = page[page.index(f"| {head} |"):].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("page", [PAGE, README], ids=["operation", "readme"])
def test_the_exit_codes_are_those_of_the_code(page: str) -> None:
    assert table(page, "exit code") == [[str(int(code)), code.meaning] for code in Code]


def test_the_alarms_are_those_of_the_code() -> None:
    rows = table(PAGE, "alarm")
    assert [row[0] for row in rows] == [f"`{kind}`" for kind in KINDS]
    for (kind, code, setting, default, _), name in zip(rows, KINDS, strict=True):
        assert int(code) == CODES[name], kind
        expected = THRESHOLDS.get(name)
        assert setting == (f"`{expected}`" if expected else "")
        assert default == (str(Config.model_fields[expected].default) if expected else "")


@pytest.mark.parametrize("name", ["stale_budget", "stale_order", "journal_days", "watch", "watch_queries"])
def test_a_setting_has_the_default_of_the_code(name: str) -> None:
    default = re.search(rf"\| `{name}` \|(.*?)\|", PAGE)
    assert default
    value = Config.model_fields[name].default
    assert default[1].strip("` ") == (f"{value:g}" if isinstance(value, float) else str(value))


def test_the_settings_of_the_schedule_can_be_read() -> None:
    check_queries(load_config(ROOT / "docs" / "schedule" / "letopis.toml"))


@pytest.mark.parametrize("name", ["letopis.service", "letopis.cron"])
def test_the_commands_of_the_schedule_have_their_options(name: str) -> None:
    text = (ROOT / "docs" / "schedule" / name).read_text(encoding="utf-8")
    line = next(part for part in text.splitlines() if " run " in part and not part.startswith("#"))
    command = typer.main.get_command(app).commands["run"]  # type: ignore[attr-defined]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in shlex.split(line) if word.startswith("--")} <= known
