"""Rulings, filled areas and pictures of a page: what shows a reader tables, boxes and scans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTLine, LTRect

from corpus.pdf.stretches import colour_name, turn_box

THIN = 3.0
"""Points up to which a bar is a ruling."""
_MOST = 6000
"""Shapes a page; a map has more, and no tables."""


class Area(NamedTuple):
    """A rectangle in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points."""
        return self.bottom - self.top

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies in it."""
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


def around(areas: Sequence[Any]) -> Area:
    """The smallest area that holds all (anything with ``x0``, ``top``, ``x1`` and ``bottom``)."""
    return Area(
        min(a.x0 for a in areas), min(a.top for a in areas), max(a.x1 for a in areas), max(a.bottom for a in areas)
    )


@dataclass(slots=True)
class Shapes:
    """What is drawn on a page besides text."""

    across: list[Area] = field(default_factory=list)
    """Horizontal rulings."""
    down: list[Area] = field(default_factory=list)
    """Vertical rulings."""
    fills: list[tuple[Area, str]] = field(default_factory=list)
    """Filled areas with their colour, as drawn."""
    frames: list[Area] = field(default_factory=list)
    """Outlined rectangles."""
    pictures: float = 0.0
    """Share of the page that pictures cover."""


def characters(layout: Iterable[Any], others: list[Any]) -> Iterator[LTChar]:
    """Characters in the order of drawing, forms and figures included; everything else goes to ``others``."""
    for item in layout:
        if type(item) is LTChar:
            yield item
        elif isinstance(item, LTFigure):
            yield from characters(item, others)
        elif isinstance(item, LTChar):
            yield item
        else:
            others.append(item)


def read_shapes(others: Sequence[Any], width: float, height: float, turn: int) -> Shapes:
    """Sort the drawn items of a page; coordinates of the page turned by ``turn``."""
    shapes = Shapes()
    new_height = width if turn in (90, 270) else height
    total = max(1.0, width * height)
    for item in others[:_MOST]:
        if isinstance(item, LTImage):
            area = max(0.0, min(item.x1, width) - max(item.x0, 0)) * max(0.0, min(item.y1, height) - max(item.y0, 0))
            shapes.pictures += area / total
        elif isinstance(item, LTCurve):
            x0, y0, x1, y1 = turn_box(item.bbox, turn, width, height)
            _sort(shapes, item, Area(x0, new_height - y1, x1, new_height - y0))
    return shapes


def _sort(shapes: Shapes, item: LTCurve, area: Area) -> None:
    wide, high = area.width, area.height
    if high <= THIN and wide >= 6:
        shapes.across.append(area)
    elif wide <= THIN and high >= 5:
        shapes.down.append(area)
    elif isinstance(item, LTLine):
        return
    elif item.fill and wide > 4 and high > 4:
        if (colour := colour_name(item.non_stroking_color)) != "10,10,10":
            shapes.fills.append((area, colour))
        elif isinstance(item, LTRect) and item.stroke and colour_name(item.stroking_color) != "10,10,10":
            shapes.frames.append(area)
    elif item.stroke and isinstance(item, LTRect) and wide > 4 and high > 4:
        shapes.frames.append(area)


def merge_fills(fills: Sequence[tuple[Area, str]]) -> list[Area]:
    """Put stripes of one colour and one width that touch together (shading is often drawn line by line)."""
    merged: list[tuple[Area, str]] = []
    for area, colour in sorted(fills, key=lambda f: (f[1], round(f[0].x0), f[0].top)):
        if merged:
            last, same = merged[-1]
            if (
                same == colour
                and abs(last.x0 - area.x0) < 2.5
                and abs(last.x1 - area.x1) < 2.5
                and area.top <= last.bottom + 2.5
            ):
                merged[-1] = (around([last, area]), colour)
                continue
        merged.append((area, colour))
    return [area for area, _ in merged]


def clusters(values: Iterable[float], slack: float) -> list[float]:
    """Means of values that lie closer together than ``slack``, in order."""
    ordered = sorted(values)
    groups: list[list[float]] = [ordered[:1]] if ordered else []
    for a, b in pairwise(ordered):
        if b - a <= slack:
            groups[-1].append(b)
        else:
            groups.append([b])
    return [sum(g) / len(g) for g in groups]
