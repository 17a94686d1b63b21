"""Running headers, footers and page numbers: what comes back at the edge of the pages."""

import re
from collections import defaultdict

from corpus.pdf.lines import Line

EDGE = 0.12
_NUMBER = re.compile(
    r"^(?:(?:pagina|pag\.?|blz\.?|p\.)\s*)?[-–|]?\s*\d{1,4}\s*[-–|]?(?:\s*(?:van|/|\|)\s*\d{1,4})?$", re.I
)


def furniture(pages: list[list[Line]], heights: list[float]) -> set[Line]:
    """Lines that are no part of the text: repeated at one height on enough pages, or a bare page number at the edge."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    edges = [
        line
        for lines, height in zip(pages, heights, strict=True)
        for line in lines
        if line.bottom < EDGE * height or line.top > (1 - EDGE) * height
    ]
    for line in edges:
        for near in (-1, 0, 1):
            text, level = _key(line)
            seen[text, level + near].add(line.page)
    enough = max(3, 0.12 * len(pages))
    return {line for line in edges if len(seen[_key(line)]) >= enough or _NUMBER.match(line.text)}


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)
