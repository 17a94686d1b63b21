"""The end of the Word report: auxiliary codes, documents read and left out, method and limits."""

from collections.abc import Sequence

from coding.agreement import FEW
from coding.model import Failure
from corpus.model import Document
from outputs import explanations
from outputs.paper import Paper
from outputs.reliability import interval, known
from outputs.report import Report
from outputs.wording import _, counted, decimal, municipality_of, number, percent, title_of

_MOST_TITLES = 12
"""Documents that are listed by title where something is unknown of them."""


def auxiliary(paper: Paper, report: Report) -> None:
    """Add the auxiliary codes, which never count among the themes."""
    if not report.auxiliary.themes:
        return
    paper.heading(_("Hulpcodes"), 1)
    paper.paragraph(
        _(
            "Onderwerpen die naast de thema's worden bijgehouden, vooral als tegenpool in een spanning. Zij tellen "
            "nooit mee bij de thema's."
        )
    )
    paper.caption(_("Tabel"), _("Hulpcodes"))
    head = (_("Hulpcode"), _("Passages"), _("Documenten"), _("Aandeel"), _("Twijfel"))
    rows = [
        (c.theme.label, number(c.coded), number(c.documents), percent(c.share), number(c.doubtful))
        for c in report.auxiliary.total.cells
    ]
    paper.table(head, rows, (3.2, 1.4, 1.6, 1.4, 1.4), numbers=frozenset(range(1, 5)))


def documents(paper: Paper, report: Report) -> None:
    """Add the documents that count."""
    if not report.sources:
        return
    paper.heading(_("Gelezen documenten"), 1)
    paper.caption(_("Tabel"), _("Documenten die meetellen"))
    head = (
        *(_("Gemeente"), _("Document"), _("Soort"), _("Jaar")),
        *(_("Pagina's"), _("Passages"), _("Met een thema")),
    )
    rows = [
        (
            municipality_of(s.document),
            title_of(s.document),
            s.document.kind or _("onbekend"),
            s.document.period or _("onbekend"),
            number(s.pages) if s.pages else "–",
            number(s.passages),
            number(s.coded),
        )
        for s in report.sources
    ]
    paper.table(head, rows, (2.1, 4.5, 2.9, 1.75, 1.55, 1.75, 1.45), numbers=frozenset((4, 5, 6)))
    if report.table.total.basis.repeats:
        paper.paragraph(explanations.REPEATED, "Toelichting")


def left_out(paper: Paper, report: Report) -> None:
    """Add what was read and does not count, what could not be read, and what is not known."""
    paper.heading(_("Wat niet is meegenomen"), 1)
    paper.heading(_("Gelezen, maar niet in de analyse"), 2)
    if report.excluded:
        paper.caption(_("Tabel"), _("Documenten buiten de analyse"))
        head = (_("Document"), _("Gemeente"), _("Soort, jaar"), _("Waarom niet"))
        paper.table(head, [_excluded(d) for d in report.excluded], (6.0, 2.4, 2.8, 4.8))
    else:
        paper.paragraph(_("Geen: alle gelezen documenten tellen mee."))
    paper.heading(_("Niet gelezen"), 2)
    if report.failures:
        paper.caption(_("Tabel"), _("Bestanden die niet konden worden gelezen"))
        columns = (_("Bestand"), _("Bladzijde"), _("Wat er aan de hand is en wat te doen"))
        paper.table(columns, _unread(report.failures), (4.8, 2.6, 7.6))
    else:
        paper.paragraph(_("Geen: alle bestanden zijn gelezen."))
    if report.notices:
        paper.heading(_("Wel gelezen, met een kanttekening"), 2)
        paper.caption(_("Tabel"), _("Wat bij gelezen bestanden te weten is"))
        columns = (_("Bestand"), _("Bladzijde"), _("Wat er te weten is"))
        paper.table(columns, _unread(report.notices), (4.8, 2.6, 7.6))
    if report.unknown:
        _unknown(paper, report)


def agreement(paper: Paper, report: Report) -> None:
    """Add how far coders agree, by what they coded blind."""
    paper.heading(_("Overeenstemming tussen codeurs"), 1)
    open_ones = counted(report.trust.open, _("geval"), _("gevallen"))
    more = _(" In %s (een thema in een passage) zijn codeurs het nog oneens.") % open_ones if report.trust.open else ""
    paper.paragraph(report.trust.text + more)
    if not report.trust.lines:
        return
    paper.caption(_("Tabel"), _("Overeenstemming per thema"))
    head = (
        *(_("Thema"), _("Passages"), _("Met het thema"), _("Krippendorffs α"), _("95%-interval")),
        *(_("Gwets AC1"), _("Gelijk")),
    )
    rows = [
        (
            *(line.theme.label, number(line.found.units), number(line.found.given) + "*" * (line.found.given < FEW)),
            *(decimal(known(line.found.alpha)) or "–", interval(line.found) or "–"),
            *(decimal(known(line.found.ac1)) or "–", percent(known(line.found.percent))),
        )
        for line in report.trust.lines
    ]
    paper.table(head, rows, (4.0, 1.7, 1.9, 2.3, 2.6, 1.8, 1.7), numbers=frozenset(range(1, 7)))
    paper.paragraph(
        _(
            "In het vak geldt α vanaf 0,80 als stevig en vanaf 0,667 als voorlopig bruikbaar (Krippendorff); die "
            "grenzen beslissen niets. Is een thema zeldzaam, dan zakt α al bij een enkel verschil en blijft AC1 hoog: "
            "lees ze samen, en kijk naar het interval. Met het thema: in zoveel passages zag ten minste één codeur "
            "het; bij minder dan tien (*) is ook het interval te smal."
        ),
        "Toelichting",
    )


def method(paper: Paper, report: Report) -> None:
    """Add how the codings came about, what they do not say, and the cuts per theme."""
    paper.heading(_("Werkwijze en grenzen"), 1)
    for remark in report.remarks:
        paper.paragraph([(f"{remark.topic}. ", "Strong"), (remark.text, "")])
    if report.cuts:
        paper.caption(_("Tabel"), _("Drempels per thema"))
        head = (_("Thema"), _("Waarschijnlijk vanaf"), _("Zeker vanaf"), _("Toelichting"))
        rows = [(c.label, decimal(c.likely), decimal(c.certain) or _("nooit"), c.note) for c in report.cuts]
        paper.table(head, rows, (2.8, 2.2, 1.8, 7.0), numbers=frozenset((1, 2)))


def _excluded(document: Document) -> tuple[str, str, str, str]:
    about = ", ".join(text for text in (document.kind, document.period) if text)
    reason = document.included_reason or _("geen reden opgegeven")
    return title_of(document), municipality_of(document), about, reason


def _unread(failures: Sequence[Failure]) -> list[tuple[str, str, str]]:
    """Return a row per file and problem, with the pages it is about."""
    pages: dict[tuple[str, str], list[str]] = {}
    for failure in failures:
        page = _("alle") if failure.page is None else str(failure.page)
        pages.setdefault((failure.file_name, failure.message), []).append(page)
    return [(name, ", ".join(listed), message) for (name, message), listed in pages.items()]


def _unknown(paper: Paper, report: Report) -> None:
    paper.heading(_("Onbekende gegevens"), 2)
    paper.paragraph(
        _(
            "Wat niet met zekerheid bekend is, is niet geraden. Vul het aan in metadata.csv of metadata.xlsx van de "
            "studie."
        )
    )
    for label, unknown in report.unknown:
        titles = "; ".join(title_of(d) for d in unknown[:_MOST_TITLES])
        more = len(unknown) - _MOST_TITLES
        rest = _(" en nog %s") % number(more) if more > 0 else ""
        paper.paragraph([(label, "Strong"), (f" ({number(len(unknown))}): {titles}{rest}", "")])
