"""The quality gate: `python -m letopis.evaluate.gate CORPORA` measures everything again and holds it against the floors.

data/scores.json keeps for each measure the last figure, its 95 % interval and a floor: the lower end of the interval when it was
recorded. A figure under its floor fails. `--update` records what was measured; it raises floors and refuses to lower one.
"""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from letopis.evaluate.measures import MEASURES
from letopis.evaluate.spans import Score, score
from letopis.resources import data_path

FILE = "scores.json"
Record = dict[str, float | int | str]


def main(corpora: Path, *, update: bool) -> int:
    """Measure, print, compare; gives the exit code."""
    before: dict[str, Record] = json.loads(data_path(FILE).read_text(encoding="utf-8"))
    scores = {name: score(measure(corpora)) for name, measure in MEASURES.items()}
    failed = [n for n, s in scores.items() if round(s.f1, 4) < float(before.get(n, {}).get("floor", 0.0))]
    _print(scores, before, failed)
    if failed:
        return 1
    if update:
        after = {name: _record(name, s, before.get(name, {})) for name, s in scores.items()}
        data_path(FILE).write_text(json.dumps(after, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _record(name: str, s: Score, before: Record) -> Record:
    """The new record of a measure; its floor only rises."""
    floor = max(round(s.low, 4), float(before.get("floor", 0.0)))
    return {
        "what": (MEASURES[name].__doc__ or "").split("\n")[0], "f1": round(s.f1, 4), "precision": round(s.precision, 4),
        "recall": round(s.recall, 4), "low": round(s.low, 4), "high": round(s.high, 4), "gold": s.gold, "floor": floor,
    }


def _print(scores: dict[str, Score], before: dict[str, Record], failed: list[str]) -> None:
    sheet = Table("measure", "precision", "recall", "F1", "95 % interval", "gold", "floor", "")
    for name, s in scores.items():
        figures = (f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", f"{s.low:.3f} to {s.high:.3f}", str(s.gold))
        floor = before.get(name, {}).get("floor")
        sheet.add_row(name, *figures, "-" if floor is None else f"{float(floor):.3f}", "UNDER ITS FLOOR" if name in failed else "")
    Console(width=120).print(sheet)


if __name__ == "__main__":
    words = [w for w in sys.argv[1:] if w != "--update"]
    sys.exit(main(Path(words[0] if words else "../shared/corpora"), update="--update" in sys.argv))
