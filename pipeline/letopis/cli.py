"""The command line. Exit codes: 0 done, 1 the run failed, 2 wrong usage, 3 published but with rejects above the threshold,
4 another run is at work in the store, 5 `check` found problems.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")   # one worker, one core: BLAS threads only wait for each other

from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table as Sheet

from letopis import __version__
from letopis.config import Config, load_config
from letopis.show.progress import Bar, log, set_up_logs, total_bytes

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Who did what, where and when, out of Russian news.",
)
_console = Console()
_errors = Console(stderr=True)


class Code(IntEnum):
    """Exit codes."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REJECTS = 3
    LOCKED = 4
    PROBLEMS = 5


Out = Annotated[Path, typer.Option("--out", help="Folder of the store.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file of settings.", exists=True, dir_okay=False)]


@app.command()
def run(
    inputs: Annotated[list[Path], typer.Argument(help="Folders and files with articles.")],
    out: Out = Path("out"),
    config: ConfigFile = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that annotate.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Look at so many documents only.")] = None,
) -> None:
    """Annotate what is new or changed in INPUTS and publish the tables under OUT/current."""
    from letopis.formats import InputError
    from letopis.run.night import Request, StoreIsLocked, run_night
    from letopis.show.summary import print_summary
    from letopis.store.snapshot import settled

    settings = _settings(config)
    set_up_logs(settings.logs)
    request = Request(tuple(inputs), out, settings, workers, limit)
    try:
        with Bar(total_bytes(inputs)) as bar:
            done = run_night(request, bar.advance)
    except InputError as error:
        _fail(Code.USAGE, str(error))
    except StoreIsLocked as error:
        _fail(Code.LOCKED, str(error))
    except OSError as error:
        _fail(Code.FAILED, f"the run failed: {error}")
    else:
        log("run finished", run_id=done.run_id, new=done.new, changed=done.changed, unchanged=done.unchanged,
            missing=done.missing, rejected=done.rejected, documents_per_second=done.documents_per_second)
        print_summary(_console, settled(out), out)
        documents = done.new + done.changed + done.unchanged + done.missing
        if done.lost > settings.reject_threshold * max(1, documents + done.lost):
            _fail(Code.REJECTS, f"{done.lost} documents rejected, more than the threshold; the tables are published")


@app.command()
def check(out: Annotated[Path, typer.Argument(help="Folder of the store.")] = Path("out")) -> None:
    """Check every promise of the tables and print how far each column is filled."""
    from letopis.store.check import check as problems_of
    from letopis.store.check import fill_rates, keyword_recall
    from letopis.store.snapshot import current

    path = current(out)
    if path is None:
        _fail(Code.USAGE, f"no snapshot in {out}: run `letopis run` first")
    problems = problems_of(path)
    for problem in problems:
        _errors.print(problem, markup=False)
    if problems:
        _fail(Code.PROBLEMS, f"{len(problems)} problems in {path}")
    rates = fill_rates(path)
    _print_rates(rates)
    resolved, stated = keyword_recall(path)
    if stated:
        _console.print(f"keywords of the front matter resolved: {resolved} of {stated} ({resolved / stated:.0%})")
    _console.print(f"{rates[0][2]} documents, no problems in {path}", markup=False)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="document_id, or the end of a path, or a file.")],
    out: Out = Path("out"),
) -> None:
    """Print one article with its nested mentions, events and roles marked."""
    from letopis.show.terminal import NoSuchDocument, print_article

    try:
        print_article(_console, document, out)
    except NoSuchDocument as error:
        _fail(Code.USAGE, str(error))


@app.command()
def version() -> None:
    """Print the versions of the package, the schema and the models."""
    from letopis.run.fingerprint import model_versions
    from letopis.schema import SCHEMA_VERSION

    _console.print(f"letopis {__version__}\nschema {SCHEMA_VERSION}\nmodels {model_versions()}", markup=False)


def main() -> None:
    """Entry point of the command `letopis`."""
    app()


def _settings(path: Path | None) -> Config:
    from letopis.run.night import options_of

    try:
        settings = load_config(path)
        options_of(settings)
    except (ValidationError, ValueError) as error:
        _fail(Code.USAGE, f"the configuration cannot be used: {error}")
    return settings


def _fail(code: Code, message: str) -> NoReturn:
    _errors.print(message, markup=False)
    raise typer.Exit(int(code))


def _print_rates(rates: list[tuple[str, str, int, float | None]]) -> None:
    sheet = Sheet("table", "column", "rows", "filled")
    for table, column, rows, share in rates:
        sheet.add_row(table, column, str(rows), "-" if share is None else f"{share:.1%}")
    _console.print(sheet)


if __name__ == "__main__":
    main()
