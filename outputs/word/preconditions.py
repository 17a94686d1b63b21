"""Preconditions in the Word report: per municipality what was found of it, and where people searched."""

from outputs.paper import Paper
from outputs.report import Report
from outputs.wording import _, number


def preconditions(paper: Paper, report: Report) -> None:
    """Add the preconditions of the codebook, a sentence a relation and a row a municipality."""
    if not report.preconditions:
        return
    paper.heading(_("Voorwaarden"), 1)
    paper.paragraph(
        _(
            "Sommige uitgangspunten hebben een ander nodig. Dat de voorwaarde ontbreekt, staat er alleen waar mensen "
            "ernaar hebben gezocht: de beste voorstellen en een steekproef uit de rest zijn gelezen en verworpen. Waar "
            "dat nog niet is gebeurd, staat ‘nog niet beoordeeld’."
        )
    )
    for sentence in report.preconditions_short:
        paper.paragraph(sentence)
    paper.caption(_("Tabel"), _("Voorwaarden per gemeente"))
    head = (_("Gemeente"), _("Wat vraagt wat"), _("Bevinding"), _("Waarin gezocht"), _("In de tekst gezegd"))
    rows = [
        (
            p.municipality,
            f"{p.needing_label} → {p.needed_label}",
            p.finding,
            p.searched,
            number(p.said) if p.said else "–",
        )
        for p in report.preconditions
    ]
    paper.table(head, rows, (2.0, 2.6, 3.6, 3.6, 1.2), numbers=frozenset((4,)))


def _times(count: int) -> str:
    return number(count) if count else "–"
