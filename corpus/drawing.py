"""Draw passages on the pages of a PDF, to see at a glance how a document was cut."""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from corpus.model import Box, Extraction, Passage

SCALE = 1.5
"""Pixels a point."""
COLOURS = {
    "paragraph": (31, 119, 180),
    "list_item": (44, 160, 44),
    "heading": (214, 39, 40),
    "quote": (148, 103, 189),
    "box": (255, 127, 14),
    "caption": (140, 86, 75),
    "table": (0, 150, 160),
    "footnote": (188, 130, 10),
    "toc": (227, 119, 194),
    "title": (120, 0, 60),
    "furniture": (150, 150, 150),
}


def draw(path: Path, extraction: Extraction, out_dir: Path, password: str | None = None) -> list[Path]:
    """Write a PNG a page into ``out_dir``, each passage in a frame in the colour of its kind with number and kind.

    A passage that runs over several pages has a frame on each. Returns the files, in the order of the pages.

    Raises:
        pypdfium2.PdfiumError: the file cannot be opened (``password`` is wrong or missing).
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    by_page: dict[int, list[Passage]] = {}
    for passage in extraction.passages:
        for box in passage.boxes:
            by_page.setdefault(box.page, []).append(passage)
    written: list[Path] = []
    with pypdfium2.PdfDocument(path, password=password) as pdf:
        for number in range(1, len(pdf) + 1):
            page = pdf[number - 1]
            image = page.render(scale=SCALE).to_pil().convert("RGB")
            page.close()
            _frames(image, by_page.get(number, []), number)
            file = out_dir / f"{path.stem}-{number:04d}.png"
            image.save(file)
            written.append(file)
    return written


def _frames(image: Image.Image, passages: list[Passage], page: int) -> None:
    pen = ImageDraw.Draw(image, "RGBA")
    font = ImageFont.load_default(10)
    for passage in passages:
        colour = COLOURS.get(passage.kind, (0, 0, 0))
        for box in _stretches(passage, page):
            edges = [round(v * SCALE) for v in (box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1)]
            x0, x1 = sorted((edges[0], edges[2]))
            y0, y1 = sorted((edges[1], edges[3]))
            pen.rectangle((x0, y0, x1, y1), outline=(*colour, 255), fill=(*colour, 28), width=2)
            label = f"{passage.number} {passage.kind}"
            left, top, right, bottom = pen.textbbox((0, 0), label, font=font)
            at = (max(0, x0), max(0, y0 - (bottom - top) - 5))
            pen.rectangle((at[0], at[1], at[0] + right - left + 4, at[1] + bottom - top + 4), fill=(*colour, 220))
            pen.text((at[0] + 2, at[1] + 1 - top), label, fill=(255, 255, 255), font=font)


def _stretches(passage: Passage, page: int) -> list[Box]:
    """Frames around a passage's lines on a page: one for each column it stands in."""
    found: list[Box] = []
    last: Box | None = None
    for anchor in passage.anchors:
        box = anchor.box
        if box.page != page:
            continue
        columns = last is not None and passage.kind not in ("table", "toc") and box.bottom < last.top
        if last is None or columns:
            found.append(box)
        else:
            a = found[-1]
            found[-1] = Box(page, min(a.x0, box.x0), min(a.top, box.top), max(a.x1, box.x1), max(a.bottom, box.bottom))
        last = box
    return found
