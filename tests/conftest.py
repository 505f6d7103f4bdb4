"""What many tests share: the sample, one finished store of it, a way from a sentence to its layers, a browser."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from letopis.config import Config
from letopis.layers import Analysis, Document
from letopis.pipeline import annotate
from letopis.run.night import run_night
from letopis.run.request import Request, Run
from tests.chromium import CHROMIUM

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
PUBLISHED = date(2023, 11, 16)

settings.register_profile("house", deadline=None, derandomize=True)      # a slow machine is no failure, and a failure comes back
settings.load_profile("house")


def silent(what: str, count: int) -> None:
    """Progress nobody looks at."""


def night(inputs: Path, out: Path, **options: object) -> Run:
    """One run with the default configuration, or the given one."""
    config = options.pop("config", Config())
    return run_night(Request((inputs,), out, config, **options), silent)  # type: ignore[arg-type]


def document(text: str, *, key: str = "a.txt", title: str | None = None, published: date | None = PUBLISHED) -> Document:
    """A document as `formats` would give it."""
    stamp = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    return Document(
        key=key, path=key, record=None, format="txt", text=text, text_start=0, content_sha256=key, annotated=True,
        language="ru", title=title, published=stamp, published_date=published,
    )


@pytest.fixture(scope="session")
def analyse() -> Callable[..., Analysis]:
    """A text -> all its layers."""
    return lambda text, **options: annotate((document(text, **options),))


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the whole sample; read it, never write into it."""
    out = tmp_path_factory.mktemp("sample") / "out"
    night(SAMPLE, out)
    return out


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Five articles of the sample in a folder that a test may change."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("forum-pobratimov-anons", "otkrylsya-forum-volga-bez-granic", "forum-gorodov-pobratimov-povolzhe-onlajn",
                 "gurova-vyigrala-turnir-v-batumi", "arestovan-direktor-sklada-v-rybinske"):
        shutil.copy(SAMPLE / f"{name}.md", folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; the test is skipped where playwright is not installed (extra browser)."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra browser)")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()
