"""Figures of data/scores.json in texts: `python -m docs.making.figures` writes them anew, a test says where they are old.

In a text a figure stands before a comment that says which one it is: `0.885<!-- events.f1 -->`. Between `<!-- scores:begin -->` and
`<!-- scores:end -->` stands the table of all.
"""

import json
import re
from pathlib import Path

from letopis.resources import data_path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
COUNTS = ("gold",)
_FIGURE = re.compile(r"[\d.,]+(?=<!-- (\w+)\.(\w+) -->)")
_TABLE = re.compile(r"(?<=<!-- scores:begin -->\n).*?(?=<!-- scores:end -->)", re.DOTALL)
_HEAD = "| measure | on what | precision | recall | F1 | 95 % interval | gold |\n|---|---|---|---|---|---|---|\n"

Scores = dict[str, dict[str, float | str]]


def scores() -> Scores:
    """Measure -> its figures: f1, precision, recall, low, high, floor, gold, and what it is."""
    found: Scores = json.loads(data_path("scores.json").read_text(encoding="utf-8"))
    return found


def filled(text: str, known: Scores) -> str:
    """The text with today's figures. Raises KeyError for a measure or figure that is none."""
    text = _FIGURE.sub(lambda match: _figure(known, match[1], match[2]), text)
    return _TABLE.sub(lambda _: table(known), text)


def table(known: Scores) -> str:
    """All measures, a line each."""
    return _HEAD + "".join(
        f"| {name} | {str(s['what']).rstrip('.')} | {s['precision']:.3f} | {s['recall']:.3f} | {s['f1']:.3f} "
        f"| {s['low']:.3f} to {s['high']:.3f} | {s['gold']} |\n"
        for name, s in known.items()
    )


def _figure(known: Scores, measure: str, figure: str) -> str:
    value = float(known[measure][figure])
    return f"{value:,.0f}" if figure in COUNTS else f"{value:.3f}"


def main() -> None:
    """Write the figures into every text."""
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        path.write_text(filled(text, scores()), encoding="utf-8")


if __name__ == "__main__":
    main()
