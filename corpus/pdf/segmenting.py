"""From the pages of a document to blocks in the order of reading, each with its kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import PassageKind
from corpus.pdf.blocks import Block, Piece, bullet, closed, cut, dashed, item_kind, pieces, table_blocks
from corpus.pdf.columns import Flow, Part, line_part, order, usual_gutters
from corpus.pdf.contents import contents_lines
from corpus.pdf.furniture import furniture
from corpus.pdf.headings import caption, distinct, heading, quotation, with_levels
from corpus.pdf.lines import Line
from corpus.pdf.norms import Norms, norms_of, sign_of, text_style
from corpus.pdf.notes import Note, footnotes, glued_references, references, without_references
from corpus.pdf.pages import Sheet
from corpus.pdf.shapes import Area, around
from corpus.pdf.tables import Table, numeric
from corpus.pdf.titles import listed


@dataclass(frozen=True, slots=True)
class _Page:
    """A page with its lines parted by what they are."""

    sheet: Sheet
    edge: list[Line]
    contents: list[Line]
    notes: list[Note]
    aside: list[Line]
    parts: list[Part]
    flows: list[Flow]
    refs: set[str]
    unread: bool = False
    """Whether its text is no Dutch and all of it is set aside."""


def segment(sheets: Sequence[Sheet], bad: set[int], bookmarks: Mapping[str, int]) -> list[Block]:
    """Blocks of all pages; pages in ``bad`` (from 0) cannot be read and become furniture."""
    example = text_style([s.lines for i, s in enumerate(sheets) if i not in bad])
    body = example.size if example else 10.0
    edge = furniture(sheets, body)
    free = [[line for line in s.lines if id(line) not in edge] for s in sheets]
    everything = [[line for line in s.everything if id(line) not in edge] for s in sheets]
    contents = contents_lines(everything)
    titles = listed((line for lines in everything for line in lines if id(line) in contents), bookmarks)
    pages: list[_Page] = []
    last = 0
    for i, sheet in enumerate(sheets):
        if i in bad:
            pages.append(_Page(sheet, sheet.everything, [], [], [], [], [], set(), unread=True))
            continue
        page = _part(sheet, free[i], edge, contents, body, last, _split_boxes(sheets, i))
        last = max([last, *(int(n.mark) for n in page.notes if n.mark.isdigit() and int(n.mark) < last + 20)])
        pages.append(page)
    pages = _without_marks(pages)
    usual = usual_gutters([page.parts for page in pages])
    pages = [replace(page, flows=order(page.parts, usual)) for page in pages]
    norms = norms_of(_runs(pages), example)
    blocks: list[Block] = []
    for page in pages:
        blocks += _page_blocks(page, norms, titles)
    return with_levels(_cover(blocks, sheets, norms), titles)


def _part(
    sheet: Sheet, free: list[Line], edge: set[int], contents: set[int], body: float, last: int, split: Sequence[Area]
) -> _Page:
    tables = []
    listing = [line for line in free if id(line) in contents]
    for table in sheet.tables:
        if any(id(line) in contents for line in table.lines):
            listing += [line for line in table.lines if id(line) not in edge]
        elif kept := _without(table, edge):
            tables.append(kept)
    rest = [line for line in free if id(line) not in contents]
    refs = references([*rest, *(line for t in tables for line in t.lines)])
    notes = footnotes(sheet, rest, body, refs, last)
    noted = {taken for note in notes for taken in note.taken}
    rest = [line for line in rest if id(line) not in noted]
    aside = [line for line in rest if line.turned]
    parts = _parts([line for line in rest if not line.turned], tables, sheet, split)
    edges = [line for line in sheet.everything if id(line) in edge]
    return _Page(sheet, edges, listing, notes, aside, parts, [], refs)


def _without_marks(pages: Sequence[_Page]) -> list[_Page]:
    """Pages without the numbers in the text of footnotes on the page or on one beside it."""
    cleaned = list(pages)
    for i, page in enumerate(pages):
        marks = {note.mark for other in pages[max(0, i - 1) : i + 2] for note in other.notes} & page.refs
        if marks:
            cleaned[i] = replace(page, parts=[_unmarked_part(p, marks) for p in page.parts])
    for i, page in enumerate(pages):
        raised = set().union(*(other.refs for other in pages[max(0, i - 1) : i + 1]))
        glued = {note.mark for note in page.notes if note.mark.isdigit()} - raised
        for at in (i, i - 1):
            if glued and at >= 0:
                cleaned[at] = replace(cleaned[at], parts=_unglued(cleaned[at].parts, glued))
    return cleaned


def _unglued(parts: Sequence[Part], marks: set[str]) -> list[Part]:
    lines = [p.line for p in parts if p.line is not None]
    mended = {id(a): b for a, b in zip(lines, glued_references(lines, marks), strict=True)}
    return [replace(p, line=mended[id(p.line)]) if p.line is not None else p for p in parts]


def _unmarked_part(part: Part, marks: set[str]) -> Part:
    if part.line is not None:
        return replace(part, line=without_references(part.line, marks))
    if part.table is not None:
        return replace(part, table=_unmarked(part.table, marks))
    inside = tuple(replace(f, parts=tuple(_unmarked_part(p, marks) for p in f.parts)) for f in part.inside)
    return replace(part, inside=inside)


def _without(table: Table, edge: set[int]) -> Table | None:
    if not any(id(line) in edge for line in table.lines):
        return table
    rows = [tuple(tuple(x for x in cell if id(x) not in edge) for cell in row) for row in table.rows]
    kept = tuple(r for row in rows if (r := tuple(cell for cell in row if cell)))
    return replace(table, rows=kept) if kept else None


def _unmarked(table: Table, marks: set[str]) -> Table:
    rows = tuple(tuple(tuple(without_references(x, marks) for x in cell) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _parts(lines: list[Line], tables: Sequence[Table], sheet: Sheet, split: Sequence[Area]) -> list[Part]:
    """Lines, tables and boxes of a page, still unordered."""
    parts: list[Part] = []
    left_tables = list(tables)
    total = len(lines) + sum(len(t.rows) for t in tables)
    for box in sheet.boxes:
        held = [x for x in lines if box.holds((x.x0 + x.x1) / 2, x.base - 0.3 * x.size)]
        inner = [t for t in left_tables if box.holds((t.area.x0 + t.area.x1) / 2, (t.area.top + t.area.bottom) / 2)]
        if not held or not (box in split or _is_box(held, inner, total)) or _row_heads(box, held, lines):
            continue
        ids = {id(x) for x in held}
        lines = [x for x in lines if id(x) not in ids]
        left_tables = [t for t in left_tables if t not in inner]
        inside = order([*map(line_part, held), *map(_table_part, inner)])
        area = around([box, *held])
        parts.append(Part("box", *area, inside=tuple(inside)))
    parts += [line_part(line) for line in lines]
    parts += [_table_part(table) for table in left_tables]
    return parts


def _split_boxes(sheets: Sequence[Sheet], at: int) -> list[Area]:
    """Small coloured areas that are the start or the end of a box that runs on in the next column or page."""
    sheet = sheets[at]
    found = []
    for area in sheet.boxes:
        if area.height > 0.25 * sheet.height:
            continue
        if area.bottom > 0.7 * sheet.height:
            others = [b for s in sheets[at : at + 2] for b in s.boxes if b.top < 0.25 * s.height and b.height > 30]
        elif area.top < 0.2 * sheet.height:
            others = [
                b
                for s in sheets[max(0, at - 1) : at + 1]
                for b in s.boxes
                if b.bottom > 0.75 * s.height and b.height > 30
            ]
        else:
            continue
        if any(b is not area and abs(b.width - area.width) < 3 for b in others):
            found.append(area)
    return found


def _table_part(table: Table) -> Part:
    return Part("table", *table.area, table=table)


def _is_box(held: Sequence[Line], tables: Sequence[Table], total: int) -> bool:
    """Whether a coloured area is a box with text of its own, not a bar behind a heading or the page's background."""
    words = sum(len(x.text.split()) for x in held)
    rows = len({round(x.base) for x in held})
    if rows < 2 or words < 7 or (rows <= 2 and all(x.bold for x in held)):
        return False
    return not (len(held) > 0.9 * total and len(held) > 14) and (not tables or words > 20)


def _row_heads(box: Area, held: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether a coloured area holds the first column of a table: amounts stand beside it, row by row."""
    inside = {id(x) for x in held}
    rows = [x.base for x in held]
    beside = [
        x
        for x in lines
        if id(x) not in inside and x.x0 > box.x0 and x.x0 - box.x1 < 120 and any(abs(x.base - b) < 2 for b in rows)
    ]
    return len(beside) >= 3 and sum(numeric(x.text) for x in beside) >= 0.6 * len(beside)


def _runs(pages: Sequence[_Page]) -> Iterator[list[Line]]:
    for page in pages:
        for flow in page.flows:
            yield from _flow_runs(flow)


def _flow_runs(flow: Flow) -> Iterator[list[Line]]:
    for piece in pieces(flow):
        if piece.part is None:
            yield list(piece.lines)
        for inner in piece.part.inside if piece.part else ():
            yield from _flow_runs(inner)


def _page_blocks(page: _Page, norms: Norms, titles: Mapping[str, int]) -> Iterator[Block]:
    middle = page.sheet.height / 2
    if page.unread:
        yield Block("furniture", tuple(_read_down(page.edge)))
        return
    edge = sorted(page.edge, key=lambda x: (x.base, x.x0))
    yield from (Block("furniture", (x,)) for x in edge if x.base < middle)
    if page.contents:
        yield Block("toc", tuple(_read_down(page.contents)))
    box = 0
    for flow in page.flows:
        found: list[Block] = []
        for piece in pieces(flow):
            if piece.part is not None and piece.part.kind == "box":
                box += 1
                found += _box_blocks(piece.part, norms, box)
            else:
                found += _piece_blocks(piece, flow, norms, titles)
        if found:
            found[0] = replace(found[0], first=True)
            found[-1] = replace(found[-1], last=True)
        yield from found
    yield from _aside(page.aside, norms)
    yield from (Block("footnote", note.lines) for note in page.notes)
    yield from (Block("furniture", (x,)) for x in edge if x.base >= middle)


def _read_down(lines: Sequence[Line]) -> list[Line]:
    flows = order([line_part(x) for x in lines])
    return [x for flow in flows for piece in pieces(flow) for x in _piece_lines(piece)]


def _piece_lines(piece: Piece) -> tuple[Line, ...]:
    return piece.part.table.lines if piece.part is not None and piece.part.table is not None else piece.lines


def _piece_blocks(piece: Piece, flow: Flow, norms: Norms, titles: Mapping[str, int]) -> Iterator[Block]:
    if piece.part is not None and piece.part.table is not None:
        yield from table_blocks(piece.part.table)
        return
    right = max((x.x1 for x in piece.lines), default=flow.area.x1)
    right = max(right, flow.area.x1) if flow.area.x1 - right < 60 else right
    justified = sum(x.x1 > right - 1.5 for x in piece.lines) > 0.55 * len(piece.lines)
    groups = list(cut([_signed(x, norms) for x in piece.lines], norms, right))
    for i, group in enumerate(groups):
        after = groups[i + 1] if i + 1 < len(groups) else None
        kind = _kind(group, after, norms, titles)
        yield Block(
            kind,
            tuple(group),
            right=right,
            justified=justified,
            bullet=bullet(group[0], norms) or (kind == "list_item" and item_kind(group, norms)),
            left=min(x.x0 for x in piece.lines),
        )


def _signed(line: Line, norms: Norms) -> Line:
    """The line with a bullet for a letter of a font of pictures (``6`` that prints as a tick)."""
    sign = sign_of(line)
    return replace(line, text=f"•{line.text[1:]}") if sign in norms.bullets and sign[0].isalnum() else line


def _kind(group: Sequence[Line], after: Sequence[Line] | None, norms: Norms, titles: Mapping[str, int]) -> PassageKind:
    first = group[0]
    text = " ".join(x.text for x in group)
    if bullet(first, norms) or dashed(first):
        return "list_item"
    if len(group) <= 4 and caption(text, not distinct(first, norms)) and not (closed(group[-1]) and len(group) > 2):
        return "caption"
    if quotation(group, norms):
        return "quote"
    close = after is not None and after[0].base - group[-1].base < 3.2 * max(after[0].size, first.size)
    followed = close and after is not None and (len(after) > 1 or len(after[0].text) > 40 or bullet(after[0], norms))
    if heading(group, norms, titles, followed):
        return "heading"
    return "list_item" if item_kind(group, norms) else "paragraph"


def _box_blocks(part: Part, norms: Norms, number: int) -> Iterator[Block]:
    for flow in part.inside:
        for piece in pieces(flow):
            if piece.part is not None:
                if piece.part.table is not None:
                    yield from table_blocks(piece.part.table, number)
                continue
            right = max(x.x1 for x in piece.lines)
            for group in cut([_signed(x, norms) for x in piece.lines], norms, right):
                listed_item = item_kind(group, norms)
                yield Block(
                    "list_item" if listed_item else "box",
                    tuple(group),
                    bullet=listed_item,
                    boxed=number,
                    right=right,
                    left=flow.area.x0,
                )


def _aside(lines: Sequence[Line], norms: Norms) -> Iterator[Block]:
    """Text that runs in another direction than the page: down the side, or up a table's head."""
    for line in sorted(lines, key=lambda x: (x.x0, x.top)):
        worded = len(line.text.split()) >= 8 and abs(line.size - norms.size) < 0.2 * norms.size
        yield Block("paragraph" if worded else "caption", (line,))


def _cover(blocks: Sequence[Block], sheets: Sequence[Sheet], norms: Norms) -> list[Block]:
    """Give what stands on the cover the kind ``title``: few words, some of them large, no running text."""
    by_page: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind not in ("furniture", "toc", "footnote"):
            by_page.setdefault(block.lines[0].page, []).append(block)
    covers: set[int] = set()
    for page in (1, 2):
        if page > len(sheets) or (page == 2 and 1 not in covers):
            break
        found = by_page.get(page, [])
        words = sum(len(b.text.split()) for b in found)
        large = any(b.lines[0].size > 1.3 * norms.size for b in found)
        prose = any(len(b.text.split()) > 25 for b in found)
        if found and large and not prose and (words < 60 if page == 1 else words < 12) and len(sheets) > 2:
            covers.add(page)
    others = [b.lines[0].style for b in blocks if b.kind == "heading" and b.lines[0].page > 1]
    first = _first_title(by_page.get(1, []), norms) if 1 not in covers else None
    if first is not None and (first.lines[0].style in others or first.text[0].isdigit()):
        first = None
    return [
        replace(b, kind="title")
        if b is first or (b.lines[0].page in covers and b.kind in ("heading", "paragraph", "quote", "box", "caption"))
        else b
        for b in blocks
    ]


def _first_title(blocks: Sequence[Block], norms: Norms) -> Block | None:
    """The one heading at the top of the first page that is larger than all others on it."""
    heads = [b for b in blocks if b.kind == "heading"]
    if not heads:
        return None
    best = max(heads, key=lambda b: b.lines[0].size)
    others = [b.lines[0].size for b in heads if b is not best]
    large = best.lines[0].size > 1.3 * norms.size and best.lines[0].size > 1.1 * max(others, default=0.0)
    return best if large and blocks.index(best) <= 4 else None
