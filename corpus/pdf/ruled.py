"""Tables with rulings: grids of lines or filled cells, and ladders of rulings above, under and between rows."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pdf.lines import Line, split_line
from corpus.pdf.shapes import Area, Shapes, around, clusters
from corpus.pdf.tables import Row, Table, numeric, rows_of

SLACK = 2.5
"""Points that rulings of one grid may miss each other by."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Lines that cross: where they stand, with the edges of rows and columns."""

    area: Area
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    walls: tuple[Area, ...] = ()
    """The vertical lines as they are drawn: a cell over several columns has none inside."""


def grids(shapes: Shapes) -> list[Grid]:
    """Grids of rulings and cell edges: two columns or more; single frames are no grids."""
    across = [*shapes.across]
    down = [*shapes.down]
    cells = [area for area, _ in shapes.fills if area.height < 90 and area.width > 8] + shapes.frames
    for area in cells:
        across.append(Area(area.x0, area.top, area.x1, area.top))
        across.append(Area(area.x0, area.bottom, area.x1, area.bottom))
        down.append(Area(area.x0, area.top, area.x0, area.bottom))
        down.append(Area(area.x1, area.top, area.x1, area.bottom))
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) > 4000:
        return []
    found = [_grid([across[i] for i in a], [down[j] for j in d]) for a, d in _connected(across, down)]
    return [g for g in found if g is not None]


def _connected(across: Sequence[Area], down: Sequence[Area]) -> list[tuple[list[int], list[int]]]:
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(across)), key=lambda i: across[i].top)
    tops = [across[i].top for i in order]
    for j, v in enumerate(down):
        for i in order[bisect_left(tops, v.top - SLACK) : bisect_right(tops, v.bottom + SLACK)]:
            h = across[i]
            if h.x0 - SLACK <= (v.x0 + v.x1) / 2 <= h.x1 + SLACK:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in range(len(across)):
        groups[root(i)][0].append(i)
    for j in range(len(down)):
        groups[root(len(across) + j)][1].append(j)
    return [g for g in groups.values() if len(g[0]) >= 2 and len(g[1]) >= 2]


def _grid(across: Sequence[Area], down: Sequence[Area]) -> Grid | None:
    area = around([*across, *down])
    xs = clusters([(v.x0 + v.x1) / 2 for v in down], SLACK)
    ys = clusters([(h.top + h.bottom) / 2 for h in across], SLACK)
    covered: dict[int, float] = defaultdict(float)
    for v in down:
        at = min(range(len(xs)), key=lambda k: abs(xs[k] - (v.x0 + v.x1) / 2))
        covered[at] += v.height
    inner = [x for k, x in enumerate(xs) if area.x0 + 6 < x < area.x1 - 6 and covered[k] >= 5]
    if not inner or len(ys) < 2:
        return None
    columns = [area.x0, *inner, area.x1]
    return Grid(area, tuple(ys), tuple(columns), tuple(down))


def fill(grid: Grid, lines: Sequence[Line]) -> Table | None:
    """Put the lines of a page in the cells of a grid; ``None`` when that makes no table."""
    held = [line for line in lines if grid.area.holds((line.x0 + line.x1) / 2, (line.top + line.bottom) / 2, 1.0)]
    cells: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in held:
        middle = line.base - 0.3 * line.size
        row = sum(y <= middle for y in grid.rows)
        column = sum(x <= line.x0 + min(0.5 * (line.x1 - line.x0), 4.0) for x in grid.columns)
        cells[row, column].append(line)
    rows: list[Row] = []
    for row in sorted({r for r, _ in cells}):
        in_row = sorted(c for r, c in cells if r == row)
        rows += _split_row([sorted(cells[row, c], key=lambda line: (line.base, line.x0)) for c in in_row])
    used = {c for _, c in cells}
    if len(used) < 2 or len(cells) < 3 or sum(len(row) > 1 for row in rows) < 2:
        return None
    if _only_prose(cells.values()):
        return None
    return Table(grid.area, tuple(rows), grid.columns)


def extended(table: Table, lines: Sequence[Line]) -> Table:
    """The table with the rows right under it that have no rulings of their own but stand in its columns."""
    below = [x for x in lines if x.base > table.area.bottom and table.area.x0 - 6 < x.x0 and x.x1 < table.area.x1 + 6]
    rows = list(table.rows)
    columns = [x for x in table.columns if x < table.area.x1 - 3]
    last_base, area = table.area.bottom, table.area
    for row in rows_of([piece for x in below for piece in split_line(x, columns)]):
        size = row[0].size
        places = [sum(x <= line.x0 + 3 for x in columns) for line in row]
        crossing = any(x + 3 < line.x1 - 3 and line.x0 + 3 < x - 3 for line in row for x in columns)
        if crossing or row[0].base - last_base > 2.6 * size or len(set(places)) < len(places):
            break
        wraps = len(rows) > len(table.rows) and row[0].base - last_base < 1.9 * size and min(places) > 1
        if len(row) >= max(2, 0.4 * len(columns)) or wraps:
            rows.append(tuple((line,) for line in row))
        else:
            break
        last_base = row[0].base
        area = around([area, *row])
    return replace(table, rows=tuple(rows), area=area) if len(rows) > len(table.rows) else table


def _only_prose(cells: Iterable[Sequence[Line]]) -> bool:
    """Whether a grid holds two or three columns of running text rather than cells (a page laid out with a table)."""
    counts = [len(cell) for cell in cells]
    return len(counts) <= 4 and sum(counts) > 30


def ladders(rules: Sequence[Area], lines: Sequence[Line]) -> list[Table]:
    """Tables with rulings above, under and between rows only: columns are where white runs down through all rows."""
    found: list[Table] = []
    used: set[int] = set()
    for i, first in enumerate(sorted(rules, key=lambda r: r.top)):
        same = [r for r in rules if abs(r.x0 - first.x0) < 3 and abs(r.x1 - first.x1) < 3 and r.top >= first.top]
        if id(first) in used or len(same) < 2 or i > 100:
            continue
        used |= {id(r) for r in same}
        for run in _runs_of_rules(same):
            found += _within(run, lines)
    return found


def _within(rules: Sequence[Area], lines: Sequence[Line]) -> list[Table]:
    """Tables among rulings of one width: where all together make none, the widest white between two parts them."""
    table = _ladder(rules, lines)
    if table is not None:
        return [table]
    if len(rules) < 3:
        return []
    at = 1 + max(range(len(rules) - 1), key=lambda i: rules[i + 1].top - rules[i].top)
    return [t for part in (rules[:at], rules[at:]) if len(part) >= 2 for t in _within(part, lines)]


def _runs_of_rules(rules: Sequence[Area]) -> list[list[Area]]:
    """Rulings that may belong to one table: nothing wider than a quarter page between them."""
    runs: list[list[Area]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        if runs and rule.top - runs[-1][-1].top < 260:
            runs[-1].append(rule)
        else:
            runs.append([rule])
    return [run for run in runs if len(run) >= 2]


def _ladder(rules: Sequence[Area], lines: Sequence[Line]) -> Table | None:
    area = around(rules)
    held = [x for x in lines if area.holds((x.x0 + x.x1) / 2, x.base - 0.3 * x.size, 2.0)]
    if any(x.x0 < area.x0 - 3 or x.x1 > area.x1 + 3 for x in held):
        return None
    walls = _walls(held)
    if not walls:
        return None
    pieces = [p for x in held for p in split_line(x, walls)]
    rows = rows_of(pieces)
    by_rule = _ruled_apart(rules, rows)
    whole = _bands(rules, rows) if by_rule else [[row] for row in rows]
    full = [band for band in whole if sum(map(len, band)) >= 2]
    if len(full) < 3 or len(full) < 0.6 * len(whole):
        return None
    edges = [area.x0, *walls]
    built: list[dict[int, list[Line]]] = []
    last = 0.0
    steps = [b[0].base - a[0].base for a, b in pairwise(rows)]
    for row in rows:
        cells: dict[int, list[Line]] = defaultdict(list)
        for piece in row:
            cells[sum(x <= piece.x0 + 1 for x in edges)].append(piece)
        step = row[0].base - last
        tight = step <= 1.6 * row[0].size and step < 0.85 * max(steps, default=0.0)
        fewer = bool(built) and len(cells) < len(built[-1]) and set(cells) <= set(built[-1])
        between = tight and bool(built) and by_rule and not any(last < r.top < row[0].base for r in rules)
        if between or (fewer and (tight or _runs_on(built[-1], cells))):
            for column, wrapped in cells.items():
                built[-1][column] += wrapped
        else:
            built.append(cells)
        last = row[0].base
    return Table(area, tuple(tuple(tuple(r[c]) for c in sorted(r)) for r in built), tuple(edges), ruled=True)


def _ruled_apart(rules: Sequence[Area], rows: Sequence[Sequence[Line]]) -> bool:
    """Whether a ruling stands under every row: then what is printed between two rulings is one row of wrapped cells."""
    bands = _bands(rules, rows)
    held = [band for band in bands if band]
    figures = [line.text for band in held if len(band) > 1 for row in band for line in row[1:]]
    numbers = sum(numeric(text) for text in figures) >= 0.5 * max(1, len(figures)) and bool(figures)
    return len(held) >= 3 and len(held) == len(bands) and max(map(len, held)) <= 8 and not numbers


def _bands(rules: Sequence[Area], rows: Sequence[Sequence[Line]]) -> list[list[Sequence[Line]]]:
    """Printed rows between one ruling and the next."""
    tops = sorted(r.top for r in rules)
    return [[row for row in rows if a < row[0].base <= b] for a, b in pairwise(tops)]


def _runs_on(above: Mapping[int, list[Line]], row: Mapping[int, list[Line]]) -> bool:
    """Whether a row is only the rest of the cells above: after a hyphen, or in lower case without a first cell."""
    hyphen = any(above[c][-1].text.endswith("-") and row[c][0].text[:1].islower() for c in row)
    return hyphen or (min(row) > min(above) and all(cell[0].text[:1].islower() for cell in row.values()))


def _walls(lines: Sequence[Line]) -> list[float]:
    """Right edges of the strips of white, 3 points or wider, that at most one row in ten runs over."""
    rows = rows_of(lines)
    if len(rows) < 3:
        return []
    left, right = min(x.x0 for x in lines), max(x.x1 for x in lines)
    cover = [0] * (int(right - left) + 2)
    for row in rows:
        inked: set[int] = set()
        for line in row:
            start = line.x0
            for a, b, _ in (*line.gaps, (line.x1, line.x1, 0)):
                inked.update(range(int(start - left), int(a - left) + 1))
                start = b
        for x in inked:
            if 0 <= x < len(cover):
                cover[x] += 1
    most = 0.1 * len(rows)
    walls: list[float] = []
    width = 0
    for x, n in enumerate(cover):
        if n <= most:
            width += 1
            continue
        if width >= 3 and x > width:
            walls.append(left + x - 1.0)
        width = 0
    return walls


def _split_row(cells: list[list[Line]]) -> list[Row]:
    """A ruled row that holds several printed rows (rulings only around the whole) is cut into these."""
    if len(cells) < 2 or min(len(c) for c in cells) < 3:
        return [tuple(tuple(c) for c in cells)]
    bases = [[line.base for line in cell] for cell in cells]
    shortest = min(bases, key=len)
    if not all(sum(any(abs(b - x) < 2 for x in other) for b in shortest) >= 0.8 * len(shortest) for other in bases):
        return [tuple(tuple(c) for c in cells)]
    figures = sum(numeric(line.text) for cell in cells[1:] for line in cell)
    if figures < 0.6 * sum(len(c) for c in cells[1:]):
        return [tuple(tuple(c) for c in cells)]
    edges = sorted({round(line.base) for cell in cells for line in cell})
    levels = clusters(edges, 2.0)
    split: list[Row] = []
    for level in levels:
        row = tuple(tuple(line for line in cell if abs(line.base - level) <= 2.5) for cell in cells)
        split.append(tuple(c for c in row if c))
    return [r for r in split if r]
