"""Where models and data lie: in the checkout's `models/` and `data/`, or beside the code in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def data_path(name: str) -> Path:
    """Path of a file under data/, e.g. 'lexicons/months.tsv'."""
    return _find("data", name)


def model_path(name: str) -> Path:
    """Path of a file under models/."""
    return _find("models", name)


def _find(folder: str, name: str) -> Path:
    installed = _PACKAGE / f"_{folder}" / name
    path = installed if installed.exists() else _CHECKOUT / folder / name
    if not path.exists():
        raise FileNotFoundError(f"letopis is installed without {folder}/{name}")
    return path


def model_files() -> list[tuple[str, Path]]:
    """Name and path of every model file (cards and other texts about them left out), by name."""
    folder = _find("models", "README.md").parent
    paths = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md")
    return sorted((p.relative_to(folder).as_posix(), p) for p in paths)
