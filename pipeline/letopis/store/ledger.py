"""The ledger: what a run changed, which ids no longer stand and where their members went.

Redirects come from comparing the members (mentions) of the last snapshot with those of the new one. They stay closed: each
leads to a standing id in one step, or to null when nothing of it is left; an id that comes back loses its redirect. The
last snapshot's own tables are what the new ones go on from, so a run that is killed before it publishes leaves no trace.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from letopis.schema.runs import CHANGES, REDIRECTS, REJECTS, RUNS
from letopis.store.manifest import Manifest

_MEMBERS = {"entity": ("mentions", "mention_id", "entity_id"), "event": ("event_mentions", "event_mention_id", "event_id")}
_KINDS = {"entities": "entity", "events": "event"}
_COMPARED = {"documents": ("document_id", "document_id, path, record, content_sha256, fingerprint"),
             "entities": ("entity_id", "*"), "events": ("event_id", "*")}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two snapshots: rows of `changes` without the run, and the ids that are gone with their heirs."""

    changes: list[tuple[str, str, str]]
    gone: list[tuple[str, str | None, str, float]]      # old id, new id, kind, share
    standing: set[str] | None                           # ids that stand now; None where nothing changed
    corrected: frozenset[str] = frozenset()             # of the old ids, those that `same` or `not_same` did away with


def compare(last: Path | None, draft: Path) -> Comparison:
    """Compare the draft with the last snapshot (None: every row of the draft is added)."""
    changes: list[tuple[str, str, str]] = []
    gone: list[tuple[str, str | None, str, float]] = []
    corrected = set[str]()
    con = duckdb.connect(config={"threads": 1})
    for name, (key, columns) in _COMPARED.items():
        found = con.execute(_difference(last, draft, name, key, columns)).fetchall()
        changes += [(name, row_id, change) for row_id, change in found]
        lost = [row_id for row_id, change in found if change == "removed"]
        if last and lost and name in _KINDS:
            gone += _heirs(con, (last, draft), _KINDS[name], lost)
            corrected |= _corrected(con, (last, draft), _KINDS[name])
    standing = {row_id for name in _KINDS for row_id in _ids(draft, name)}
    con.close()
    return Comparison(sorted(changes), gone, standing, frozenset(corrected))


def _difference(last: Path | None, draft: Path, name: str, key: str, columns: str) -> str:
    """SQL of (id, change) for every row that is not as it was."""
    before = f"(SELECT {columns} FROM {_files(last, name)})" if last else f"(SELECT {columns} FROM {_files(draft, name)} LIMIT 0)"
    return (
        f"SELECT coalesce(o.{key}, n.{key}), CASE WHEN o.{key} IS NULL THEN 'added' WHEN n.{key} IS NULL THEN 'removed' "
        f"ELSE 'changed' END FROM {before} o FULL JOIN (SELECT {columns} FROM {_files(draft, name)}) n ON o.{key} = n.{key} "
        "WHERE o IS DISTINCT FROM n ORDER BY ALL"
    )


def _files(snapshot: Path, name: str) -> str:
    return f"read_parquet('{str(snapshot / name).replace(chr(39), chr(39) * 2)}/**/*.parquet')"


def _ids(snapshot: Path, name: str) -> list[str]:
    key = _COMPARED[name][0]
    return [str(row_id) for row_id in pq.read_table(snapshot / name, columns=[key])[key].to_pylist()]


def enter(last: Path | None, run_id: str, found: Comparison) -> dict[str, pa.Table]:
    """`redirects` and `changes` after a run: older redirects follow their heirs, and those of standing ids go."""
    heirs: dict[str, list[tuple[str | None, float]]] = {}
    for old, new, _, share in found.gone:
        heirs.setdefault(old, []).append((new, share))
    standing = found.standing or set()
    rows = [row for row in _followed(_before(last, "redirects"), heirs) if row[0] not in standing]
    reasons = {old: _reason(found_heirs, old in found.corrected) for old, found_heirs in heirs.items()}
    rows += [(old, new, kind, share, run_id, reasons[old]) for old, new, kind, share in found.gone]
    changes = sorted([*_before(last, "changes"), *((run_id, *row) for row in found.changes)])
    return {
        "redirects": _table(REDIRECTS.schema, sorted(rows, key=lambda r: (r[0], r[1] or ""))),
        "changes": _table(CHANGES.schema, changes),
    }


def tables(manifest: Manifest, run: dict[str, Any]) -> dict[str, pa.Table]:
    """The run tables that the manifest keeps, by name, with the row of the run that is about to end."""
    rejects = [(*r[:5], _stamp(r[5]), _stamp(r[6]), r[7]) for r in manifest.rejects()]
    runs = [json.loads(r) for r in manifest.runs()]
    rows = [_run(r) for r in runs if r["run_id"] != run["run_id"]]
    return {
        "rejects": _table(REJECTS.schema, rejects), "runs": pa.Table.from_pylist([*rows, _run(run)], schema=RUNS.schema),
    }


def reconcile(manifest: Manifest, last: Path | None) -> None:
    """A run that was killed between its snapshot's becoming current and its own entry is entered as its snapshot has it."""
    known = {row["run_id"]: row for row in map(json.loads, manifest.runs())}
    if last is None or known.get(last.name, {}).get("status") == "done":
        return
    for row in _read(last, "runs").to_pylist():
        if row["run_id"] == last.name:
            stamps = {name: row[name] and row[name].isoformat() for name in ("started", "finished")}
            seconds = dict(row["seconds_per_stage"])
            manifest.put_run(last.name, stamps["started"], json.dumps({**row, **stamps, "seconds_per_stage": seconds}))


def _before(last: Path | None, name: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in _read(last, name).to_pylist()] if last else []


def _read(snapshot: Path, name: str) -> pa.Table:
    return pq.read_table(snapshot / name)


def _heirs(
    con: duckdb.DuckDBPyConnection, snapshots: tuple[Path, Path], kind: str, lost: list[str]
) -> list[tuple[str, str | None, str, float]]:
    """Where the members of the lost ids are now, with their shares of those that stand; null where none does."""
    table, member, key = _MEMBERS[kind]
    last, draft = (_files(s, table) for s in snapshots)
    con.register("lost", pa.table({"id": pa.array(lost, pa.string())}))
    rows = con.execute(
        f"SELECT o.{key} AS old, n.{key} AS new, count(*) AS n FROM {last} o JOIN lost ON lost.id = o.{key} "
        f"LEFT JOIN {draft} n USING ({member}) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    heirs: dict[str, list[tuple[str, int]]] = {old: [] for old in lost}
    for old, new, count in rows:
        if new is not None:
            heirs[old].append((new, count))
    return [row for old, found in heirs.items() for row in _shares(old, kind, found)]


def _corrected(con: duckdb.DuckDBPyConnection, snapshots: tuple[Path, Path], kind: str) -> set[str]:
    """Of the lost ids (`lost`), those with a member that a correction joins or parts now and did not before, or the other way."""
    table, member, key = _MEMBERS[kind]
    last, draft = (_files(s, table) for s in snapshots)
    says = "regexp_extract({0}.method, '[+]correction_(not_)?same')"
    rows = con.execute(
        f"SELECT DISTINCT o.{key} FROM {last} o JOIN lost ON lost.id = o.{key} JOIN {draft} n USING ({member}) "
        f"WHERE {says.format('o')} <> {says.format('n')}"
    ).fetchall()
    return {str(old) for (old,) in rows}


def _shares(old: str, kind: str, found: list[tuple[str, int]]) -> list[tuple[str, str | None, str, float]]:
    total = sum(n for _, n in found)
    return [(old, new, kind, round(n / total, 4)) for new, n in found] or [(old, None, kind, 0.0)]


def _followed(
    redirects: Iterable[tuple[Any, ...]], heirs: Mapping[str, list[tuple[str | None, float]]]
) -> list[tuple[Any, ...]]:
    """Older redirects to ids that are gone now lead on to their heirs, with shares of what still stands somewhere: where one of
    two heirs is removed, the other has the whole."""
    kept: dict[str, dict[str, float]] = {}
    last: dict[str, tuple[Any, ...]] = {}
    for old, new, kind, share, run_id, reason in redirects:
        parts, last[old] = kept.setdefault(old, {}), (kind, run_id, reason)
        for heir, part in heirs.get(new, [(new, 1.0)]):
            if heir is not None:
                parts[heir] = parts.get(heir, 0.0) + share * part
    return [row for old, parts in kept.items() for row in _whole(old, parts, *last[old])]


def _whole(old: str, parts: Mapping[str, float], kind: str, run_id: str, reason: str) -> list[tuple[Any, ...]]:
    """The rows of an id by the parts its heirs have, scaled to one; one row to null where it has no heirs."""
    total = sum(parts.values())
    rows = [(old, heir, kind, round(part / total, 4), run_id, reason) for heir, part in parts.items()]
    return rows or [(old, None, kind, 0.0, run_id, "removed")]


def _reason(heirs: list[tuple[str | None, float]], corrected: bool) -> str:
    if heirs[0][0] is None:
        return "removed"
    if corrected:
        return "corrected"
    return "merged" if len(heirs) == 1 else "split"


def _table(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    arrays = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _stamp(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _run(row: dict[str, Any]) -> dict[str, Any]:
    finished = row["finished"]
    seconds = sorted(row["seconds_per_stage"].items())
    return {**row, "started": _stamp(row["started"]), "finished": finished and _stamp(finished), "seconds_per_stage": seconds}
