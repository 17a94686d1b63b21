"""Tables of groups × themes that fit the paper: turned where that fits a page upright, else in landscape."""

from collections.abc import Sequence

from outputs.paper import Paper, Span
from outputs.wording import _

_UPRIGHT = 6
"""Columns beside the first that fit across an upright page."""
_LANDSCAPE = 12
"""The same across a page in landscape; more go on in a next table."""
Row = tuple[str, Sequence[Sequence[Span]]]
"""The name of a group and a cell a theme."""


def is_wide(rows: Sequence[Row], themes: Sequence[str]) -> bool:
    """Tell whether the table needs a page in landscape."""
    return min(len(rows), len(themes)) > _UPRIGHT


def add_grid(paper: Paper, title: str, heads: tuple[str, str], rows: Sequence[Row], themes: Sequence[str]) -> None:
    """Add a table of groups × themes; ``heads`` say what groups and themes are called.

    Few groups become columns, so that the themes stand below each other.
    """
    if len(rows) <= _UPRIGHT:
        columns = [name for name, _cells in rows]
        turned = [[[(theme, "Strong")], *(cells[i] for _name, cells in rows)] for i, theme in enumerate(themes)]
        paper.caption(_("Tabel"), title)
        paper.table((heads[1], *columns), turned, (1.3, *(1.0 for _column in columns)))
        return
    parts = range(0, len(themes), _LANDSCAPE)
    for start in parts:
        shown = themes[start : start + _LANDSCAPE]
        more = f" ({start // _LANDSCAPE + 1}/{len(parts)})" if len(parts) > 1 else ""
        paper.caption(_("Tabel"), title + more)
        listed = [[_name(name), *cells[start : start + _LANDSCAPE]] for name, cells in rows]
        paper.table((heads[0], *shown), listed, (2.1, *(1.0 for _theme in shown)), upright=True)


def _name(name: str) -> list[Span]:
    """Return the name of a group, and lighter what stands on the lines below it."""
    first, end, rest = name.partition("\n")
    return [(first, "Strong"), (end + rest, "")]
