"""Hooks of mkdocs: pages that are made take their place beside those that are written."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docs.making.pages import ROOT, pages
from mkdocs.structure.files import File

from letopis.store.snapshot import settled

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

STORE = "LETOPIS_DOCS_STORE"          # environment: a store of the sample, for examples


def on_files(files: "Files", config: "MkDocsConfig") -> "Files":
    """Add what `pages` makes."""
    store = Path(os.environ.get(STORE, ROOT / "build" / "sample"))
    for name, text in pages(settled(store)).items():
        files.append(File.generated(config, name, content=text))
    return files
