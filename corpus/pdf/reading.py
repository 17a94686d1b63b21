"""Read a PDF: one page at a time, then the document as a whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from corpus.model import Extraction, Notice, SegmentSettings, UnreadableError
from corpus.pdf.assembling import assemble
from corpus.pdf.blocks import Block, body_of, make_blocks, runs_on
from corpus.pdf.columns import order, table_rows
from corpus.pdf.furniture import furniture
from corpus.pdf.legibility import garbled, stop_share
from corpus.pdf.lines import Line, characters, make_lines

VERSION = 1
"""Raise whenever the passages of any file could change."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    lines: list[Line]
    width: float
    height: float
    picture: bool


def extractor(settings: SegmentSettings) -> str:
    """Name, version and settings of this reader."""
    return f"pdf {VERSION} join_pages={settings.join_pages:d} merge_lists={settings.merge_lists:d}"


def read_pdf(path: Path, document_id: str, settings: SegmentSettings, password: str | None = None) -> Extraction:
    """Passages of a PDF in reading order, with a notice for every page that could not be read.

    Raises:
        UnreadableError: no text can be had from the file: it needs a password, is broken, is no PDF, is empty,
            holds only pictures of text, or its text layer is gibberish.
    """
    title, sheets = _sheets(path, password)
    bad = {i for i, sheet in enumerate(sheets) if garbled([line.text for line in sheet.lines])}
    blank = {i for i, sheet in enumerate(sheets) if sum(len(line.text) for line in sheet.lines) < 20}
    _refuse(sheets, bad, blank)
    notices = [_garbled_page(i + 1) for i in sorted(bad)]
    notices += [_scanned_page(i + 1) for i in sorted(blank) if sheets[i].picture]
    blocks = _blocks(sheets, bad, settings)
    title = title or _biggest(sheets[0].lines)
    found = assemble(blocks, document_id, extractor(settings), len(sheets))
    return Extraction(found.version, found.passages, title, tuple(sorted(notices, key=lambda n: n.page or 0)))


def _sheets(path: Path, password: str | None) -> tuple[str | None, list[_Sheet]]:
    if path.stat().st_size == 0:
        raise UnreadableError(Notice("empty", "Het bestand is leeg (0 bytes). Vraag het opnieuw op."))
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise UnreadableError(
                Notice("not_pdf", "Dit is geen pdf, al heet het zo. Vraag het oorspronkelijke bestand op.")
            )
    try:
        with pdfplumber.open(path, password=password or "") as pdf:
            title = (pdf.metadata or {}).get("Title")
            sheets = [_sheet(page, number) for number, page in enumerate(pdf.pages, 1)]
    except Exception as error:  # pdfminer raises dozens of kinds on damaged files
        raise UnreadableError(_unopened(error)) from error
    return _sensible(title), sheets


def _sheet(page: "pdfplumber.page.Page", number: int) -> _Sheet:
    layout = page.layout
    height, width = float(layout.height), float(layout.width)
    lines = make_lines(characters(layout, height), number)
    area = sum((o.x1 - o.x0) * (o.y1 - o.y0) for o in _images(layout))
    page.close()
    return _Sheet(lines, width, height, area > 0.3 * width * height)


def _images(layout: object) -> "list[pdfplumber.page.Page]":
    found = []
    for item in layout if hasattr(layout, "__iter__") else ():
        if type(item).__name__ == "LTImage":
            found.append(item)
        elif type(item).__name__ == "LTFigure":
            found += _images(item)
    return found


def _unopened(error: Exception) -> Notice:
    names = {type(e).__name__ for e in (error, error.__cause__, error.__context__, *error.args) if e is not None}
    if any("Password" in n or "Encryption" in n for n in names):
        return Notice("password", "De pdf vraagt een wachtwoord. Geef het op, of lever een versie zonder beveiliging.")
    return Notice(
        "broken", "De pdf is afgebroken of beschadigd en kan niet worden gelezen. Vraag het bestand opnieuw op."
    )


def _refuse(sheets: Sequence[_Sheet], bad: set[int], blank: set[int]) -> None:
    if not sheets:
        raise UnreadableError(Notice("broken", "De pdf heeft geen pagina's. Vraag het bestand opnieuw op."))
    if len(blank) == len(sheets):
        if any(sheet.picture for sheet in sheets):
            raise UnreadableError(
                Notice("scanned", "De pdf bestaat uit scans zonder tekst. Laat er tekstherkenning (OCR) op los.")
            )
        raise UnreadableError(Notice("empty", "Er staat geen tekst in de pdf. Vraag het oorspronkelijke bestand op."))
    share, count = stop_share([line.text for sheet in sheets for line in sheet.lines])
    if len(bad) > 0.5 * (len(sheets) - len(blank)) or (count >= 60 and share < 0.04):
        raise UnreadableError(
            Notice(
                "garbled",
                "De tekstlaag van de pdf is onleesbaar (de letters kloppen niet). "
                "Laat er tekstherkenning (OCR) op los, of vraag het oorspronkelijke bestand op.",
            )
        )


def _garbled_page(page: int) -> Notice:
    return Notice("garbled", "De tekst van deze pagina is onleesbaar en is niet gecodeerd. Lees haar zelf.", page)


def _scanned_page(page: int) -> Notice:
    return Notice("scanned", "Deze pagina is een scan of afbeelding zonder tekst en is niet gelezen.", page)


def _blocks(sheets: Sequence[_Sheet], bad: set[int], settings: SegmentSettings) -> list[Block]:
    edge = furniture([sheet.lines for sheet in sheets], [sheet.height for sheet in sheets])
    texts = [[line for line in sheet.lines if line not in edge] for sheet in sheets]
    tables = [table_rows(lines) for lines in texts]
    cells = [{cell for table in found for cell in table} for found in tables]
    ordered: list[list[Line]] = []
    for sheet, lines, held in zip(sheets, texts, cells, strict=True):
        free = order([line for line in lines if line not in held], sheet.width)
        ordered.append(_insert(free, sorted(held, key=lambda c: (c.top, c.x0))))
    body = body_of(ordered)
    blocks: list[Block] = []
    for i, sheet in enumerate(sheets):
        out = [Block("furniture", (line,)) for line in sheet.lines if line in edge]
        if i in bad:
            blocks += [Block("furniture", (line,)) for line in sheet.lines]
            continue
        blocks += [b for b in out if b.lines[0].top < sheet.height / 2]
        blocks += make_blocks(ordered[i], body, tables[i])
        blocks += [b for b in out if b.lines[0].top >= sheet.height / 2]
    joined = _join(blocks) if settings.join_pages else blocks
    return _merge(joined) if settings.merge_lists else joined


def _insert(free: list[Line], cells: list[Line]) -> list[Line]:
    for cell in cells:
        at = next((i for i, line in enumerate(free) if line.top > cell.top and line.x1 > cell.x0), len(free))
        free.insert(at, cell)
    return free


def _join(blocks: list[Block]) -> list[Block]:
    """Paragraphs that run on over furniture, footnotes and tables become one block."""
    joined: list[Block] = []
    for block in blocks:
        at = next((i for i in range(len(joined) - 1, -1, -1) if joined[i].kind in _TEXT), None)
        if at is not None and runs_on(joined[at], block):
            joined[at] = Block(joined[at].kind, (*joined[at].lines, *block.lines))
        else:
            joined.append(block)
    return joined


_TEXT = frozenset({"paragraph", "list_item", "heading"})


def _merge(blocks: list[Block]) -> list[Block]:
    merged: list[Block] = []
    for block in blocks:
        if block.kind == "list_item" and merged and merged[-1].kind in ("paragraph", "list_item"):
            merged[-1] = Block(merged[-1].kind, (*merged[-1].lines, *block.lines))
        else:
            merged.append(block)
    return merged


def _sensible(title: object) -> str | None:
    text = " ".join(str(title).split()) if isinstance(title, str) else ""
    poor = re.search(r"\.(docx?|pdf|indd|pptx?|xlsx?)$|^microsoft|^untitled|^naamloos|^PowerPoint", text, re.IGNORECASE)
    return text if len(text) >= 6 and " " in text and not poor else None


def _biggest(lines: list[Line]) -> str | None:
    worded = [line for line in lines if sum(c.isalpha() for c in line.text) >= 3]
    size = max((line.size for line in worded), default=0)
    return " ".join(line.text for line in worded if line.size >= 0.95 * size)[:200] or None
