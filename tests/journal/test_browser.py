"""The page of a night as a person has it: opened from disk in headless Chromium."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import IN_CHROMIUM
from tests.site.conftest import SCRIPT

pytestmark = IN_CHROMIUM


@pytest.fixture(params=[(1280, 900), (375, 812)], ids=["wide", "phone"])
def page(browser: Any, nights: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    made, said = context.new_page(), []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    made.on("request", lambda asked: asked.url.startswith("file:") or said.append(asked.url))
    made.goto((nights / "out" / "journal" / "latest.html").as_uri())
    yield made
    context.close()
    assert said == []                        # nothing warns, fails, asks, or reaches out


def test_the_page_fits_and_a_script_in_a_title_is_read(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert SCRIPT in page.inner_text("main")
    assert page.locator("main script, main img").count() == 0


def test_language_and_theme_are_switched(page: Any) -> None:
    assert "Под наблюдением" in page.inner_text("main")
    assert "Watch-list" not in page.inner_text("main")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.click("#language")
    assert "Watch-list" in page.inner_text("main")
    assert "Под наблюдением" not in page.inner_text("main")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before
