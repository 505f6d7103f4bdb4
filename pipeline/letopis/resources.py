"""Where models and data lie: in the checkout's `models/` and `data/`, or beside the code in an installed wheel.

Contract: a model is given only if it is the file that `models/digests` says it is, so that nothing changed is ever loaded.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent
DIGESTS = "digests"                   # of every model: a line of sha256 and name each, by `make digests`


class BadModel(OSError):
    """A model file is not the one that letopis came with."""


def data_path(name: str) -> Path:
    """Path of a file under data/, e.g. 'lexicons/months.tsv'."""
    return _find("data", name)


@lru_cache
def model_path(name: str) -> Path:
    """Path of a file under models/. Raises FileNotFoundError, BadModel."""
    path = _find("models", name)
    verify(name, path)
    return path


def verify(name: str, path: Path) -> str:
    """The sha256 of a model. Raises BadModel where it is another than the one listed."""
    found, listed = hashlib.sha256(path.read_bytes()).hexdigest(), digests().get(name)
    if found != listed:
        what = "is listed nowhere" if listed is None else f"should have {listed[:12]}..."
        raise BadModel(f"models/{name} is not the file that letopis came with: its sha256 is {found[:12]}..., it {what}. "
                       "Install letopis again; after training a model, `make digests`")
    return found


@lru_cache(maxsize=1)
def digests() -> dict[str, str]:
    """Name of a model -> its sha256, as listed."""
    lines = _find("models", DIGESTS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _find(folder: str, name: str) -> Path:
    installed = _PACKAGE / f"_{folder}" / name
    path = installed if installed.exists() else _CHECKOUT / folder / name
    if not path.exists():
        raise FileNotFoundError(f"letopis is installed without {folder}/{name}")
    return path


def model_files() -> list[tuple[str, Path]]:
    """Name and path of every model file (cards, digests and other texts about them left out), by name."""
    folder = _find("models", "README.md").parent
    paths = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md" and p.name != DIGESTS)
    return sorted((p.relative_to(folder).as_posix(), p) for p in paths)
