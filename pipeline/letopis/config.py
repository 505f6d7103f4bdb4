"""The configuration: one frozen object from defaults, a TOML file and the environment (LETOPIS_...), each over the one before.

What changes the rows of a document is part of its fingerprint (`row_settings`); the rest (thresholds, how many snapshots are
kept) may be changed at no cost.
"""

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from letopis.resources import model_path

PREFIX = "LETOPIS_"
Model: TypeAlias = Literal["fast", "accurate"]


class Config(BaseSettings):
    """Settings of a run; a misspelt name is an error."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    timezone: Annotated[str, Field(description="IANA zone of time stamps that state none.")] = "Europe/Moscow"
    key: Annotated[str, Field(description="What identifies a document: path, url or the name of a field.")] = "path"
    columns: Annotated[dict[str, str], Field(description="Document field -> name of its column in your files.")] = {}
    limits: Annotated[dict[str, int], Field(description="Bounds of one file in bytes, e.g. text_bytes.")] = {}
    model: Annotated[Model, Field(description="The tagger: fast, or accurate at several times the time.")] = "fast"
    tokens: Annotated[bool, Field(description="Whether the table `tokens` is written; it is by far the largest.")] = True
    kb: Annotated[str, Field(description="Folder of your knowledge base (`letopis kb import`); empty for none.")] = ""
    corrections: Annotated[str, Field(description="YAML file of corrections; empty for none.")] = ""
    unit_characters: Annotated[int, Field(gt=0, description="Text in one unit of work, about 800 articles.")] = 2_000_000
    snapshots_kept: Annotated[int, Field(ge=2, description="Snapshots kept, the current one among them.")] = 3
    snapshot_hours: Annotated[float, Field(ge=0, description="A snapshot current less than so long ago is kept besides.")] = 24.0
    reject_threshold: Annotated[float, Field(ge=0, le=1, description="Share of rejects above which a run ends with 3.")] = 0.1
    logs: Annotated[Literal["console", "json"], Field(description="Logs for a person or for a machine.")] = "console"

    @field_validator("model")
    @classmethod
    def _installed(cls, model: Model) -> Model:
        """The model, if its file is there: a night that began without it would reject every document."""
        try:
            model_path(f"tagger/{model}.npz")
        except FileNotFoundError as error:
            raise ValueError(str(error)) from error
        return model

    def row_settings(self) -> dict[str, Any]:
        """The settings that change what a document's rows are."""
        return {"timezone": self.timezone, "columns": dict(sorted(self.columns.items())), "model": self.model}

    def sha256(self) -> str:
        """Of all settings in force."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()


def load_config(path: Path | None, **options: Any) -> Config:
    """Read a TOML file (None for none), `options` over all. Raises ValueError for unknown names and wrong values, OSError."""
    if path is None:
        return Config(**options)
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not TOML: {error}") from error
    return Config(**{k: v for k, v in stated.items() if f"{PREFIX}{k.upper()}" not in os.environ} | options)
