"""The configuration: one frozen object from defaults, a TOML file and the environment (LETOPIS_...), each over the one before.

What changes the rows of a document is part of its fingerprint (`row_settings`); the rest (thresholds, how many snapshots are
kept) may be changed at no cost.
"""

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "LETOPIS_"


class Config(BaseSettings):
    """Settings of a run; a misspelt name is an error."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    timezone: Annotated[str, Field(description="IANA zone of time stamps that state none.")] = "Europe/Moscow"
    key: Annotated[str, Field(description="What identifies a document: path, url or the name of a field.")] = "path"
    columns: Annotated[dict[str, str], Field(description="Document field -> name of its column in your files.")] = {}
    limits: Annotated[dict[str, int], Field(description="Bounds of one file in bytes, e.g. text_bytes.")] = {}
    tokens: Annotated[bool, Field(description="Whether the table `tokens` is written; it is by far the largest.")] = True
    unit_characters: Annotated[int, Field(gt=0, description="Text in one unit of work, about 800 articles.")] = 2_000_000
    snapshots_kept: Annotated[int, Field(ge=2, description="Snapshots kept, the current one among them.")] = 3
    snapshot_hours: Annotated[float, Field(ge=0, description="A snapshot current less than so long ago is kept besides.")] = 24.0
    reject_threshold: Annotated[float, Field(ge=0, le=1, description="Share of rejects above which a run ends with 3.")] = 0.1
    logs: Annotated[Literal["console", "json"], Field(description="Logs for a person or for a machine.")] = "console"

    def row_settings(self) -> dict[str, Any]:
        """The settings that change what a document's rows are."""
        return {"timezone": self.timezone, "columns": dict(sorted(self.columns.items()))}

    def sha256(self) -> str:
        """Of all settings in force."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()


def load_config(path: Path | None) -> Config:
    """Read a TOML file (None for none). Raises ValueError for unknown names and wrong values, OSError."""
    if path is None:
        return Config()
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not TOML: {error}") from error
    return Config(**{k: v for k, v in stated.items() if f"{PREFIX}{k.upper()}" not in os.environ})
