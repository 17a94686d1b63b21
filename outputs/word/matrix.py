"""The framework matrix in Word: a table a theme, a row a municipality, with the quotes under each summary."""

from collections.abc import Sequence
from pathlib import Path

from outputs.framework import FrameworkCell, cited_quote, how_far
from outputs.method import state_date
from outputs.paper import Span
from outputs.records import Study
from outputs.word.paper import WordPaper
from outputs.wording import _

_WIDTHS = (2.0, 2.2, 9.0)


def write_matrix(study: Study, cells: Sequence[FrameworkCell], path: Path, template: Path | None = None) -> Path:
    """Write the matrix to ``path`` and return it.

    Raise `TemplateError` for an unusable template and ``OSError`` when the file cannot be written, for instance because
    it is open in Word.
    """
    paper = WordPaper(template)
    codebook = study.snapshot.codebook
    paper.running_heads(f"{_('Matrix')} · {codebook.title}")
    paper.paragraph(_("Matrix van gemeenten en thema's"), "Title")
    paper.paragraph(codebook.title, "Subtitle")
    paper.paragraph(_introduction(study, cells))
    paper.contents(_("Inhoud"))
    paper.turn(wide=True)
    for theme in dict.fromkeys(c.theme for c in cells):
        own = [c for c in cells if c.theme == theme]
        paper.heading(own[0].theme_label, 1)
        known = codebook.by_id.get(theme)
        if known is not None and known.definition:
            paper.paragraph(known.definition, keep=True)
        paper.caption(_("Tabel"), _("%s per gemeente") % own[0].theme_label)
        head = (_("Gemeente"), _("Stand"), _("Samenvatting en citaten"))
        paper.table(head, [_row(c) for c in own], _WIDTHS)
    return paper.save(
        path,
        title=f"{_('Matrix')}: {codebook.title}",
        subject=_("Studie %s") % study.snapshot.name,
        author=study.snapshot.method.program,
        day=state_date(study),
    )


def _row(cell: FrameworkCell) -> list[list[Span]]:
    text: list[Span] = [(cell.text or "–", "")]
    text += [(f"\n{cited_quote(quote)}", "Emphasis") for quote in cell.quotes]
    return [[(cell.municipality, "Strong")], [(cell.state, "")], text]


def _introduction(study: Study, cells: Sequence[FrameworkCell]) -> str:
    text = _(
        "Per thema en gemeente een samenvatting in de woorden van de onderzoeker, met de citaten waarop zij rust. "
        "Citaten zijn letterlijk; tussen haakjes staan gemeente, document, jaar en bladzijde. De stand zegt wat mensen "
        "hebben vastgesteld: genoemd, niet gevonden (met hoogstens welk deel van de overige passages is gemist), of "
        "nog alleen kandidaat of geen kandidaat volgens het programma."
    )
    if study.anonymous:
        text += " " + _("Gemeenten en documenten zijn niet bij name genoemd; lees de samenvattingen daarop na.")
    return f"{text} {how_far(cells)}"
