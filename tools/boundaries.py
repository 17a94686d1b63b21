"""Make `corpus/boundaries.json` from municipal boundaries in GeoJSON (WGS84, keyed by ``gemeenteCode``).

    python tools/boundaries.py boundaries.geojson

The boundaries are public data of CBS and Kadaster, to be named as source wherever they are drawn. What is written is
TopoJSON: every stretch of boundary once, rounded to a thousandth of a degree (some hundred metres), as differences.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "corpus" / "boundaries.json"
SCALE = 0.001
"""Degrees in a step."""
Point = tuple[int, int]
Line = tuple[Point, ...]


def rings(geometry: dict[str, Any]) -> Iterator[Iterator[Line]]:
    """Yield polygons, each as its rings: closed lines of rounded points, without the last."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield (ring for ring in map(_rounded, polygon) if len(ring) > 2)


def topology(features: dict[str, list[list[Line]]]) -> dict[str, Any]:
    """Return the boundaries as TopoJSON: arcs between the points where three boundaries meet, each once."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for polygons in features.values():
        for ring in (r for polygon in polygons for r in polygon):
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
                neighbours[a].add(b)
                neighbours[b].add(a)
    arcs: dict[Line, int] = {}
    shapes = {
        code: [[_indices(ring, neighbours, arcs) for ring in polygon] for polygon in polygons]
        for code, polygons in sorted(features.items())
    }
    return {
        "type": "Topology",
        "source": "Bron: CBS / Kadaster",
        "transform": {"scale": [SCALE, SCALE], "translate": [0, 0]},
        "arcs": [_differences(arc) for arc in arcs],
        "objects": {
            "gemeenten": {
                "type": "GeometryCollection",
                "geometries": [{"type": "MultiPolygon", "id": c, "arcs": polygons} for c, polygons in shapes.items()],
            }
        },
    }


def _rounded(ring: list[list[float]]) -> Line:
    points = [(round(x / SCALE), round(y / SCALE)) for x, y, *_height in ring]
    kept = [p for p, before in zip(points, [None, *points], strict=False) if p != before]
    return tuple(kept[:-1] if kept[0] == kept[-1] else kept)


def _indices(ring: Line, neighbours: dict[Point, set[Point]], arcs: dict[Line, int]) -> list[int]:
    """Return the ring as arcs; ``~i`` is arc ``i`` the other way round, as TopoJSON has it."""
    cuts = [i for i, point in enumerate(ring) if len(neighbours[point]) != 2]
    start = cuts[0] if cuts else ring.index(min(ring))
    turned = (*ring[start:], *ring[: start + 1])
    ends = [i - start for i in cuts[1:]] + [len(ring)]
    found, begin = [], 0
    for end in ends:
        arc = turned[begin : end + 1]
        back = arc[::-1]
        if back in arcs:
            found.append(~arcs[back])
        else:
            found.append(arcs.setdefault(arc, len(arcs)))
        begin = end
    return found


def _differences(arc: Line) -> list[list[int]]:
    first = [list(arc[0])]
    return first + [[b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc)]


def main(source: Path) -> None:
    """Write the boundaries of a GeoJSON file into the package."""
    collection = json.loads(source.read_text(encoding="utf-8"))
    features = {
        f["properties"]["gemeenteCode"]: [list(p) for p in rings(f["geometry"])] for f in collection["features"]
    }
    made = json.dumps(topology(features), separators=(",", ":"))
    TARGET.write_text(made + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(features)} gemeenten, {len(made):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
