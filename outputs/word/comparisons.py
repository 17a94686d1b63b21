"""Groups compared, in the Word report: the answer, the figures, quotes for and against, words and what to mind."""

from collections.abc import Sequence

from outputs import explanations
from outputs.answering import Answer
from outputs.coverage import Cell, Named
from outputs.keyness import Keyword
from outputs.paper import Paper, Span
from outputs.report import Report
from outputs.word.findings import add_quote
from outputs.word.grid import add_grid, is_wide
from outputs.wording import _, number


def comparisons(paper: Paper, report: Report) -> None:
    """Add the comparisons by each dimension, and per municipality how it changed."""
    if not report.comparisons:
        return
    paper.heading(_("Vergelijken"), 1)
    paper.paragraph(
        _(
            "Groepen van documenten naast elkaar: eerst het antwoord, dan de figuur, dan citaten voor en tegen, en ten "
            "slotte de woorden waarin groepen verschillen. Andere vergelijkingen maakt u met ‘rodedraad compare’."
        )
    )
    for caution in report.comparing_cautions:
        paper.paragraph(caution, "Toelichting")
    for answer in report.comparisons:
        paper.heading(answer.title, 2)
        _answer(paper, answer)
    if report.changes:
        paper.heading(_("Verandering over de jaren, per gemeente"), 2)
        paper.paragraph(
            _(
                "Per gemeente van het soort document waarvan de meeste jaren zijn gelezen: jaren van een andere soort "
                "naast elkaar zetten is geen verandering meten."
            )
        )
    for answer in report.changes:
        paper.heading(answer.title, 3)
        _answer(paper, answer)


def _answer(paper: Paper, answer: Answer) -> None:
    for sentence in answer.sentences:
        paper.paragraph(sentence)
    for caution in answer.cautions:
        paper.paragraph(caution, "Toelichting")
    for drawing in answer.drawings:
        paper.figure(drawing)
    if answer.quotes_for or answer.quotes_against:
        paper.paragraph(f"{_('Voor')}: {answer.claim}", "Citaatkop")
        for home, shown in answer.quotes_for:
            add_quote(paper, shown, home)
        if not answer.quotes_for:
            paper.paragraph(explanations.NONE_ALONE)
        paper.paragraph(_("Tegen: het staat er ook"), "Citaatkop")
        for home, shown in answer.quotes_against:
            add_quote(paper, shown, home)
        if not answer.quotes_against:
            paper.paragraph(explanations.NONE_ALONE)
    marked = [words for words in answer.words if words.words]
    if marked:
        paper.paragraph(_("Woorden die elke groep onderscheiden"), "Citaatkop")
    for words in marked:
        paper.paragraph([(f"{words.group}: ", "Strong"), (_listed(words.words), "")])
        for label, apart in ((_("Namen:"), words.names), (_("Wetten:"), words.laws)):
            if apart:
                paper.paragraph(f"{label} {_listed(apart)}", "Toelichting")
    if answer.named:
        _named_table(paper, answer)


def _listed(words: Sequence[Keyword]) -> str:
    return ", ".join(f"{k.word} {number(k.here)}/{number(k.there)}" for k in words)


def _named_table(paper: Paper, answer: Answer) -> None:
    rows = _group_rows(answer)
    themes = [theme.label for theme in answer.comparison.table.themes]
    paper.turn(wide=is_wide(rows, themes))
    title = _(
        "In hoeveel van de gemeenten met zulke documenten het thema genoemd of kandidaat is, en het aantal passages"
    )
    add_grid(paper, title, (answer.title, _("Thema")), rows, themes)
    paper.turn(wide=False)


def _group_rows(answer: Answer) -> list[tuple[str, list[list[Span]]]]:
    rows = []
    for row, (_name, names) in zip(answer.comparison.table.rows, answer.named, strict=True):
        pages = f", {number(row.basis.pages)} {_('p.')}" if row.basis.pages else ""
        name = f"{row.name}\n{number(row.basis.documents)} {_('doc.')}{pages}"
        rows.append((name, [_group_text(cell, n) for cell, n in zip(row.cells, names, strict=True)]))
    return rows


def _group_text(cell: Cell, named: Named) -> list[Span]:
    both = len(named.named) + len(named.candidate)
    lines = [f"{number(len(named.named))} {_('genoemd')}"] if named.named else []
    lines.append(f"{number(cell.coded)} {_('pass.')}")
    return [(f"{number(both)}/{number(named.of)}", "Strong"), ("".join(f"\n{line}" for line in lines), "")]
