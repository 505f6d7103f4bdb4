"""The rules of the house that a machine can check: imports go one way, stages neither print nor write nor look around."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline" / "letopis"
ORDER = (
    "layers", "resources", "ids", "config", "formats", "encoder", "text", "find", "schema", "pipeline", "store", "kb", "resolve",
    "evaluate", "run", "export", "show", "site", "api", "journal", "terminal", "nightly", "exchange", "cli",
)
STAGES = ("text", "encoder", "find", "schema", "resolve")
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "letopis":
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("letopis.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    rooms = _imports(ast.parse(path.read_text(encoding="utf-8")))
    assert rooms <= set(ORDER), f"unknown rooms {rooms - set(ORDER)}"
    backwards = {r for r in rooms if ORDER.index(r) > ORDER.index(room)}
    assert not backwards, f"{room} imports {backwards}"


@pytest.mark.parametrize("path", [p for p in MODULES if _room(p) in STAGES], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_stages_do_not_print_or_write_or_look_around(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            assert name not in {"print", "input", "exec", "eval", "write_text", "write_bytes", "unlink", "mkdir"}, name
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"environ", "getenv", "now", "today"}, node.attr


def test_one_broad_except_in_the_whole_package() -> None:
    broad = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert broad == ["run/unit.py", "store/manifest.py"]     # the second only rolls back and raises again


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
