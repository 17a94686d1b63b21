"""The study's municipalities on the map of the Netherlands, a small map a theme."""

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.boundaries import SOURCE, Boundaries, Line, boundaries, middle
from corpus.model import Document
from outputs.coverage import Cell, Table
from outputs.figures.canvas import INK, SCALE, SMALL, SOFT, WIDTH, Canvas, canvas, folded
from outputs.figures.drawing import Drawing
from outputs.sheet import Sheet
from outputs.wording import _, percent

_COLUMNS = 4
_NAMED = 15
"""Municipalities up to which a map names them."""
_MARKED = 60
"""Municipalities up to which each has a dot, for else small ones cannot be seen."""
Frame = tuple[float, float, float]
"""Left, top and scale of a small map: inches a degree of latitude."""


def theme_maps(table: Table, documents: Sequence[Document]) -> Drawing | None:
    """Draw per theme the share of the passages in each municipality; ``None`` when none of them is on the map."""
    known = boundaries()
    codes = {m.name: m.code for d in documents for m in d.municipalities if m.code in known.rings}
    rows = [row for row in table.rows if row.name in codes]
    if not rows:
        return None
    most = max((cell.share or 0 for row in rows for cell in row.cells), default=0)
    west, north, east, south = _extent(known)
    wide = (WIDTH - 0.1) / _COLUMNS
    scale = (wide - 0.12) / (east - west)
    high = (south - north) * scale + 0.42
    panels = len(table.themes) + (len(rows) <= _NAMED)
    lines = -(-panels // _COLUMNS)
    sheet = canvas(lines * high + 0.42)
    for i, theme in enumerate(table.themes):
        left, top = 0.05 + (i % _COLUMNS) * wide, (i // _COLUMNS) * high
        sheet.text(left + 0.02, top + 0.17, folded(theme.label, 24), fontsize=SMALL, va="center")
        frame = (left - west * scale, top + 0.38 - north * scale, scale)
        _map(
            sheet,
            known,
            frame,
            {codes[row.name]: _colour(row.cells[i], most) for row in rows},
            marked=len(rows) <= _MARKED,
        )
    if len(rows) <= _NAMED:
        i = len(table.themes)
        left, top = 0.05 + (i % _COLUMNS) * wide, (i // _COLUMNS) * high
        sheet.text(left + 0.02, top + 0.17, _("Welke gemeenten"), fontsize=SMALL, va="center")
        frame = (left - west * scale, top + 0.38 - north * scale, scale)
        _map(sheet, known, frame, {codes[row.name]: SCALE[4] for row in rows}, marked=False)
        _names(sheet, known, frame, {row.name: codes[row.name] for row in rows}, (left, left + wide))
    _key(sheet, lines * high + 0.14, most)
    columns = ("municipality", "cbs_code", "theme", "theme_label", "coded", "passages", "share_passages")
    data = tuple(
        (row.name, codes[row.name], c.theme.id, c.theme.label, c.coded, c.basis.passages, c.share)
        for row in rows
        for c in row.cells
    )
    title = _("Aandeel van de passages per thema, op de kaart")
    return Drawing(Sheet("landkaart", columns, data), title, f"{_said(table, codes)} {SOURCE}.", sheet.figure)


def _said(table: Table, codes: Mapping[str, str]) -> str:
    rows = [row for row in table.rows if row.name in codes]
    texts = []
    for i, theme in enumerate(table.themes):
        top = max(rows, key=lambda row: row.cells[i].share or 0)
        if top.cells[i].share:
            texts.append(f"{theme.label}: {_('het meest in')} {top.name} ({percent(top.cells[i].share)})")
    return "; ".join(texts) + "."


def _map(sheet: Canvas, known: Boundaries, frame: Frame, filled: Mapping[str, str], *, marked: bool) -> None:
    """Draw the country in outline with these municipalities (CBS codes) filled; an empty colour stays empty."""
    lines = {"color": SOFT, "linewidth": 0.25, "alpha": 0.55}
    _strokes(sheet, [_placed(line, frame) for line in known.provinces], **lines)
    _strokes(sheet, [_placed(line, frame) for line in known.outline], **(lines | {"linewidth": 0.45, "alpha": 0.9}))
    for code, colour in filled.items():
        _area(sheet, [_placed(ring, frame) for ring in known.rings[code]], colour)
    for code, colour in filled.items() if marked else ():
        x, y = _placed((middle(known.rings[code]),), frame)[0]
        sheet.dot(x, y, facecolor=colour or "none", edgecolor=INK, linewidths=0.5, s=22)


def _strokes(sheet: Canvas, lines: Sequence[Line], **style: Any) -> None:
    """Draw many lines as one path, which keeps the page small."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points = [point for line in lines for point in line]
    codes = [Path.MOVETO if i == 0 else Path.LINETO for line in lines for i in range(len(line))]
    path = Path(points, codes)
    path.simplify_threshold = 0.7  # points of a printed page: what nobody can see
    sheet.shape(PathPatch(path, facecolor="none", edgecolor=style.pop("color"), **style))


def _area(sheet: Canvas, rings: Sequence[Line], colour: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points = [point for ring in rings for point in (*ring, ring[0])]
    codes = [
        Path.MOVETO if i == 0 else Path.CLOSEPOLY if i == len(ring) else Path.LINETO
        for ring in rings
        for i in range(len(ring) + 1)
    ]
    style = {"facecolor": colour or "none", "edgecolor": INK, "linewidth": 0.3}
    sheet.shape(PathPatch(Path(points, codes), zorder=2, **style))


def _names(
    sheet: Canvas, known: Boundaries, frame: Frame, codes: Mapping[str, str], edges: tuple[float, float]
) -> None:
    """Write the names beside their municipalities, from north to south, none over another."""
    placed = sorted((_placed((middle(known.rings[code]),), frame)[0][::-1], name) for name, code in codes.items())
    last = 0.0
    for (y, x), name in placed:
        line = max(y, last + 0.11)
        last = line
        is_left = x < (edges[0] + edges[1]) / 2
        at = x + 0.08 if is_left else x - 0.08
        sheet.text(at, line, name, fontsize=6, ha="left" if is_left else "right", zorder=4)


def _key(sheet: Canvas, y: float, most: float) -> None:
    sheet.text(0.05, y, _("geen"), fontsize=SMALL)
    sheet.dot(0.42, y, facecolor="none", edgecolor=INK, linewidths=0.5, s=22)
    for i, colour in enumerate(SCALE):
        sheet.box((0.65 + i * 0.26, y - 0.06, 0.26, 0.12), facecolor=colour)
    sheet.text(0.65 + len(SCALE) * 0.26 + 0.08, y, _("tot %s van de passages") % percent(most), fontsize=SMALL)
    sheet.text(WIDTH - 0.05, y, SOURCE, fontsize=SMALL, color=SOFT, ha="right")


def _colour(cell: Cell, most: float) -> str:
    if not cell.coded or not most:
        return ""
    return SCALE[min(len(SCALE) - 1, int((cell.share or 0) / most * len(SCALE)))]


def _placed(line: Sequence[tuple[float, float]], frame: Frame) -> Line:
    left, top, scale = frame
    return tuple((left + x * scale, top + y * scale) for x, y in line)


def _extent(known: Boundaries) -> tuple[float, float, float, float]:
    xs = [x for line in known.outline for x, _y in line]
    ys = [y for line in known.outline for _x, y in line]
    return min(xs), min(ys), max(xs), max(ys)
