"""What the Word report found in the text: tensions, what and how, and quotes per theme."""

from itertools import groupby

from outputs.flag_judgements import FlagPrecision
from outputs.paper import Paper
from outputs.quotes import Group, Meeting, Shown
from outputs.report import Chapter, Report
from outputs.word.overview import shares
from outputs.wording import _, number, percent

_ELLIPSIS = "[…]"
_BESIDE = 2
"""The grade of two principles side by side: nothing in the text says how they relate."""


def tensions(paper: Paper, report: Report) -> None:
    """Add where two principles meet in the text, with both quotes and their page."""
    paper.heading(_("Spanningen"), 1)
    if report.meetings:
        paper.paragraph(
            _(
                "Waar twee uitgangspunten in de tekst bij elkaar staan. ‘Benoemt de spanning’: de tekst noemt haar "
                "zelf. ‘Begrenst’: het ene beperkt het andere. ‘Naast elkaar’: beide staan er, zonder woord over hoe "
                "zij zich verhouden. Wat in dezelfde gemeente (bijna) letterlijk terugkomt, telt één keer. Ook dit "
                "zijn aanwijzingen van een programma: lees de citaten."
            )
        )
        if report.figures.network is not None:
            paper.figure(report.figures.network)
        _relation_table(paper, report)
        for wording, meetings in groupby(report.meetings, key=lambda m: m.wording):
            paper.heading(wording.capitalize(), 2)
            for label, alike in groupby(meetings, key=lambda m: m.label):
                paper.heading(label, 3)
                for meeting in alike:
                    _meeting(paper, meeting)
    else:
        paper.paragraph(
            _("Er zijn geen plaatsen gevonden waar twee uitgangspunten uit het codeboek elkaar raken."),
        )
    if report.flags_left_out:
        text = _("Nog %s aanwijzingen staan in het werkboek, blad ‘tensions’.")
        paper.paragraph(text % number(report.flags_left_out), "Toelichting")
    _precision_table(paper, report)
    _own_tensions(paper, report)
    if report.weak:
        text = _(
            "Daarnaast staan %s paren alleen ergens in de documenten van dezelfde gemeente; dat zegt weinig en staat "
            "apart in het werkboek, blad ‘weak’."
        )
        paper.paragraph(text % number(report.weak), "Toelichting")


def what_and_how(paper: Paper, report: Report) -> None:
    """Add per theme how many passages say only what, and how many also how."""
    if not any(row.passages for row in report.what_how):
        return
    paper.heading(_("Wat en hoe"), 1)
    paper.paragraph(
        _(
            "Zegt een passage alleen wat de gemeente wil, of ook hoe? ‘Middel’: er staat een instrument, regeling, "
            "getal, bedrag of termijn in. ‘Handelingsnorm’: wie doet, weegt of beslist wat, en wanneer; daar kan een "
            "professional naar handelen. Bepaald met regels op woorden, die in het werkboek per passage staan."
        )
    )
    paper.figure(report.figures.what_how)
    paper.caption(_("Tabel"), _("Passages per thema naar wat zij zeggen"))
    head = (_("Thema"), _("alleen wat"), _("middel"), _("handelingsnorm"), _("aandeel met hoe"))
    rows = [
        (w.theme.label, number(w.what), number(w.means), number(w.norm), percent(w.share_how)) for w in report.what_how
    ]
    paper.table(head, rows, (3.2, 1.4, 1.4, 1.8, 1.8), numbers=frozenset(range(1, 5)))


def quotes(paper: Paper, report: Report) -> None:
    """Add the best quotes of each municipality, a theme at a time."""
    paper.heading(_("Per thema"), 1)
    paper.paragraph(
        _(
            "Per gemeente ten hoogste drie passages: eerst wat mensen hebben aanvaard, dan wat het programma het "
            "stelligst voorstelt, uit zo veel mogelijk verschillende documenten. Gemarkeerd zijn de woorden die voor "
            "het programma de doorslag gaven. Citaten zijn letterlijk; […] geeft aan dat een lange passage is "
            "ingekort. Alle passages staan in het werkboek."
        )
    )
    for chapter in report.chapters:
        paper.heading(chapter.theme.label, 2)
        if chapter.theme.definition:
            paper.paragraph(chapter.theme.definition)
        paper.paragraph(_chapter_figures(chapter), "Toelichting")
        for group in chapter.groups:
            _group(paper, group)
        if not chapter.groups:
            paper.paragraph(_("Geen passages aanvaard of voorgesteld."))


def _relation_table(paper: Paper, report: Report) -> None:
    if not report.relations:
        return
    paper.caption(_("Tabel"), _("Aantal aanwijzingen per relatie"))
    head = (_("Relatie"), _("benoemt de spanning"), _("begrenst"), _("naast elkaar"))
    rows = [(label, *map(number, counts)) for label, *counts in report.relations]
    paper.table(head, rows, (4.0, 1.6, 1.4, 1.4), numbers=frozenset((1, 2, 3)))


def _precision_table(paper: Paper, report: Report) -> None:
    if not report.flag_precision:
        return
    paper.heading(_("Wat van de aanwijzingen is beoordeeld"), 2)
    paper.caption(_("Tabel"), _("Aandeel bevestigd van de beoordeelde aanwijzingen, met 95%-interval (Wilson)"))
    head = (_("Aanwijzing"), _("gevonden"), _("beoordeeld"), _("bevestigd"), _("oneens"), _("aandeel"))
    rows = [
        (p.wording, *map(number, (p.flags, p.judged, p.accepted, p.disputed)), _confirmed(p))
        for p in report.flag_precision
    ]
    paper.table(head, rows, (3.2, 1.3, 1.4, 1.4, 1.1, 2.6), numbers=frozenset((1, 2, 3, 4, 5)))


def _confirmed(row: FlagPrecision) -> str:
    low, high = row.interval
    return "–" if row.share is None else f"{percent(row.share)} ({percent(low)} – {percent(high)})"


def _own_tensions(paper: Paper, report: Report) -> None:
    if not report.own_tensions:
        return
    paper.heading(_("Onderzoekersduiding"), 2)
    paper.paragraph(
        _(
            "Deze spanningen noemt de tekst zelf niet. Een onderzoeker legde twee citaten van één gemeente naast "
            "elkaar en schreef erbij waarom zij tegen elkaar in gaan. Zij staan daarom los van het tekstbewijs "
            "hierboven."
        )
    )
    for own in report.own_tensions:
        paper.heading(own.label, 3)
        paper.paragraph(f"{own.rationale} ({own.made_by})" if own.made_by else own.rationale)
        _meeting(paper, own)


def _meeting(paper: Paper, meeting: Meeting) -> None:
    marker = f"‘{meeting.marker}’" if meeting.marker else ""
    tags = (meeting.municipality, marker, meeting.address if meeting.grade > _BESIDE else "", meeting.status)
    paper.paragraph(" · ".join(tag for tag in tags if tag), "Toelichting", keep=True)
    for label, shown in meeting.quotes:
        paper.paragraph(label, "Citaatkop")
        add_quote(paper, shown, meeting.municipality)


def _chapter_figures(chapter: Chapter) -> str:
    named, total = chapter.named, chapter.total
    share = f" ({shares(total)})" if shares(total) else ""
    text = _("Aantal passages: %(coded)s%(share)s") % {"coded": number(total.coded), "share": share}
    if named.of:
        text += _("; genoemd of kandidaat in %(n)s van de %(of)s gemeenten, waarvan %(named)s genoemd.") % {
            "n": number(len(named.named) + len(named.candidate)),
            "of": number(named.of),
            "named": number(len(named.named)),
        }
    if chapter.subs:
        subs = "; ".join(f"{s.code.label} {number(s.coded)}" for s in chapter.subs)
        text += f"\n{_('Subthema’s:')} {subs}."
    return text


def _group(paper: Paper, group: Group) -> None:
    paper.heading(group.municipality, 3)
    if group.total > len(group.quotes):
        known = {"shown": number(len(group.quotes)), "total": number(group.total)}
        paper.paragraph(_("%(shown)s van %(total)s passages") % known, "Toelichting", keep=True)
    for shown in group.quotes:
        add_quote(paper, shown, group.municipality)


def add_quote(paper: Paper, shown: Shown, municipality: str) -> None:
    """Add a quote with the line that says where it comes from."""
    parts = [(part.text, "Treffer" if part.marked else "") for part in shown.parts]
    before = [(f"{_ELLIPSIS} ", "")] if shown.before else []
    after = [(f" {_ELLIPSIS}", "")] if shown.after else []
    paper.paragraph([*before, *parts, *after], "Quote", keep=True)
    about = (municipality, shown.source, shown.heading, shown.note)
    paper.paragraph(" · ".join(text for text in about if text), "Bronregel")
