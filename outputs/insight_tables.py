"""What stands out as tables: priorities, ambiguous phrases, aims, ladders and extremes, for workbook and CSV."""

from outputs.aims import LABELS
from outputs.concrete import Placed
from outputs.insights import Insights
from outputs.quotes import Shown
from outputs.sheet import Sheet, Value


def insight_sheets(layer: Insights) -> list[Sheet]:
    """Return the sheets in the order of the report's chapters."""
    return [_priorities(layer), _ambiguity(layer), _aims(layer), _quotes(layer)]


def _priorities(layer: Insights) -> Sheet:
    """A row per place where a principle is put first; a municipality without one has a row that says so."""
    columns = (
        "municipality",
        "named",
        "candidate",
        "kind",
        "theme",
        "theme_label",
        "over",
        "marker",
        "quote",
        "source",
    )
    rows: list[tuple[Value, ...]] = []
    for p in layer.priorities:
        head = (p.municipality, len(p.named), len(p.candidate))
        found = [
            (*head, r.kind, r.theme.id, r.theme.label, r.over.label if r.over else "", r.marker, *_shown(r.quote))
            for r in (*p.goals, *p.orders)
        ]
        rows += found or [(*head, "geen gevonden", "", "", "", "", "", "")]
    return Sheet("priorities", columns, tuple(rows))


def _ambiguity(layer: Insights) -> Sheet:
    columns = ("phrase", "relation", "z", "municipality", "passages", "themes", "wat", "hoe", "cues", "quote", "source")
    rows = [
        (
            *(a.phrase, a.relation.id if a.relation else "", None if a.z is None else round(a.z, 2), use.municipality),
            *(use.passages, "; ".join(f"{code.label} ({count})" for code, count in use.themes), use.what, use.how),
            *("; ".join(use.cues), *_shown(use.quote)),
        )
        for a in layer.ambiguous
        for use in a.uses
    ]
    return Sheet("ambiguity", columns, tuple(rows))


def _aims(layer: Insights) -> Sheet:
    columns = ("municipality", "aim", "aim_label", "themes", "coded", "share")
    rows = [
        (
            *(a.group, a.aim, LABELS[a.aim], "; ".join(t.id for t in a.themes), a.coded),
            None if a.share is None else round(a.share, 5),
        )
        for a in layer.aims
    ]
    return Sheet("aims", columns, tuple(rows), frozenset({"share"}))


def _quotes(layer: Insights) -> Sheet:
    """The most concrete and most abstract quote of each theme, and the passages that climb from value to act."""
    columns = ("what", "theme", "municipality", "quote", "source")
    rows: list[tuple[Value, ...]] = []
    for e in layer.extremes:
        for what, placed in (("meest concreet", e.concrete), ("meest abstract", e.abstract)):
            rows += [(what, e.theme.id, *_placed(placed))] if placed else []
    rows += [
        ("van waarde naar handeling", "; ".join(t.id for t in c.themes), c.municipality, *_shown(c.quote))
        for c in layer.climbs
    ]
    return Sheet("telling_quotes", columns, tuple(rows))


def _placed(placed: Placed) -> tuple[str, str, str]:
    return (placed.municipality, *_shown(placed.quote))


def _shown(quote: Shown) -> tuple[str, str]:
    before, after = ("[…] " if quote.before else ""), (" […]" if quote.after else "")
    return before + "".join(part.text for part in quote.parts) + after, quote.source
