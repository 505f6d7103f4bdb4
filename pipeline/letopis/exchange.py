"""The commands that hand tables to other tools: export."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from letopis.terminal import Code, errors, fail

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
