"""Read a PDF: one page at a time, then the document as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber

from corpus.model import Box, Extraction, SegmentSettings
from corpus.pdf.assembling import assemble
from corpus.pdf.extractor import can_recognise, extractor_name
from corpus.pdf.joining import join_breaks, merge_lists
from corpus.pdf.legibility import Verdict, verdict
from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet, content_uses, let_go, read_sheet
from corpus.pdf.refusing import check_file, ocr_notice, page_notice, refuse, unopened
from corpus.pdf.repairing import with_ligatures
from corpus.pdf.scans import recognise
from corpus.pdf.segmenting import segment
from corpus.pdf.shapes import Area
from corpus.pdf.titles import document_title, outline
from corpus.pdf.weights import with_weights


def read_pdf(path: Path, document_id: str, settings: SegmentSettings, password: str | None = None) -> Extraction:
    """Passages of a PDF in reading order, with a notice for every page that could not be read.

    Raises:
        UnreadableError: no text can be had from the file: it needs a password, is broken, is no PDF, is empty,
            holds only pictures of text, is in another language, or its text layer is gibberish.
    """
    check_file(path)
    sheets, titles, metadata = _open(path, password)
    sheets = with_ligatures(with_weights(sheets))
    sheets, sure = _with_scans(path, sheets, password) if settings.ocr and can_recognise() else (sheets, {})
    verdicts = _verdicts(sheets)
    scanned = {i for i, s in enumerate(sheets) if _letters(s) < 20 and s.pictures > 0.3}
    refuse(sheets, verdicts, scanned)
    notices = [
        page_notice("scanned" if i in scanned else v, i + 1)
        for i, v in enumerate(verdicts)
        if v != "fine" or i in scanned
    ]
    blocks = segment(sheets, {i for i, v in enumerate(verdicts) if v != "fine"}, titles)
    if settings.join_pages:
        blocks = join_breaks(blocks)
    if settings.merge_lists:
        blocks = merge_lists(blocks)
    found = assemble(blocks, document_id, extractor_name(settings), len(sheets), _placer(sheets))
    notices += [ocr_notice(page, confidence) for page, confidence in sorted(sure.items())]
    passages = tuple(replace(p, ocr_confidence=sure.get(p.page_from or 0)) for p in found.passages)
    title = document_title(blocks, sheets, metadata)
    return replace(found, passages=passages, title=title, notices=tuple(notices))


def _with_scans(path: Path, sheets: list[Sheet], password: str | None) -> tuple[list[Sheet], dict[int, float]]:
    """Pages that are a picture or whose letters are no text, recognised where that can be done; page to confidence."""
    verdicts = [verdict([line.text for line in sheet.everything]) for sheet in sheets]
    poor = [
        s for s, v in zip(sheets, verdicts, strict=True) if v == "garbled" or (_letters(s) < 20 and s.pictures > 0.3)
    ]
    if not poor or not can_recognise():
        return sheets, {}
    read = {scan.sheet.number: scan for scan in recognise(path, poor, password) if scan.sheet.lines}
    mended = [read[s.number].sheet if s.number in read else s for s in sheets]
    return mended, {number: round(scan.confidence, 2) for number, scan in read.items()}


def _open(path: Path, password: str | None) -> tuple[list[Sheet], dict[str, int], str | None]:
    try:
        with pdfplumber.open(path, password=password or "") as pdf:
            sheets = []
            uses = content_uses(pdf.pages)
            for number, page in enumerate(pdf.pages, 1):
                sheets.append(read_sheet(page, number))
                let_go(page, uses)
            metadata = (pdf.metadata or {}).get("Title")
            return sheets, outline(pdf), metadata if isinstance(metadata, str) else None
    except Exception as error:  # pdfminer raises dozens of kinds on damaged files
        raise unopened(error) from error


def _verdicts(sheets: Sequence[Sheet]) -> list[Verdict]:
    """Per page; a page with few words follows the document as a whole when that cannot be Dutch."""
    texts = [[line.text for line in sheet.everything] for sheet in sheets]
    each = [verdict(t) for t in texts]
    whole = verdict([t for page in texts for t in page], 8)
    if whole == "fine":
        return each
    return [
        v if v != "fine" else whole if verdict(t, 5) != "fine" or len(sheets) < 3 else v
        for v, t in zip(each, texts, strict=True)
    ]


def _letters(sheet: Sheet) -> int:
    return sum(len(line.text) for line in sheet.everything)


def _placer(sheets: Sequence[Sheet]) -> "_Placer":
    return _Placer(sheets)


class _Placer:
    """Gives a line's box on the page as displayed."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets

    def __call__(self, line: Line) -> Box:
        area = self._sheets[line.page - 1].on_paper(Area(line.x0, line.top, line.x1, line.bottom))
        return Box(line.page, area.x0, area.top, area.x1, area.bottom)
