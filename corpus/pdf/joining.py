"""Paragraphs that run on over a column or a page, past boxes, tables and footnotes; lists kept whole if asked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.pdf.blocks import Block, closed, stopped
from corpus.pdf.tables import continues

_PROSE = frozenset({"paragraph", "list_item"})
_PASSED = frozenset({"furniture", "footnote", "table", "box", "quote", "caption", "toc"})


def join_breaks(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with those that run on over a break made one, at the place where they start."""
    joined: list[Block] = []
    for block in blocks:
        at = _open(joined, block)
        if at is None:
            joined.append(block)
            continue
        before = joined[at]
        joined[at] = replace(
            before,
            lines=(*before.lines, *block.lines),
            rows=(*before.rows, *block.rows),
            table=block.table,
            last=block.last,
            right=block.right,
            left=block.left,
            justified=block.justified,
        )
    return joined


def _open(joined: Sequence[Block], block: Block) -> int | None:
    """Index of the block that this one goes on with."""
    if block.kind == "table":
        return _open_table(joined, block)
    if block.kind == "box":
        return _open_box(joined, block)
    if (quoted := _open_quote(joined, block)) is not None:
        return quoted
    if block.kind not in _PROSE or block.bullet:
        return None
    passed = False
    for at in range(len(joined) - 1, -1, -1):
        before = joined[at]
        if before.kind in _PROSE and not before.boxed:
            return at if not block.boxed and _runs_on(before, block, passed) else None
        if before.kind == "list_item" or before.kind not in _PASSED:
            return None
        passed = passed or before.kind not in ("furniture", "footnote")
        if len(joined) - at > 40:
            return None
    return None


def _runs_on(before: Block, after: Block, passed: bool) -> bool:
    last, first = before.lines[-1], after.lines[0]
    moved = first.page != last.page or first.base < last.base or first.x0 > last.x1
    if first.page > last.page + 2 or abs(last.size - first.size) > 0.06 * last.size + 0.1:
        return False
    if (
        last.turned
        or first.turned
        or (last.bold != first.bold and not first.lead_bold and not last.lead_bold and not _full(before, after))
    ):
        return False
    hyphen = last.text.endswith("-")
    lower = first.text[:1].islower()
    if not moved:
        return passed and (hyphen or (lower and not closed(last)))
    if not (before.last or passed) and not (hyphen or lower):
        return False
    if hyphen and (lower or first.text[:1].isupper()):
        return True
    if last.text.endswith((";", ":")):
        return False
    if lower:
        return not stopped(last) or (_full(before, after) and first.text[:1] not in "ao")
    if not closed(last):
        return _full(before, after) or last.text.endswith((",", "(", "€")) or bool(_DANGLING.search(last.text))
    one = len(after.lines) == 1 and not after.last  # a single line left over is rare, a short paragraph is not
    return _full(before, after) and after.first and not one and _sits_flush(before, after)


_DANGLING = re.compile(
    r"\b(?:de|het|een|en|of|van|in|op|te|met|voor|aan|om|door|bij|naar|uit|tot|over|dat|die|als|dan|onder|zonder|per)$",
    re.IGNORECASE,
)


def _sits_flush(before: Block, after: Block) -> bool:
    """Whether nothing tells that a new paragraph starts: no indent, and text as in the paragraph before."""
    first = after.lines[0]
    inner = after.lines[1].x0 if len(after.lines) > 1 else after.left
    if before.kind == "list_item":
        hang = before.lines[-1].x0 - before.left
        return len(before.lines) > 1 and abs((first.x0 - after.left) - hang) < 3 and hang > 3
    return abs(first.x0 - inner) < 3 and first.x0 - after.left < 3


def _full(before: Block, after: Block) -> bool:
    """Whether the last line has no room for the next word: it was not ended on purpose."""
    last = before.lines[-1]
    if before.justified:
        return last.x1 > before.right - 0.2 * last.size
    return last.x1 + 0.28 * last.size + after.lines[0].head > before.right


def _open_quote(joined: Sequence[Block], block: Block) -> int | None:
    """Index of a quotation that is still open and goes on in the same style."""
    for at in range(len(joined) - 1, max(-1, len(joined) - 8), -1):
        before = joined[at]
        if before.kind in ("furniture", "footnote"):
            continue
        if before.kind != "quote" or block.kind not in ("quote", "heading", "paragraph"):
            return None
        last, first = before.lines[-1], block.lines[0]
        same = last.style == first.style and last.font == first.font
        ended = re.search(r"[’'”\"»]\W*$", last.text)
        return at if same and before.last and not ended else None
    return None


def _open_table(joined: Sequence[Block], block: Block) -> int | None:
    for at in range(len(joined) - 1, max(-1, len(joined) - 12), -1):
        before = joined[at]
        if before.kind in ("furniture", "footnote"):
            continue
        if before.kind != "table" or before.table is None or block.table is None:
            return None
        a, b = before.lines[-1], block.lines[0]
        moved = b.page != a.page or b.base < a.base
        return at if moved and before.last and block.first and continues(before.table, block.table) else None
    return None


def _open_box(joined: Sequence[Block], block: Block) -> int | None:
    for at in range(len(joined) - 1, max(-1, len(joined) - 8), -1):
        before = joined[at]
        if before.kind in ("furniture", "footnote"):
            continue
        if before.kind != "box":
            return None
        last, first = before.lines[-1], block.lines[0]
        moved = first.page != last.page or first.base < last.base
        same = abs(last.size - first.size) < 0.3 and last.bold == first.bold
        return (
            at
            if moved and same and (first.text[:1].islower() or last.text.endswith("-")) and not stopped(last)
            else None
        )
    return None


def merge_lists(blocks: Sequence[Block]) -> list[Block]:
    """Keep a list with the paragraph that introduces it (one that ends with a colon) as one block."""
    merged: list[Block] = []
    for block in blocks:
        before = merged[-1] if merged else None
        introduces = before is not None and before.kind == "paragraph" and before.text.endswith(":")
        if before is not None and block.kind == "list_item" and (before.kind == "list_item" or introduces):
            merged[-1] = replace(before, kind="list_item", lines=(*before.lines, *block.lines), last=block.last)
        else:
            merged.append(block)
    return merged
