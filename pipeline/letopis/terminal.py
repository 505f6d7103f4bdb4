"""What all commands share: exit codes, common options, the ways to say something and to give up."""

import sys
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from letopis.config import Config, Model, load_config

console = Console()
errors = Console(stderr=True)


class Code(IntEnum):
    """Exit codes."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REJECTS = 3
    LOCKED = 4
    PROBLEMS = 5
    UNPRUNED = 6
    STOPPED = 143                     # 128 + SIGTERM, as shells say it


Out = Annotated[Path, typer.Option("--out", help="Folder of the store.")]
ModelName = Annotated[Model | None, typer.Option("--model", help="The tagger: fast, or accurate at several times the time.")]
CorrectionsFile = Annotated[Path | None, typer.Option("--corrections", help="YAML file of corrections.", dir_okay=False)]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file of settings.", exists=True, dir_okay=False)]


def settings_of(path: Path | None, model: Model | None = None, corrections: Path | None = None) -> Config:
    """The configuration of a file, what is asked for over its own, or the end of the command with what is wrong with it."""
    from letopis.kb.storage import NoBase
    from letopis.resolve.corrections.parsing import BadCorrections
    from letopis.run.night import options_of
    from letopis.run.publication import base_of, corrections_of

    settings = load_settings(path, model, corrections)
    try:
        options_of(settings)
        base_of(settings)
        corrections_of(settings)
    except BadCorrections as error:
        fail(Code.USAGE, str(error))
    except OSError as error:
        fail(Code.USAGE, f"the corrections cannot be read: {error}")
    except (ValueError, NoBase) as error:
        fail(Code.USAGE, f"the configuration cannot be used: {error}")
    return settings


def load_settings(path: Path | None, model: Model | None = None, corrections: Path | None = None) -> Config:
    """The same, whether or not what it names is there."""
    try:
        asked = {"model": model, "corrections": str(corrections) if corrections else None}
        return load_config(path, **{name: value for name, value in asked.items() if value})
    except (ValidationError, ValueError) as error:
        fail(Code.USAGE, f"the configuration cannot be used: {error}")


def write_out(text: str, path: Path | None = None) -> None:
    """Write to a file, or as UTF-8 to standard output, which `-` and None mean."""
    if path is None or str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        fail(Code.FAILED, f"{path} cannot be written: {error}")


def fail(code: Code, message: str) -> NoReturn:
    """Say why, and end."""
    errors.print(message, markup=False)
    raise typer.Exit(int(code))
