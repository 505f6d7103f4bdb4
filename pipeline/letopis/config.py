"""The configuration: one frozen object from a TOML file, the environment (LETOPIS_...) and defaults.

What changes the rows of a document is part of its fingerprint (`row_settings`); the rest (workers, thresholds, how many
snapshots are kept) may be changed at no cost.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Config(BaseSettings):
    """Settings of a run; a misspelt name is an error."""

    model_config = SettingsConfigDict(env_prefix="LETOPIS_", frozen=True, extra="forbid")

    timezone: str = Field("Europe/Moscow", description="IANA zone of time stamps that state none.")
    key: str = Field("path", description="What identifies a document: path, url or the name of a field.")
    columns: dict[str, str] = Field(default_factory=dict, description="Document field -> column name in your CSV, JSONL, Parquet.")
    tokens: bool = Field(True, description="Whether the table `tokens` is written; it is by far the largest.")
    max_file_bytes: int = Field(20_000_000, gt=0, description="Files of one article over this are rejected, never cut.")
    unit_characters: int = Field(2_000_000, gt=0, description="Text in one unit of work, about 800 articles.")
    snapshots_kept: int = Field(3, ge=2, description="Complete snapshots kept besides those younger than snapshot_hours.")
    snapshot_hours: float = Field(24.0, ge=0, description="A snapshot younger than this is never removed.")
    reject_threshold: float = Field(0.1, ge=0, le=1, description="Share of rejects above which a run ends with code 3.")
    logs: Literal["console", "json"] = Field("console", description="Logs for a person or for a machine.")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, **sources: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, arguments over both."""
        return init_settings, sources["env_settings"]

    def row_settings(self) -> dict[str, Any]:
        """The settings that change what a document's rows are."""
        return {"timezone": self.timezone, "key": self.key, "columns": dict(sorted(self.columns.items()))}

    def sha256(self) -> str:
        """Of all settings in force."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()


def load_config(path: Path | None) -> Config:
    """Read a TOML file (None for defaults and environment alone); raises ValueError for unknown names or wrong values."""
    if path is None:
        return Config()

    class FromFile(Config):
        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, **sources: Any
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, sources["env_settings"], TomlConfigSettingsSource(settings_cls, path)

    return Config(**FromFile().model_dump())
