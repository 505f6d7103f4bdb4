"""A store of odd articles among ordinary ones, its report, and ways to read what the report holds."""

import base64
import json
import re
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

from letopis.site.report import write_report
from letopis.store.snapshot import settled
from tests.conftest import SAMPLE, night

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MEETING = "Глава Департамента внешних связей Сергей Черёмин 12 мая встретился в Казани с мэром Ильсуром Метшиным."
ODD = f"""---
title: 'Черёмин встретился с Метшиным {SCRIPT}'
url: "javascript:alert(3)"
site: 'odd.example{SCRIPT}'
published: '2023-05-12T10:00:00+03:00'
---

😀 {MEETING} «Мы {SCRIPT} подписали меморандум», — сказал Черёмин.

> Метшин поблагодарил Черёмина за поддержку и пригласил его в Казань 1 июня.
"""


def unpacked(path: Path) -> Any:
    """The value in a file of data."""
    packed = re.fullmatch(r'letopis\.put\("[\w/:-]+","([A-Za-z0-9+/=]*)"\);\n', path.read_text(encoding="ascii"))
    assert packed, path
    return json.loads(zlib.decompress(base64.b64decode(packed[1])))


@pytest.fixture(scope="session")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven articles of the sample, one with scripts in its title and body, and one that is not in Russian."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "in").mkdir()
    for name in ("forum-pobratimov-anons", "otkrylsya-forum-volga-bez-granic", "forum-gorodov-pobratimov-povolzhe-onlajn",
                 "v-rybinske-gorit-sklad-krasok", "pozhar-v-promzone-vostochnaya-itogi", "arestovan-direktor-sklada-v-rybinske",
                 "chernivci-festival-dokumentalnogo-kino"):
        shutil.copy(SAMPLE / f"{name}.md", folder / "in")
    (folder / "in" / "odd.md").write_text(ODD, encoding="utf-8")
    night(folder / "in", folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def site(odd_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of that store; read it, never write into it."""
    folder = tmp_path_factory.mktemp("report") / "site"
    write_report(settled(odd_store), folder)
    return folder


@pytest.fixture(scope="session")
def manifest(site: Path) -> dict[str, Any]:
    """What the pages know first."""
    found: dict[str, Any] = unpacked(site / "data" / "manifest.js")
    return found


def shards(site: Path, kind: str) -> list[list[list[Any]]]:
    """The records of every file of a kind, in the order of the files."""
    files = sorted((site / "data" / kind).rglob("*.js"), key=lambda p: int(p.stem))
    return [unpacked(p) for p in files]
