"""One page of a PDF as compact records: its lines, tables, boxes and rules. The page itself is let go after this."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1

from corpus.pdf.lines import Line, read_lines
from corpus.pdf.ruled import extended, fill, grids, ladders
from corpus.pdf.shapes import Area, Shapes, characters, merge_fills, read_shapes
from corpus.pdf.stretches import Stretch, Turn, letter_widths, stretches, turn_box
from corpus.pdf.tables import Table

_BACKGROUND = 0.7
"""Share of the page from which a filled area is its background, not a box on it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: sizes and places in points from its top left corner, turned so that most of its text is upright."""

    number: int
    width: float
    height: float
    lines: list[Line]
    """Lines outside tables, unordered."""
    tables: list[Table]
    boxes: list[Area]
    rules: list[Area]
    """Horizontal rulings outside tables."""
    pictures: float
    """Share of the page that pictures cover."""
    turn: Turn = 0
    shift: tuple[float, float] = (0.0, 0.0)
    """Where the displayed page starts within the sheet before it was turned (points from the left and the top)."""
    letters: dict[str, dict[str, float]] = field(default_factory=dict)
    """Widths of the letters of fonts whose names do not tell their style."""

    @property
    def everything(self) -> list[Line]:
        """All lines, those in tables included."""
        return [*self.lines, *(line for table in self.tables for line in table.lines)]

    def on_paper(self, box: Area) -> Area:
        """The place on the page as it is displayed."""
        width, height = (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)
        x0, y0, x1, y1 = _turn_back(
            (box.x0, self.height - box.bottom, box.x1, self.height - box.top), self.turn, width, height
        )
        left, up = self.shift
        return Area(x0 - left, height - y1 - up, x1 - left, height - y0 - up)


def read_sheet(page: Any, number: int) -> Sheet:
    """Take from a pdfplumber page what passages are made of."""
    layout = page.layout
    width, height = float(layout.width), float(layout.height)
    others: list[Any] = []
    groups = stretches(characters(layout, others), width, height)
    turn = _main_turn(groups)
    shapes = read_shapes(others, width, height, turn)
    wide, high = (height, width) if turn in (90, 270) else (width, height)
    found = grids(shapes)
    cuts = [((w.x0 + w.x1) / 2, high - w.bottom - 1, high - w.top + 1) for g in found for w in g.walls]
    lines = read_lines(groups.get(turn, ()), number, high, cuts)
    for other, group in groups.items():
        if other != turn:
            lines += _turned_lines(group, number, other, turn, width, height)
    sheet = Sheet(
        number, wide, high, lines, [], [], [], shapes.pictures, turn, _shift(page), letter_widths(groups.values())
    )
    lines = _displayed(sheet, page)
    tables: list[Table] = []
    for grid in sorted(found, key=lambda g: -g.area.width * g.area.height):
        upright = [line for line in lines if not line.turned]
        table = fill(grid, upright)
        if table is not None:
            table = extended(table, upright)
            tables.append(table)
            lines = _outside(lines, table)
    rules = _rules(shapes, tables)
    for table in ladders(rules, [line for line in lines if not line.turned]) if len(rules) > 1 else ():
        tables.append(table)
        lines = _outside(lines, table)
    boxes = _boxes(shapes, tables, lines, wide, high)
    return replace(sheet, lines=lines, tables=tables, boxes=boxes, rules=_rules(shapes, tables))


def content_uses(pages: Sequence[Any]) -> Counter[int]:
    """How many pages draw each content stream (object number)."""
    return Counter(stream.objid for page in pages for stream in _streams(page))


def let_go(page: Any, uses: Mapping[int, int]) -> None:
    """Free what a page that has been read still holds: its layout, and its content where no other page draws it."""
    page.close()
    for stream in _streams(page):
        if uses.get(stream.objid) == 1:
            stream.data = b""


def _streams(page: Any) -> list[PDFStream]:
    return [s for s in map(resolve1, page.page_obj.contents) if isinstance(s, PDFStream)]


def _outside(lines: Sequence[Line], table: Table) -> list[Line]:
    """Lines that are not in the table; its pieces may be cut from them."""
    held = {id(line) for line in table.lines}
    pieces: dict[float, list[Line]] = {}
    for line in table.lines:
        pieces.setdefault(line.base, []).append(line)
    return [
        x
        for x in lines
        if id(x) not in held
        and not any(x.x0 - 0.1 <= p.x0 and p.x1 <= x.x1 + 0.1 for p in pieces.get(x.base, ()) if not x.turned)
    ]


def _main_turn(groups: dict[Turn, list[Stretch]]) -> Turn:
    sizes = {turn: sum(len(s.glyphs) for s in group) for turn, group in groups.items()}
    if not sizes:
        return 0
    most = max(sizes, key=lambda t: sizes[t])
    return most if sizes[most] > 0.6 * sum(sizes.values()) else 0


def _turned_lines(
    group: Sequence[Stretch], number: int, turn: Turn, main: Turn, width: float, height: float
) -> list[Line]:
    own = width if turn in (90, 270) else height
    high = width if main in (90, 270) else height
    placed: list[Line] = []
    for line in read_lines(group, number, own, ()):
        box = _turn_back((line.x0, own - line.bottom, line.x1, own - line.top), turn, width, height)
        x0, y0, x1, y1 = turn_box(box, main, width, height)
        placed.append(replace(line, x0=x0, x1=x1, top=high - y1, bottom=high - y0, base=high - y0, turned=True))
    return placed


def _turn_back(
    box: tuple[float, float, float, float], turn: Turn, width: float, height: float
) -> tuple[float, float, float, float]:
    """Undo ``turn_box``; ``width`` and ``height`` are those of the page before turning."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return width - y1, x0, width - y0, x1
    if turn == 270:
        return y0, height - x1, y1, height - x0
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    return box


def _shift(page: Any) -> tuple[float, float]:
    crop, media = page.cropbox, page.mediabox
    return float(crop[0] - media[0]), float(crop[1] - media[1])


def _displayed(sheet: Sheet, page: Any) -> list[Line]:
    """Lines on the displayed part of the page: printer's marks outside it are never seen."""
    crop = page.cropbox
    wide, high = float(crop[2] - crop[0]), float(crop[3] - crop[1])
    seen = []
    for line in sheet.lines:
        place = sheet.on_paper(Area(line.x0, line.top, line.x1, line.bottom))
        x, y = (place.x0 + place.x1) / 2, (place.top + place.bottom) / 2
        if -1 <= x <= wide + 1 and -1 <= y <= high + 1:
            seen.append(line)
    return seen


def _boxes(shapes: Shapes, tables: Sequence[Table], lines: Sequence[Line], width: float, height: float) -> list[Area]:
    """Filled or framed areas with several lines of text in them; the largest first."""
    page = width * height
    found: list[Area] = []
    areas = [*merge_fills(shapes.fills), *shapes.frames]
    if len(areas) > 300:
        return []
    for area in sorted(areas, key=lambda a: -a.width * a.height):
        if area.width * area.height > _BACKGROUND * page or area.width < 50 or area.height < 12:
            continue
        if area.height > 0.9 * height or any(t.area.holds(area.x0 + 5, area.top + 5) for t in tables):
            continue
        if any(
            b.x0 - 3 <= area.x0 and b.x1 + 3 >= area.x1 and b.top - 3 <= area.top and b.bottom + 3 >= area.bottom
            for b in found
        ):
            continue
        held = sum(area.holds((line.x0 + line.x1) / 2, line.base - 0.3 * line.size) for line in lines)
        crossing = sum(
            area.holds(line.x0 + 2, line.base - 0.3 * line.size) != area.holds(line.x1 - 2, line.base - 0.3 * line.size)
            for line in lines
        )
        if held >= 1 and crossing <= 0.2 * held:
            found.append(area)
    return found


def _rules(shapes: Shapes, tables: Sequence[Table]) -> list[Area]:
    return [
        a for a in shapes.across if a.width >= 20 and not any(t.area.holds((a.x0 + a.x1) / 2, a.top, 3) for t in tables)
    ][:200]
