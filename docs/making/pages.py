"""Every page of the site that is not written but made, or lies elsewhere in the repository."""

from pathlib import Path

from docs.making.commands import commands, settings
from docs.making.dictionary import dictionary
from docs.making.ontology import ontology

ROOT = Path(__file__).resolve().parents[2]
COPIED = {
    "models": "models/README.md", "changelog": "CHANGELOG.md", "sample": "data/SAMPLE.md", "gazetteer": "data/gazetteer/README.md",
}


def pages(snapshot: Path) -> dict[str, str]:
    """Name under docs/ -> text; examples come from a snapshot of the sample."""
    made = {"tables": dictionary(snapshot), "ontology": ontology(), "commands": commands(), "settings": settings()}
    made |= {name: (ROOT / path).read_text(encoding="utf-8") for name, path in COPIED.items()}
    return {f"reference/{name}.md": text for name, text in made.items()}
