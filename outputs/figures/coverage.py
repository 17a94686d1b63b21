"""Coverage drawn: municipalities × themes, passages per theme by what people made of them, and what against how."""

from collections.abc import Sequence
from typing import Any

from codebook.model import Code
from outputs.coverage import Cell, Row, Table
from outputs.figures.canvas import (
    DASHED,
    ON_DARK,
    ON_LIGHT,
    SCALE,
    SMALL,
    SOFT,
    WARM,
    WIDTH,
    Canvas,
    Place,
    canvas,
    label_width,
    short,
)
from outputs.figures.drawing import Drawing
from outputs.sheet import Sheet, Value
from outputs.what_how import WhatHow
from outputs.wording import _, counted, number, percent

ROWS_A_PAGE = 26
"""Municipalities that fit on a page with the themes above them."""
_TITLE = _("Gemeenten en thema's: aantal gecodeerde passages per gemeente en thema")
_ROW = 0.27
_COLUMN = 0.3
"""Inches a theme is wide at least, so that four digits fit."""


def heat_map(table: Table) -> Drawing:
    """Draw groups × themes: number of coded passages, darker for a larger share, framed where *genoemd*."""
    return heat_map_of("kaart", _TITLE, table.rows, table.themes)


def heat_map_of(name: str, title: str, rows: Sequence[Row], themes: Sequence[Code]) -> Drawing:
    """Draw these groups × themes; ``name`` is the stem of its files."""
    return _heat_map((name, title), rows, [t.label for t in themes], _most(rows))


def heat_maps(table: Table) -> list[Drawing]:
    """Return the heat map in parts that each fit on a page, with one scale."""
    themes = [t.label for t in table.themes]
    starts = range(0, len(table.rows), ROWS_A_PAGE)
    parts = [table.rows[start : start + ROWS_A_PAGE] for start in starts]
    if len(parts) < 2:
        return [heat_map(table)]
    return [
        _heat_map((f"kaart-{i}", f"{_TITLE} ({i}/{len(parts)})"), rows, themes, _most(table.rows))
        for i, rows in enumerate(parts, 1)
    ]


def theme_bars(total: Sequence[Cell]) -> Drawing:
    """Draw per theme the passages accepted, suggested firmly or less firmly, what doubt could add, and the rejected."""
    cells = sorted(total, key=lambda c: -c.coded)
    left = label_width([c.theme.label for c in cells])
    room = WIDTH - left - 1.3
    most = max((c.coded + c.doubtful + c.rejected for c in cells), default=0) or 1
    sheet = canvas(len(cells) * _ROW + 0.46)
    for y, cell in enumerate(cells):
        middle, x = 0.04 + (y + 0.5) * _ROW, left
        sheet.text(left - 0.1, middle, short(cell.theme.label), ha="right")
        for count, style in zip(_stretches(cell), _LOOKS, strict=True):
            sheet.box((x, middle - 0.085, count / most * room, 0.17), **style)
            x += count / most * room
        sheet.text(x + 0.07, middle, _bar_text(cell), fontsize=SMALL)
    sheet.key(len(cells) * _ROW + 0.35, _bar_key(with_rejected=any(c.rejected for c in cells)))
    title = _("Passages per thema: aanvaard, voorgesteld en wat twijfel zou kunnen toevoegen")
    words = "; ".join(f"{c.theme.label}: {_bar_text(c)}" for c in cells) + "."
    columns = ("theme", "theme_label", "accepted", "certain", "likely_or_disputed", "doubtful", "rejected")
    rows: tuple[tuple[Value, ...], ...] = tuple((c.theme.id, c.theme.label, *_stretches(c)) for c in cells)
    return Drawing(Sheet("staven", columns, rows), title, words, sheet.figure)


def scale_text(rows: Sequence[Row]) -> str:
    """Say in words what the darkest cell of a heat map of these rows stands for."""
    cells = [cell for row in rows for cell in row.cells if cell.share]
    top = max(cells, key=lambda c: c.share or 0, default=None)
    if top is None:
        return _("Er zijn geen voorstellen.")
    return _("Hoogste aandeel: %(share)s van de passages (%(theme)s in %(name)s).") % {
        "share": percent(top.share),
        "theme": top.theme.label.lower(),
        "name": top.group,
    }


def what_how_bars(rows: Sequence[WhatHow]) -> Drawing:
    """Draw per theme which part of its coded passages says only what, names a means, or gives a norm to act on."""
    shown = sorted((r for r in rows if r.passages), key=lambda r: -(r.share_how or 0))
    left = label_width([r.theme.label for r in shown])
    room = WIDTH - left - 1.1
    sheet = canvas(len(shown) * _ROW + 0.46)
    for y, row in enumerate(shown):
        middle, x = 0.04 + (y + 0.5) * _ROW, left
        sheet.text(left - 0.1, middle, short(row.theme.label), ha="right")
        for count, colour in ((row.norm, SCALE[6]), (row.means, SCALE[3]), (row.what, SCALE[0])):
            width = count / row.passages * room
            sheet.box((x, middle - 0.095, width, 0.19), facecolor=colour)
            if width > 0.34:
                ink = ON_LIGHT if colour == SCALE[0] else ON_DARK
                share = f"{100 * count / row.passages:.0f}%"
                sheet.text(x + width / 2, middle, share, ha="center", fontsize=SMALL, color=ink)
            x += width
        sheet.text(left + room + 0.07, middle, _("n = %s") % number(row.passages), fontsize=SMALL)
    key = (
        ({"facecolor": SCALE[6]}, _("handelingsnorm")),
        ({"facecolor": SCALE[3]}, _("middel")),
        ({"facecolor": SCALE[0]}, _("alleen wat")),
    )
    sheet.key(len(shown) * _ROW + 0.35, key)
    words = "; ".join(_("%(theme)s: %(share)s met hoe") % _how(r) for r in shown) + "."
    columns = ("theme", "theme_label", "handelingsnorm", "middel", "wat", "coded")
    data = tuple((r.theme.id, r.theme.label, r.norm, r.means, r.what, r.passages) for r in shown)
    return Drawing(
        Sheet("wat-hoe", columns, data), _("Wat of hoe: wat de passages per thema zeggen"), words, sheet.figure
    )


def _how(row: WhatHow) -> dict[str, str]:
    return {"theme": row.theme.label, "share": percent(row.share_how)}


def _heat_map(named: tuple[str, str], rows: Sequence[Row], themes: Sequence[str], most: float) -> Drawing:
    left, right = label_width([row.name for row in rows]), 0.95
    width = min(0.75, max(_COLUMN, (WIDTH - left - right) / max(1, len(themes))))
    top = 0.3 + 0.055 * max((len(short(t)) for t in themes), default=0)
    bottom = top + max(1, len(rows)) * _ROW
    sheet = canvas(bottom + 0.42, max(WIDTH, left + len(themes) * width + right))
    for i, theme in enumerate(themes):
        slanted = {"rotation": 45, "rotation_mode": "anchor", "va": "bottom"}
        sheet.text(left + (i + 0.4) * width, top - 0.08, short(theme), **slanted)
    for y, row in enumerate(rows):
        middle = top + (y + 0.5) * _ROW
        sheet.text(left - 0.1, middle, short(row.name), ha="right")
        for x, cell in enumerate(row.cells):
            _cell(sheet, (left + x * width, top + y * _ROW, width, _ROW), cell, most)
        basis = counted(row.basis.pages, _("pagina"), _("pagina's")) if row.basis.pages else _("zonder pagina's")
        sheet.text(left + len(row.cells) * width + 0.08, middle, basis, color=SOFT, fontsize=SMALL)
    sheet.key(bottom + 0.3, _heat_key(with_read=any(c.state == "niet gevonden" for row in rows for c in row.cells)))
    words = " ".join((scale_text(rows), _("Alle getallen staan in de tabel erbij.")))
    return Drawing(_heat_data(named[0], rows), named[1], words, sheet.figure)


def _heat_key(*, with_read: bool) -> list[tuple[dict[str, Any], str]]:
    key: list[tuple[dict[str, Any], str]] = [
        ({"facecolor": SCALE[1]}, _("klein aandeel")),
        ({"facecolor": SCALE[6]}, _("groot aandeel")),
    ]
    named, empty = {"facecolor": "none", "edgecolor": WARM, "linewidth": 1.5}, _("geen kandidaat")
    nothing = ({"facecolor": "none", "edgecolor": SOFT, "linewidth": 0.4}, empty)
    if not with_read:
        return [*key, (named, _("genoemd: door een mens aanvaard")), nothing]
    return [*key, (named, _("genoemd")), (_READ, _("gelezen, niet gevonden")), nothing]


def _heat_data(name: str, rows: Sequence[Row]) -> Sheet:
    columns = (
        *("group", "passages", "pages", "theme", "theme_label", "coded", "state"),
        *("share_passages", "share_passages_with_doubtful"),
    )
    data: list[tuple[Value, ...]] = [
        (row.name, c.basis.passages, c.basis.pages, c.theme.id, c.theme.label, c.coded, c.state, c.share, c.share_most)
        for row in rows
        for c in row.cells
    ]
    return Sheet(name, columns, tuple(data))


def _most(rows: Sequence[Row]) -> float:
    return max((cell.share or 0 for row in rows for cell in row.cells), default=0)


def _cell(sheet: Canvas, place: Place, cell: Cell, most: float) -> None:
    x, y, width, height = place
    share = (cell.share or 0) / most if most else 0
    step = min(len(SCALE) - 1, int(share * len(SCALE)))
    inner = (x + 0.015, y + 0.015, width - 0.03, height - 0.03)
    if cell.found:
        sheet.box(inner, facecolor=SCALE[step])
    else:
        sheet.box(inner, facecolor="none", edgecolor=SOFT, linewidth=0.3)
    if cell.state == "genoemd":
        framed = (x + 0.025, y + 0.025, width - 0.05, height - 0.05)
        sheet.box(framed, facecolor="none", edgecolor=WARM, linewidth=1.5)
    elif cell.state == "niet gevonden":
        sheet.box(inner, **_READ)
    colour = SOFT if not cell.found else ON_DARK if step > 3 else ON_LIGHT
    sheet.text(x + width / 2, y + height / 2, cell.found_text, ha="center", color=colour)


_READ: dict[str, Any] = {"facecolor": "none", "edgecolor": WARM, "linewidth": 1.0, "linestyle": (0, (1.5, 1.5))}
_LOOKS: tuple[dict[str, Any], ...] = (
    *({"facecolor": SCALE[6]}, {"facecolor": SCALE[4]}, {"facecolor": SCALE[2]}, DASHED),
    {"facecolor": "none", "edgecolor": WARM, "linewidth": 0.6, "hatch": "//////"},
)
_STRETCHES = (
    *(_("aanvaard"), _("voorgesteld, zeker"), _("voorgesteld, waarschijnlijk")),
    *(_("twijfel, telt niet mee"), _("verworpen")),
)


def _stretches(cell: Cell) -> tuple[int, ...]:
    """Return how many passages each part of a bar stands for; see `_STRETCHES`."""
    return cell.accepted, cell.certain, cell.candidates - cell.certain, cell.doubtful, cell.rejected


def _bar_key(*, with_rejected: bool) -> list[tuple[dict[str, Any], str]]:
    items = list(zip(_LOOKS, _STRETCHES, strict=True))
    return items if with_rejected else items[:-1]


def _bar_text(cell: Cell) -> str:
    text = number(cell.coded)
    return text + _(" (+%s twijfel)") % number(cell.doubtful) if cell.doubtful else text
