"""Make the outlines of a map from a TopoJSON file: simplified, with a point for each label.

    python tools/geometry.py states-albers-10m.json states.csv outlines.csv

The first file is a projected topology whose objects carry a name (us-atlas 3, ISC, from the public-domain boundaries of
the Census Bureau); the second names the units (``code,name``); the third is written. Arcs are simplified once, so that
neighbours keep one border. A label stands at the pole of inaccessibility: the point of the largest ring that is
farthest from its edge (V. Agafonkin, polylabel, 2016), since the centroid of a crooked unit may lie outside it.
"""

from __future__ import annotations

import csv
import heapq
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]

TOLERANCE = 0.3  # of 975 units of width: what a simplified border may stray
LEAST = 1.6  # square units: a smaller island is left out, unless the unit has no larger one
STEP = 10  # coordinates are written in tenths
SOURCE = "us-atlas 3 (ISC), from the Census Bureau's cartographic boundaries of 2017, public domain; tools/geometry.py"


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs as lists of points."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def simplified(points: list[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """The points that a line needs to stay within the tolerance (Douglas and Peucker, 1973)."""
    if points[0] == points[-1] and len(points) > 3:
        far = max(range(len(points)), key=lambda at: math.dist(points[0], points[at]))
        return simplified(points[: far + 1], tolerance)[:-1] + simplified(points[far:], tolerance)
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        worst, at = 0.0, 0
        for place in range(first + 1, last):
            away = to_segment(points[place], points[first], points[last])
            if away > worst:
                worst, at = away, place
        if worst > tolerance:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [points[at] for at in sorted(kept)]


def to_segment(point: Point, a: Point, b: Point) -> float:
    """How far a point is from a segment."""
    (x, y), (ax, ay), (bx, by) = point, a, b
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / long)) if long else 0.0
    return math.hypot(x - ax - t * dx, y - ay - t * dy)


def rings(geometry: dict[str, Any], arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The outer rings of a geometry, holes after them."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc if not points else arc[1:]
            yield points


def area(points: list[Point]) -> float:
    """The area of a ring."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))) / 2


def inside(x: float, y: float, points: list[Point]) -> bool:
    """Whether a point lies in a ring."""
    found = False
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def depth(x: float, y: float, points: list[Point]) -> float:
    """How deep a point lies in a ring, negative outside."""
    away = min(to_segment((x, y), a, b) for a, b in zip(points, points[1:] + points[:1], strict=True))
    return away if inside(x, y, points) else -away


def pole(points: list[Point], precision: float = 0.3) -> tuple[float, float, float]:
    """The point of a ring farthest from its edge, and how far that is."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    size = min(right - left, bottom - top)
    half = size / 2
    waiting: list[tuple[float, float, float, float]] = []
    best = (-math.inf, 0.0, 0.0)

    def look(x: float, y: float, half: float) -> None:
        nonlocal best
        deep = depth(x, y, points)
        best = max(best, (deep, x, y))
        heapq.heappush(waiting, (-(deep + half * math.sqrt(2)), x, y, half))

    x = left
    while x < right:
        y = top
        while y < bottom:
            look(x + half, y + half, half)
            y += size
        x += size
    while waiting:
        most, x, y, half = heapq.heappop(waiting)
        if -most - best[0] <= precision:
            continue
        half /= 2
        for dx in (-half, half):
            for dy in (-half, half):
                look(x + dx, y + dy, half)
    return best[1], best[2], best[0]


def path(ring: list[Point]) -> str:
    """A ring as an SVG path in whole tenths, relative, as short as it can be written."""
    whole = [(round(x * STEP), round(y * STEP)) for x, y in ring]
    said = ""
    last: tuple[int, int] | None = None
    for x, y in whole[:-1]:
        if last is None:
            said += f"M{x}{number(y)}l"
        elif (x, y) != last:
            gap = "" if said.endswith("l") or x < last[0] else " "
            said += f"{gap}{x - last[0]}{number(y - last[1])}"
        last = (x, y)
    return said + "z"


def number(value: int) -> str:
    """A number after another: a minus needs no space before it."""
    return str(value) if value < 0 else f" {value}"


def main(topology: str, units: str, out: str) -> None:
    """Write the outlines."""
    data = json.loads(Path(topology).read_text(encoding="utf-8"))
    with Path(units).open(encoding="utf-8", newline="") as handle:
        codes = {row["name"]: row["code"] for row in csv.DictReader(handle)}
    arcs = [simplified(arc) for arc in decoded(data)]
    rows = []
    for geometry in data["objects"]["states"]["geometries"]:
        code = codes.get(geometry["properties"]["name"])
        if code is None:
            continue
        found = sorted(rings(geometry, arcs), key=area, reverse=True)
        kept = [ring for ring in found if area(ring) >= LEAST] or found[:1]
        x, y, radius = pole(kept[0][:-1])
        rows.append((code, f"{x:.1f}", f"{y:.1f}", f"{radius:.1f}", "".join(map(path, kept)), SOURCE))
    with Path(out).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("unit", "label_x", "label_y", "radius", "path", "source"))
        writer.writerows(sorted(rows))
    print(f"{len(rows)} outlines, {sum(len(row[4]) for row in rows):,} letters of paths")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
