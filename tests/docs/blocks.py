"""The fenced blocks of a page: what is run, and what should come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
ELSEWHERE = "<!-- run by .ci/run -->"
_BLOCK = re.compile(r"(?:^(?P<before>[^\n]*)\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code, its line, what should come out (None for anything), and whether something else runs it."""

    language: str
    code: str
    line: int
    wanted: str | None = None
    elsewhere: bool = False


def blocks(text: str) -> list[Block]:
    """The blocks of a page, a `text` block being what the one before it prints."""
    found: list[Block] = []
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start("code"))
        if match["language"] == "text" and found and found[-1].wanted is None:
            last = found.pop()
            found.append(Block(last.language, last.code, last.line, match["code"], last.elsewhere))
        else:
            found.append(Block(match["language"], match["code"], line, elsewhere=match["before"] == ELSEWHERE))
    return found


def commands(text: str) -> Iterator[str]:
    """Lines of a page that call `letopis`: of its fenced blocks of shell and its indented ones, without what follows a pipe."""
    fenced = "\n".join(b.code for b in blocks(text) if b.language in ("sh", ""))
    indented = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    for line in f"{fenced}\n{indented}".splitlines():
        match = re.match(r"(?:\$ )?(?:\.venv/bin/)?letopis (.*)", line.strip())
        if match:
            yield re.split(r"\s+(?:#|\||&&|>)\s*", match[1])[0]
