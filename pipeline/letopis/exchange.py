"""The commands that hand tables to other tools and take back what was made of them: export, corrections from-brat."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from letopis.terminal import Code, errors, fail

corrections = typer.Typer(no_args_is_help=True, help="Corrections of a store that were made elsewhere.")
Store = Annotated[Path, typer.Option("--store", help="Folder of the store.")]


def export(
    form: Annotated[str, typer.Argument(
        metavar="FORMAT", help="csv, tsv, jsonl, conllu, brat, graphml, ftm, geojson, icalendar or jsonld.",
    )],
    out: Annotated[Path, typer.Option("--out", help="File or folder to write; - is standard output.")],
    store: Store = Path("out"),
    table: Annotated[list[str] | None, typer.Option("--table", help="csv, tsv, jsonl: only this table; may be repeated.")] = None,
    realis: Annotated[list[str] | None, typer.Option(
        "--realis", help="Formats of events: only actual, planned, negated or hypothetical ones; may be repeated.",
    )] = None,
) -> None:
    """Write the current snapshot in a format of other tools."""
    from letopis.export import BadChoice, Choice, NoStore
    from letopis.export import export as write
    from letopis.export import export_to as write_to
    from letopis.export.conllu import NoTokens

    choice = Choice(tuple(table or ()), tuple(realis or ()))
    try:
        if str(out) == "-":
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            counts = write_to(store, form, sys.stdout, choice)
        else:
            counts = write(store, form, out, choice)
    except (BadChoice, NoStore, NoTokens) as error:
        fail(Code.USAGE, str(error))
    except BrokenPipeError:
        fail(Code.FAILED, "whoever read the export has gone")
    except OSError as error:
        fail(Code.FAILED, f"nothing was exported: {error}")
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    errors.print(f"{form}: {told or 'nothing to write'} to {out}", markup=False, soft_wrap=True)


@corrections.command(name="from-brat")
def from_brat(
    store: Annotated[Path, typer.Argument(help="Folder of the store.")],
    folder: Annotated[Path, typer.Argument(help="What `letopis export brat` wrote, corrected.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option("--out", help="File of corrections to write; it must be new.")],
    annotations: Annotated[Path | None, typer.Option("--annotations", help="File of training data to write; offsets only.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Training data of the articles that nobody changed, too.")] = False,
) -> None:
    """Make corrections and training data of articles that were corrected in brat."""
    from letopis.export import NoStore
    from letopis.export.homecoming import from_brat as read_back
    from letopis.export.homecoming import written
    from letopis.export.returned import NoFolder

    for path in (p for p in (out, annotations) if p is not None and p.exists()):
        fail(Code.USAGE, f"{path} is there already: choose another name")
    try:
        with annotations.open("x", encoding="utf-8", newline="\n") if annotations else nullcontext() as stream:
            done = read_back(store, folder, stream, all_articles=every)
        with out.open("x", encoding="utf-8") as file:
            file.write(written(done.statements))
    except (NoStore, NoFolder, OSError) as error:
        for path in (p for p in (out, annotations) if p is not None):
            path.unlink(missing_ok=True)
        fail(Code.FAILED if type(error) is OSError else Code.USAGE, f"nothing was written: {error}")
    for line in (*done.told, *done.unread):
        errors.print(str(line), markup=False, soft_wrap=True)
    counts = ", ".join(f"{number:,} {what}" for what, number in done.counts.items())
    errors.print(f"{len(done.statements)} corrections in {out}; {counts or 'nothing was changed'}", markup=False, soft_wrap=True)
    if done.unread:
        fail(Code.PROBLEMS, f"{len(done.unread)} articles were passed over")
