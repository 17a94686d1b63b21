"""Figures as SVG inside a page: text stays text, colours hold for the colour-blind, in print and in the dark."""

import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from outputs.coverage import Cell, Table
from outputs.wording import _, counted, number, percent

_INK, _FAINT = "#010203", "#040506"
"""Stand-ins for the page's own text colour, full and toned down: see `_inline`."""
_SCALE = ("#e8eff4", "#c6dae6", "#97bdd3", "#6399ba", "#34749b", "#1d5176", "#11344f")
"""One hue from light to dark: told apart in grey and with any colour vision."""
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_CHARACTER = 0.092
"""Width of a character in inches, on the safe side."""


def heat_map(table: Table) -> Markup:
    """Draw municipalities × themes: number of coded passages, darker for a larger share, framed where *genoemd*."""
    names = [row.name for row in table.rows]
    left = _label_width(names)
    width, height = 0.6, 0.38
    top = 0.3 + 0.06 * max((len(t.label) for t in table.themes), default=0)
    figure, axes = _canvas(left + len(table.themes) * width + 1.15, top + max(1, len(names)) * height + 0.08)
    most = max((cell.share or 0 for row in table.rows for cell in row.cells), default=0)
    for i, theme in enumerate(table.themes):
        _write(axes, left + (i + 0.4) * width, top - 0.1, theme.label, rotation=45, va="bottom", rotation_mode="anchor")
    for y, row in enumerate(table.rows):
        middle = top + (y + 0.5) * height
        _write(axes, left - 0.12, middle, _shortened(row.name), ha="right")
        for x, cell in enumerate(row.cells):
            _cell(axes, (left + x * width, top + y * height), (width, height), cell, most)
        basis = counted(row.basis.pages, _("pagina"), _("pagina's")) if row.basis.pages else _("zonder pagina's")
        _write(axes, left + len(row.cells) * width + 0.1, middle, basis, color=_FAINT, fontsize=9.5)
    title = _("Gemeenten en thema's: aantal gecodeerde passages per gemeente en thema")
    return _inline(figure, "kaart", title, _("Dezelfde getallen staan in de tabel hieronder."))


def theme_bars(total: Sequence[Cell]) -> Markup:
    """Draw per theme how many passages are accepted, suggested firmly or less firmly, and what doubt could add."""
    cells = sorted(total, key=lambda c: -c.coded)
    left, height, room = _label_width([c.theme.label for c in cells]), 0.34, 5.2
    figure, axes = _canvas(left + room + 2.3, 0.08 + max(1, len(cells)) * height)
    most = max((c.coded + c.doubtful for c in cells), default=0) or 1
    for y, cell in enumerate(cells):
        middle, x = 0.04 + (y + 0.5) * height, left
        _write(axes, left - 0.12, middle, _shortened(cell.theme.label), ha="right")
        likely = cell.candidates - cell.certain
        for count, colour in ((cell.accepted, _SCALE[6]), (cell.certain, _SCALE[4]), (likely, _SCALE[2])):
            _box(axes, x, middle - 0.11, count / most * room, 0.22, facecolor=colour, edgecolor="none")
            x += count / most * room
        extent = cell.doubtful / most * room
        _box(
            axes,
            x,
            middle - 0.11,
            extent,
            0.22,
            facecolor="none",
            edgecolor=_FAINT,
            linewidth=0.7,
            linestyle=(0, (2, 2)),
        )
        _write(axes, x + extent + 0.1, middle, _bar_text(cell), fontsize=10.5)
    title = _("Passages per thema: aanvaard, voorgesteld en wat twijfel zou kunnen toevoegen")
    return _inline(figure, "staven", title, "; ".join(f"{c.theme.label}: {_bar_text(c)}" for c in cells))


def _bar_text(cell: Cell) -> str:
    text = number(cell.coded)
    return text + _(" (+%s twijfel)") % number(cell.doubtful) if cell.doubtful else text


def _cell(axes: Any, corner: tuple[float, float], size: tuple[float, float], cell: Cell, most: float) -> None:
    (x, y), (width, height) = corner, size
    share = (cell.share or 0) / most if most else 0
    step = min(len(_SCALE) - 1, int(share * len(_SCALE)))
    if not cell.coded:
        _box(axes, x + 0.02, y + 0.02, width - 0.04, height - 0.04, facecolor="none", edgecolor=_FAINT, linewidth=0.3)
        _write(axes, x + width / 2, y + height / 2, "–", ha="center", color=_FAINT)
        return
    _box(axes, x + 0.02, y + 0.02, width - 0.04, height - 0.04, facecolor=_SCALE[step], edgecolor="none")
    if cell.state == "genoemd":
        _box(
            axes, x + 0.035, y + 0.035, width - 0.07, height - 0.07, facecolor="none", edgecolor="#d9822b", linewidth=2
        )
    text = number(cell.coded)
    _write(
        axes, x + width / 2, y + height / 2, text, ha="center", color="#ffffff" if step > 3 else "#11202b", fontsize=11
    )


def _label_width(names: Sequence[str]) -> float:
    return 0.25 + _CHARACTER * max((len(_shortened(name)) for name in names), default=0)


def _shortened(name: str) -> str:
    clean = _CONTROL.sub(" ", name)
    return clean if len(clean) <= 40 else clean[:39] + "…"


def _canvas(width: float, height: float) -> tuple[Any, Any]:
    """Return a figure and axes measured in inches from the top left corner."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def _box(axes: Any, x: float, y: float, width: float, height: float, **style: Any) -> None:
    from matplotlib.patches import Rectangle

    if width > 0:
        axes.add_patch(Rectangle((x, y), width, height, **style))


def _write(axes: Any, x: float, y: float, text: str, **style: Any) -> None:
    axes.text(x, y, text, **{"va": "center_baseline", "fontsize": 11.5, "color": _INK, "parse_math": False, **style})


def _inline(figure: Any, name: str, title: str, description: str) -> Markup:
    """Return the SVG to put in a page: named for screen readers, its ids its own, no date, the page's text colour."""
    from matplotlib import rc_context

    file = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "rodedraad"}), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name in a script the measuring font lacks
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    svg = file.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = re.sub(rf"{_FAINT}", "currentColor; opacity: .75", svg.replace(_INK, "currentColor"))
    head, body = svg.split(">", 1)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    widest = round(90 * figure.get_figwidth())  # pixels: text as large as the page's, also with one municipality
    named = f'{head} style="max-width: {widest}px" role="img" aria-labelledby="{name}-titel {name}-uitleg">'
    texts = f'<title id="{name}-titel">{escape(title)}</title><desc id="{name}-uitleg">{escape(description)}</desc>'
    return Markup(named + texts + body)  # noqa: S704 matplotlib escapes what it writes, the two texts are escaped here


def scale_text(table: Table) -> str:
    """Say in words what the darkest cell of the heat map stands for."""
    cells = [cell for row in table.rows for cell in row.cells if cell.share]
    top = max(cells, key=lambda c: c.share or 0, default=None)
    if top is None:
        return _("Er zijn geen voorstellen.")
    return _("Hoogste aandeel: %(share)s van de passages (%(theme)s in %(name)s).") % {
        "share": percent(top.share),
        "theme": top.theme.label.lower(),
        "name": top.group,
    }
