"""The report's figures for paper: PNG at 300 dpi, as wide as the text of an A4, with their key in the picture."""

import io
import warnings
from collections.abc import Sequence
from typing import Any

from outputs.coverage import Cell, Row
from outputs.word.paper import printable
from outputs.wording import _, counted, number

DPI = 300
ROWS_A_PAGE = 26
"""Municipalities that fit on a page with the themes above them."""
SCALE = ("#e8eff4", "#c6dae6", "#97bdd3", "#6399ba", "#34749b", "#1d5176", "#11344f")
"""The colours of the page's figures: one hue from light to dark, told apart in grey and with any colour vision."""
_FRAME, _INK, _SOFT = "#d9822b", "#11202b", "#51626e"
_WIDTH = 6.3
"""Inches: 16 cm."""
_CHARACTER = 0.078
"""Width of a character in inches, on the safe side."""
_LONGEST = 36
"""Characters of a name that are shown."""


def heat_map(rows: Sequence[Row], most: float) -> bytes:
    """Draw municipalities × themes: number of coded passages, darker for a larger share of at most ``most``."""
    themes = [cell.theme.label for cell in rows[0].cells]
    left, right = _label_width([row.name for row in rows]), 0.95
    width = min(0.75, (_WIDTH - left - right) / max(1, len(themes)))
    top, height = 0.3 + 0.055 * max((len(_short(t)) for t in themes), default=0), 0.27
    bottom = top + len(rows) * height
    figure, axes = _canvas(bottom + 0.42)
    slanted = {"rotation": 45, "rotation_mode": "anchor", "va": "bottom"}
    for i, theme in enumerate(themes):
        _write(axes, left + (i + 0.4) * width, top - 0.08, _short(theme), **slanted)
    for y, row in enumerate(rows):
        middle = top + (y + 0.5) * height
        _write(axes, left - 0.1, middle, _short(row.name), ha="right")
        for x, cell in enumerate(row.cells):
            _cell(axes, (left + x * width, top + y * height, width, height), cell, most)
        basis = counted(row.basis.pages, _("pagina"), _("pagina's")) if row.basis.pages else _("zonder pagina's")
        _write(axes, left + len(row.cells) * width + 0.08, middle, basis, color=_SOFT, fontsize=7.5)
    key = (
        ({"facecolor": SCALE[1]}, _("klein aandeel")),
        ({"facecolor": SCALE[6]}, _("groot aandeel")),
        ({"facecolor": "none", "edgecolor": _FRAME, "linewidth": 1.5}, _("genoemd: door een mens aanvaard")),
        ({"facecolor": "none", "edgecolor": _SOFT, "linewidth": 0.4}, _("geen kandidaat")),
    )
    _key(axes, bottom + 0.3, key)
    return _png(figure)


def theme_bars(total: Sequence[Cell]) -> bytes:
    """Draw per theme how many passages are accepted, suggested firmly or less firmly, and what doubt could add."""
    cells = sorted(total, key=lambda c: -c.coded)
    left, height = _label_width([c.theme.label for c in cells]), 0.27
    room = _WIDTH - left - 1.25
    most = max((c.coded + c.doubtful for c in cells), default=0) or 1
    figure, axes = _canvas(len(cells) * height + 0.46)
    for y, cell in enumerate(cells):
        middle, x = 0.04 + (y + 0.5) * height, left
        _write(axes, left - 0.1, middle, _short(cell.theme.label), ha="right")
        likely = cell.candidates - cell.certain
        for count, colour in ((cell.accepted, SCALE[6]), (cell.certain, SCALE[4]), (likely, SCALE[2])):
            _box(axes, (x, middle - 0.085, count / most * room, 0.17), facecolor=colour)
            x += count / most * room
        extent = cell.doubtful / most * room
        _box(axes, (x, middle - 0.085, extent, 0.17), facecolor="none", **_DASHED)
        text = number(cell.coded) + (_(" (+%s twijfel)") % number(cell.doubtful) if cell.doubtful else "")
        _write(axes, x + extent + 0.07, middle, text, fontsize=7.5)
    key = (
        ({"facecolor": SCALE[6]}, _("aanvaard")),
        ({"facecolor": SCALE[4]}, _("voorgesteld, zeker")),
        ({"facecolor": SCALE[2]}, _("voorgesteld, waarschijnlijk")),
        ({"facecolor": "none", **_DASHED}, _("twijfel, telt niet mee")),
    )
    _key(axes, len(cells) * height + 0.35, key)
    return _png(figure)


_DASHED = {"edgecolor": _SOFT, "linewidth": 0.6, "linestyle": (0, (3, 2))}


def _cell(axes: Any, place: tuple[float, float, float, float], cell: Cell, most: float) -> None:
    x, y, width, height = place
    share = (cell.share or 0) / most if most else 0
    step = min(len(SCALE) - 1, int(share * len(SCALE)))
    inner = (x + 0.015, y + 0.015, width - 0.03, height - 0.03)
    if cell.coded:
        _box(axes, inner, facecolor=SCALE[step])
    else:
        _box(axes, inner, facecolor="none", edgecolor=_SOFT, linewidth=0.3)
    if cell.state == "genoemd":
        framed = (x + 0.025, y + 0.025, width - 0.05, height - 0.05)
        _box(axes, framed, facecolor="none", edgecolor=_FRAME, linewidth=1.5)
    colour = _SOFT if not cell.coded else "#ffffff" if step > 3 else _INK
    text = number(cell.coded) if cell.coded else "–"
    _write(axes, x + width / 2, y + height / 2, text, ha="center", color=colour)


def _key(axes: Any, y: float, items: Sequence[tuple[dict[str, Any], str]]) -> None:
    x = 0.05
    for style, text in items:
        _box(axes, (x, y - 0.06, 0.16, 0.12), **style)
        _write(axes, x + 0.22, y, text, fontsize=7.5)
        x += 0.22 + 0.068 * len(text) + 0.22


def _label_width(names: Sequence[str]) -> float:
    return 0.2 + _CHARACTER * max((len(_short(name)) for name in names), default=0)


def _short(name: str) -> str:
    clean = " ".join(printable(name).split())
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def _canvas(height: float) -> tuple[Any, Any]:
    """Return a figure and axes measured in inches from the top left corner."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def _box(axes: Any, place: tuple[float, float, float, float], **style: Any) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = place
    if width > 0:
        axes.add_patch(Rectangle((x, y), width, height, **{"edgecolor": "none", **style}))


def _write(axes: Any, x: float, y: float, text: str, **style: Any) -> None:
    look = {"va": "center_baseline", "fontsize": 8.5, "color": _INK, "parse_math": False, **style}
    axes.text(x, y, text, **look)


def _png(figure: Any) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name in a script the measuring font lacks
        figure.savefig(file, format="png", dpi=DPI, facecolor="white", metadata={"Software": None})
    return file.getvalue()
