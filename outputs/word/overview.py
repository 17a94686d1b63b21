"""The first half of the Word report: summary, what it rests on, municipalities and themes."""

from collections.abc import Sequence

from outputs import explanations
from outputs.cells import HOW_TO_READ
from outputs.coverage import Basis, Cell, Named
from outputs.paper import Paper, Span
from outputs.report import SMALL, Report
from outputs.word.grid import add_grid, is_wide
from outputs.wording import UNKNOWN_MUNICIPALITY, _, listing, number, percent

_BASIS_WIDTHS = (3.0, 2.2, 1.6, 1.8, 1.8, 2.3, 3.3)


def summary(paper: Paper, report: Report) -> None:
    """Add the findings in three sentences, the size of the study and what a suggestion is."""
    paper.heading(_("Samenvatting"), 1)
    for sentence in report.summary:
        paper.paragraph(sentence)
    basis = report.table.total.basis
    facts = (
        (_("Gemeenten"), sum(row.name != UNKNOWN_MUNICIPALITY for row in report.table.rows)),
        (_("Documenten"), basis.documents),
        (_("Pagina's"), basis.pages),
        (_("Passages"), basis.passages),
        (_("Niet meegenomen"), len(report.excluded) + report.unread),
    )
    paper.paragraph(" · ".join(f"{name}: {number(count)}" for name, count in facts), "Toelichting")
    warning = _(
        "Wat hier ‘kandidaat’ heet, heeft een programma aangewezen. Een thema is pas ‘genoemd’ als een mens ten minste "
        "één passage heeft aanvaard, en ‘geen kandidaat’ betekent niet dat het er niet staat."
    )
    paper.paragraph([(_("Voorstellen zijn geen coderingen."), "Strong"), (f" {warning}", "")], "Kader")


def basis(paper: Paper, report: Report) -> None:
    """Add how much was read per municipality."""
    paper.heading(_("Waarop dit rust"), 1)
    rows = report.table.rows
    if not rows:
        paper.paragraph(_("Er is geen document gelezen dat meetelt."))
        return
    if report.basis_warning:
        paper.paragraph(report.basis_warning)
    explained = f"{explanations.BASIS} {explanations.REGIONAL}" if report.is_regional else explanations.BASIS
    paper.paragraph(explained, "Toelichting")
    paper.caption(_("Tabel"), _("Omvang per gemeente: wat er is gelezen en meetelt"))
    listed = [[row.name, *_sizes(row.basis), _caution(row.basis)] for row in rows]
    total = report.table.total
    if len(rows) > 1:
        listed.append([total.name.capitalize(), *_sizes(total.basis), ""])
    head = (
        *(_("Gemeente"), _("Documenten"), _("Pagina's"), _("Passages"), _("Woorden")),
        *(_("Herhalingen, niet geteld"), _("Let op")),
    )
    paper.table(head, listed, _BASIS_WIDTHS, numbers=frozenset(range(1, 6)), total=len(rows) > 1)


def municipalities(paper: Paper, report: Report) -> None:
    """Add the heat map of municipalities × themes and the table with the same figures and more."""
    paper.heading(_("Gemeenten en thema's"), 1)
    table = report.table
    if not table.rows or not table.themes:
        paper.paragraph(_("Er zijn nog geen gemeenten met gelezen documenten."))
        return
    how_to_read = _(
        "Kleur volgt het aandeel, het getal is het aantal passages; zo staan drie bladzijden en driehonderd niet "
        "ongemerkt naast elkaar."
    )
    paper.paragraph(f"{report.figures.scale} {how_to_read}")
    for drawing in report.figures.heat_maps:
        paper.figure(drawing)
    rows = [(row.name, [_cell_text(cell, with_state=True) for cell in row.cells]) for row in table.rows]
    if len(rows) > 1:
        rows.append((table.total.name.capitalize(), [_cell_text(c, with_state=False) for c in table.total.cells]))
    themes = [theme.label for theme in table.themes]
    paper.turn(wide=is_wide(rows, themes))
    explained = _(
        "Aantal passages dat is aanvaard of voorgesteld, de stand, en het aandeel in alle passages van de gemeente. "
        "Een bereik (3,1% – 4,0%) geeft aan hoeveel twijfelgevallen kunnen toevoegen. Herhaalde passages tellen één "
        "keer."
    )
    if any(n.not_found for n in report.named):
        explained += " " + HOW_TO_READ
    paper.paragraph(explained, "Toelichting")
    title = _("Dekking: gecodeerde passages per gemeente en thema")
    add_grid(paper, title, (_("Gemeente"), _("Thema")), rows, themes)
    paper.turn(wide=False)
    if report.figures.map is not None:
        paper.figure(report.figures.map)


def themes(paper: Paper, report: Report) -> None:
    """Add per theme how often it stands and in which municipalities, by name."""
    paper.heading(_("Thema's en gemeenten bij name"), 1)
    if any(cell.coded or cell.doubtful for cell in report.table.total.cells):
        paper.figure(report.figures.bars)
    if not any(n.of for n in report.named):
        paper.paragraph(
            _(
                "Van geen enkel document is de gemeente bekend; vul in metadata.csv de kolom municipality aan om per "
                "gemeente te tellen."
            )
        )
        return
    paper.caption(_("Tabel"), _("In hoeveel gemeenten: genoemd en kandidaat apart, met de namen"))
    head = [_("Thema"), _("Genoemd"), _("Kandidaat"), _("Geen kandidaat")]
    rows = [_named_row(n) for n in report.named]
    if any(n.not_found for n in report.named):
        head.append(_("Niet gevonden"))
        rows = [[*row, _names(n.not_found, n.of)] for row, n in zip(rows, report.named, strict=True)]
    widths = [_weight([row[i] for row in rows]) for i in range(1, len(head))]
    paper.table(head, rows, (sum(widths) / 4, *widths))


def _sizes(size: Basis) -> list[str]:
    pages = number(size.pages) if size.pages else "–"
    return [number(size.documents), pages, number(size.passages), number(size.words), number(size.repeats)]


def _caution(size: Basis) -> str:
    if size.words < SMALL:
        return _("kleine basis: minder dan 3.000 woorden")
    return _("één document") if size.documents == 1 else ""


def _cell_text(cell: Cell, *, with_state: bool) -> list[Span]:
    if with_state and cell.state == "niet gevonden":
        unread = f"\n{number(cell.candidates)} {_('ongelezen')}" if cell.candidates else ""
        return [("0", "Strong"), (f" {cell.state_text}{unread}", "")]
    count = number(cell.coded) if cell.coded or not with_state else "–"
    lines = [shares(cell)]
    if with_state and cell.accepted:
        lines.insert(0, f"{number(cell.accepted)} {_('aanvaard')}")
    state = f" {cell.state}" if with_state else ""
    return [(count, "Strong"), (state + "".join(f"\n{line}" for line in lines if line), "")]


def shares(cell: Cell) -> str:
    """Write the share, and what it would be with every doubtful suggestion: ``3,1% – 4,0%``; or nothing."""
    if cell.share is None or not (cell.coded or cell.doubtful):
        return ""
    return percent(cell.share) + (f" – {percent(cell.share_most)}" if cell.doubtful else "")


def _named_row(named: Named) -> list[list[Span]]:
    without = _names(named.none + named.doubtful, named.of, shown=named.none)
    if named.doubtful:
        without.append(("\n" + _("alleen twijfel: %s") % listing(named.doubtful), ""))
    return [[(named.theme.label, "Strong")], _names(named.named, named.of), _names(named.candidate, named.of), without]


def _weight(cells: Sequence[Sequence[Span]]) -> float:
    """Return how wide a column should be for the names in it."""
    longest = max((sum(len(text) for text, _style in cell) for cell in cells), default=0)
    return min(6.0, 2 + longest / 40)


def _names(names: Sequence[str], of: int, shown: Sequence[str] | None = None) -> list[Span]:
    listed = listing(names if shown is None else shown)
    return [(number(len(names)), "Strong"), (f" {_('van de')} {number(of)}" + (f"\n{listed}" if listed else ""), "")]
