"""Builds the outline of land that the report's map draws: pipeline/letopis/site/static/outline.js.

    python training/outline.py land-50m.json

Contract. The input is `land-50m.json` of the npm package world-atlas 2.0.2 (ISC), made from Natural Earth (public domain). Rings
are simplified, small islands and Antarctica left out, coordinates in tenths of a degree, each ring as a start and steps. The same
file gives the same bytes. There are no borders of states in it, on purpose: whose they are is not ours to say.
"""

import argparse
import json
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "pipeline" / "letopis" / "site" / "static" / "outline.js"
TOLERANCE = 0.13                      # degrees a simplified line may be off
SMALLEST = 0.5                        # square degrees of the box around an island
SOUTHMOST = -58.0                     # Antarctica begins

Point = tuple[float, float]


def rings(topology: dict[str, Any]) -> list[list[Point]]:
    """Every ring of land as longitudes and latitudes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    shapes = [s for g in topology["objects"]["land"]["geometries"] for s in g["arcs"]]
    return [_joined(arcs, ring) for shape in shapes for ring in shape]


def _joined(arcs: list[list[Point]], ring: list[int]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return _unwrapped(points)


def _unwrapped(points: list[Point]) -> list[Point]:
    """A ring that crosses 180 degrees goes on beyond it (Chukotka at 190) and does not jump to -180."""
    found = points[:1]
    for lon, lat in points[1:]:
        turns = round((found[-1][0] - lon) / 360)
        found.append((lon + 360 * turns, lat))
    return found


def simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker: a point is kept where the line without it would be off by more than the tolerance."""
    kept = {0, len(points) - 1}
    work = [(0, len(points) - 1)]
    while work:
        first, last = work.pop()
        off, worst = max(((_distance(points[i], points[first], points[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if off > TOLERANCE:
            kept.add(worst)
            work += [(first, worst), (worst, last)]
    return [points[i] for i in sorted(kept)]


def _distance(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return float(((p[0] - a[0] - share * dx) ** 2 + (p[1] - a[1] - share * dy) ** 2) ** 0.5)


def steps(points: list[Point]) -> list[int]:
    """[x, y, dx, dy, ...] in tenths of a degree."""
    found: list[int] = []
    x = y = 0
    for lon, lat in points:
        px, py = round(lon * 10), round(lat * 10)
        if not found or (px, py) != (x, y):
            found += [px - x, py - y]
        x, y = px, py
    return found


def _large(points: list[Point]) -> bool:
    lons, lats = zip(*points, strict=True)
    return (max(lons) - min(lons)) * (max(lats) - min(lats)) >= SMALLEST and max(lats) > SOUTHMOST


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("land", type=Path)
    found = [steps(simplified(r)) for r in rings(json.loads(parser.parse_args().land.read_text())) if _large(r)]
    head = "// Land of Natural Earth (public domain) through world-atlas (ISC), simplified by training/outline.py; never edited.\n"
    OUT.write_text(f"{head}letopis.outline={json.dumps(found, separators=(',', ':'))};\n")
