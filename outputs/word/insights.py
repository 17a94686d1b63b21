"""What stands out, in the Word report: findings, priorities, ambiguity, aims, and a profile a municipality."""

from collections.abc import Sequence

from outputs import explanations
from outputs.ambiguity import Ambiguous, Use
from outputs.paper import Paper
from outputs.priorities import Ranked
from outputs.profiles import Profile
from outputs.quotes import shortened
from outputs.report import Report
from outputs.word.findings import add_quote
from outputs.wording import _, counted, decimal, listing, number, percent

_BRIEF, _PROFILE = 300, 330
"""Characters of a quote beside a finding or in a table, and in a profile."""
_USES = 6
"""Municipalities of a phrase that are shown."""


def findings(paper: Paper, report: Report) -> None:
    """Add the findings, each with its figure and a quote."""
    found = report.insights.findings
    paper.heading(explanations.findings_title(len(found)), 1)
    if not found:
        paper.paragraph(explanations.NO_FINDINGS)
        return
    paper.paragraph(found[0].standing, "Kader")
    for finding in found:
        paper.heading(finding.title, 2)
        paper.paragraph([(finding.figure, "Strong"), (f" {finding.unit}", "")], "Toelichting", keep=True)
        paper.paragraph(finding.sentence)
        notes = (finding.standing if finding.standing != found[0].standing else "", finding.caution)
        for note in filter(None, notes):
            paper.paragraph(note, "Toelichting")
        if finding.quote:
            add_quote(paper, shortened(finding.quote.quote, _BRIEF), finding.quote.municipality)


def answer(paper: Paper, report: Report, chapter: str) -> None:
    """Begin a chapter with the finding that it goes into, where there is one."""
    for finding in report.insights.findings:
        if finding.chapter == chapter:
            paper.paragraph(finding.sentence)


def priorities(paper: Paper, report: Report) -> None:
    """Add which principles each municipality endorses and ranks, with the quotes."""
    if not report.insights.priorities:
        return
    paper.heading(_("Welke uitgangspunten gaan voor"), 1)
    answer(paper, report, "rangorde")
    paper.paragraph(explanations.RANKING)
    paper.caption(_("Tabel"), _("Uitgangspunten en rangorde per gemeente"))
    head = (_("Gemeente"), _("Genoemd"), _("Kandidaat"), _("Zet voorop"), _("Volgorde van werken"))
    rows = [
        (p.municipality, number(len(p.named)), number(len(p.candidate)), _ranked(p.goals), _ranked(p.orders))
        for p in report.insights.priorities
    ]
    paper.table(head, rows, (2.2, 1.3, 1.4, 3.6, 3.6), numbers=frozenset((1, 2)))
    for p in report.insights.priorities:
        if p.goals or p.orders:
            paper.heading(p.municipality, 2)
        for ranked in (*p.goals, *p.orders):
            paper.paragraph(_ranked([ranked]), "Citaatkop")
            add_quote(paper, ranked.quote, p.municipality)


def ambiguity(paper: Paper, report: Report) -> None:
    """Add the ambiguous phrases, municipalities below each other."""
    if not report.insights.ambiguous:
        return
    paper.heading(_("Dezelfde woorden, verschillend gebruikt"), 1)
    answer(paper, report, "meerduidig")
    paper.paragraph(explanations.AMBIGUITY)
    several = len(report.insights.profiles) > 1
    for phrase in report.insights.ambiguous:
        if len(phrase.uses) > 1 or not several:
            _phrase(paper, phrase)


def aims(paper: Paper, report: Report) -> None:
    """Add whether the principles are for society or for the organisation."""
    if not report.insights.aims:
        return
    paper.heading(_("Waarvoor: samenleving of organisatie"), 1)
    answer(paper, report, "doelen")
    paper.paragraph(explanations.AIMS)
    paper.caption(_("Tabel"), _("Coderingen naar doel, per gemeente"))
    pairs = list(zip(report.insights.aims[::2], report.insights.aims[1::2], strict=True))
    rows = [
        (society.group, number(society.coded), percent(society.share), number(work.coded), percent(work.share))
        for society, work in (pairs if len(pairs) > 2 else pairs[:1])
    ]
    head = (_("Gemeente"), _("Maatschappelijk"), _("Aandeel"), _("Organisatorisch"), _("Aandeel"))
    paper.table(head, rows, (2.4, 1.8, 1.3, 1.8, 1.3), numbers=frozenset(range(1, 5)), total=len(rows) > 1)


def profiles(paper: Paper, report: Report) -> None:
    """Add a profile of each municipality."""
    if not report.insights.profiles:
        return
    paper.heading(_("Per gemeente"), 1)
    paper.paragraph(explanations.PROFILES)
    for profile in report.insights.profiles:
        paper.heading(profile.municipality, 2)
        basis = profile.row.basis
        sizes = [counted(basis.documents, _("document"), _("documenten"))]
        sizes += [counted(basis.pages, _("pagina"), _("pagina's"))] if basis.pages else []
        sizes.append(counted(basis.words, _("woord"), _("woorden")))
        paper.paragraph(", ".join(sizes), "Toelichting", keep=True)
        paper.caption(_("Tabel"), _("Thema's van %s") % profile.municipality)
        rows = [
            (
                line.cell.theme.label,
                line.cell.found_text,
                percent(line.cell.share) if line.cell.found else "–",
                percent(line.all.share),
                line.cell.state_text,
            )
            for line in profile.lines
        ]
        head = (_("Thema"), _("Passages"), _("Aandeel"), _("Alle documenten"), _("Stand"))
        paper.table(head, rows, (3.4, 1.3, 1.3, 1.6, 2.2), numbers=frozenset((1, 2, 3)))
        for label, text in _facts(profile):
            paper.paragraph([(f"{label}. ", "Strong"), (text, "")])
        for theme, quote in profile.quotes:
            paper.paragraph(theme.label, "Citaatkop")
            add_quote(paper, shortened(quote, _PROFILE), profile.municipality)


def _ranked(ranked: Sequence[Ranked]) -> str:
    if not ranked:
        return _("geen gevonden")
    return "; ".join(
        r.theme.label.lower() + (f" {_('vóór')} {r.over.label.lower()}" if r.over else "") + f" (‘{r.marker}’)"
        for r in ranked
    )


def _phrase(paper: Paper, phrase: Ambiguous) -> None:
    paper.heading(phrase.phrase, 2)
    if phrase.relation:
        paper.paragraph(phrase.relation.rationale)
    sizes = [counted(phrase.passages, _("passage"), _("passages"))]
    sizes += [f"z = {decimal(phrase.z)}"] if phrase.z is not None else []
    paper.paragraph(", ".join(sizes), "Toelichting", keep=True)
    paper.caption(_("Tabel"), _("%s, per gemeente") % phrase.phrase)
    head = (_("Gemeente"), _("Gaat samen met"), _("Hoe"), _("Citaat"))
    paper.table(head, [_use(use) for use in phrase.uses[:_USES]], (2.0, 2.8, 2.2, 6.0))


def _use(use: Use) -> tuple[str, str, str, str]:
    quote = shortened(use.quote, _BRIEF)
    before, after = ("[…] " if quote.before else ""), (" […]" if quote.after else "")
    text = before + "".join(part.text for part in quote.parts) + after
    themes = "\n".join(f"{code.label} {number(count)}" for code, count in use.themes)
    how = _("%(n)s van %(of)s") % {"n": number(use.how), "of": number(use.passages)}
    return (
        f"{use.municipality}\n{number(use.passages)} {_('pass.')}",
        themes or _("geen ander thema"),
        "\n".join([how, ", ".join(use.cues)]).strip(),
        f"{text}\n{quote.source}",
    )


def _facts(profile: Profile) -> list[tuple[str, str]]:
    """Return what stands beside the table of a profile: label and text."""
    goals = profile.priorities.goals
    endorsed = number(len(profile.priorities.endorsed))
    facts = [(_("Rangorde"), _ranked(goals) if goals else _("%s uitgangspunten, geen rangorde gevonden") % endorsed)]
    passages = sum(profile.said.values())
    if passages:
        text = _("%(only)s van de %(of)s passages zeggen alleen wat; in %(norm)s is een norm gevonden") % {
            "only": number(profile.said.get("wat", 0)),
            "of": number(passages),
            "norm": number(profile.said.get("handelingsnorm", 0)),
        }
        facts.append((_("Wat of hoe"), text))
    meetings = "; ".join(f"{m.label} ({m.wording})" for m in profile.meetings[:3])
    facts.append((_("Spanningen"), meetings or _("geen gevonden die de tekst zelf benoemt of begrenst")))
    silent = [line.cell.theme.label.lower() for line in profile.lines if not line.cell.coded]
    return facts + ([(_("Geen passages"), listing(silent))] if silent else [])
