"""Tables: what one is, and those without rulings, whose pieces stand under each other row by row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pdf.lines import Line
from corpus.pdf.shapes import Area, around, clusters

_NUMERIC = re.compile(
    r"^[€$]?\s*[-–+]?\s*[€$]?\s*\(?[\d.,]+\)?\s*[%‰]?\s*[A-Z]{0,2}$|^[-–]$|^n\.?v\.?t\.?$|^pm$", re.IGNORECASE
)
_NUMBERING = re.compile(r"^(?:[\W_]{1,2}|\(?(?:\d{1,2}\.)*\d{1,3}[a-z]?[.)]?|[a-zA-Z][.)]|[ivxIVX]{1,4}[.)])$")

Row = tuple[tuple[Line, ...], ...]
"""Cells from left to right, each with its lines from top to bottom."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as it stands on one page."""

    area: Area
    rows: tuple[Row, ...]
    columns: tuple[float, ...]
    """Left edges of the columns (points)."""
    ruled: bool = True

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in the order of reading."""
        return tuple(line for row in self.rows for cell in row for line in cell)


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one flow grouped by the row in which they are printed."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if rows and _same_row(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _same_row(row: Sequence[Line], line: Line) -> bool:
    head = row[0]
    size = max(head.size, line.size)
    if line.base - head.base < 0.12 * size:
        return True
    small = line if len(line.text) <= 2 else head if len(row) == 1 and len(head.text) <= 2 else None
    if small is None or line.base - head.base > 0.4 * size:
        return False
    other = head if small is line else line
    return small.x1 <= other.x0 + 1 and other.x0 - small.x1 < 4 * size


def numeric(text: str) -> bool:
    """Whether a cell holds an amount, a percentage or the like."""
    return bool(_NUMERIC.match(text))


def numbering(text: str) -> bool:
    """Whether a piece is only a bullet or a number in front of text."""
    return bool(_NUMBERING.match(text))


def aligned(rows: Sequence[list[Line]]) -> list[tuple[int, int]]:
    """Stretches of rows (from, to) that make a table without rulings."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(rows):
        if not _cells(rows[start]):
            start += 1
            continue
        end = start + 1
        while end < len(rows) and _goes_on(rows[start:end], rows[end]):
            end += 1
        while end > start and not _cells(rows[end - 1]) and not _wraps(rows[start:end], rows[end - 1]):
            end -= 1
        if _tabular(rows[start:end]):
            found.append((start, end))
            start = end
        else:
            start += 1
    return found


def _cells(row: Sequence[Line]) -> int:
    """How many cells a row has besides the first, numbering in front not counted."""
    pieces = [line for i, line in enumerate(row) if i or not numbering(line.text)]
    return max(0, len(pieces) - 1)


def _goes_on(run: Sequence[list[Line]], row: list[Line]) -> bool:
    last = run[-1][0]
    step = row[0].base - last.base
    far = 4.6 if _cells(row) and _ends_under(run, row) else 3.2
    if step > far * max(last.size, row[0].size):
        return False
    return bool(_cells(row)) or _wraps(run, row) or _label(run, row)


def _ends_under(run: Sequence[list[Line]], row: Sequence[Line]) -> bool:
    """Whether the last cell is an amount that ends where those above it do."""
    return numeric(row[-1].text) and any(abs(row[-1].x1 - r[-1].x1) < 3 for r in run[-3:] if len(r) > 1)


def _wraps(run: Sequence[list[Line]], row: Sequence[Line]) -> bool:
    """Whether a row with one piece goes on in a cell other than the first."""
    starts = [line.x0 for r in run for line in r[1:]]
    if not starts or len(row) != 1:
        return False
    step = row[0].base - run[-1][0].base
    return step < 1.6 * row[0].size and any(abs(row[0].x0 - x) < 3 for x in starts)


def _label(run: Sequence[list[Line]], row: Sequence[Line]) -> bool:
    """Whether a row with one piece is a short label in the first column."""
    left = min(r[0].x0 for r in run)
    first = [r[1].x0 for r in run if len(r) > 1]
    return len(row) == 1 and abs(row[0].x0 - left) < 30 and bool(first) and row[0].x1 < max(first) + 20


def _tabular(run: Sequence[list[Line]]) -> bool:
    rows = [row for row in run if _cells(row)]
    if len(rows) < 3:
        return False
    cells = [line for row in rows for line in row[1:]]
    share = sum(numeric(line.text) for line in cells) / len(cells)
    fits = sum(_stands_under(line, row, rows) for row in rows for line in row[1:]) / len(cells)
    if fits < 0.7:
        return False
    if sum(_cells(row) >= 2 for row in rows) >= 3:
        return share > 0.3 or fits > 0.85
    if share >= 0.6:
        return True
    return _definitions(run, rows)


def _stands_under(line: Line, row: Sequence[Line], rows: Sequence[list[Line]]) -> bool:
    return any(
        abs(line.x0 - other.x0) < 3 or abs(line.x1 - other.x1) < 3 or abs(line.x0 + line.x1 - other.x0 - other.x1) < 6
        for r in rows
        if r is not row
        for other in r[1:]
    )


def _definitions(run: Sequence[list[Line]], rows: Sequence[list[Line]]) -> bool:
    """Names on the left, what they stand for on the right: both columns start at one edge."""
    if len(rows) < 4 or any(len(row) > 2 for row in rows):
        return False
    left = clusters([row[0].x0 for row in rows], 3)
    right = clusters([row[1].x0 for row in rows], 3)
    apart = min(row[1].x0 - row[0].x1 for row in rows) > 8
    return len(left) == 1 and len(right) == 1 and apart and not any(numbering(row[0].text) for row in run)


def table_of(rows: Sequence[list[Line]]) -> Table:
    """A table of rows without rulings; a row with one piece that wraps goes into the cell above."""
    built: list[list[list[Line]]] = []
    for row in rows:
        if built and len(row) == 1 and _wraps([[c[0] for c in r if c] for r in built], row):
            cell = next((c for c in built[-1][1:] if abs(c[0].x0 - row[0].x0) < 3), None)
            if cell is not None:
                cell.append(row[0])
                continue
        built.append([[line] for line in row])
    lines = [line for row in rows for line in row]
    columns = clusters([line.x0 for line in lines], 6)
    return Table(around(lines), tuple(tuple(tuple(c) for c in row) for row in built), tuple(columns), ruled=False)


def continues(first: Table, second: Table) -> bool:
    """Whether a table goes on in another column or on the next page: the same columns, shifted or not."""
    if first.ruled != second.ruled:
        return False
    if abs(first.area.width - second.area.width) > 8:
        return False
    if len(first.columns) == len(second.columns):
        shift = second.columns[0] - first.columns[0]
        return all(abs(b - a - shift) < 6 for a, b in zip(first.columns, second.columns, strict=True))
    few, many = sorted((first.columns, second.columns), key=len)
    shift = many[0] - few[0]
    return len(few) >= 2 and all(any(abs(b - a - shift) < 6 for b in many) for a in few)
