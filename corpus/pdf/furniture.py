"""Running headers, footers and page numbers: what comes back at the edge of the pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet

EDGE = 0.14
"""Share of the height, at the top and at the bottom, in which furniture is looked for."""
SHARE = 0.12
"""Share of the pages on which a running line comes back at least: odd and even pages have their own."""
_NUMBER = re.compile(
    r"^(?:(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s*)?[-–|•]?\s*(\d{1,4})\s*[-–|•.]?(?:\s*(?:van|/|\||of)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}(?=[A-Z‘'\"“])|\d{1,3}[.)]\s)")
_NAMED_NUMBER = re.compile(
    r"(?:\bpagina|\bpag\.|\bblz\.?|\bbladzijde)\s*\d{1,4}\b|^\d{1,3}\s*(?:/|van)\s*\d{1,3}$", re.IGNORECASE
)


def furniture(sheets: Sequence[Sheet], body: float) -> set[int]:
    """Ids of the lines that are no part of the text. ``body`` is the size (points) of running text.

    A line at the edge is furniture when its text (figures masked) stands at one height on enough pages, when it is a
    page number that counts with the pages, or when it is one of the changing titles at a height and in a style
    where pages have nothing but such titles.
    """
    edges = [(line, sheet) for sheet in sheets for line in _edge_lines(sheet)]
    found = _alone(_repeated(edges, len(sheets), body), sheets)
    found |= _page_numbers([(x, s) for x, s in edges if x.size < 1.4 * body or x.base > s.height / 2], len(sheets))
    found |= _running_titles(edges, sheets, body, found)
    found |= _titled(edges, sheets, body, found)
    return {id(line) for line in _between(sheets, found)}


def _edge_lines(sheet: Sheet) -> Iterable[Line]:
    for line in sheet.everything:
        if (
            line.bottom < EDGE * sheet.height
            or line.top > (1 - EDGE) * sheet.height
            or (line.turned and (line.x1 < EDGE * sheet.width or line.x0 > (1 - EDGE) * sheet.width))
        ):
            yield line


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip().lower()


def _repeated(edges: Sequence[tuple[Line, Sheet]], pages: int, body: float) -> set[Line]:
    """Lines that come back at one height: the same text, or a text in which one number counts with the pages."""
    exact: dict[str, list[tuple[float, Line]]] = defaultdict(list)
    counting: dict[tuple[str, int, int], list[tuple[float, Line]]] = defaultdict(list)
    for line, sheet in edges:
        if not any(c.isalnum() for c in line.text):
            continue
        if line.size < 0.95 * body and _NOTE.match(line.text):
            exact[line.text.strip().lower()].append((_level(line, sheet), line))
            continue
        level = _level(line, sheet)
        exact[line.text.strip().lower()].append((level, line))
        for at, number in enumerate(re.findall(r"\d+", line.text)):
            if len(number) <= 4 and line.size <= 1.15 * body:
                counting[_key(line), at, int(number) - line.page].append((level, line))
    found: set[Line] = set()
    for places in [*exact.values(), *counting.values()]:
        if len(places) < 2:
            continue
        for level, line in places:
            near = {other.page for height, other in places if abs(height - level) < 4}
            enough = max(3, SHARE * pages) if pages > 4 else 2
            if line.size > 1.3 * body:
                enough = max(enough, 0.3 * pages, 4)
            if len(near) >= enough or (len(near) >= 3 and _row_of_pages(near) and line.size <= 1.05 * body):
                found.add(line)
    return found


def _alone(found: set[Line], sheets: Sequence[Sheet]) -> set[Line]:
    """Those lines that are not the next line of text in the same style: a note's second line may come back too."""
    kept = set(found)
    for sheet in sheets:
        here = [line for line in sheet.lines if line in found]
        others = [line for line in sheet.lines if line not in found] if here else []
        while touching := [line for line in here if any(_next_to(line, x) for x in others)]:
            kept.difference_update(touching)
            here = [line for line in here if line in kept]
            others = touching
    return kept


def _next_to(line: Line, other: Line) -> bool:
    """Whether two lines are set as neighbours in one paragraph."""
    return (
        line.font == other.font
        and abs(line.size - other.size) < 0.1
        and 0.5 * line.size < abs(line.base - other.base) < 1.45 * line.size
        and other.x0 < line.x1
        and line.x0 < other.x1
    )


def _level(line: Line, sheet: Sheet) -> float:
    """Height on the page, from the nearest edge, so that pages of other sizes compare."""
    return line.base if line.base < sheet.height / 2 else line.base - sheet.height - 1e4


def _row_of_pages(pages: set[int]) -> bool:
    """Whether pages follow each other closely: a header that is the same throughout one chapter."""
    ordered = sorted(pages)
    return len(ordered) >= 4 and ordered[-1] - ordered[0] <= 2 * len(ordered)


def _page_numbers(edges: Sequence[tuple[Line, Sheet]], pages: int) -> set[Line]:
    numbers: list[tuple[int, Line, Sheet]] = []
    for line, sheet in edges:
        match = _NUMBER.match(line.text)
        if match:
            numbers.append((int(match[1]), line, sheet))
    found: set[Line] = set()
    offsets: Counter[tuple[int, int]] = Counter()
    for value, line, sheet in numbers:
        offsets[value - line.page, round(_level(line, sheet) / 12)] += 1
    for value, line, sheet in numbers:
        level = round(_level(line, sheet) / 12)
        count = sum(offsets[value - line.page, level + k] for k in (-1, 0, 1))
        if count >= min(3, pages) and (count >= 2 or value == line.page):
            found.add(line)
    for line, _ in edges:
        if _NAMED_NUMBER.search(line.text) and len(line.text) < 60 and not line.text.endswith((".", ";", ",")):
            found.add(line)
    return found


def _running_titles(
    edges: Sequence[tuple[Line, Sheet]], sheets: Sequence[Sheet], body: float, known: set[Line]
) -> set[Line]:
    """Titles of chapters at the top or bottom: another text every few pages, in one place and one style."""
    if len(sheets) < 8:
        return set()
    outer = {sheet.number: _outermost(sheet, known) for sheet in sheets}
    groups: dict[tuple[float, str, bool], list[Line]] = defaultdict(list)
    for line, sheet in edges:
        worded = sum(c.isalpha() for c in line.text) >= 3
        if not worded or line.size > 1.15 * body or len(line.text) > 110 or _NOTE.match(line.text):
            continue
        if line in known or id(line) in outer[sheet.number]:
            groups[round(_level(line, sheet) / 3), line.font, line.base < sheet.height / 2].append(line)
    large = {x.text for s in sheets for x in s.lines if x.size > 1.08 * body or (x.bold and len(x.text) > 8)}
    found: set[Line] = set()
    for (_, _, top), members in groups.items():
        pages = {line.page for line in members}
        lines = [line for line in members if line not in known]
        if not lines or len(pages) < max(5, 0.25 * len(sheets)) or (top and lines[0].size > 1.02 * body):
            continue
        texts = Counter(line.text for line in lines)
        again = [line for line in lines if texts[line.text] >= 2 or (line.text in large and not line.bold)]
        short = all(len(line.text.split()) <= 6 for line in lines)
        if not top and short and len(pages) >= 0.5 * len(sheets) and len(again) >= 0.5 * len(lines):
            found |= set(lines)
        elif len(again) >= 0.7 * len(lines) and lines[0].size <= 1.02 * body:
            found |= {line for line in lines if line in again or line.size < 0.95 * body}
    return found


def _titled(edges: Sequence[tuple[Line, Sheet]], sheets: Sequence[Sheet], body: float, known: set[Line]) -> set[Line]:
    """Small lines apart at the edge of a later page that hold the document's title: a header that stands only once."""
    first = [line for line in sheets[0].lines if line.size >= 1.4 * body] if sheets else []
    largest = max((line.size for line in first), default=0.0)
    title = " ".join(line.text for line in first if line.size > largest - 0.5).casefold().strip(" .:–-")
    if len(title) < 8:
        return set()
    return {
        line
        for line, sheet in edges
        if sheet.number > sheets[0].number
        and line.size < 0.93 * body
        and title in line.text.casefold()
        and id(line) in _outermost(sheet, known)
    }


def _outermost(sheet: Sheet, known: set[Line]) -> set[int]:
    """Lines with nothing but furniture between them and the edge, and with white between them and the text."""
    lines = sorted((x for x in sheet.everything if not x.turned), key=lambda line: line.base)
    outer: set[int] = set()
    for ordered in (lines, lines[::-1]):
        row: list[Line] = []
        for line in ordered:
            if line in known:
                continue
            if row and abs(line.base - row[0].base) > 3:
                if abs(line.base - row[0].base) > 1.6 * row[0].size:
                    outer |= {id(x) for x in row}
                break
            row.append(line)
    return outer


def _between(sheets: Sequence[Sheet], found: set[Line]) -> set[Line]:
    """Add bare pieces that stand in a row of furniture (a dash, a logo's letters), never worded text."""
    more = set(found)
    for sheet in sheets:
        levels = [(line.base, line.size) for line in sheet.lines if line in found]
        for line in _edge_lines(sheet):
            if line not in found and len(line.text) <= 3 and any(abs(line.base - b) < 0.3 * s for b, s in levels):
                more.add(line)
    return more
