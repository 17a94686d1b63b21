"""Which principles meet: nodes on a ring, an edge for every grade of tension between two of them."""

import math
from collections.abc import Sequence
from itertools import combinations

from outputs.figures.canvas import INK, SCALE, SMALL, SOFT, WARM, WIDTH, Canvas, canvas, folded
from outputs.figures.drawing import Drawing
from outputs.sheet import Sheet
from outputs.wording import GRADES, _, number

Edge = tuple[str, str, tuple[int, int, int]]
"""Two principles and how often they meet in grade 4, 3 and 2."""
Point = tuple[float, float]
_LOOKS = ((4, WARM, 1.0), (3, SCALE[5], 1.0), (2, SCALE[2], 0.6))
"""Grade, colour and width in points of one meeting."""
_GAP = 0.06
"""Inches between the edges of one pair."""
_LETTERS = 22
"""Characters of a name on a line."""


def tension_network(relations: Sequence[tuple[str, int, int, int]]) -> Drawing:
    """Draw the principles that meet in the text, as `relation_counts` counts them: ``A × B`` in grade 4, 3 and 2."""
    parts = [(label.split(" × "), counts) for label, *counts in relations]
    edges: list[Edge] = [(p[0], p[1], (n[0], n[1], n[2])) for p, n in parts if len(p) == 2]
    names = _ring(edges)
    radius = 1.2 + 0.05 * len(names)
    letters = max((len(line) for name in names for line in folded(name, _LETTERS).split("\n")), default=0)
    across = min(1.15 * radius, WIDTH / 2 - 0.075 * letters - 0.25)
    middle = (WIDTH / 2, radius + 0.45)
    sheet = canvas(2 * radius + 1.35)
    places = {}
    for i, name in enumerate(names):
        angle = 2 * math.pi * i / max(1, len(names)) - math.pi / 2
        places[name] = (middle[0] + across * math.cos(angle), middle[1] + radius * math.sin(angle))
    for a, b, counts in edges:
        _edge(sheet, (places[a], places[b]), counts, middle)
    for name, (x, y) in places.items():
        sheet.dot(x, y, color=INK, s=46)
        _label(sheet, name, (x, y), middle)
    for i, (grade, colour, _width) in enumerate(_LOOKS):
        x, y = 0.05 + i * 1.7, 2 * radius + 1.08
        sheet.line((x, y), (x + 0.25, y), color=colour, linewidth=2.4 if grade > 2 else 1.4)
        sheet.text(x + 0.32, y, GRADES[grade], fontsize=SMALL)
    key = _("hoe dikker de lijn, hoe vaker; getal: aantal, bij meer dan één lijn in deze volgorde")
    sheet.text(0.05, 2 * radius + 1.25, key, fontsize=SMALL, color=SOFT)
    columns = ("left", "right", "grade_4", "grade_3", "grade_2")
    said = "; ".join(_said(edge) for edge in edges) + "." if edges else ""
    title = _("Spanningen: welke uitgangspunten elkaar in de tekst raken")
    return Drawing(Sheet("spanningen", columns, tuple((a, b, *n) for a, b, n in edges)), title, said, sheet.figure)


def _said(edge: Edge) -> str:
    shown = [f"{GRADES[grade]} {number(n)}" for (grade, _c, _w), n in zip(_LOOKS, edge[2], strict=True) if n]
    return f"{edge[0]} × {edge[1]}: {', '.join(shown)}"


def _ring(edges: Sequence[Edge]) -> list[str]:
    """Return the principles in an order in which those that meet stand near each other, so that few edges cross."""
    names = list(dict.fromkeys(name for a, b, _counts in edges for name in (a, b)))

    def length(order: Sequence[str]) -> int:
        at = {name: i for i, name in enumerate(order)}
        gaps = (abs(at[a] - at[b]) for a, b, _counts in edges)
        return sum(min(gap, len(order) - gap) ** 2 for gap in gaps)

    best = length(names)
    improved = True
    while improved:
        improved = False
        for i, j in combinations(range(len(names)), 2):
            names[i], names[j] = names[j], names[i]
            if length(names) < best:
                best, improved = length(names), True
            else:
                names[i], names[j] = names[j], names[i]
    return names


def _edge(sheet: Canvas, ends: tuple[Point, Point], counts: Sequence[int], middle: Point) -> None:
    """Draw a line a grade, side by side, with their numbers on the side of the middle, away from the names."""
    (x0, y0), (x1, y1) = ends
    span = math.hypot(x1 - x0, y1 - y0) or 1.0
    across = ((y0 - y1) / span, (x1 - x0) / span)
    present = [(look, n) for look, n in zip(_LOOKS, counts, strict=True) if n]
    for i, ((grade, colour, width), n) in enumerate(present):
        aside = (i - (len(present) - 1) / 2) * _GAP
        dx, dy = across[0] * aside, across[1] * aside
        thick = width * (1 + 1.3 * math.log2(n))
        sheet.line((x0 + dx, y0 + dy), (x1 + dx, y1 + dy), color=colour, linewidth=min(9, thick), zorder=grade)
    # Where one line is drawn its colour tells the grade; else every grade has its number, so that the order tells it.
    shown = " · ".join(number(n) for n in (counts if len(present) > 1 else [present[0][1]]))
    reach = 0.42
    inward = (middle[0] - (x0 + x1) / 2) * across[0] + (middle[1] - (y0 + y1) / 2) * across[1]
    side = math.copysign(0.11 + _GAP * (len(present) - 1) / 2 + 0.028 * len(shown) * abs(across[0]), inward)
    sheet.text(
        x0 + (x1 - x0) * reach + across[0] * side,
        y0 + (y1 - y0) * reach + across[1] * side,
        shown,
        ha="center",
        fontsize=SMALL,
        color=SOFT,
        zorder=9,
    )


def _label(sheet: Canvas, name: str, place: tuple[float, float], middle: tuple[float, float]) -> None:
    x, y = place
    aside = x - middle[0]
    text = folded(name, _LETTERS)
    if abs(aside) < 0.25:
        above = y < middle[1]
        sheet.text(x, y + (-0.13 if above else 0.13), text, ha="center", va="bottom" if above else "top")
    else:
        sheet.text(x + math.copysign(0.13, aside), y, text, ha="left" if aside > 0 else "right", va="center")
