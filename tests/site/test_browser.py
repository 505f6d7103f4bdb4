"""The report as a person has it: opened from disk in headless Chromium."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from letopis.site.folding import fold, words_of
from tests.chromium import IN_CHROMIUM
from tests.site.conftest import SCRIPT, shards

pytestmark = IN_CHROMIUM

Page = Any


class Reader:
    """One page of the report, and whatever its console said."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page, self.site = page, site
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith("file:") or self.said.append(f"request: {request.url}"))

    def open(self, address: str = "") -> Page:
        """A page of the report when it is drawn."""
        self.page.goto("about:blank")
        self.page.goto(f"{(self.site / 'index.html').as_uri()}{address}")
        self.page.wait_for_selector("main .page")
        return self.page


@pytest.fixture(params=[(1280, 900)], ids=["wide"])
def reader(browser: Any, site: Path, request: pytest.FixtureRequest) -> Iterator[Reader]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
    made = Reader(context.new_page(), site)
    yield made
    context.close()
    assert made.said == []                       # no page warns, fails, asks, or reaches out


@pytest.fixture(scope="module")
def addresses(site: Path) -> dict[str, str]:
    """One address of every kind of page; the event, person and article with most in them, and the odd article."""
    def richest(kind: str, column: str) -> str:
        return str(max(((len(r[column]), key) for file in shards(site, kind) for key, r in file))[1])

    odd = next(key for file in shards(site, "articles") for key, r in file if SCRIPT in (r["title"] or ""))
    return {
        "overview": "", "events": "#/events", "month": "#/events?month=2023-09", "said": "#/events?month=2023-09&said=1",
        "year": "#/events?year=2023", "family": "#/events?family=statement", "people": "#/list/PER", "articles": "#/articles",
        "event": f"#/event/{richest('events', 'sightings')}", "entity": f"#/entity/{richest('entities', 'mentions')}",
        "article": f"#/article/{richest('articles', 'events')}", "odd": f"#/article/{odd}", "search": "#/search?q=форум",
        "nothing": "#/search?q=щщщщщщ", "missing": "#/event/nosuch", "unknown": "#/constructor",
        "broken": "#/entity/%E0%A4%A", "about": "#/about",
    }


KINDS = ("overview", "events", "month", "said", "year", "family", "people", "articles", "event", "entity", "article", "odd",
         "search", "nothing", "missing", "unknown", "broken", "about")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_drawn_and_the_console_is_silent(kind: str, reader: Reader, addresses: dict[str, str]) -> None:
    page = reader.open(addresses[kind])
    assert page.locator("main h1").count() == 1
    assert "undefined" not in page.inner_text("main")
    assert not re.search(r"\bNaN\b|\[object|\bnull\b", page.inner_text("main"))


@pytest.mark.parametrize("reader", [(375, 812)], indirect=True, ids=["phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_has_nothing_to_scroll_sideways(kind: str, reader: Reader, addresses: dict[str, str]) -> None:
    page = reader.open(addresses[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("query", ["черемин", "Черёмин", "Cheryomin", "cheremin", "ЧЕРЁМ", "Сергей Черемин", "Черемина", "че"])
def test_search_finds_a_name_by_every_spelling(query: str, reader: Reader) -> None:
    page = reader.open()
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.wait_for_selector("main .result")
    found = page.locator("main .result", has=page.locator("a[href^='#/entity/']"))
    assert "Сергей Черёмин" in found.all_inner_texts()[0]


def test_what_is_only_near_is_called_near(reader: Reader) -> None:
    page = reader.open("#/search?q=Черемина")
    assert "вот похожее" in page.inner_text("main")
    assert "вот похожее" not in reader.open("#/search?q=Черёмин").inner_text("main")


def test_search_finds_events(reader: Reader) -> None:
    page = reader.open("#/search?q=волга без границ")
    assert page.locator("main .result a[href^='#/event/']").count() > 0


def test_the_browser_folds_as_the_index_does(reader: Reader, site: Path) -> None:
    names = sorted({row[4] for file in shards(site, "search") for _, row in file if row[4]})
    assert len(names) > 100
    page = reader.open()
    theirs = page.evaluate("(names) => names.map((name) => letopis.wordsOf(name).map(letopis.fold))", names)
    assert theirs == [[fold(word) for word in words_of(name)] for name in names]


def test_a_script_in_a_title_stays_text(reader: Reader, addresses: dict[str, str]) -> None:
    page = reader.open(addresses["odd"])
    assert SCRIPT in page.inner_text("main h1")
    assert SCRIPT in page.inner_text("main .text p >> nth=0")
    assert page.locator("main script, main img").count() == 0
    assert page.locator("main a[href^='javascript']").count() == 0
    assert "javascript:alert(3)" in page.inner_text("main")


def test_offsets_hold_after_a_letter_outside_the_plane(reader: Reader, addresses: dict[str, str]) -> None:
    page = reader.open(addresses["odd"])
    assert "Сергей Черёмин" in page.locator(".text p .mention.n-PER").all_inner_texts()
    assert "встретился" in page.locator(".text p .trigger").all_inner_texts()


def test_marks_neither_lose_nor_add_a_character(reader: Reader, site: Path, addresses: dict[str, str]) -> None:
    key = addresses["article"].rpartition("/")[2]
    text = next(r["text"] for file in shards(site, "articles") for k, r in file if k == key)
    page = reader.open(addresses["article"])
    shown = page.evaluate("[...document.querySelectorAll('.text > *:not(fieldset)')].map((e) => e.textContent).join('')")
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text.removeprefix("#"))      # of the heading that is the page's


def test_the_keyboard_reaches_an_event_and_comes_back(reader: Reader) -> None:
    page = reader.open()
    page.keyboard.press("Tab")
    for _ in range(40):
        if page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("#/event/"):
            break
        page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.textContent")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_selector("main .sighting")
    assert page.inner_text("main h1") == name
    assert page.evaluate("document.activeElement.id") == "main"
    page.go_back()
    page.wait_for_selector("main .leading")


def test_the_skip_link_comes_first_and_leads_to_the_content(reader: Reader) -> None:
    page = reader.open()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_on_a_mark_shows_its_evidence_and_escape_hides_it(reader: Reader, addresses: dict[str, str]) -> None:
    page = reader.open(addresses["article"])
    assert page.locator("#card").is_hidden()
    page.locator(".text .trigger[tabindex]").first.focus()
    assert "уверенность" in page.inner_text("#card")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_a_sighting_leads_to_its_place_in_the_text(reader: Reader, addresses: dict[str, str]) -> None:
    page = reader.open(addresses["event"])
    hit = page.inner_text("main .sighting mark >> nth=0")
    page.click("main .sighting .evidence a >> nth=0")
    page.wait_for_selector(".reached")
    assert page.inner_text(".reached") == hit


def test_language_and_theme_are_switched_and_remembered(reader: Reader) -> None:
    page = reader.open()
    page.click("#language")
    page.wait_for_function("document.querySelector('.sections a').textContent === 'Events'")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before
    page = reader.open("#/events")
    assert page.inner_text("main h1") == "Events"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_lost_file_is_told(browser: Any, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / "data" / "events")
    page = browser.new_page()
    event = next(key for file in shards(site, "events") for key, _ in file)
    page.goto(f"{(tmp_path / 'site' / 'index.html').as_uri()}#/event/{event}")
    page.wait_for_selector("main h1")
    assert "data/events/0/" in page.inner_text("main")
    page.close()
