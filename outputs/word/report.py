"""The report as a Word document: the same findings and words as the page, in a form to edit into a publication."""

from pathlib import Path

from outputs.paper import Paper
from outputs.records import Study
from outputs.report import Report, compose
from outputs.word import background, comparisons, findings, insights, overview, preconditions
from outputs.word.paper import WordPaper
from outputs.wording import UNKNOWN_MUNICIPALITY, _, listing, number

_MOST_NAMES = 12
"""Municipalities that the subtitle names."""


def write_word(study: Study, folder: Path, template: Path | None = None) -> Path:
    """Write ``report.docx`` in ``folder`` (made if need be) and return its path.

    ``template`` is a .docx or .dotx of which the styles, page, header and footer are used and the text is not. The
    same study and template give the same bytes. Raise `TemplateError` for an unusable template and ``OSError`` when
    the file cannot be written, for instance because it is open in Word.
    """
    paper = WordPaper(template)
    report = compose(study)
    snapshot = study.snapshot
    paper.running_heads(f"{snapshot.codebook.title} · {_study(report)}")
    fill(paper, report)
    return paper.save(
        folder / "report.docx",
        title=snapshot.codebook.title,
        subject=_("Studie %s") % snapshot.name,
        author=snapshot.method.program,
        day=report.date,
    )


def fill(paper: Paper, report: Report) -> None:
    """Write the whole report on a paper, from title to colophon."""
    _front(paper, report)
    insights.findings(paper, report)
    overview.summary(paper, report)
    overview.basis(paper, report)
    overview.municipalities(paper, report)
    overview.themes(paper, report)
    comparisons.comparisons(paper, report)
    insights.priorities(paper, report)
    findings.tensions(paper, report)
    insights.ambiguity(paper, report)
    preconditions.preconditions(paper, report)
    findings.what_and_how(paper, report)
    insights.aims(paper, report)
    findings.quotes(paper, report)
    insights.profiles(paper, report)
    background.auxiliary(paper, report)
    background.documents(paper, report)
    background.left_out(paper, report)
    background.agreement(paper, report)
    background.method(paper, report)
    paper.paragraph(_colophon(report), "Toelichting")


def _study(report: Report) -> str:
    snapshot = report.study.snapshot
    known = {"name": snapshot.name, "version": snapshot.codebook.version}
    return _("Studie %(name)s · codeboek %(version)s") % known


def _front(paper: Paper, report: Report) -> None:
    snapshot = report.study.snapshot
    paper.paragraph(snapshot.codebook.title, "Title")
    homes = [row.name for row in report.table.rows if row.name != UNKNOWN_MUNICIPALITY]
    if len(homes) > _MOST_NAMES:
        paper.paragraph(_("In de beleidsdocumenten van %s gemeenten") % number(len(homes)), "Subtitle")
    elif homes:
        paper.paragraph(_("In de beleidsdocumenten van %s") % listing(homes), "Subtitle")
    paper.paragraph(_study(report), "Toelichting")
    paper.contents(_("Inhoud"))
    paper.new_page()


def _colophon(report: Report) -> str:
    parts = [report.study.snapshot.method.program]
    if report.date:
        parts.append(_("laatste beslissing %s") % report.date)
    return " · ".join([*parts, _("codeboek %s") % report.study.codebook])
