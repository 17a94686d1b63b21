"""From lines in reading order to blocks: where a paragraph ends and the next one starts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import PassageKind
from corpus.pdf.columns import Flow, Part
from corpus.pdf.lines import Line, beside
from corpus.pdf.norms import Norms, sign_of
from corpus.pdf.tables import Row, Table, aligned, rows_of, table_of

_GLYPH = re.compile(r"^(?:[•◦▪■□●○‣⁃∙·✓✔✗✘►▶▸➢➤❖◊→⇒✦★\ufffd]\s*|[\ue000-\uf8ff]\s*)(?=\S)")
_DASH = re.compile(r"^(?:[-–—*+>]|o)\s+(?=\S)")
_COUNTED = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s*(?=[^\W\d]|[\"'‘“€(])")
_DEEP = re.compile(r"^\d{1,2}(?:\.\d{1,3})+\.?[a-z]?\s+(?=[A-ZÀ-Þ\"'‘“])")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_STOPPED = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines that make one passage, or the rows of a table."""

    kind: PassageKind
    lines: tuple[Line, ...]
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    level: int = 0
    """Depth of a heading, 1 for the highest; 0 for what is no heading."""
    first: bool = False
    """Whether nothing stands before it in its column."""
    last: bool = False
    """Whether nothing stands after it in its column."""
    right: float = 0.0
    """Right edge of its column (points)."""
    justified: bool = False
    """Whether most lines of its column end at the right edge."""
    bullet: bool = False
    boxed: int = 0
    """Which box of the page it stands in; 0 for none."""
    left: float = 0.0
    """Left edge of its column (points)."""

    @property
    def text(self) -> str:
        """Text of the lines, not yet joined over hyphens."""
        return " ".join(line.text for line in self.lines)


def bullet(line: Line, norms: Norms) -> bool:
    """Whether a line starts with a sign that can only be a bullet."""
    if _GLYPH.match(line.text):
        return True
    return sign_of(line) in norms.bullets


def counted(line: Line) -> bool:
    """Whether a line starts like a list item, with a dash, a number or a letter."""
    return bool(_DASH.match(line.text) or _COUNTED.match(line.text) or _DEEP.match(line.text))


def dashed(line: Line) -> bool:
    """Whether a line starts with a dash or an asterisk that may stand for a bullet."""
    return bool(_DASH.match(line.text))


def closed(line: Line) -> bool:
    """Whether a line ends with closing punctuation."""
    return bool(_CLOSED.search(line.text))


def stopped(line: Line) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_STOPPED.search(line.text))


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive lines of a flow as they are printed, or a table or box among them."""

    lines: tuple[Line, ...] = ()
    part: Part | None = None


def pieces(flow: Flow) -> list[Piece]:
    """Rows of a flow put together to lines; tables without rulings found among them."""
    found: list[Piece] = []
    run: list[Line] = []
    for part in flow.parts:
        if part.kind == "line" and part.line is not None:
            run.append(part.line)
            continue
        found += _runs(run)
        run = []
        found.append(Piece(part=part))
    return found + list(_runs(run))


def _runs(lines: list[Line]) -> Iterator[Piece]:
    rows = rows_of(lines)
    start = 0
    for a, b in aligned(rows):
        if a > start:
            yield Piece(tuple(beside(row) for row in rows[start:a]))
        table = table_of(rows[a:b])
        yield Piece(part=Part("table", *table.area, table=table))
        start = b
    if start < len(rows):
        yield Piece(tuple(beside(row) for row in rows[start:]))


def cut(lines: Sequence[Line], norms: Norms, right: float) -> Iterator[list[Line]]:
    """Paragraphs of consecutive lines in one column whose right edge is at ``right`` (points)."""
    group: list[Line] = []
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else None
        if group and _breaks(group, line, after, norms, _right(lines, i, right), _straight_edge(lines, i)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _right(lines: Sequence[Line], at: int, right: float) -> float:
    """Right edge near a line: text beside a picture is narrower than its column."""
    near = [x for x in lines[max(0, at - 5) : at + 6] if _alike(x, lines[at])]
    widest = max(line.x1 for line in near)
    return widest if len(near) >= 6 else max(widest, right) if right - widest < 40 else widest


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) < 0.3 and a.italic == b.italic and a.bold == b.bold


def _straight_edge(lines: Sequence[Line], at: int) -> float | None:
    """Where the lines around this one all end, when the text is justified there."""
    ends = sorted(x.x1 for x in lines[max(0, at - 7) : at + 7] if _alike(x, lines[at]))
    best, edge = 0, 0.0
    for end in ends:
        near = sum(end - 2.8 <= x <= end for x in ends)  # hyphens and stops may hang over the edge
        if near >= best:
            best, edge = near, end
    return edge - 2.8 if best >= max(4, 0.55 * len(ends)) else None


def ends_short(line: Line, after: Line, right: float) -> bool:
    """Whether the next word would have fitted on this line: the line was ended on purpose."""
    return line.x1 + 0.3 * line.size + after.head < right - 0.15 * line.size


def _breaks(
    group: Sequence[Line], line: Line, after: Line | None, norms: Norms, right: float, edge: float | None
) -> bool:
    last = group[-1]
    step = line.base - last.base
    size = max(line.size, last.size)
    if step < -0.5 * size or line.turned != last.turned:
        return True
    usual = norms.step(line)
    if len(group) > 1 and abs(group[0].size - line.size) < 0.3:
        own = group[-1].base - group[-2].base
        usual = min(usual, own) if own > 0.8 * size else usual
    if step > usual + max(0.22 * line.size, 1.6):
        return True
    if abs(last.size - line.size) > 0.07 * size:
        return True
    short = ends_short(last, line, right) or (edge is not None and last.x1 < edge - 0.9 * size)
    item = bullet(group[0], norms) or counted(group[0])
    if bullet(line, norms):
        return True
    hangs = item and line.x0 > group[0].x0 + 3 and (len(group) == 1 or abs(line.x0 - last.x0) < 2)
    if _style_changes(group, line, short) and not (hangs and last.bold and not line.bold):
        return True
    if (
        counted(line)
        and (closed(last) or short or item or abs(line.x0 - last.x0) > 4)
        and not _sentence_dash(last, line)
    ):
        return True
    if line.bold and last.bold and not item:  # a heading over several lines
        return short and stopped(last)
    if _indents(group, line, after, item, short):
        return True
    if item and line.x0 > group[0].x0 + 3:  # hangs under its bullet: the same item
        return False
    return _ends(last, line, item, short, right)


def _sentence_dash(last: Line, line: Line) -> bool:
    """Whether a dash belongs to the sentence that runs on: ``wel kan`` / ``- en hebben``."""
    return line.text[:1] in "-–—" and not closed(last) and abs(line.x0 - last.x0) < 2 and line.text[2:3].islower()


def _style_changes(group: Sequence[Line], line: Line, short: bool) -> bool:
    last = group[-1]
    if last.bold != line.bold:
        if last.bold and line.lead_bold and not short:
            return False
        return not (line.bold and not short and not closed(last))
    if last.italic != line.italic or (last.colour != line.colour and last.colour != "5,5,10"):
        return short or closed(last)
    return False


def _indents(group: Sequence[Line], line: Line, after: Line | None, item: bool, short: bool) -> bool:
    last = group[-1]
    shift = line.x0 - last.x0
    if len(group) == 1 and item:
        return shift < -3
    if abs(shift) <= 0.5 * line.size:
        return False
    if shift > 0:
        inward = after is None or after.x0 < line.x0 - 0.5 * line.size or after.base - line.base > 2 * line.size
        return shift < 6 * line.size and (stopped(last) or short) and (inward or short)
    if len(group) == 1:  # the first line was indented
        return (shift < -4.5 * line.size) or (short and closed(last))
    return item or short or closed(last)


def _ends(last: Line, line: Line, item: bool, short: bool, right: float) -> bool:
    """Whether a line that ends short ends its paragraph."""
    if not short:
        return False
    start = line.text.lstrip("‘“\"'(„")[:1]
    if not start.isupper() and not start.isdigit():
        return last.text.endswith(";") and item is False and line.text[:1].islower()
    if stopped(last):
        return True
    if last.text.endswith((":", ";")):
        return True
    return start.isupper() and last.x1 < right - 0.35 * (right - last.x0) and not last.text.endswith((",", "-"))


def table_blocks(table: Table, boxed: int = 0) -> list[Block]:
    """A table as one block, or as a block a row where its cells hold paragraphs."""
    words = [sum(len(line.text.split()) for cell in row for line in cell) for row in table.rows]
    if len(words) < 2 or sum(words) < 150 or sum(words) < 18 * len(words):
        return [Block("table", table.lines, rows=table.rows, table=table, boxed=boxed)]
    rows = [row for row in table.rows if any(cell for cell in row)]
    return [Block("table", tuple(line for cell in row for line in cell), rows=(row,), boxed=boxed) for row in rows]


def item_kind(lines: Sequence[Line], norms: Norms) -> bool:
    """Whether a paragraph is a list item."""
    return bullet(lines[0], norms) or counted(lines[0])


def flat(groups: Iterable[Sequence[Line]]) -> list[Line]:
    """All lines of several groups."""
    return [line for group in groups for line in group]
