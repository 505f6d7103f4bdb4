"""Tables of the runs: `redirects`, `changes`, `rejects`, `runs`."""

import pyarrow as pa

from letopis.schema.table import FLOAT, LONG, STAMP, STRING, Column, Table

REDIRECTS = Table(
    "redirects",
    "One id that no longer stands.",
    (
        Column("old_id", STRING, "The id that is gone.", False),
        Column("new_id", STRING, "A standing id; null when removed."),
        Column("kind", STRING, "What it named.", False, ("entity", "event")),
        Column("share", FLOAT, "Share of its members that went there.", False),
        Column("run_id", STRING, "The run that did it.", False, references="runs.run_id"),
        Column("reason", STRING, "Why.", False, ("merged", "split", "corrected", "removed")),
    ),
    ("old_id", "new_id"),
    "run",
)

CHANGES = Table(
    "changes",
    "What a run did.",
    (
        Column("run_id", STRING, "The run.", False, references="runs.run_id"),
        Column("table_name", STRING, "Where.", False, ("documents", "entities", "events")),
        Column("id", STRING, "Key of the row.", False),
        Column("change", STRING, "What happened to it.", False, ("added", "changed", "removed")),
    ),
    ("run_id", "table_name", "id"),
    "run",
)

REJECTS = Table(
    "rejects",
    "One document or record that could not be processed, or whose header could not be read.",
    (
        Column("path", STRING, "File, relative to its input root.", False),
        Column("record", STRING, "Number of the record, from 1."),
        Column("stage", STRING, "Where it failed.", False),
        Column("error", STRING, "Short code.", False),
        Column("message", STRING, "What is wrong, for a person.", False),
        Column("first_seen", STAMP, "First run that met it.", False),
        Column("last_seen", STAMP, "Last run that met it.", False),
        Column("attempts", LONG, "Times it was tried.", False),
    ),
    ("path", "record", "stage", "error"),
    "run",
)

RUNS = Table(
    "runs",
    "One run.",
    (
        Column("run_id", STRING, "When it started, and a random part.", False),
        Column("started", STAMP, "UTC.", False),
        Column("finished", STAMP, "UTC; null while it runs or where it was killed."),
        Column("status", STRING, "How it ended.", False, ("done", "failed", "interrupted")),
        Column("pipeline_version", STRING, "Version of letopis.", False),
        Column("schema_version", STRING, "Version of the tables.", False),
        Column("config_sha256", STRING, "Of the configuration in force.", False),
        Column("model_versions", STRING, "Names and hashes of the models.", False),
        Column("fingerprint", STRING, "Of all that makes a document's rows: `documents.fingerprint` of those it annotated."),
        Column("stage_versions", STRING, "Names and versions of the stages."),
        Column("new", LONG, "Documents annotated for the first time.", False),
        Column("changed", LONG, "Documents annotated again.", False),
        Column("removed", LONG, "Documents taken out.", False),
        Column("missing", LONG, "Documents kept whose file has gone.", False),
        Column("unchanged", LONG, "Documents kept as they were.", False),
        Column("stale", LONG, "Documents kept whose rows another fingerprint made."),
        Column("rejected", LONG, "Rows this run added to `rejects` or met again.", False),
        Column("seconds_per_stage", pa.map_(STRING, FLOAT), "Wall seconds a stage.", False),
        Column("documents_per_second", FLOAT, "New and changed documents a second of the whole run."),
        Column("bytes_rewritten", LONG, "Bytes of tables written, not linked; null where the run was killed."),
    ),
    ("run_id",),
    "run",
)

