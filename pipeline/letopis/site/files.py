"""Files of data that a page from disk can load: scripts that call back with a packed text.

    letopis.put("articles/0", "H4sIA...");

The text is JSON, deflated and in base64: nothing of the articles stands in a script as it is, and the same rows give the same
bytes. Names of files are ours and numbers; ids and names of the corpus never become paths.
"""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

SHARD = 300_000                       # characters of JSON in one file: some 80 KB on disk
IN_FOLDER = 500                       # files in one folder


class Site:
    """The folder of a report under way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = 0

    def write(self, key: str, value: Any) -> None:
        """One value under a key of ours ('overview', 'articles/17')."""
        self.write_text(key, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def write_text(self, key: str, text: str) -> None:
        """The same of a value that is JSON already."""
        packed = base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 6)).decode("ascii")
        path = self.folder / "data" / path_of(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'letopis.put("{key}","{packed}");\n', encoding="ascii")
        self.files += 1


def path_of(key: str) -> str:
    """'overview' -> 'overview.js'; 'articles/1234' -> 'articles/2/1234.js'."""
    kind, _, number = key.rpartition("/")
    return f"{kind}/{int(number) // IN_FOLDER}/{number}.js" if number.isdigit() else f"{key}.js"


class Shards:
    """Records in the order of their keys, cut into files; `close` says with which key each file begins."""

    def __init__(self, site: Site, kind: str) -> None:
        self._site, self._kind = site, kind
        self._firsts: list[str] = []
        self._parts: list[str] = []
        self._size = 0

    def add(self, key: str, record: Any) -> None:
        """The next record; a key may come again, then a file may end between its records."""
        text = json.dumps([key, record], ensure_ascii=False, separators=(",", ":"))
        if self._parts and self._size + len(text) > SHARD:
            self._flush()
        if not self._parts:
            self._firsts.append(key)
        self._parts.append(text)
        self._size += len(text)

    def close(self) -> list[str]:
        """Write what is left."""
        if self._parts:
            self._flush()
        return self._firsts

    def _flush(self) -> None:
        self._site.write_text(f"{self._kind}/{len(self._firsts) - 1}", f"[{','.join(self._parts)}]")
        self._parts, self._size = [], 0


class Pages:
    """Rows of one list, cut into files of a fixed number of rows."""

    ROWS = 250

    def __init__(self, site: Site, kind: str) -> None:
        self._site, self._kind = site, kind
        self._rows: list[Any] = []
        self.count = 0

    def add(self, row: Any) -> None:
        """The next row."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) == self.ROWS:
            self.close()

    def close(self) -> int:
        """Write what is left; gives the number of rows."""
        if self._rows:
            self._site.write(f"{self._kind}/{(self.count - 1) // self.ROWS}", self._rows)
            self._rows = []
        return self.count
