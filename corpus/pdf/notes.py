"""Footnotes: small lines at the foot that start with a number, matched to the raised numbers in the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.pdf.lines import Line, beside
from corpus.pdf.pages import Sheet
from corpus.pdf.tables import rows_of

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "0123456789")
_MARK = re.compile(
    rf"^(?:([{_RAISED}]{{1,3}})|\[?(\d{{1,3}})[.)\]]?(?=\s)|(\d{{1,3}})(?=[A-Z‘'\"“])|(\*{{1,3}})(?=\s|[A-Z]))"
)
_REFERENCE = re.compile(rf"(?:(?<=[^\s{_RAISED}])|^)([{_RAISED}]{{1,3}})(?![{_RAISED}])")
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[mkcdh]?m|CO|NO|PM|SO|H|O)$")
SMALL = 0.93
"""Share of the size of running text under which a line may be a footnote."""


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """A footnote: its number as printed (``1``, ``*``) and its lines."""

    mark: str
    lines: tuple[Line, ...]
    taken: frozenset[int] = frozenset()
    """Ids of the printed pieces its lines were made of."""


def references(lines: Sequence[Line]) -> set[str]:
    """Numbers raised behind a word or a mark of punctuation, units such as m² left out."""
    found: set[str] = set()
    for line in lines:
        for match in _REFERENCE.finditer(line.text):
            if not _UNIT.search(line.text[: match.start()]):
                found.add(match[1].translate(_PLAIN))
    return found


def footnotes(sheet: Sheet, lines: Sequence[Line], body: float, refs: set[str], last: int) -> list[Note]:
    """Footnotes of a page, top to bottom. ``last`` is the number of the footnote before this page.

    A small line that starts with a number opens one when that number is raised in the text of the page, or follows
    the one before it; small lines under it belong to it. Where a footnote is as large as the text it must stand
    under a short ruling.
    """
    half = 0.3 * sheet.height
    ruled = _under_rule(sheet)
    rows = rows_of([line for line in lines if not line.turned and line.base > half and _may_be(line, body, ruled)])
    found: list[Note] = []
    pieces: list[Line] = []
    open_lines: list[Line] = []
    mark = ""
    origin: dict[int, list[Line]] = {}
    for row in rows:
        for group in _pieces(row):
            merged = beside(group)
            origin[id(merged)] = group
            pieces.append(merged)
    columns = _by_column(pieces)
    expected = {str(last + 1), "1"}
    for column in columns:
        for line in column:
            number = _number(line, body)
            way = _way(line)
            if open_lines and way != _way(open_lines[0]):
                number = None  # marked in another way than the one before: a date, an article
            if number is not None and (
                number in refs
                or number in expected
                or (number == "*" and line.size < SMALL * body)
                or _under(line, number, ruled, last)
            ):
                if mark:
                    found.append(Note(mark, tuple(open_lines)))
                mark, open_lines = number, [line]
                if number.isdigit():
                    expected = {str(int(number) + 1)}
            elif mark and _follows(open_lines[-1], line):
                open_lines.append(line)
            elif mark:
                found.append(Note(mark, tuple(open_lines)))
                mark, open_lines = "", []
        if mark:
            found.append(Note(mark, tuple(open_lines)))
            mark, open_lines = "", []
    return [_plainly(note, origin) for note in found if _at_foot(note, lines, body, refs)]


def _plainly(note: Note, origin: Mapping[int, list[Line]]) -> Note:
    """The footnote with its number in plain figures, apart from the text."""
    first = note.lines[0]
    taken = frozenset(id(line) for merged in note.lines for line in origin[id(merged)])
    text = _MARK.sub(lambda m: f"{m[0].translate(_PLAIN)} ", first.text, count=1)
    return replace(note, lines=(replace(first, text=" ".join(text.split())), *note.lines[1:]), taken=taken)


def _under(line: Line, number: str, ruled: float | None, last: int) -> bool:
    """Whether a line under a short ruling has a number that comes soon after the footnote before."""
    return ruled is not None and line.base > ruled and number.isdigit() and 0 < int(number) - last <= 6


def _may_be(line: Line, body: float, ruled: float | None) -> bool:
    return line.size < SMALL * body or (ruled is not None and line.top >= ruled - 2 and line.size < 1.02 * body)


def _under_rule(sheet: Sheet) -> float | None:
    """Height (points) of a short ruling in the lower part that has a column's left edge."""
    rules = [
        r.top
        for r in sheet.rules
        if 30 <= r.width <= 0.42 * sheet.width and r.top > 0.45 * sheet.height and r.x0 < 0.6 * sheet.width
    ]
    return max(rules) if rules else None


def _pieces(row: Sequence[Line]) -> list[list[Line]]:
    merged: list[list[Line]] = []
    for line in row:
        if (merged and line.x0 - merged[-1][-1].x1 < 1.3 * line.size and not _MARK.match(line.text)) or (
            merged and _bare(merged[-1][-1]) and line.x0 - merged[-1][-1].x1 < 4 * line.size
        ):
            merged[-1].append(line)
        else:
            merged.append([line])
    return merged


def _bare(line: Line) -> bool:
    return bool(re.fullmatch(rf"[{_RAISED}]{{1,3}}|\[?\d{{1,3}}[.)\]]?|\*+", line.text))


def _by_column(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by the left edge of their column, columns from left to right."""
    columns: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (x.x0, x.base)):
        for column in columns:
            if min(x.x0 for x in column) - 20 <= line.x0 < max(x.x1 for x in column) - 5:
                column.append(line)
                break
        else:
            columns.append([line])
    return [sorted(column, key=lambda x: x.base) for column in columns]


def _number(line: Line, body: float) -> str | None:
    match = _MARK.match(line.text)
    if not match or (line.size >= SMALL * body and not match[1]):
        return None
    return (match[1] or match[2] or match[3] or match[4]).translate(_PLAIN)


def _way(line: Line) -> int:
    """How a footnote is marked: 1 raised, 2 with a stop or a space, 3 against the text, 4 with asterisks."""
    match = _MARK.match(line.text)
    return match.lastindex or 0 if match else 0


def _follows(above: Line, line: Line) -> bool:
    step = line.base - above.base
    return 0 < step < 1.9 * line.size and abs(line.size - above.size) < 0.6


def glued_references(lines: Sequence[Line], open_marks: set[str]) -> list[Line]:
    """Lines with each of these numbers, printed against a word without being raised, taken out once.

    Numbers that were found are taken out of ``open_marks`` too.
    """
    mended: list[Line] = []
    for line in lines:
        text = line.text
        for mark in sorted(open_marks, key=len, reverse=True):
            match = re.search(rf"(?<=[^\W\d]{{2}})([.,;:?!)’'”\"]*){mark}(?=\s|$|[.,;:)])", text) or re.search(
                rf"(?<=.{{12}}\d\d)([.,;:?!)]){mark}(?=\s[A-Z]|$)", text
            )
            if match:
                text = text[: match.end(1)] + text[match.end() :]
                open_marks.discard(mark)
        mended.append(replace(line, text=text) if text != line.text else line)
    return mended


def _at_foot(note: Note, lines: Sequence[Line], body: float, refs: set[str]) -> bool:
    """Whether no running text stands under the footnote, in its own columns."""
    first = note.lines[0]
    worded = sum(c.isalpha() for line in note.lines for c in line.text) >= 4
    below = [
        line
        for line in lines
        if line.size >= 0.97 * body
        and line.base > note.lines[-1].base + 1.5 * body
        and line.x0 < first.x1
        and line.x1 > first.x0
        and not line.turned
    ]
    return worded and (not below or (note.mark in refs and len(below) <= 2))


def without_references(line: Line, noted: set[str]) -> Line:
    """The line with the raised numbers of footnotes that were found taken out of its text."""
    if not any(c in _RAISED for c in line.text):
        return line

    def gone(match: re.Match[str]) -> str:
        before, after = line.text[: match.start()], line.text[match.end() :]
        if match[1].translate(_PLAIN) not in noted or _UNIT.search(before):
            return match[1]
        return " " if after[:1].isalnum() else ""

    text = " ".join(_REFERENCE.sub(gone, line.text).split())
    return replace(line, text=text) if text != line.text else line
