"""The chapters of the report in order: to add one, write its builder and its template, and list it here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outputs.wording import _

if TYPE_CHECKING:
    from outputs.report import Report


def _always(_report: "Report") -> bool:
    return True


def _nothing(_report: "Report") -> Sequence[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the page: the anchor and title in the table of contents, and the partial template that shows it.

    The template stands in ``templates/``, opens with ``<section aria-labelledby="{anchor}">`` and an ``h2`` with that
    id, and sees the whole `Report` as ``r``. ``shown`` says whether a study has anything for it; ``entries`` are its
    parts (anchor, title) in the contents.
    """

    anchor: str
    title: str
    template: str
    shown: Callable[["Report"], bool] = _always
    entries: Callable[["Report"], Sequence[tuple[str, str]]] = _nothing


def _themes(report: "Report") -> list[tuple[str, str]]:
    return [(f"thema-{i}", chapter.theme.label) for i, chapter in enumerate(report.chapters, 1)]


def _compared(report: "Report") -> list[tuple[str, str]]:
    return [(answer.name, answer.title) for answer in (*report.comparisons, *report.changes)]


def _homes(report: "Report") -> list[tuple[str, str]]:
    return [(f"gemeente-{i}", profile.municipality) for i, profile in enumerate(report.insights.profiles, 1)]


def _has_phrases(report: "Report") -> bool:
    return bool(report.insights.ambiguous)


def _phrases(report: "Report") -> list[tuple[str, str]]:
    return [(f"frase-{i}", phrase.phrase) for i, phrase in enumerate(report.insights.ambiguous, 1)]


SECTIONS = (
    Section("samenvatting", _("Samenvatting"), "summary.html.j2"),
    Section("basis", _("Waarop dit rust"), "basis.html.j2"),
    Section("gemeenten", _("Gemeenten en thema's"), "coverage.html.j2"),
    Section("themas", _("Thema's en gemeenten bij name"), "named.html.j2"),
    Section("vergelijken", _("Vergelijken"), "comparisons.html.j2", lambda r: bool(r.comparisons), _compared),
    Section("rangorde", _("Wat gaat voor"), "priorities.html.j2", lambda r: bool(r.insights.priorities)),
    Section("spanningen", _("Spanningen"), "tensions.html.j2"),
    Section("meerduidig", _("Meerduidige woorden"), "ambiguity.html.j2", _has_phrases, _phrases),
    Section("voorwaarden", _("Voorwaarden"), "preconditions.html.j2", lambda r: bool(r.preconditions)),
    Section("wat-hoe", _("Wat en hoe"), "what_how.html.j2", lambda r: any(w.passages for w in r.what_how)),
    Section("doelen", _("Samenleving of organisatie"), "aims.html.j2", lambda r: bool(r.insights.aims)),
    Section("citaten", _("Per thema"), "themes.html.j2", entries=_themes),
    Section("profielen", _("Per gemeente"), "profiles.html.j2", lambda r: bool(r.insights.profiles), _homes),
    Section("zoeken", _("Zoek in de citaten"), "search.html.j2", lambda r: bool(r.search.rows)),
    Section("hulpcodes", _("Hulpcodes"), "auxiliary.html.j2", lambda r: bool(r.auxiliary.themes)),
    Section("documenten", _("Gelezen documenten"), "documents.html.j2", lambda r: bool(r.sources)),
    Section("niet", _("Wat niet is meegenomen"), "left_out.html.j2"),
    Section("betrouwbaarheid", _("Overeenstemming tussen codeurs"), "reliability.html.j2"),
    Section("werkwijze", _("Werkwijze en grenzen"), "method.html.j2"),
)


def contents(report: "Report") -> list[Section]:
    """Return the chapters that this study has something for, in order."""
    return [section for section in SECTIONS if section.shown(report)]
