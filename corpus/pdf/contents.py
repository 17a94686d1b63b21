"""Contents pages: rows that end in a page number, with or without dots before it."""

import re
from collections.abc import Sequence

from corpus.pdf.lines import Line
from corpus.pdf.tables import rows_of

_TITLE = re.compile(r"^(?:inhoud|inhouds?opgave\.?|inhoud\s*:|inhoudsoverzicht|table of contents)\.?$", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[.…_·]\s?){4,}\s*\d{0,3}\.?$")
_NUMBERED = re.compile(r"^(.*\D)?(\d{1,3})\.?$")


def contents_lines(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Ids of the lines of contents pages. ``pages`` holds the lines of each page without furniture."""
    found: set[int] = set()
    open_page = False
    for number, lines in enumerate(pages):
        rows = rows_of(list(lines))
        titled = next((i for i, row in enumerate(rows) if _TITLE.match(" ".join(x.text for x in row).strip())), None)
        start = titled if titled is not None else 0
        chosen = _listed(rows[start:], titled is not None or open_page, len(pages))
        open_page = bool(chosen) and number < len(pages) - 1
        if chosen:
            first = rows[titled] if titled is not None else []
            found |= {id(line) for line in [*first, *chosen]}
    return found


def _listed(rows: Sequence[list[Line]], expected: bool, pages: int) -> list[Line]:
    """Lines of a list of contents; a page that has little else is one as a whole."""
    entries: list[int] = []
    last = 0
    dotted = 0
    for i, row in enumerate(rows):
        text = " ".join(line.text for line in row)
        dots = bool(_DOTTED.search(text))
        match = _NUMBERED.match(text)
        apart = len(row) > 1 and row[-1].text.strip(". ").isdigit()
        value = int(match[2]) if match else None
        if dots and value is None:
            entries.append(i)
            dotted += 1
        elif value is not None and (dots or apart or expected) and value <= pages + 60:
            dotted += dots
            if value >= last or dots:
                entries.append(i)
                last = max(last, value) if not dots else value
    strict = 3 if expected else 4
    enough = len(entries) >= strict and (dotted >= 0.5 * len(entries) or expected)
    if not enough:
        return []
    first, end = (0 if expected else entries[0]), entries[-1] + 1
    span = rows[first:end]
    if len(entries) < 0.4 * len(span):
        span = [rows[i] for i in entries] if dotted >= 4 else []
    return [line for row in span for line in row]
