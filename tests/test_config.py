"""The configuration: which model, and who says so."""

from pathlib import Path

import pytest

from letopis import config
from letopis.config import Config, load_config


def test_the_command_line_is_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "model_path", Path)
    path = tmp_path / "letopis.toml"
    path.write_text("model = 'fast'\ntokens = false")
    settings = load_config(path, model="accurate")
    assert (settings.model, settings.tokens) == ("accurate", False)
    assert load_config(path).model == "fast"


def test_another_model_makes_other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "model_path", Path)
    assert Config(model="accurate").row_settings() != Config().row_settings()


def test_a_model_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(f"letopis is installed without models/{name}")

    monkeypatch.setattr(config, "model_path", missing)
    with pytest.raises(ValueError, match=r"without models/tagger/accurate\.npz"):
        Config(model="accurate")
