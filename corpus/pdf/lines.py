"""Printed lines from the characters of a page: a line never runs over the gap between two columns."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

WORD_GAP = 0.17
"""Share of the font size from which a gap between two characters is a space."""
COLUMN_GAP = 1.2
"""Share of the font size from which a gap parts two columns or two cells."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: points from the top left of the page as displayed."""

    text: str
    font: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column (or one cell of a table row)."""

    page: int
    text: str
    font: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def bold(self) -> bool:
        """Whether the font's name says it is a heavy one."""
        name = self.font.lower()
        return any(w in name for w in ("bold", "black", "heavy", "semibold", "demi"))


def characters(layout: Iterable[Any], height: float) -> Iterator[Glyph]:
    """Characters of a pdfminer page layout, those inside forms and figures included."""
    for item in layout:
        if hasattr(item, "fontname") and hasattr(item, "adv"):
            text = item.get_text()
            if item.upright and text:
                yield Glyph(text, item.fontname, item.size, item.x0, height - item.y1, item.x1, height - item.y0)
        elif hasattr(item, "__iter__"):
            yield from characters(item, height)


def make_lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Group characters in lines, top to bottom; draw order does not matter."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if not g.text.isspace()), key=lambda g: (g.top + g.bottom) / 2):
        middle = (glyph.top + glyph.bottom) / 2
        for row in reversed(rows[-3:]):
            head = row[0]
            if abs((head.top + head.bottom) / 2 - middle) < 0.35 * max(head.size, glyph.size):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    return [_line(run, page) for row in rows for run in _runs(sorted(row, key=lambda g: g.x0))]


def _runs(row: list[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in row:
        if run and _same(run[-1], glyph):
            continue  # bold by printing twice
        if run and glyph.x0 - run[-1].x1 > COLUMN_GAP * max(glyph.size, run[-1].size):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _same(a: Glyph, b: Glyph) -> bool:
    return a.text == b.text and abs(a.x0 - b.x0) < 0.1 * a.size and abs(a.top - b.top) < 0.1 * a.size


def _line(run: list[Glyph], page: int) -> Line:
    parts: list[str] = []
    for before, glyph in zip([None, *run], run, strict=False):
        if before is not None and glyph.x0 - before.x1 > WORD_GAP * min(glyph.size, before.size):
            parts.append(" ")
        parts.append(glyph.text)
    styles = Counter((g.font, round(g.size, 1)) for g in run)
    (font, size), _ = styles.most_common(1)[0]
    text = unicodedata.normalize("NFKC", "".join(parts).replace("\u00ad", "-"))
    return Line(
        page,
        " ".join(text.split()),
        font,
        size,
        min(g.x0 for g in run),
        min(g.top for g in run),
        max(g.x1 for g in run),
        max(g.bottom for g in run),
    )
