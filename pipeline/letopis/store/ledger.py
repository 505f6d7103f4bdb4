"""The ledger: what a run changed, which ids no longer stand and where their members went.

Redirects come from comparing the members (mentions) of the last snapshot with those of the new one. They stay closed: each
leads to a standing id in one step, or to null when nothing of it is left; an id that comes back loses its redirect.
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
_KINDS = {"entities": ("entity", "entity_id"), "events": ("event", "event_id")}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two snapshots: rows of `changes` without the run, and the ids that are gone with their heirs."""

    changes: list[tuple[str, str, str]]
    gone: list[tuple[str, str | None, str, float]]      # old id, new id, kind, share
    standing: set[str]


def compare(
    last: Path | None, draft: Path, tables: Mapping[str, pa.Table], new: Iterable[str], changed: Iterable[str]
) -> Comparison:
    """Compare the draft with the last snapshot."""
    changes = [("documents", d, "added") for d in new] + [("documents", d, "changed") for d in changed]
    gone: list[tuple[str, str | None, str, float]] = []
    standing: set[str] = set()
    for name, (kind, key) in _KINDS.items():
        now = _rows(tables[name], key)
        before = _rows(_read(last, name), key) if last else {}
        standing |= now.keys()
        differing = [i for i in before.keys() | now.keys() if before.get(i) != now.get(i)]
        changes += [(name, i, _change(before, now, i)) for i in differing]
        lost = sorted(before.keys() - now.keys())
        if lost and last:
            gone += _heirs(last, draft, kind, lost)
    return Comparison(sorted(changes), gone, standing)


def enter(manifest: Manifest, run_id: str, found: Comparison) -> None:
    """Enter the comparison into the manifest; older redirects follow their heirs and those of standing ids go."""
    heirs: dict[str, list[tuple[str | None, float]]] = {}
    for old, new, _, share in found.gone:
        heirs.setdefault(old, []).append((new, share))
    rows = [row for row in _followed(manifest.redirects(), heirs) if row[0] not in found.standing]
    rows += [(old, new, kind, share, run_id, _reason(heirs[old])) for old, new, kind, share in found.gone]
    manifest.put_redirects(sorted(rows, key=lambda r: (r[0], r[1] or "")))
    manifest.put_changes(run_id, found.changes)


def tables(manifest: Manifest) -> dict[str, pa.Table]:
    """The run tables, by name."""
    rejects = [(*r[:5], _stamp(r[5]), _stamp(r[6]), r[7]) for r in manifest.rejects()]
    return {
        "redirects": _table(REDIRECTS.schema, manifest.redirects()),
        "changes": _table(CHANGES.schema, manifest.changes()),
        "rejects": _table(REJECTS.schema, rejects),
        "runs": pa.Table.from_pylist([_run(json.loads(r)) for r in manifest.runs()], schema=RUNS.schema),
    }


def _change(before: Mapping[str, Any], now: Mapping[str, Any], key: str) -> str:
    if key not in before:
        return "added"
    return "changed" if key in now else "removed"


def _rows(table: pa.Table, key: str) -> dict[str, Any]:
    return {row[key]: row for row in table.to_pylist()}


def _read(snapshot: Path, name: str) -> pa.Table:
    return pq.read_table(snapshot / name)


def _heirs(last: Path, draft: Path, kind: str, lost: list[str]) -> list[tuple[str, str | None, str, float]]:
    """Where the members of the lost ids are now, with their shares of those that stand; null where none does."""
    table, member, key = _MEMBERS[kind]
    con = duckdb.connect(config={"threads": 1})
    con.register("lost", pa.table({"id": pa.array(lost, pa.string())}))
    rows = con.execute(
        f"SELECT o.{key} AS old, n.{key} AS new, count(*) AS n FROM read_parquet('{last / table}/**/*.parquet') o "
        f"JOIN lost ON lost.id = o.{key} LEFT JOIN read_parquet('{draft / table}/**/*.parquet') n USING ({member}) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    con.close()
    heirs: dict[str, list[tuple[str, int]]] = {old: [] for old in lost}
    for old, new, count in rows:
        if new is not None:
            heirs[old].append((new, count))
    return [row for old, found in heirs.items() for row in _shares(old, kind, found)]


def _shares(old: str, kind: str, found: list[tuple[str, int]]) -> list[tuple[str, str | None, str, float]]:
    total = sum(n for _, n in found)
    return [(old, new, kind, round(n / total, 4)) for new, n in found] or [(old, None, kind, 0.0)]


def _followed(
    redirects: Iterable[tuple[Any, ...]], heirs: Mapping[str, list[tuple[str | None, float]]]
) -> list[tuple[Any, ...]]:
    """Older redirects to ids that are gone now lead on to their heirs."""
    out: dict[tuple[str, str | None], tuple[Any, ...]] = {}
    for old, new, kind, share, run_id, reason in redirects:
        for heir, part in heirs.get(new, [(new, 1.0)]):
            before = out.get((old, heir))
            total = round(share * part + (before[3] if before else 0.0), 4)
            out[old, heir] = (old, heir, kind, total, run_id, "removed" if heir is None else reason)
    return list(out.values())


def _reason(heirs: list[tuple[str | None, float]]) -> str:
    if heirs[0][0] is None:
        return "removed"
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
