"""The figures of a report as files for a paper: SVG, PNG at 300 dpi and their data, with a list of what they show."""

from collections.abc import Iterator
from pathlib import Path

from outputs.figures.drawing import Drawing, write_drawing
from outputs.report import Report
from outputs.sheet import Sheet
from outputs.tables_csv import write_table

FIGURES = "figuren"
"""Folder beside a report in which its figures stand."""


def drawings(report: Report) -> Iterator[Drawing]:
    """Yield every figure of a report, each under a name of its own."""
    shown = report.figures
    yield from shown.heat_maps
    yield shown.bars
    yield shown.what_how
    yield from (drawing for drawing in (shown.network, shown.map) if drawing is not None)
    for answer in (*report.comparisons, *report.changes):
        yield from answer.drawings


def write_figures(report: Report, folder: Path) -> list[Path]:
    """Write every figure in ``folder`` (made if need be) and a list of them; return the paths, the list last."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    rows = []
    for drawing in drawings(report):
        paths += write_drawing(drawing, folder)
        rows.append((drawing.data.name, drawing.title, drawing.description))
    listed = Sheet("figuren", ("figure", "title", "description"), tuple(rows))
    return [*paths, write_table(listed, folder / f"{listed.name}.csv")]
