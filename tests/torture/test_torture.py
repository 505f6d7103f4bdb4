"""Ten broken nights, every phase and every fault among them; `make torture` is the whole of it. A minute and a half."""

import subprocess
import sys
from pathlib import Path

from tests.run.steps import STAGES
from tests.torture.torture import FAULTS, Point, points

ROOT = Path(__file__).resolve().parent.parent.parent


def test_two_hundred_points_are_spread_over_phases_and_faults() -> None:
    chosen = points(200, dict.fromkeys(STAGES, 30), FAULTS)
    assert all(sum(p.phase == phase for p in chosen) >= 20 for phase in STAGES)
    assert all(sum(p.fault == fault for p in chosen) == 40 for fault in FAULTS)
    assert chosen == points(200, dict.fromkeys(STAGES, 30), FAULTS)
    assert all(isinstance(p, Point) and 1 <= p.step <= 30 for p in chosen)


def test_broken_nights_are_mended_by_the_next() -> None:
    command = [sys.executable, "-m", "tests.torture.torture", "20", "0", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    assert "nights broken" in done.stdout and done.stdout.count("ok ") >= 4
