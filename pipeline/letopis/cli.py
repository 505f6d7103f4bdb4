"""The command line. What the exit codes mean stands beside them, in `terminal.Code`."""

import json
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")   # one worker, one core: BLAS threads only wait for each other

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Sheet

from letopis import __version__, exchange, nightly
from letopis.terminal import Code, ConfigFile, ModelName, Out, console, errors, fail, load_settings, settings_of, write_out

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Who did what, where and when, out of Russian news.",
)
kb = typer.Typer(no_args_is_help=True, help="A knowledge base of your own, that entities are linked to.")
app.add_typer(kb, name="kb")
app.add_typer(exchange.corrections, name="corrections")
for command in (nightly.run, nightly.retry, nightly.status, nightly.forget, nightly.explain, exchange.export):
    app.command()(command)


@app.command()
def check(out: Annotated[Path, typer.Argument(help="Folder of the store.")] = Path("out")) -> None:
    """Check every promise of the tables and print how far each column is filled."""
    from letopis.store.check import check as problems_of
    from letopis.store.check import fill_rates
    from letopis.store.publish import read_warnings
    from letopis.store.recall import keyword_recall
    from letopis.store.snapshot import current

    path = current(out)
    if path is None:
        fail(Code.USAGE, f"no snapshot in {out}: run `letopis run` first")
    problems = problems_of(path)
    for problem in problems:
        errors.print(problem, markup=False)
    if problems:
        fail(Code.PROBLEMS, f"{len(problems)} problems in {path}")
    for warning in read_warnings(path):
        errors.print(f"warning: {warning}", markup=False, soft_wrap=True)
    rates = fill_rates(path)
    _print_rates(rates)
    known = keyword_recall(path)
    if known.stated:
        console.print(
            f"keywords of the front matter: {known.found} found of {known.occurring} that occur in their articles "
            f"({known.found / max(1, known.occurring):.0%}), of {known.stated} stated ({known.found / known.stated:.0%}); "
            f"{known.resolved} resolved"
        )
    console.print(f"{rates[0][2]} documents, no problems in {path}", markup=False)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="document_id, or the end of a path, or a file.")],
    out: Out = Path("out"),
    html: Annotated[Path | None, typer.Option("--html", help="A page of HTML to this file instead; - is standard output.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all its rows as JSON instead, offsets and all.")] = False,
) -> None:
    """Print one article with its nested mentions, events and roles marked."""
    from letopis.show.article import NoSuchDocument, find_article
    from letopis.show.article import as_json as plain
    from letopis.show.html import page
    from letopis.show.terminal import print_article

    if html and as_json:
        fail(Code.USAGE, "either --html or --json")
    try:
        article = find_article(document, out)
    except NoSuchDocument as error:
        fail(Code.USAGE, str(error))
    if as_json:
        write_out(json.dumps(plain(article), ensure_ascii=False, indent=1) + "\n")
    elif html:
        write_out(page(article), html)
    else:
        print_article(console, article)


@app.command()
def report(
    out: Annotated[Path, typer.Option("--out", help="Folder of the report: a new or empty one, or an older report.")],
    store: Annotated[Path, typer.Option("--store", help="Folder of the store.")] = Path("out"),
) -> None:
    """Write a site of the current snapshot that opens from disk: overview, events, names, articles, search."""
    from letopis.site.report import NotAReport, write_report
    from letopis.store.snapshot import current

    snapshot = current(store)
    if snapshot is None:
        fail(Code.USAGE, f"no snapshot in {store}: run `letopis run` first")
    try:
        with errors.status(f"writing {out}"):
            written = write_report(snapshot, out)
    except NotAReport as error:
        fail(Code.USAGE, str(error))
    except OSError as error:
        fail(Code.FAILED, f"no report was written, an older one is as it was: {error}")
    size = f"{written.size / 1e6:.1f} MB in {written.files} files, the largest of {written.largest / 1e3:.0f} KB"
    console.print(f"{size}, in {written.seconds:.1f} s. Open {out / 'index.html'}", markup=False, soft_wrap=True)


@app.command()
def evaluate(
    gold: Annotated[str, typer.Argument(
        metavar="SET", help="nerel, slavicner, factrueval, events, runormas, kb, relations or stories.",
    )],
    path: Annotated[Path, typer.Argument(help="Where it lies, in its own format.", exists=True)],
    held_out: Annotated[bool, typer.Option("--held-out", help="Only what nothing was trained on.")] = False,
    model: ModelName = None,
) -> None:
    """Precision, recall and F1 on a published gold set, with 95 % intervals, natasha beside ours where it has the type."""
    from letopis.evaluate.report import SETS

    if gold not in SETS:
        fail(Code.USAGE, f"no set '{gold}'; sets are {', '.join(SETS)}")
    sheet = Sheet(gold, "P", "R", "F1", "95 %", "gold", "natasha: P, R, F1", box=None)
    for row in SETS[gold](path, held_out=held_out, model=settings_of(None, model).model):
        s, n = row.ours, row.natasha
        theirs = "" if n is None else f"{n.precision:.3f} {n.recall:.3f} {n.f1:.3f}"
        interval = f"{s.low:.3f}-{s.high:.3f}"
        sheet.add_row(row.name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", interval, str(s.gold), theirs)
    console.print(sheet)


@kb.command(name="import")
def import_base(
    dump: Annotated[Path, typer.Argument(help="Wikidata dump, or JSONL, CSV or Parquet of id, name, aliases, type.", exists=True)],
    folder: Annotated[Path | None, typer.Option("--kb", help="Folder of the base; else the setting kb.")] = None,
    name: Annotated[str, typer.Option("--name", help="Of this source: it takes the place of the one of the same name.")] = "base",
    config: ConfigFile = None,
) -> None:
    """Put a dump into the knowledge base; whatever goes wrong, the base that stands stays whole."""
    from letopis.kb.importing import import_dump
    from letopis.kb.sources import DumpError

    target = folder or Path(load_settings(config).kb or fail(Code.USAGE, "say --kb FOLDER, or set kb in the configuration"))
    try:
        with errors.status(f"reading {dump.name}") as status:
            report = import_dump(dump, target, name=name, advance=lambda lines: status.update(f"{dump.name}: {lines:,} lines"))
    except ValueError as error:
        fail(Code.USAGE, str(error))
    except (DumpError, OSError) as error:
        fail(Code.FAILED, f"nothing was imported, the base is as it was: {error}")
    for number, message in report.told:
        errors.print(f"line {number}: {message}", markup=False)
    console.print(
        f"{report.items} items with {report.aliases} keys from {report.lines} lines into {target} as '{name}'; "
        f"{report.skipped} passed over, {report.bad} bad", markup=False,
    )


@app.command()
def version() -> None:
    """Print the versions of the package, the schema and the models."""
    from letopis.run.fingerprint import model_versions
    from letopis.schema import SCHEMA_VERSION

    console.print(f"letopis {__version__}\nschema {SCHEMA_VERSION}\nmodels {model_versions()}", markup=False)


def main() -> None:
    """Entry point of the command `letopis`."""
    app()


def _print_rates(rates: list[tuple[str, str, int, float | None]]) -> None:
    sheet = Sheet("table", "column", "rows", "filled")
    for table, column, rows, share in rates:
        sheet.add_row(table, column, str(rows), "-" if share is None else f"{share:.1%}")
    console.print(sheet)


if __name__ == "__main__":
    main()
