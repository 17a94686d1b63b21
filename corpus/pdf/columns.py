"""Reading order: down a column, then the next one; what runs over the gutter parts the page in bands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from corpus.pdf.lines import Line
from corpus.pdf.shapes import Area
from corpus.pdf.tables import Table, numbering, numeric


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A line, a table or a box: what is put in order."""

    kind: Literal["line", "table", "box"]
    x0: float
    top: float
    x1: float
    bottom: float
    line: Line | None = None
    table: Table | None = None
    inside: "tuple[Flow, ...]" = ()


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Parts that a reader takes one after another, within one column."""

    parts: tuple[Part, ...]
    area: Area


def line_part(line: Line) -> Part:
    """A line to be put in order."""
    return Part("line", line.x0, line.top, line.x1, line.bottom, line=line)


def order(parts: Sequence[Part], usual: Sequence[float] = (), depth: int = 0) -> list[Flow]:
    """Flows in the order of reading; draw order does not matter.

    ``usual`` are the gutters of other pages: there, little text on both sides is enough.
    """
    if not parts:
        return []
    gutter = find_gutter(parts, usual) if depth < 4 and len(parts) >= 2 else None
    if gutter is None:
        return [_flow(parts)]
    flows: list[Flow] = []
    for side, run in _together(_bands(parts, gutter)):
        if side == "over":
            flows += order(run, usual, depth + 1) if len(run) < len(parts) else [_flow(run)]
            continue
        left = [p for p in run if _side(p, gutter) < 0]
        right = [p for p in run if _side(p, gutter) >= 0]
        flows += [*order(left, usual, depth + 1), *order(right, usual, depth + 1)]
    return flows


def _together(bands: Iterable[tuple[str, list[Part]]]) -> list[tuple[str, list[Part]]]:
    """Bands with neighbours that both run over the gutter made one: text with nothing beside it is no column."""
    joined: list[tuple[str, list[Part]]] = []
    for side, run in bands:
        if joined and side == "over" and joined[-1][0] == "over":
            joined[-1] = ("over", [*joined[-1][1], *run])
        else:
            joined.append((side, run))
    return joined


def _flow(parts: Sequence[Part]) -> Flow:
    ordered = tuple(sorted(parts, key=lambda p: (p.line.base if p.line else p.top, p.x0)))
    area = Area(min(p.x0 for p in ordered), ordered[0].top, max(p.x1 for p in ordered), max(p.bottom for p in ordered))
    return Flow(ordered, area)


def _side(part: Part, gutter: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 over it."""
    if part.x0 >= gutter - 3:
        return 1
    if part.x1 <= gutter - 1.5:
        return -1
    return 0


def _bands(parts: Sequence[Part], gutter: float) -> Iterator[tuple[str, list[Part]]]:
    """Cut at what runs over the gutter. What runs over it beside lines of the other column belongs to its column."""
    over: list[Part] = []
    split: list[tuple[Part, int]] = []
    sided = [(p, _side(p, gutter)) for p in sorted(parts, key=lambda p: (p.top, p.x0))]
    for part, side in sided:
        split.append((part, side or _pushed(part, gutter, sided)))
    run: list[Part] = []
    for part, side in split:
        if side == 0:
            if run:
                yield from _sorted_band(run, gutter)
                run = []
            over.append(part)
            continue
        if over and not run and _still_over(part, over, split):
            over.append(part)
            continue
        if over:
            yield "over", over
            over = []
        run.append(part)
    if over:
        yield "over", over
    if run:
        yield from _sorted_band(run, gutter)


def _sorted_band(run: list[Part], gutter: float) -> Iterator[tuple[str, list[Part]]]:
    sides = {_side(p, gutter) for p in run}
    yield ("columns" if len(sides) > 1 or 0 in sides else "over"), run


def _pushed(part: Part, gutter: float, sided: Sequence[tuple[Part, int]]) -> int:
    """Side of a part that sticks out over the gutter while the other column has lines at its height."""
    if part.kind != "line":
        return 0
    own = -1 if part.x1 - gutter < gutter - part.x0 else 1
    beside = any(s == -own and p is not part and p.top < part.bottom - 2 and p.bottom > part.top + 2 for p, s in sided)
    return own if beside else 0


def _still_over(part: Part, over: Sequence[Part], split: Sequence[tuple[Part, int]]) -> bool:
    """Whether a short line is the end of a paragraph that runs over both columns."""
    last = over[-1]
    if part.line is None or last.line is None or abs(part.x0 - min(p.x0 for p in over[-3:])) > 3:
        return False
    if abs(part.line.size - last.line.size) > 0.5 or part.line.base - last.line.base > 2.1 * part.line.size:
        return False
    if last.line.text.endswith((".", "!", "?", ":")) and part.line.text[:1].isupper():
        return False
    if last.line.bold != part.line.bold:
        return False
    return not any(p is not part and s == 1 and p.top < part.bottom - 1 and p.bottom > part.top + 1 for p, s in split)


def find_gutter(parts: Sequence[Part], usual: Sequence[float] = ()) -> float | None:
    """The x (points) at which most text stands in two columns beside each other, or ``None``."""
    lines = [p for p in parts if p.kind == "line"]
    starts = Counter(round(p.x0 / 2) * 2 for p in parts)
    size = median([p.line.size for p in lines if p.line]) if lines else 10.0
    left = min(p.x0 for p in parts)
    ordered = sorted(parts, key=lambda p: (p.top, p.x0))
    best: tuple[float, float] | None = None
    for start, count in starts.most_common(24):
        known = any(abs(start - x) < 8 for x in usual)
        if start < left + 3 * size or (count + starts[start + 2] + starts[start - 2] < 2 and not known):
            continue
        x = min(p.x0 for p in parts if abs(p.x0 - start) <= 2) - 0.5
        height = _height_of_columns(ordered, x, size, known)
        if height > (0.7 if known else 3.5) * size and (
            best is None or height > best[0] + 1 or (height > best[0] - 1 and x < best[1])
        ):
            best = (height, x)
    return best[1] if best else None


def _height_of_columns(ordered: Sequence[Part], x: float, size: float, known: bool) -> float:
    """Height (points) over which text stands on both sides of ``x`` with white between."""
    total = 0.0
    run: list[tuple[Part, int]] = []
    for part in [*ordered, None]:
        side = _side(part, x) if part is not None else 0
        if side and part is not None:
            run.append((part, side))
            continue
        total += _run_height(run, size, known)
        run = []
    return total


def _run_height(run: Sequence[tuple[Part, int]], size: float, known: bool) -> float:
    left = [p for p, s in run if s < 0]
    right = [p for p, s in run if s > 0]
    if not left or not right:
        return 0.0
    if min(p.x0 for p in right) - max(p.x1 for p in left) < 0.4 * size:
        return 0.0
    top = max(min(p.top for p in left), min(p.top for p in right))
    bottom = min(max(p.bottom for p in left), max(p.bottom for p in right))
    if known:
        return bottom - top if _worded(left) and _worded(right) else 0.0
    if bottom - top < 1.5 * size:
        return 0.0
    if (_prose(left) and _prose(right)) or _apart(left, right, bottom - top, size):
        return bottom - top
    return 0.0


def _apart(left: Sequence[Part], right: Sequence[Part], height: float, size: float) -> bool:
    """Whether two columns of short lines go their own way: their lines do not stand in the same rows."""
    if height < 6 * size or min(len(left), len(right)) < 4:
        return False
    few, many = sorted((left, right), key=len)
    bases = [p.line.base for p in many if p.line]
    level = sum(any(abs(p.line.base - b) < 0.15 * size for b in bases) for p in few if p.line)
    labels = all(p.line.bold for p in left if p.line) and not all(p.line.bold for p in right if p.line)
    return level < 0.5 * len(few) and _worded(left) and _worded(right) and not labels


def _worded(side: Sequence[Part]) -> bool:
    """Whether there is more than numbering and amounts."""
    return any(p.line is None or not (numbering(p.line.text) or numeric(p.line.text)) for p in side)


def usual_gutters(pages: Sequence[Sequence[Part]]) -> list[float]:
    """Gutters that come back on several pages (points)."""
    counts: Counter[int] = Counter()
    for parts in pages:
        gutter = find_gutter(parts) if len(parts) >= 4 else None
        if gutter is not None:
            counts[round(gutter / 6)] += 1
    enough = max(3, 0.08 * len(pages))
    return [6.0 * k for k, n in counts.items() if n + counts[k + 1] + counts[k - 1] >= enough]


def _prose(side: Sequence[Part]) -> bool:
    """Whether these look like a column of text, not like names, bullets or amounts beside text."""
    if any(p.kind != "line" for p in side):
        return True
    wide = max(p.x1 for p in side) - min(p.x0 for p in side)
    lines = [p for p in side if p.line and not numbering(p.line.text)]
    if len(lines) < 2 or wide < 60:
        return False
    if sum(numeric(p.line.text) for p in lines if p.line) > 0.3 * len(lines):
        return False
    words = [len(p.line.text.split()) for p in lines if p.line]
    return median([p.x1 - p.x0 for p in lines]) > 0.3 * wide and median(words) >= 3
