"""Printed lines from the stretches of characters of a page: where words part, and in which style a line stands.

Stretches on one baseline make a row; a row is cut where the white is wide (two columns, two cells) or where a ruling
stands.
"""

import itertools
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.pdf.stretches import Stretch, heavy, slanted

SPLIT_GAP = 1.0
"""Share of the font size from which white parts a row in two; lines of one column are put together again later."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOST = "\ufffd"
_CID = re.compile(r"^\(cid:\d+\)$")
_NFKC = re.compile(
    "[^\x00-\u024f\u2010-\u2027\u2030-\u205e\u2070-\u209f\u20a0-\u2bff⁰¹²³⁴⁵⁶⁷⁸⁹]|[\u00a0\u00a8\u00b4\u00b5]"
)
_BULLETS = str.maketrans("\uf0b7\uf0a7\uf0d8\uf0fc\uf0e0\uf076\uf02d\uf0a8", "•▪➢✓→❖–◊")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\u200b\u2060\ufeff\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One printed line of one column, or of one cell of a table row. Points from the page's top left corner."""

    page: int
    text: str
    font: str
    size: float
    bold: bool
    italic: bool
    colour: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    """Height of the baseline."""
    head: float
    """Width of the first word."""
    turned: bool = False
    """Whether it runs in another direction than the rest of the page."""
    lead_bold: bool = False
    """Whether it starts in bold and goes on plain."""
    first_font: str = ""
    gaps: tuple[tuple[float, float, int], ...] = ()
    """Wider whites in it: left and right end (points), and where in ``text`` the part after it starts."""

    @property
    def style(self) -> tuple[float, bool, bool, str]:
        """Size (rounded), weight, slant and colour: what a reader sees a heading by."""
        return round(self.size * 2) / 2, self.bold, self.italic, self.colour


def read_lines(
    group: Sequence[Stretch], page: int, height: float, cuts: Sequence[tuple[float, float, float]]
) -> list[Line]:
    """Lines of one direction, top to bottom. ``cuts`` are vertical rulings: x, lower and upper end."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(group, key=lambda s: (-s.base, s.x0)):
        row = rows[-1] if rows else None
        if row is not None and row[0].base - stretch.base < 0.1 * min(row[0].size, stretch.size):
            row.append(stretch)
        else:
            rows.append([stretch])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda s: s.x0)
        base = row[0].base
        walls = [x for x, low, high in cuts if low < base + 0.3 * row[0].size < high] if cuts else []
        lines += _row_lines(row, page, height, walls)
    return lines


def _row_lines(row: list[Stretch], page: int, height: float, walls: Sequence[float]) -> Iterator[Line]:
    entries: list[tuple[Any, Stretch]] = [(g, s) for s in row for g in s.glyphs]
    if len(row) > 1:
        entries.sort(key=lambda e: e[1].x0 if e[1].raised else e[0].x0)
    printed: list[tuple[str, float, float, Stretch, bool]] = []
    spaced = False
    doubled = 0
    blanks = 0
    end = -1e9
    for glyph, stretch in entries:
        text = glyph.get_text()
        if text == " " or text.isspace() or text == "\u200b":
            spaced = True
            blanks += 1
            continue
        x0, x1 = glyph.x0, glyph.x1
        if printed and x0 < end - 0.05 * stretch.size and _doubled(printed, text, x0, x1):
            doubled += 1
            continue
        printed.append((text, x0, x1, stretch, spaced))
        spaced = False
        if x1 > end:
            end = x1
    if not printed:
        return
    size = statistics.median([p[3].size for p in printed]) if len(row) > 1 else row[0].size
    limit = _word_gap(printed, size, blanks)
    run: list[tuple[str, float, float, Stretch, bool]] = []
    last_x1 = 0.0
    for entry in printed:
        x0 = entry[1]
        if run:
            gap = x0 - last_x1
            here = max(size, entry[3].size)
            wall = gap > -0.3 * size and any(last_x1 - 1.5 <= x <= x0 + 1.5 for x in walls)
            if gap > SPLIT_GAP * here or wall:
                yield _line(run, page, height, doubled, len(printed))
                run = []
            elif not entry[4] and gap > limit:
                entry = (entry[0], x0, entry[2], entry[3], True)
        run.append(entry)
        last_x1 = entry[2] if not run[:-1] else max(last_x1, entry[2])
    yield _line(run, page, height, doubled, len(printed))


def _doubled(printed: Sequence[tuple[str, float, float, Stretch, bool]], text: str, x0: float, x1: float) -> bool:
    """Whether the same letter was just printed on (almost) the same spot, to make it look bold or shadowed."""
    return any(t == text and abs(a - x0) < 0.35 * max(x1 - x0, 0.5) for t, a, _, _, _ in printed[-4:])


def _word_gap(printed: Sequence[tuple[str, float, float, Stretch, bool]], size: float, blanks: int) -> float:
    """White (points) from which two letters without a space glyph between them stand in two words.

    Judged by the line itself: letters may be set tight or wide, and a justified line may have hardly any space.
    """
    gaps = sorted(b[1] - a[2] for a, b in itertools.pairwise(printed) if not b[4])
    if not gaps:
        return 0.25 * size
    usual = gaps[len(gaps) // 2]
    if blanks * 14 >= len(printed):
        return max(0.25 * size, usual + 0.2 * size)
    if usual > 0.6 * size and len(gaps) < 4:
        return 0.17 * size
    best, limit = 0.0, usual + 0.17 * size
    for a, b in itertools.pairwise(gaps):
        if b > usual + 0.07 * size and a < usual + 0.22 * size and b - a > best:
            best, limit = b - a, max((a + b) / 2, usual + 0.06 * size)
    return limit


def _line(
    run: Sequence[tuple[str, float, float, Stretch, bool]], page: int, height: float, doubled: int, total: int
) -> Line:
    parts: list[str] = []
    gaps: list[tuple[float, float, int]] = []
    head = 0.0
    styles: Counter[tuple[str, float, str]] = Counter()
    bold = slant = letters = 0
    first_bold = False
    for i, (text, x0, x1, stretch, spaced) in enumerate(run):
        if spaced and parts:
            parts.append(" ")
            if not head and text != "€" and run[i - 1][0] not in "€§":
                head = run[i - 1][2] - run[0][1]
            if x0 - run[i - 1][2] > 0.4 * stretch.size:
                gaps.append((run[i - 1][2], x0, sum(map(len, parts))))
        if len(text) > 3 and _CID.match(text):
            text = _LOST
        elif text == "\u00ad" and i + 1 < len(run) and x1 - x0 < 0.1 * stretch.size:
            continue  # a place where a word may be broken, not a printed hyphen
        if stretch.raised > 0 and text.isdigit():
            parts.append(text.translate(_RAISED))
            continue
        parts.append(text)
        styles[stretch.font, stretch.size, stretch.colour] += 1
        if text.isalnum():
            letters += 1
            bold += heavy(stretch.font)
            slant += slanted(stretch.font)
            if letters == 2:
                first_bold = bold == 2
    if not styles:
        stretch = run[0][3]
        styles[stretch.font, stretch.size, stretch.colour] = 1
    (font, size, colour), _ = styles.most_common(1)[0]
    low = min(s.base + s.drop * s.size for _, _, _, s, _ in run if not s.raised or s is run[0][3])
    left, right = run[0][1], max(e[2] for e in run)
    base = run[0][3].base
    drop = next((s.drop for _, _, _, s, _ in run if s.font == font), -0.2)
    top = base + (1 + drop) * size
    text = clean(raw := "".join(parts))
    all_bold = letters > 0 and bold >= 0.9 * letters
    return Line(
        page,
        text,
        font,
        size,
        all_bold or (doubled * 2 > total),
        letters > 0 and slant >= 0.9 * letters,
        colour,
        left,
        height - top,
        right,
        height - min(low, base),
        height - base,
        head or right - left,
        lead_bold=first_bold and not all_bold,
        first_font=run[0][3].font,
        gaps=tuple(gaps) if len(raw) == len(text) else (),
    )


def split_line(line: Line, walls: Sequence[float]) -> list[Line]:
    """The line cut at its whites that lie over one of these heights of columns (x in points)."""
    pieces: list[Line] = []
    start, left = 0, line.x0
    for a, b, at in line.gaps:
        if any(a - 0.5 <= x <= b + 0.5 for x in walls):
            pieces.append(replace(line, text=line.text[start:at].strip(), x0=left, x1=a, gaps=()))
            start, left = at, b
    if not pieces:
        return [line]
    return [*pieces, replace(line, text=line.text[start:].strip(), x0=left, gaps=())]


def clean(text: str) -> str:
    """Ligatures opened, odd spaces plain, soft hyphens as hyphens; raised figures stay raised."""
    if not text.isascii():
        text = text.replace("\u00ad", "-").replace("\u2010", "-").replace("\u2011", "-")
        text = _NFKC.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
        text = unicodedata.normalize("NFC", text).translate(_BULLETS)
        text = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    return " ".join(_ODD_SPACE.sub(" ", text).split())


def beside(lines: Sequence[Line]) -> Line:
    """One line of pieces of a row that belong together, from left to right."""
    if len(lines) == 1:
        return lines[0]
    ordered = sorted(lines, key=lambda line: line.x0)
    most = max(ordered, key=lambda line: len(line.text))
    first = ordered[0]
    return replace(
        most,
        text=" ".join(line.text for line in ordered),
        x0=first.x0,
        x1=max(line.x1 for line in ordered),
        top=min(line.top for line in ordered),
        bottom=max(line.bottom for line in ordered),
        bold=all(line.bold for line in ordered if any(c.isalnum() for c in line.text)),
        italic=all(line.italic for line in ordered if any(c.isalpha() for c in line.text)),
        head=first.head,
        lead_bold=first.bold or first.lead_bold,
        first_font=first.first_font,
    )
