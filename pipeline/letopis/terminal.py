"""What all commands share: exit codes, common options, the ways to say something and to give up."""

import sys
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, Self

import typer
from pydantic import ValidationError
from rich.console import Console

from letopis.config import Config, Model, load_config

console = Console()
errors = Console(stderr=True)


class Code(IntEnum):
    """Exit codes, one for each outcome, with what they mean; the documentation has the same table, held to it by a test."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Self:
        """A code with its meaning."""
        code = int.__new__(cls, value)
        code._value_, code.meaning = value, meaning
        return code

    DONE = 0, "done"
    FAILED = 1, "the run failed; the last snapshot stands"
    USAGE = 2, "wrong usage: no such input, no such setting"
    REJECTS = 3, "published, but with more rejects than `reject_threshold`"
    LOCKED = 4, "another run is at work in this store"
    PROBLEMS = 5, "`check` found problems, or `corrections from-brat` articles that it could not read"
    UNPRUNED = 6, "published, but more documents had gone than `--prune` takes out: they are kept"
    MISSING = 7, "published, but with more documents missing than `missing_threshold`"
    DRIFT = 8, "published, but rows, types or fill rates drifted by more than `drift_threshold`"
    DISK = 9, "published, but less than `disk_gb` is free, or the run report could not be written"
    SIZE = 10, "published, but an entity is in more of the articles than `entity_share`"
    YEARS = 11, "published, but a person speaks or holds a post over more years than `entity_years`"
    INTERRUPTED = 130, "interrupted by Ctrl-C before it had published; the next run goes on"     # 128 + SIGINT, as shells say it
    STOPPED = 143, "stopped by SIGTERM before it had published; the next run goes on"            # 128 + SIGTERM


Out = Annotated[Path, typer.Option("--out", help="Folder of the store.")]
ModelName = Annotated[Model | None, typer.Option("--model", help="The tagger: fast, or accurate at several times the time.")]
CorrectionsFile = Annotated[Path | None, typer.Option("--corrections", help="YAML file of corrections.", dir_okay=False)]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file of settings.", exists=True, dir_okay=False)]


def settings_of(path: Path | None, model: Model | None = None, corrections: Path | None = None, **asked: Any) -> Config:
    """The configuration of a file, what is asked for over its own, or the end of the command with what is wrong with it."""
    from letopis.journal.watch import check_queries
    from letopis.kb.storage import NoBase
    from letopis.resolve.corrections.parsing import BadCorrections
    from letopis.run.night import options_of
    from letopis.run.publication import base_of, corrections_of

    settings = load_settings(path, model, corrections, **asked)
    try:
        check_queries(settings)
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


def load_settings(path: Path | None, model: Model | None = None, corrections: Path | None = None, **asked: Any) -> Config:
    """The same, whether or not what it names is there."""
    try:
        asked |= {"model": model, "corrections": str(corrections) if corrections else None}
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
