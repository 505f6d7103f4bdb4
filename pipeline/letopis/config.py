"""The configuration: one frozen object from defaults, a TOML file and the environment (LETOPIS_...), each over the one before.

What changes the rows of a document is part of its fingerprint (`row_settings`); the rest (thresholds, how many snapshots are
kept) may be changed at no cost.
"""

import hashlib
import json
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from letopis.resources import model_path

PREFIX = "LETOPIS_"
Model: TypeAlias = Literal["fast", "accurate"]
Order: TypeAlias = Literal["newest", "oldest", "path"]
_SECONDS = {"h": 3600, "m": 60, "s": 1}


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
    unit_characters: Annotated[int, Field(gt=0, description="Text in one unit of work, about 200 articles.")] = 500_000
    snapshots_kept: Annotated[int, Field(ge=2, description="Snapshots kept, the current one among them.")] = 3
    snapshot_hours: Annotated[float, Field(ge=0, description="A snapshot current less than so long ago is kept besides.")] = 24.0
    stale_budget: Annotated[str, Field(description="Time a run gives to stale documents, e.g. 2h or 1h30m; empty: no bound.")] = ""
    stale_order: Annotated[Order, Field(description="Which stale documents come first: newest, oldest or path.")] = "newest"
    reject_threshold: Annotated[float, Field(ge=0, le=1, description="Alarm: share of rejects that is passed.")] = 0.1
    missing_threshold: Annotated[float, Field(ge=0, le=1, description="Alarm: share of missing documents that is passed.")] = 0.1
    drift_threshold: Annotated[float, Field(ge=0, le=1, description="Alarm: drift against 30 nights that is passed.")] = 0.35
    drift_documents: Annotated[int, Field(gt=0, description="Documents that a night and those before need for drift.")] = 100
    entity_share: Annotated[float, Field(ge=0, le=1, description="Alarm: share of articles naming one person or thing.")] = 0.8
    entity_years: Annotated[float, Field(ge=0, description="Alarm: years over which one person speaks or holds posts.")] = 60.0
    disk_gb: Annotated[float, Field(ge=0, description="Alarm: free space, in GB, that is not left after a run.")] = 1.0
    journal_days: Annotated[float, Field(ge=0, description="Days that the run reports under `journal/` are kept; 0: none.")] = 90.0
    watch: Annotated[list[str], Field(description="Entities to watch: names or ids.")] = []
    watch_queries: Annotated[dict[str, str], Field(description="Title -> condition on columns of `events`, to watch.")] = {}
    logs: Annotated[Literal["console", "json"], Field(description="Logs for a person or for a machine.")] = "console"
    log_json: Annotated[str, Field(description="File that gets the log besides, as JSON lines; - is standard output.")] = ""

    @field_validator("model")
    @classmethod
    def _installed(cls, model: Model) -> Model:
        """The model, if its file is there: a night that began without it would reject every document."""
        try:
            model_path(f"tagger/{model}.npz")
        except OSError as error:
            raise ValueError(str(error)) from error
        return model

    @field_validator("stale_budget")
    @classmethod
    def _readable(cls, text: str) -> str:
        if text:
            seconds_of(text)
        return text

    @property
    def stale_seconds(self) -> float | None:
        """The budget of stale documents; None where it has no bound."""
        return seconds_of(self.stale_budget) if self.stale_budget else None

    def row_settings(self) -> dict[str, Any]:
        """The settings that change what a document's rows are."""
        return {"timezone": self.timezone, "columns": dict(sorted(self.columns.items())), "model": self.model}

    def sha256(self) -> str:
        """Of all settings in force."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()


def seconds_of(text: str) -> float:
    """'1h30m' -> 5400.0; '90s', '2h', '0' likewise. Raises ValueError."""
    parts = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?|0", text.strip())
    if not text.strip() or parts is None:
        raise ValueError(f"'{text}' is no time: say 2h, 90m, 1h30m or 45s")
    return float(sum(int(n or 0) * unit for n, unit in zip(parts.groups(), _SECONDS.values(), strict=True)))


def load_config(path: Path | None, **options: Any) -> Config:
    """Read a TOML file (None for none), `options` over all. Raises ValueError for unknown names and wrong values, OSError."""
    if path is None:
        return Config(**options)
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not TOML: {error}") from error
    return Config(**{k: v for k, v in stated.items() if f"{PREFIX}{k.upper()}" not in os.environ} | options)
