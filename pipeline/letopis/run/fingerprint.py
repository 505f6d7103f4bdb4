"""The fingerprint: of everything that made a document's rows. A document whose fingerprint is another one is stale."""

import hashlib
import json
from functools import lru_cache

from letopis.config import Config
from letopis.pipeline import VERSIONS
from letopis.resources import model_files, verify
from letopis.schema import SCHEMA_VERSION


@lru_cache(maxsize=1)
def model_versions() -> str:
    """'events-lexicon.tsv:1f0c...': every model file with the start of its sha256. Raises BadModel."""
    return " ".join(f"{name}:{verify(name, path)[:12]}" for name, path in model_files())


def stage_versions() -> str:
    """'anaphors:3 formats:7 ...': every stage with its version."""
    return " ".join(f"{name}:{version}" for name, version in sorted(VERSIONS.items()))


def fingerprint(config: Config) -> str:
    """16 hex digits over stage versions, models, the schema and the settings that change rows."""
    parts = {"stages": VERSIONS, "models": model_versions(), "schema": SCHEMA_VERSION, "settings": config.row_settings()}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
