"""The boundaries of the Dutch municipalities (division of 2023-2026), simplified, to draw on a map.

Public data of CBS and Kadaster: `SOURCE` stands under every map. ``boundaries.json`` is made by
``tools/boundaries.py``.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.municipalities import municipalities

SOURCE = "Bron: CBS / Kadaster"
_MIDDLE = math.radians(52.2)
"""Latitude at which the map's width is true: the middle of the country."""
Line = tuple[tuple[float, float], ...]
"""Points: degrees of latitude from west to east and from north to south."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The rings of each municipality by CBS code, and the lines of coast and border and between provinces."""

    rings: Mapping[str, tuple[Line, ...]]
    outline: tuple[Line, ...]
    provinces: tuple[Line, ...]


@cache
def boundaries() -> Boundaries:
    """Return all boundaries, in a plane: equirectangular, true to scale in the middle of the country."""
    topology = json.loads(files("corpus").joinpath("boundaries.json").read_text(encoding="utf-8"))
    scale = topology["transform"]["scale"]
    arcs = [_line(arc, scale) for arc in topology["arcs"]]
    shapes = {
        g["id"]: [ring for polygon in g["arcs"] for ring in polygon]
        for g in topology["objects"]["gemeenten"]["geometries"]
    }
    province = {m.code: m.province for m in municipalities()}
    users: dict[int, set[str]] = {}
    uses: Counter[int] = Counter()
    for code, rings in shapes.items():
        for arc in (a if a >= 0 else ~a for ring in rings for a in ring):
            uses[arc] += 1
            users.setdefault(arc, set()).add(province.get(code, ""))
    return Boundaries(
        rings={code: tuple(_joined(ring, arcs) for ring in rings) for code, rings in shapes.items()},
        outline=tuple(arcs[i] for i, count in sorted(uses.items()) if count == 1),
        provinces=tuple(arcs[i] for i, names in sorted(users.items()) if len(names) > 1),
    )


def middle(rings: Sequence[Line]) -> tuple[float, float]:
    """Return the centre of gravity of the largest ring."""
    ring = max(rings, key=lambda r: abs(_area(r)))
    area = _area(ring)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    return x / (6 * area), y / (6 * area)


def _area(ring: Line) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _line(arc: Sequence[Sequence[int]], scale: Sequence[float]) -> Line:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] * math.cos(_MIDDLE), -y * scale[1]))
    return tuple(points)


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    points: list[tuple[float, float]] = []
    for i in ring:
        points += arcs[i] if i >= 0 else arcs[~i][::-1]
        points.pop()  # the next arc begins where this one ends
    return tuple(points)
