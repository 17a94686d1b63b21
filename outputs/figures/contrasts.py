"""Groups set against each other: a dumbbell a theme, shares over the years, words, and a tree of likeness."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from coding.estimation import Interval
from outputs.coverage import Cell, Row
from outputs.figures.canvas import INK, SCALE, SMALL, SOFT, WARM, WIDTH, Canvas, canvas, folded, label_width, short
from outputs.figures.drawing import Drawing
from outputs.keyness import Keyword
from outputs.likeness import Likeness
from outputs.sheet import Sheet, Value
from outputs.wording import _, decimal, number, percent

_ROW = 0.3
_COLOURS = (SCALE[5], WARM)
_PANELS = 3
"""Themes beside each other in a figure over the years."""
Intervals = Mapping[tuple[str, str], Interval]
"""Per (group, theme id) the share with its interval of coding error."""


def dumbbell(name: str, title: str, rows: tuple[Row, Row], intervals: Intervals) -> Drawing:
    """Draw the share of each theme in two groups, the largest difference on top.

    Where a judged sample gives them: estimates, the thin line their interval of coding error. Else what is accepted or
    suggested, the thin line how far doubtful suggestions reach.
    """
    both = zip(rows[0].cells, rows[1].cells, strict=True)
    found = [(a.theme.label, (_range(a, intervals), _range(b, intervals))) for a, b in both]
    pairs = sorted(found, key=lambda pair: -abs(pair[1][0].value - pair[1][1].value))
    most = max((reach.high for _label, reaches in pairs for reach in reaches), default=0) or 0.01
    left = label_width([label for label, _reaches in pairs])
    room, bottom = WIDTH - left - 0.5, 0.1 + len(pairs) * _ROW
    sheet = canvas(bottom + 0.78)
    _axis(sheet, (left, room), (0.1, bottom), most)
    for y, (label, reaches) in enumerate(pairs):
        middle = 0.1 + (y + 0.5) * _ROW
        sheet.text(left - 0.15, middle, short(label), ha="right")
        places = [left + reach.value / most * room for reach in reaches]
        sheet.line((places[0], middle), (places[1], middle), color=SCALE[2], linewidth=3)
        for i, reach in enumerate(reaches):
            nudge = middle + (0.045 if i else -0.045)
            ends = [(left + edge / most * room, nudge) for edge in (reach.low, reach.high)]
            sheet.line(ends[0], ends[1], color=_COLOURS[i], linewidth=0.8, alpha=0.8)
            sheet.dot(places[i], middle, color=_COLOURS[i])
    key = [({"color": colour}, short(row.name)) for colour, row in zip(_COLOURS, rows, strict=True)]
    sheet.key(bottom + 0.42, key, round_marks=True)
    thin = _("dunne lijn: 95%-interval voor codeerfouten") if intervals else _("dunne lijn: als ook alle twijfel telt")
    sheet.text(0.05, bottom + 0.64, thin, fontsize=SMALL, color=SOFT)
    words = "; ".join(
        _("%(theme)s: %(a)s tegen %(b)s") % {"theme": label, "a": percent(a.value), "b": percent(b.value)}
        for label, (a, b) in pairs
    )
    return Drawing(
        _data(name, [(row.name, cell) for row in rows for cell in row.cells], intervals),
        title,
        words + ".",
        sheet.figure,
    )


def over_years(name: str, title: str, rows: Sequence[Row]) -> Drawing:
    """Draw the share of each theme by year, a small panel a theme, all on one scale; the band is doubt."""
    themes = [cell.theme for cell in rows[0].cells]
    years = [int(row.name) for row in rows]
    most = max((cell.share_most or 0 for row in rows for cell in row.cells), default=0) or 0.01
    width, height = (WIDTH - 0.3) / _PANELS, 1.25
    lines = -(-len(themes) // _PANELS)
    sheet = canvas(lines * height + 0.42)
    span = (years[0], max(1, years[-1] - years[0]))
    for i, theme in enumerate(themes):
        left, top = 0.35 + (i % _PANELS) * width, 0.1 + (i // _PANELS) * height
        sheet.text(left, top + 0.13, folded(theme.label, 28), fontsize=SMALL, va="center")
        panel = (left, top + 0.34, width - 0.4, height - 0.64)
        _panel(sheet, panel, [(int(row.name), row.cells[i]) for row in rows], (most, span), first=i % _PANELS == 0)
    counted = ({"facecolor": SCALE[5]}, _("aanvaard of voorgesteld"))
    sheet.key(lines * height + 0.28, (counted, ({"facecolor": SCALE[1]}, _("erbij als ook alle twijfel telt"))))
    words = "; ".join(
        _("%(theme)s: van %(a)s naar %(b)s")
        % {"theme": t.label, "a": percent(_share(rows[0].cells[i])), "b": percent(_share(rows[-1].cells[i]))}
        for i, t in enumerate(themes)
    )
    return Drawing(
        _data(name, [(row.name, cell) for row in rows for cell in row.cells], {}), title, words + ".", sheet.figure
    )


def word_bars(name: str, title: str, sides: Sequence[tuple[str, Sequence[Keyword]]]) -> Drawing:
    """Draw the words that mark each of two groups, by how firmly (z), with how often they occur there."""
    longest = max((len(words) for _group, words in sides), default=0)
    most = max((k.z for _group, words in sides for k in words), default=1)
    half, row = WIDTH / 2, 0.23
    sheet = canvas(0.45 + max(1, longest) * row)
    for i, (group, words) in enumerate(sides):
        left = i * half
        sheet.text(left + 0.05, 0.14, short(group, 34), color=INK, fontweight="bold")
        if not words:
            sheet.text(left + 0.05, 0.4 + 0.5 * row, _("geen"), color=SOFT)
        for y, keyword in enumerate(words):
            middle = 0.4 + (y + 0.5) * row
            sheet.text(left + 1.3, middle, short(keyword.word, 19), ha="right")
            width = keyword.z / most * (half - 2.35)
            sheet.box((left + 1.38, middle - 0.075, width, 0.15), facecolor=_COLOURS[i % 2])
            sheet.text(left + 1.43 + width, middle, _times(keyword), fontsize=SMALL, color=SOFT)
    columns = ("group", "word", "sort", "here", "elsewhere", "documents", "log_odds", "z")
    rows = tuple(
        (group, k.word, k.sort, k.here, k.there, k.documents, round(k.log_odds, 4), round(k.z, 3))
        for group, words in sides
        for k in words
    )
    said = ". ".join(f"{group}: {', '.join(k.word for k in words) or '–'}" for group, words in sides) + "."
    return Drawing(Sheet(name, columns, rows), title, said, sheet.figure)


def tree(name: str, title: str, found: Likeness) -> Drawing:
    """Draw which profiles join at what distance, from left (the same) to right (nothing in common)."""
    from scipy.cluster.hierarchy import dendrogram

    drawn = dendrogram(found.merges, no_plot=True)
    names = [found.names[i] for i in drawn["leaves"] or ()]
    most = max(0.05, max(max(heights) for heights in drawn["dcoord"]))
    left = label_width(names)
    room, bottom = WIDTH - left - 0.4, 0.1 + len(names) * _ROW
    sheet = canvas(bottom + 0.52)
    _axis(sheet, (left, room), (0.1, bottom), most, as_share=False)
    sheet.text(left, bottom + 0.38, _("afstand tussen profielen (Hellinger, 0 tot 1)"), fontsize=SMALL, color=SOFT)
    for y, leaf in enumerate(names):
        sheet.text(left - 0.12, 0.1 + (y + 0.5) * _ROW, short(leaf), ha="right")
    for places, heights in zip(drawn["icoord"], drawn["dcoord"], strict=True):
        points = [(left + h / most * room, 0.1 + place / 10 * _ROW) for place, h in zip(places, heights, strict=True)]
        for a, b in pairwise(points):
            sheet.line(a, b, color=SCALE[5], linewidth=1.3)
    said = _("%(a)s en %(b)s lijken het meest op elkaar (afstand %(d)s).") % {
        **dict(zip("ab", found.closest[:2], strict=True)),
        "d": decimal(found.closest[2]),
    }
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (a, *(round(float(d), 4) for d in found.distances[i])) for i, a in enumerate(found.names)
    )
    return Drawing(Sheet(name, ("group", *found.names), rows), title, said, sheet.figure)


def _axis(
    sheet: Canvas, across: tuple[float, float], down: tuple[float, float], most: float, *, as_share: bool = True
) -> None:
    """Draw light lines at round values with what they stand for below."""
    left, room = across
    step = next((s for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if most / s <= 6), 1.0)
    for i in range(int(most / step + 1e-9) + 1):
        x = left + i * step / most * room
        sheet.line((x, down[0]), (x, down[1]), linewidth=0.4, alpha=0.45, zorder=0)
        shown = percent(i * step).replace(",0%", "%") if as_share else decimal(i * step)
        sheet.text(x, down[1] + 0.14, shown, ha="center", fontsize=SMALL, color=SOFT)


def _panel(
    sheet: Canvas,
    place: tuple[float, float, float, float],
    points: Sequence[tuple[int, Cell]],
    scale: tuple[float, tuple[int, int]],
    *,
    first: bool,
) -> None:
    (left, top, width, height), (most, (start, span)) = place, scale
    bottom = top + height
    sheet.line((left, bottom), (left + width, bottom))
    if first:
        sheet.text(left - 0.04, top, percent(most).replace(",0%", "%"), ha="right", fontsize=6, color=SOFT)
        sheet.text(left - 0.04, bottom, "0", ha="right", fontsize=6, color=SOFT)
    places = [(left + 0.08 + (year - start) / span * (width - 0.16), cell) for year, cell in points]
    dots = [(x, bottom - _share(cell) / most * height) for x, cell in places]
    band = [bottom - (cell.share_most or 0) / most * height for _x, cell in places]
    sheet.axes.fill_between([x for x, _y in dots], band, [y for _x, y in dots], color=SCALE[1], linewidth=0)
    for a, b in pairwise(dots):
        sheet.line(a, b, color=SCALE[5], linewidth=1.3)
    for x, y in dots:
        sheet.dot(x, y, color=SCALE[5], s=14)
    ends = (points[0], points[-1])
    for i, (year, _cell) in enumerate(ends):
        x = places[0 if i == 0 else -1][0]
        sheet.text(x, bottom + 0.1, str(year), ha="center", fontsize=6, color=SOFT)


def _data(name: str, cells: Sequence[tuple[str, Cell]], intervals: Intervals) -> Sheet:
    columns = (
        *("group", "theme", "theme_label", "coded", "passages", "share_passages", "share_passages_with_doubtful"),
        *("estimate", "low", "high"),
    )
    rows = []
    for group, cell in cells:
        found = intervals.get((group, cell.theme.id))
        edges = (found.value, found.low, found.high) if found else (None, None, None)
        about = (group, cell.theme.id, cell.theme.label, cell.coded, cell.basis.passages, cell.share, cell.share_most)
        rows.append((*about, *edges))
    return Sheet(name, columns, tuple(rows))


def _share(cell: Cell) -> float:
    return cell.share or 0.0


def _range(cell: Cell, intervals: Intervals) -> Interval:
    """Return the estimate with its interval, or else the share and what it would be with every doubtful suggestion."""
    found = intervals.get((cell.group, cell.theme.id))
    return found or Interval(_share(cell), _share(cell), cell.share_most or 0.0)


def _times(keyword: Keyword) -> str:
    return _("%(here)s keer (elders %(there)s)") % {"here": number(keyword.here), "there": number(keyword.there)}
