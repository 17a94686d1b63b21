"""Scanned pages by text recognition, where the extra [ocr] and tesseract with its Dutch data are installed."""

import os
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from corpus.pdf.extractor import LANGUAGE
from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet

DPI = 200
_POINTS = 72 / DPI


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as it was recognised: its lines, and how sure tesseract was of its words (0 to 1)."""

    sheet: Sheet
    confidence: float


def recognise(path: Path, sheets: Sequence[Sheet], password: str | None) -> list[Scan]:
    """Return these pages of a file with the lines recognised on them; a page without words keeps none."""
    import pypdfium2
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract's threads wait for each other more than they work
    scans = []
    with pypdfium2.PdfDocument(path, password=password) as document:
        for sheet in sheets:
            page = document[sheet.number - 1]
            image = page.render(scale=DPI / 72).to_pil()
            page.close()
            with suppress(pytesseract.TesseractError, OSError):  # the page stays unread, and is reported as such
                scans.append(_recognised(sheet, image))
    return scans


def _recognised(sheet: Sheet, image: Any) -> Scan:
    import pytesseract

    # what is recognised stands on the page as displayed
    shown = replace(sheet, width=image.width * _POINTS, height=image.height * _POINTS, turn=0, shift=(0.0, 0.0))
    data = pytesseract.image_to_data(image, lang=LANGUAGE, output_type=pytesseract.Output.DICT)
    rows: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for i, word in enumerate(data["text"]):
        if word.strip() and float(data["conf"][i]) >= 0:
            rows[data["block_num"][i], data["par_num"][i], data["line_num"][i]].append(i)
    sure = [float(data["conf"][i]) / 100 for row in rows.values() for i in row]
    heights = [data["height"][i] for row in rows.values() for i in row]
    size = median(heights) * _POINTS * 1.35 if heights else 10.0
    lines = [_line(sheet.number, data, row, size) for row in rows.values()]
    return Scan(replace(shown, lines=lines, tables=[]), sum(sure) / len(sure) if sure else 0.0)


def _line(page: int, data: dict[str, list[Any]], row: Sequence[int], usual: float) -> Line:
    """One line; its size is the usual one unless it is clearly larger, since heights depend on the letters in it."""
    left, top = (min(data[side][i] for i in row) * _POINTS for side in ("left", "top"))
    right = max(data["left"][i] + data["width"][i] for i in row) * _POINTS
    bottom = max(data["top"][i] + data["height"][i] for i in row) * _POINTS
    tall = (bottom - top) * 1.1
    size = round(tall if tall > 1.45 * usual else usual, 1)
    return Line(
        page=page,
        text=" ".join(data["text"][i].strip() for i in row),
        font="ocr",
        size=size,
        bold=False,
        italic=False,
        colour="",
        x0=left,
        top=top,
        x1=right,
        bottom=bottom,
        base=bottom - 0.2 * usual,
        head=data["width"][row[0]] * _POINTS,
    )
