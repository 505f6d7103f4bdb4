"""Whether a built site reads without a network: `python -m docs.making.offline FOLDER` ends with 1 where a page asks for one."""

import re
import sys
from pathlib import Path

_ASKED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["']?((?:https?:)?//[^"' >]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon|prefetch))[^>]*\bhref=["']?((?:https?:)?//[^"' >]+)"""
    r"""|@import\s+(?:url\()?["']?((?:https?:)?//[^"') ]+)|url\(["']?((?:https?:)?//[^"') ]+)""",
    re.IGNORECASE,
)


def asked(text: str) -> list[str]:
    """Addresses that a browser would ask for by itself when it opens a page or a style sheet; links are none."""
    return [next(filter(None, found)) for found in _ASKED.findall(text)]


def main(folder: Path) -> int:
    """Look at every page and style sheet; gives the exit code."""
    files = [*folder.rglob("*.html"), *folder.rglob("*.css")]
    wrong = [(file, address) for file in files for address in asked(file.read_text(encoding="utf-8"))]
    for file, address in wrong:
        sys.stderr.write(f"{file} asks {address}\n")
    sys.stdout.write(f"{len(files)} files read without a network\n" if not wrong else "")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
