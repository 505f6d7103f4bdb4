"""What the documentation names exists: commands and options, tables and columns, files, targets, links, figures."""

import ast
import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from docs.making.figures import TEXTS, filled, scores
from docs.making.offline import asked
from docs.making.pages import COPIED, pages

from letopis.api import Annotation, Handle, Tables
from letopis.cli import app
from letopis.config import Config
from letopis.export import export
from letopis.schema import BY_NAME, TABLES
from letopis.schema.event_types import ontology
from letopis.store.snapshot import settled
from tests.docs.blocks import PAGES, ROOT, blocks, commands

WRITTEN = {page: page.read_text(encoding="utf-8") for page in PAGES}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SITE = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
OF_API = {name for kind in (Tables, Handle, Annotation) for name in dir(kind)}
FOLDERS = ("pipeline/", "training/", "models/", "data/", "docs/", "tests/", "notebooks/")
ONTOLOGY = set((ROOT / "data" / "ontology" / "event_types.tsv").read_text(encoding="utf-8").splitlines()[0].split("\t"))


def ids(page: Path) -> str:
    return str(page.relative_to(ROOT))


def code_of(text: str) -> list[str]:
    """What stands between single backticks outside of blocks."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", plain)


def words() -> Iterator[str]:
    """Columns, values, keys of what is written and read: texts, fields and keywords of the code."""
    for path in (ROOT / "pipeline" / "letopis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.keyword) and node.arg:
                yield node.arg
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield node.target.id


KNOWN = set(words())


def walk(command: Any, words: list[str]) -> Iterator[str]:
    """What of a command line there is not."""
    while words and getattr(command, "commands", None):
        name = words.pop(0)
        if name.startswith("-"):
            break
        if name not in command.commands:
            yield f"no command {name}"
            return
        command = command.commands[name]
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)} | {"--help"}
    yield from (f"no option {w} of {command.name}" for w in words if w.startswith("--") and w.split("=")[0] not in known)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_commands_and_options(page: Path) -> None:
    lines = [*commands(WRITTEN[page]), *(c.removeprefix("letopis ") for c in code_of(WRITTEN[page]) if c.startswith("letopis "))]
    for line in lines:
        words = shlex.split(line.replace("[", " ").replace("]", " "))
        assert not list(walk(typer.main.get_command(app), words)), line


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_tables_and_columns(page: Path) -> None:
    for name in code_of(WRITTEN[page]):
        match = re.fullmatch(r"(\w+)\.(\w+)", name)
        if match and match[1] in BY_NAME:
            assert match[2] in {c.name for c in BY_NAME[match[1]].columns}, name


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_names_with_an_underscore(page: Path) -> None:
    known = KNOWN | Config.model_fields.keys() | OF_API | scores().keys() | ONTOLOGY
    for name in code_of(WRITTEN[page]):
        if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name) and not re.fullmatch(r"\w+_\d", name):      # 'tagger_1' is a method
            assert name in known, f"`{name}` is a word that the code does not know"


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_files(page: Path) -> None:
    for name in code_of(WRITTEN[page]):
        if name.startswith(FOLDERS) and " " not in name:
            assert list(ROOT.glob(name.rstrip("/"))), name


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_make_targets(page: Path) -> None:
    for target in re.findall(r"(?:^    |`|^)make ([a-z]+)", WRITTEN[page], re.MULTILINE):
        assert f"\n{target}:" in MAKEFILE, target


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", WRITTEN[page]):
        path, _, anchor = target.partition("#")
        if "://" in target:
            continue
        if path.startswith("reference/"):
            assert Path(path).name in {Path(name).name for name in SITE_MADE}, target
        elif path:
            assert (page.parent / path).exists(), target
        elif anchor:
            heads = re.findall(r"^#+ (.*)$", WRITTEN[page], re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}, target


@pytest.fixture(scope="module")
def place(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what snippets read: `out` and an export of it."""
    folder = tmp_path_factory.mktemp("snippets")
    (folder / "out").symlink_to(sample_store)
    export(sample_store, "csv", folder / "export")
    return folder


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "tutorial.md"], ids=ids)      # that has a test of its own
def test_snippets_run(page: Path, place: Path) -> None:
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.chdir(place):
        for block in blocks(WRITTEN[page]):
            if block.language == "python":
                exec(compile(block.code, f"{page.name}:{block.line}", "exec"), names)


def test_figures() -> None:
    for text in TEXTS:
        written = text.read_text(encoding="utf-8")
        assert filled(written, scores()) == written, f"{text.name}: `python -m docs.making.figures` writes today's figures"


def test_a_figure_of_nothing_is_an_error() -> None:
    assert filled("0.1<!-- events.f1 --> of 3<!-- events.gold -->", {"events": {"f1": 0.88519, "gold": 2487}}) == (
        "0.885<!-- events.f1 --> of 2,487<!-- events.gold -->"
    )
    with pytest.raises(KeyError):
        filled("0.1<!-- nothing.f1 -->", {})


def nav(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for value in entry.values() if isinstance(entry, dict) else [entry]:
            yield from [value] if isinstance(value, str) else nav(value)


SITE_MADE = [f"reference/{name}.md" for name in (*COPIED, "tables", "ontology", "commands", "settings")]


def test_every_page_has_its_place() -> None:
    placed = list(nav(SITE["nav"]))
    assert sorted(placed) == sorted({p.name for p in (ROOT / "docs").glob("*.md")} | set(SITE_MADE))


def test_made_pages(sample_store: Path) -> None:
    made = pages(settled(sample_store))
    assert sorted(made) == sorted(SITE_MADE)
    for table in TABLES:
        section = made["reference/tables.md"].split(f"\n## {table.name} ")[1].split("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == [c.name for c in table.columns]
        assert all(re.fullmatch(r"\| `\w+` \| .+ \| .+\. ?.* \| (\d+%)? \| (`.+`)? \|", row) for row in rows), rows
        assert table.name == "redirects" or sum(row.endswith("` |") for row in rows) > len(rows) / 2
    assert made["reference/ontology.md"].count("\n| `") == len(ontology())
    assert all(f"`{name}`" in made["reference/settings.md"] for name in Config.model_fields)
    assert "`letopis corrections from-brat`" in made["reference/commands.md"]


def test_what_a_browser_would_ask_for() -> None:
    page = (
        '<script src="https://cdn.example/a.js"></script><script src="assets/b.js"></script><a href="https://example.org">x</a>'
        '<link rel="stylesheet" href="//fonts.example/c.css"><link rel="canonical" href="https://example.org/d">'
        "<style>@import url(https://fonts.example/e.css); body { background: url('https://img.example/f.png') }</style>"
    )
    assert sorted(asked(page)) == ["//fonts.example/c.css", "https://cdn.example/a.js", "https://fonts.example/e.css",
                                   "https://img.example/f.png"]
