"""The reference of commands, out of typer, and of settings, out of the configuration."""

import json
from typing import Any

import typer
import typer.main
from pydantic_core import PydanticUndefined
from typer.cli import get_docs_for_click

from letopis.cli import app
from letopis.config import PREFIX, Config

COMMANDS = """# Commands

Generated from the commands' own declarations when this site was built; `letopis COMMAND --help` says the same.

"""
SETTINGS = """# Settings

Generated from `pipeline/letopis/config.py` when this site was built. A TOML file is given with `--config`; the
environment is over it, and what a command states is over both. A misspelt name is an error.

| setting | type | default | what it is | environment |
|---|---|---|---|---|
"""


def commands() -> str:
    """The page of commands, options and defaults."""
    command = typer.main.get_command(app)
    listed = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name="letopis"), name="letopis", indent=1, title="All")
    return COMMANDS + listed


def settings() -> str:
    """The page of settings."""
    kinds = Config.model_json_schema()["properties"]
    return SETTINGS + "".join(
        f"| `{name}` | {_kind(kinds[name])} | {_default(field.default)} | {field.description} | `{PREFIX}{name.upper()}` |\n"
        for name, field in Config.model_fields.items()
    )


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    bounds = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤"}
    return " ".join((schema.get("type", "table"), *(f"{mark} {schema[name]:g}" for name, mark in bounds.items() if name in schema)))


def _default(value: object) -> str:
    return "" if value is PydanticUndefined else f"`{json.dumps(value, ensure_ascii=False)}`"
