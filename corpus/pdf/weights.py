"""Which of the fonts without a telling name is the bold one: its letters are wider than those of the running text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet

WIDER = 1.06
"""How much wider the letters of a bold font are, at least."""


def with_weights(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Sheets whose lines know that they are bold, also where the name of the font does not say so."""
    widths: dict[str, dict[str, float]] = {}
    for sheet in sheets:
        for font, letters in sheet.letters.items():
            widths.setdefault(font, {}).update(letters)
    if len(widths) < 2:
        return list(sheets)
    used = Counter[str]()
    for sheet in sheets:
        for line in sheet.lines:
            used[line.font] += len(line.text)
    body = used.most_common(1)[0][0] if used else ""
    bold = {font for font in widths if font != body and _wider(widths[font], widths.get(body, {}))}
    return [_weighed(sheet, bold) for sheet in sheets] if bold else list(sheets)


def _wider(letters: dict[str, float], plain: dict[str, float]) -> bool:
    ratios = [letters[c] / plain[c] for c in letters if plain.get(c, 0) > 0.05]
    return len(ratios) >= 5 and sum(ratios) / len(ratios) >= WIDER and median(ratios) > 1.0


def _weighed(sheet: Sheet, bold: set[str]) -> Sheet:
    tables = [replace(t, rows=tuple(tuple(tuple(_lines(c, bold)) for c in r) for r in t.rows)) for t in sheet.tables]
    return replace(sheet, lines=list(_lines(sheet.lines, bold)), tables=tables)


def _lines(lines: Iterable[Line], bold: set[str]) -> Iterable[Line]:
    for line in lines:
        if line.font in bold and not line.bold:
            yield replace(line, bold=True)
        elif line.first_font in bold and not line.bold:
            yield replace(line, lead_bold=True)
        else:
            yield line
