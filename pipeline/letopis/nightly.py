"""The commands that work on a store: run, retry, status, forget, explain."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from letopis.config import Order
from letopis.show.progress import Bar, log, set_up_logs, total_bytes
from letopis.terminal import Code, ConfigFile, CorrectionsFile, ModelName, Out, console, errors, fail, settings_of

if TYPE_CHECKING:
    from letopis.run.request import Request, Run

CODES = {
    "disk": Code.DISK, "unpruned": Code.UNPRUNED, "rejects": Code.REJECTS, "missing": Code.MISSING, "drift": Code.DRIFT,
    "size": Code.SIZE, "years": Code.YEARS,
}
"""Kind of alarm -> exit code."""

Workers = Annotated[int, typer.Option(min=1, help="Processes that annotate.")]
Executor = Annotated[Literal["local", "dask"], typer.Option("--executor", help="Who annotates: this machine, or a cluster.")]
LogJson = Annotated[str | None, typer.Option("--log-json", help="File that gets the log as JSON lines; - is standard output.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for another run in the same store to end.")]


def run(
    inputs: Annotated[list[Path], typer.Argument(help="Folders and files with articles.")],
    out: Out = Path("out"),
    config: ConfigFile = None,
    model: ModelName = None,
    workers: Workers = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Look at so many documents only.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was published from this day on.")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Take out documents whose files have gone, if they are few.")] = False,
    prune_all: Annotated[bool, typer.Option("--prune-all", help="Take them out however many they are.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    wait: Wait = False,
    corrections: CorrectionsFile = None,
    executor: Executor = "local",
    address: Annotated[str | None, typer.Option("--address", help="Of the Dask scheduler, e.g. tcp://10.0.0.1:8786.")] = None,
    stale_budget: Annotated[str | None, typer.Option("--stale-budget", help="Time for stale documents, e.g. 2h, 90m or 0.")] = None,
    stale_order: Annotated[Order | None, typer.Option("--stale-order", help="Which of them come first.")] = None,
    log_json: LogJson = None,
) -> None:
    """Annotate what is new or changed in INPUTS and publish the tables under OUT/current."""
    from letopis.run.request import Request
    from letopis.run.scope import Scope

    settings = settings_of(config, model, corrections, stale_budget=stale_budget, stale_order=stale_order, log_json=log_json)
    removed: Literal["nothing", "few", "all"] = "all" if prune_all else "few" if prune else "nothing"
    scope = Scope(limit, since.date() if since else None)
    if removed != "nothing" and not scope.is_whole:
        fail(Code.USAGE, "--prune needs to see every document: not with --limit or --since")
    if stale_budget is not None and not scope.is_whole:
        fail(Code.USAGE, "--stale-budget needs to see every document: not with --limit or --since")
    _check_executor(executor, address)
    request = Request(tuple(inputs), out, settings, workers, scope, removed, wait, address)
    if dry_run:
        _tell_plan(request)
    else:
        _do(request)


def retry(
    out: Out = Path("out"), config: ConfigFile = None, model: ModelName = None, workers: Workers = 1, wait: Wait = False,
    corrections: CorrectionsFile = None, log_json: LogJson = None,
) -> None:
    """Try the rejected files of a store again, where they were."""
    from letopis.run.request import Request
    from letopis.run.scope import Scope
    from letopis.run.status import rejected_inputs

    inputs, files = rejected_inputs(out)
    if not files:
        console.print(f"no rejects in {out}", markup=False)
        return
    settings = settings_of(config, model, corrections, log_json=log_json)
    _do(Request(inputs, out, settings, workers, Scope(only=files), wait=wait))


def status(out: Annotated[Path, typer.Argument(help="Folder of the store.")] = Path("out"), config: ConfigFile = None) -> None:
    """The last runs, what the store holds, and what was rejected and why."""
    from letopis.run.fingerprint import fingerprint
    from letopis.run.status import status as status_of
    from letopis.show.status import print_status

    try:
        print_status(console, status_of(out, fingerprint(settings_of(config))))
    except FileNotFoundError as error:
        fail(Code.USAGE, str(error))


def forget(
    documents: Annotated[list[str], typer.Argument(help="document_id, or the path or its end.")],
    out: Out = Path("out"),
    config: ConfigFile = None,
    wait: Wait = False,
    corrections: CorrectionsFile = None,
) -> None:
    """Take DOCUMENTS out of every snapshot and unit for good; older snapshots go with them."""
    from letopis.run.forget import NoSuchDocument
    from letopis.run.forget import forget as forget_documents
    from letopis.run.request import Request

    request = Request((), out, settings_of(config, corrections=corrections), wait=wait)
    try:
        with _told():
            done, found = forget_documents(request, documents)
    except NoSuchDocument as error:
        fail(Code.USAGE, str(error))
    _warn(done)
    for entry in found:
        console.print(f"forgotten: {entry.document_id} {entry.path}", markup=False)
    console.print("The files themselves are where they were; runs pass them over. Older snapshots are gone.", markup=False)


def explain(
    first: Annotated[str, typer.Argument(metavar="A", help="entity_id or event_id, also one that is gone, or a name.")],
    second: Annotated[str | None, typer.Argument(metavar="[B]", help="Another: why are the two not one?")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="Type of what has the name, e.g. PERSON.")] = None,
    out: Out = Path("out"),
    config: ConfigFile = None,
    corrections: CorrectionsFile = None,
) -> None:
    """Why the mentions of A are one; or why A and B are two."""
    from letopis.run.explain import NotOne, Unknown, explainer
    from letopis.run.request import Request
    from letopis.show.event import NoSuchEvent, explain_events
    from letopis.show.explain import print_difference, print_explanation

    wanted = [name for name in (first, second) if name is not None]
    try:
        with explainer(Request((), out, settings_of(config, corrections=corrections))) as store:
            try:
                ids = [store.find(name, kind) for name in wanted]
            except Unknown:
                explain_events(console, out, wanted, kind)
                return
            if len(ids) == 1:
                print_explanation(console, store.explain(ids[0]), store.paths)
            else:
                print_difference(console, store.compare(*ids), store.paths)
    except (FileNotFoundError, NotOne, NoSuchEvent) as error:
        fail(Code.USAGE, str(error))


def _check_executor(executor: str, address: str | None) -> None:
    if (executor == "dask") != (address is not None):
        fail(Code.USAGE, "--executor dask and --address tcp://HOST:PORT go together")
    if executor == "dask" and find_spec("distributed") is None:
        fail(Code.USAGE, "Dask is not installed: pip install 'letopis[dask]'")


def _do(request: "Request") -> None:
    from letopis.run.night import run_night
    from letopis.show.summary import print_summary
    from letopis.store.snapshot import settled

    try:
        set_up_logs(request.config.logs, request.config.log_json)
    except OSError as error:
        fail(Code.USAGE, f"the log cannot be written: {error}")
    with _told(), Bar(total_bytes(request.inputs)) as bar:
        done = run_night(request, bar.advance)
    _warn(done)
    code, page = _judge(request, done)
    log("run finished", run_id=done.run_id, new=done.new, changed=done.changed, unchanged=done.unchanged, removed=done.removed,
        missing=done.missing, stale=done.stale, rejected=done.rejected, documents_per_second=done.documents_per_second,
        blocks_computed=done.blocks_computed, blocks_reused=done.blocks_reused, warnings=len(done.warnings), exit_code=int(code))
    if request.config.log_json != "-":
        print_summary(console, settled(request.out), request.out)
        if page:
            console.print(f"What the night did: {page}", markup=False, soft_wrap=True)
    raise typer.Exit(int(code))


def _warn(done: "Run") -> None:
    for warning in done.warnings:
        errors.print(f"warning: {warning}", markup=False, soft_wrap=True)


def _judge(request: "Request", done: "Run") -> tuple[Code, Path | None]:
    """Tell the alarms; gives the code of the most urgent, and the page of the night."""
    import duckdb

    from letopis.journal.write import write_night

    try:
        written = write_night(request, done)
    except (OSError, duckdb.Error) as error:             # DuckDB reads the snapshot; what the disk says comes in its words
        log("alarm", level=logging.WARNING, run_id=done.run_id, kind="journal", about=str(error))
        errors.print(f"the run report could not be written, the tables are published: {error}", markup=False, soft_wrap=True)
        return Code.DISK, None
    for alarm in written.alarms:
        log("alarm", level=logging.WARNING, run_id=done.run_id, kind=alarm.kind, value=alarm.value, threshold=alarm.threshold,
            about=alarm.about)
        errors.print(f"alarm: {alarm.message}; the tables are published", markup=False, soft_wrap=True)
    return (CODES[written.alarms[0].kind] if written.alarms else Code.DONE), written.page


@contextmanager
def _told() -> Iterator[None]:
    """What can go wrong with a run, as a sentence and a code."""
    from letopis.formats import InputError
    from letopis.resolve.corrections.parsing import BadCorrections
    from letopis.run.failures import FAILURES, told
    from letopis.run.night import StoreIsLocked
    from letopis.run.stop import Stopped

    try:
        yield
    except InputError as error:
        fail(Code.USAGE, str(error))
    except StoreIsLocked as error:
        fail(Code.LOCKED, str(error))
    except Stopped as error:
        fail(Code.STOPPED, str(error))
    except KeyboardInterrupt:
        fail(Code.INTERRUPTED, "interrupted; the next run goes on from the last finished unit")
    except (*FAILURES, BadCorrections) as error:         # corrections that were edited while the run was at work
        fail(Code.FAILED, f"the run failed: {told(error)}")


def _tell_plan(request: "Request") -> None:
    from letopis.run.plan import plan

    with _told(), Bar(total_bytes(request.inputs)) as bar:
        found = plan(request, bar.advance)
    console.print(
        f"to annotate: {found.new} new, {found.changed} changed, {found.stale} stale; kept as they are: {found.unchanged}; "
        f"missing: {found.missing}; rejects: {found.rejected}", markup=False,
    )
    if request.prune != "nothing":
        refused = request.prune == "few" and not found.few
        errors.print("too many to prune without --prune-all" if refused else f"to take out: {found.missing}", markup=False)
