"""Units on a Dask cluster of real worker processes: the bytes of a local run, also when workers are killed in mid-run."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

pytest.importorskip("distributed")

from distributed import LocalCluster

from letopis.cli import Code, app
from letopis.config import Config
from letopis.run import cluster
from letopis.run.unit import Job, annotate_unit
from tests.conftest import document, night
from tests.run.made import make_corpus
from tests.run.same import assert_sound, bytes_of, table

SMALL = Config(unit_characters=600)   # about four of the made articles
KILLS = 4


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """Two worker processes of one thread under their nannies."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as found:
        yield found


def test_documents_wait_as_they_are(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    full = document("Текст — как он есть.\r\n", title="Заголовок", published=None)
    full = type(full)(**{f: getattr(full, f) for f in full.__slots__} | {  # type: ignore[attr-defined]
        "sections": ("а", "б"), "keywords": (), "published": datetime(2024, 5, 1, 23, 59, 1, 5, tzinfo=UTC), "record": "3",
    })
    ticket = cluster._leave(Job(tmp_path, "u", (full, document("Второй."))))
    assert cluster._waiting(ticket) == (full, document("Второй."))
    assert len(repr(ticket)) < 2000       # a path goes over the network, no text


def test_killed_workers_cost_nothing(workers: Any, tmp_path: Path) -> None:
    folder = make_corpus(tmp_path / "corpus", 60)
    night(folder, tmp_path / "local", config=SMALL)
    pids = set(living(workers))
    killed: list[int] = []
    over = threading.Event()
    thread = threading.Thread(target=kill, args=(workers, tmp_path / "cluster", killed, over))
    thread.start()
    try:
        night(folder, tmp_path / "cluster", config=SMALL, address=workers.scheduler_address)
    finally:
        over.set()
        thread.join()
    assert len(killed) == KILLS
    assert set(killed) & pids
    assert bytes_of(tmp_path / "cluster") == bytes_of(tmp_path / "local")
    assert table(tmp_path / "cluster", "documents").path.is_unique
    assert len(table(tmp_path / "cluster", "documents")) == 60
    assert len(table(tmp_path / "cluster", "rejects")) == 0
    assert_sound(tmp_path / "cluster")
    assert not list((tmp_path / "cluster" / ".units").glob(".*"))


def living(found: Any) -> list[int]:
    """Processes of the workers that are up."""
    return [nanny.pid for nanny in found.workers.values() if nanny.pid]


def kill(found: Any, out: Path, killed: list[int], over: threading.Event) -> None:
    """SIGKILL one worker after the other, each when a unit more has been finished."""
    while not over.is_set() and len(killed) < KILLS:
        done = list((out / ".units").glob("[!.]*"))
        up = [pid for pid in living(found) if pid not in killed]
        if len(done) > len(killed) and up:
            killed.append(up[len(killed) % len(up)])
            os.kill(killed[-1], signal.SIGKILL)
        time.sleep(0.05)


def test_a_cluster_that_goes_ends_the_run_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ALONE", 1.0)
    monkeypatch.setattr(cluster, "LOOK", 0.5)
    folder = make_corpus(tmp_path / "corpus", 24)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as found:
        thread = threading.Thread(target=close_after_some, args=(found, tmp_path / "out"))
        thread.start()
        with pytest.raises(cluster.ClusterFailed):
            night(folder, tmp_path / "out", config=SMALL, address=found.scheduler_address)
        thread.join()
    done = night(folder, tmp_path / "out", config=SMALL)
    assert done.new < 24                  # the rest was finished before
    night(folder, tmp_path / "clean", config=SMALL)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "clean")


def close_after_some(found: Any, out: Path) -> None:
    while len(list((out / ".units").glob("[!.]*"))) < 3:
        time.sleep(0.05)
    found.close()


def test_a_unit_that_another_has_finished_stands(tmp_path: Path) -> None:
    job = Job(tmp_path, "u", (document("В Самаре открылась выставка."),))
    first = annotate_unit(job)
    before = {p: (p.stat().st_ino, p.read_bytes()) for p in (tmp_path / ".units" / "u").iterdir()}
    assert annotate_unit(job).kept == first.kept == (0,)
    assert {p: (p.stat().st_ino, p.read_bytes()) for p in (tmp_path / ".units" / "u").iterdir()} == before
    assert [p.name for p in (tmp_path / ".units").iterdir()] == ["u"]


def test_a_worker_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = cluster._leave(Job(tmp_path, "u", (document("Текст."),)))
    monkeypatch.setattr(cluster, "__version__", "9.9.9")
    with pytest.raises(cluster.ClusterFailed, match=r"letopis:9\.9\.9, not letopis:"):
        cluster.annotate_ticket(ticket)


def test_what_a_command_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    (tmp_path / "a.txt").write_text("В Самаре открылась выставка.", encoding="utf-8")
    call = ["run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(app, [*call, "--executor", "dask"]).exit_code == Code.USAGE
    assert CliRunner().invoke(app, [*call, "--address", "tcp://127.0.0.1:9"]).exit_code == Code.USAGE
    gone = CliRunner().invoke(app, [*call, "--executor", "dask", "--address", "tcp://127.0.0.1:9"])
    assert gone.exit_code == Code.FAILED
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in " ".join(gone.output.split())
