"""From lines in reading order to blocks: paragraphs, list items, headings, footnotes, tables, contents, furniture."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import PassageKind
from corpus.pdf.lines import Line

BULLET = re.compile(
    r"^(?:[•◦▪■●○‣⁃∙·\uf0b7\uf0a7\uf0d8✓✔►▶➢→*–—-]\s+(?=\S)|[•▪■●\uf0b7\uf0a7]|(?:\d{1,2}|[a-z])[.)]\s+(?=\S))"
)
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|\S\s+\d{1,3}$")
_MARKER = re.compile(r"^\W?\d{1,3}\W?\s*\S")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that make one passage. ``style`` ranks headings: size, then weight."""

    kind: PassageKind
    lines: tuple[Line, ...]

    @property
    def style(self) -> tuple[float, bool]:
        """Size (points) and weight of the first line."""
        return round(self.lines[0].size, 1), self.lines[0].bold


@dataclass(frozen=True, slots=True)
class Body:
    """What is normal in this document."""

    size: float
    bold: bool
    leading: dict[float, float]


def body_of(pages: list[list[Line]]) -> Body:
    """The commonest size and weight, and per size the commonest distance between lines."""
    styles: Counter[tuple[float, bool]] = Counter()
    steps: dict[float, Counter[float]] = {}
    for lines in pages:
        for line in lines:
            styles[round(line.size, 1), line.bold] += len(line.text)
        for a, b in pairwise(lines):
            step = b.top - a.top
            if round(a.size, 1) == round(b.size, 1) and 0.8 * a.size < step < 2.2 * a.size:
                steps.setdefault(round(a.size, 1), Counter())[round(step * 2) / 2] += 1
    (size, bold), _ = styles.most_common(1)[0] if styles else ((10.0, False), 0)
    return Body(size, bold, {s: c.most_common(1)[0][0] for s, c in steps.items()})


def make_blocks(lines: list[Line], body: Body, tables: list[list[Line]]) -> list[Block]:
    """Blocks of one page, in reading order; a table stands where its first cell does."""
    place = {cell: table for table in tables for cell in table}
    blocks: list[Block] = []
    done: set[int] = set()
    run: list[Line] = []
    for line in lines:
        table = place.get(line)
        if table is None:
            run.append(line)
        elif id(table) not in done:
            done.add(id(table))
            blocks += _prose(run, body)
            run = []
            blocks.append(Block("table", tuple(table)))
    blocks += _prose(run, body)
    return _contents(blocks)


def _prose(lines: list[Line], body: Body) -> list[Block]:
    return [Block(_kind(group, body), tuple(group)) for group in _groups(lines, body)]


def _groups(lines: list[Line], body: Body) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _breaks(group, line, body):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _breaks(group: list[Line], line: Line, body: Body) -> bool:
    last = group[-1]
    step = line.top - last.top
    leading = body.leading.get(round(line.size, 1), 1.3 * line.size)
    if abs(step) < 0.5 * line.size and line.x0 >= last.x1:  # bullet and its text, or words far apart
        return False
    if step < 0 or step > leading + max(0.22 * line.size, 1.6):
        return True
    if abs(last.size - line.size) > 0.6 or _heavy(last, body) != _heavy(line, body) or BULLET.match(line.text):
        return True
    return (
        line.x0 - min(other.x0 for other in group[-2:]) > 0.8 * line.size
        and len(group) > 1
        and step > 0
        and bool(_CLOSED.search(last.text))
    )


def _heavy(line: Line, body: Body) -> bool:
    return line.bold and not body.bold


def _kind(group: list[Line], body: Body) -> PassageKind:
    first, text = group[0], " ".join(line.text for line in group)
    if first.size < 0.92 * body.size and _MARKER.match(text):
        return "footnote"
    short = len(group) <= 3 and len(text) < 160 and not re.search(r"[.,;]$", text) and any(c.isalpha() for c in text)
    if short and (first.size > 1.1 * body.size or (_heavy(first, body) and first.size >= 0.95 * body.size)):
        return "heading"
    return "list_item" if BULLET.match(text) else "paragraph"


def _contents(blocks: list[Block]) -> list[Block]:
    lines = [line for block in blocks for line in block.lines]
    entries = sum(bool(re.search(r"(?:\.\s?){4,}\s*\d{1,3}$", line.text)) for line in lines)
    named = any(line.text.strip().lower() in {"inhoud", "inhoudsopgave"} for line in lines)
    if entries < 4 and not (named and sum(bool(_CONTENTS.search(line.text)) for line in lines) >= 3):
        return blocks
    return [Block("toc", block.lines) if block.kind != "furniture" else block for block in blocks]


def runs_on(before: Block, after: Block) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    last, first = before.lines[-1], after.lines[0]
    if before.kind not in ("paragraph", "list_item") or after.kind != "paragraph" or abs(last.size - first.size) > 0.6:
        return False
    moved = first.page != last.page or first.top < last.top
    return moved and (first.text[:1].islower() or last.text.endswith("-")) and not _CLOSED.search(last.text)
