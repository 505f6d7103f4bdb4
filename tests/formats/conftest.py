"""What the tests of formats share: write a file, read it, tell documents and rejects apart."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from letopis.formats import Options, Source, find_sources, read_source
from letopis.layers import Document, Reject

RUSSIAN = "В столице открыли новый мост. Его строили три года, и он свяжет два района города."


@dataclass(frozen=True)
class Found:
    """What came of a file."""

    documents: list[Document]
    rejects: list[Reject]

    @property
    def document(self) -> Document:
        (only,) = self.documents
        return only

    @property
    def errors(self) -> list[tuple[str | None, str, str]]:
        return [(reject.record, reject.stage, reject.error) for reject in self.rejects]


Read = Callable[..., Found]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write content (text is UTF-8) under a name and read it."""

    def read_content(name: str, content: str | bytes, options: Options | None = None) -> Found:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return read_file(file, options)

    return read_content


def read_file(file: Path, options: Options | None = None) -> Found:
    """Read a file or all files of a folder."""
    options = options or Options()
    found: list[Document | Reject] = []
    for source in find_sources([file], options.limits):
        found.extend(read_source(source, options) if isinstance(source, Source) else [source])
    return Found([d for d in found if isinstance(d, Document)], [r for r in found if isinstance(r, Reject)])


@pytest.fixture(scope="module")
def read_bytes(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """As `read`, for properties: one folder for all the examples of a module."""
    folder = tmp_path_factory.mktemp("examples")

    def read_content(name: str, content: str | bytes, options: Options | None = None) -> Found:
        file = folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return read_file(file, options)

    return read_content
