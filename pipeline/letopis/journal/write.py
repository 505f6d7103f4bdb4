"""Writes the journal of a run that has published: `journal/<run_id>.html` and `.json`, `latest.html`, and the night's profile.

Profiles are counts that name nobody; they stay for NIGHTS nights, also where `letopis forget` takes the pages away. A page that
cannot be written is an alarm of the disk and no failure of the run: its tables are published.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from letopis.journal.alarms import Alarm, alarms, documents_of
from letopis.journal.facts import facts
from letopis.journal.night import Night, Row
from letopis.journal.page import page
from letopis.journal.profile import Drift, Profile, drifts, pooled, profile_of
from letopis.journal.suspects import suspects
from letopis.run.publication import JOURNAL
from letopis.run.request import STAMP, Request, Run

PROFILES = ".profiles"
NIGHTS = 30                           # with documents, that tonight is compared with
LATEST = "latest.html"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a night's journal."""

    alarms: list[Alarm]
    page: Path | None                 # None where none is kept


def write_night(request: Request, run: Run) -> Written:
    """Judge the run and leave its page. Raises OSError where the journal cannot be written."""
    night = Night(request.out, run.run_id)
    try:
        tonight, kept = profile_of(night), _profiles(request.out, run.run_id)
        drifted, compared = _compare(tonight, kept, request)
        suspected = suspects(night, documents_of(run), request.config)
        found = alarms(run, request.out, request.config, drifted, suspected)
        told = facts(night, run, request.config, (found, drifted, compared)) if request.config.journal_days else None
    finally:
        night.close()
    if tonight.documents:
        _write(request.out / JOURNAL / PROFILES / f"{run.run_id}.json", json.dumps(tonight.as_json(), ensure_ascii=False))
    written = _write_page(request, run, told) if told is not None else None
    _remove_old(request.out / JOURNAL, request.config.journal_days)
    return Written(found, written)


def _compare(tonight: Profile, kept: Sequence[Mapping[str, Any]], request: Request) -> tuple[list[Drift], dict[str, int]]:
    before = pooled(kept)
    found = drifts(tonight, before, documents=request.config.drift_documents)
    return found, {"documents": tonight.documents, "nights": len(kept), "before": before.documents}


def _profiles(out: Path, run_id: str) -> list[Mapping[str, Any]]:
    """Those of the last NIGHTS nights before this one; one that cannot be read is as none."""
    found: list[Mapping[str, Any]] = []
    for file in sorted((f for f in (out / JOURNAL / PROFILES).glob("*.json") if f.stem < run_id), reverse=True)[:NIGHTS]:
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            pooled([kept])
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
        found.append(kept)
    return found


def _write_page(request: Request, run: Run, told: Mapping[str, Any]) -> Path:
    folder = request.out / JOURNAL
    _write(folder / f"{run.run_id}.json", json.dumps(told, ensure_ascii=False, indent=1))
    text = page(told, lambda row: _address(row, request.inputs))
    _write(folder / f"{run.run_id}.html", text)
    _write(folder / LATEST, text)
    return folder / f"{run.run_id}.html"


def _address(row: Row, inputs: Sequence[Path]) -> str | None:
    """The article's own address, or the file that it came from."""
    if re.match(r"https?://", row["url"] or "", re.IGNORECASE):
        return str(row["url"])
    files = ((p / row["path"] if p.is_dir() else p.with_name(row["path"])).absolute() for p in inputs)
    return next((f.as_uri() for f in files if row["path"] and ".." not in row["path"].split("/") and f.is_file()), None)


def _write(path: Path, text: str) -> None:
    """A file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    draft.write_text(text, encoding="utf-8", errors="replace")
    draft.replace(path)


def _remove_old(folder: Path, days: float) -> None:
    """Pages beyond their days and profiles beyond NIGHTS; files that are not the journal's stay."""
    limit = f"{datetime.now(UTC) - timedelta(days=days):{STAMP}}"
    old = [f for f in folder.glob("*") if re.fullmatch(r"\d{8}T\d{6}-\w+\.(html|json)", f.name) and f.name < limit]
    for file in [*old, *sorted((folder / PROFILES).glob("*.json"))[:-NIGHTS]]:
        file.unlink()
