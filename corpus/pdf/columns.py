"""Reading order: bands from top to bottom, within a band column by column; table rows stay together."""

from itertools import pairwise

from corpus.pdf.lines import Line

CROSSING = 0.12
"""Share of the lines that may cross a gutter."""


def order(lines: list[Line], width: float) -> list[Line]:
    """Lines in the order of reading."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return sorted(lines, key=lambda line: (line.top, line.x0))
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: line.top):
        if line.x0 < gutter - 2 and line.x1 > gutter + 2:
            ordered += _columns(band, gutter, width)
            band = []
            ordered.append(line)
        else:
            band.append(line)
    return ordered + _columns(band, gutter, width)


def _columns(band: list[Line], gutter: float, width: float) -> list[Line]:
    left = [line for line in band if line.x0 < gutter - 2]
    right = [line for line in band if line.x0 >= gutter - 2]
    return order(left, width) + order(right, width) if left and right else [*left, *right]


def _gutter(lines: list[Line], width: float) -> float | None:
    if len(lines) < 8:
        return None
    best: tuple[int, float] | None = None
    starts = sorted({round(line.x0) for line in lines})
    for x in starts[1:]:
        edge = x - 3.0
        crossing = sum(line.x0 < edge - 2 and line.x1 > edge + 2 for line in lines)
        left = [line for line in lines if line.x1 <= edge + 2]
        right = [line for line in lines if line.x0 >= edge - 2]
        wide = all(_prose(side, width) for side in (left, right))
        if wide and crossing <= CROSSING * len(lines) and (best is None or crossing < best[0]):
            best = (crossing, edge)
    return best[1] if best else None


def _prose(side: list[Line], width: float) -> bool:
    if len(side) < 4:
        return False
    long = [line for line in side if line.x1 - line.x0 > 0.2 * width]
    return len(long) >= 0.5 * len(side)


def table_rows(lines: list[Line]) -> list[list[Line]]:
    """Runs of three or more rows with three or more cells each; lines as they were read, unordered."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        if rows and line.top + line.size / 2 < rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    tables: list[list[Line]] = []
    run: list[list[Line]] = []
    for row, after in pairwise([*rows, []]):
        if len(row) >= 3:
            run.append(row)
        if len(row) < 3 or not after or after[0].top - row[0].bottom > 2 * row[0].size:
            if len(run) >= 3:
                tables.append([cell for r in run for cell in sorted(r, key=lambda c: c.x0)])
            run = []
    return tables
