"""How figures and names are written in Dutch, and where texts are marked for translation."""

import math
from collections.abc import Sequence
from gettext import NullTranslations

from corpus.model import Document

TRANSLATIONS = NullTranslations()
"""Reports are in Dutch; another language is another set of translations of these texts."""
_ = TRANSLATIONS.gettext

UNKNOWN_MUNICIPALITY = _("gemeente onbekend")
GRADES = {4: _("benoemt de spanning"), 3: _("begrenst"), 2: _("naast elkaar"), 1: _("mogelijk")}
STATUSES = {
    "suggested": _("voorgesteld"),
    "accepted": _("aanvaard"),
    "rejected": _("verworpen"),
    "oneens": _("oneens"),
}
PASSAGE_KINDS = {
    "paragraph": (_("alinea"), _("alinea's")),
    "list_item": (_("lijstonderdeel"), _("lijstonderdelen")),
    "quote": (_("citaat"), _("citaten")),
    "box": (_("kader"), _("kaders")),
    "table": (_("tabelcel"), _("tabelcellen")),
    "heading": (_("kop"), _("koppen")),
    "caption": (_("bijschrift"), _("bijschriften")),
    "footnote": (_("voetnoot"), _("voetnoten")),
    "toc": (_("inhoudsopgave"), _("delen van inhoudsopgaven")),
    "title": (_("titel"), _("titels")),
    "furniture": (_("kop- of voettekst"), _("kop- en voetteksten")),
}
"""What one and several passages of a kind are called."""


def number(value: float) -> str:
    """Write a whole number with a full stop between thousands: ``1.612``."""
    return f"{value:,.0f}".replace(",", ".")


def percent(share: float | None) -> str:
    """Write a share (0 to 1) as a percentage with a decimal comma, ``–`` when there is nothing to divide by."""
    return "–" if share is None else f"{100 * share:.1f}%".replace(".", ",")


def at_most(count: int, share: float) -> str:
    """Write the upper bound on what was missed, rounded up: ``≤ 9,2%``; or that everything was read."""
    return f"≤ {percent(math.ceil(share * 1000) / 1000)}" if count else _("alles gelezen")


def decimal(value: float | None, places: int = 2) -> str:
    """Write a number with a decimal comma, an empty string for none."""
    return "" if value is None else f"{value:.{places}f}".replace(".", ",")


def listing(names: Sequence[str]) -> str:
    """Join names as in a sentence: ``A, B en C``."""
    if len(names) < 2:
        return "".join(names)
    return _("%(head)s en %(last)s") % {"head": ", ".join(names[:-1]), "last": names[-1]}


def counted(count: int, one: str, many: str) -> str:
    """Write a number with its noun: ``1 passage``, ``1.612 passages``."""
    return f"{number(count)} {one if count == 1 else many}"


def title_of(document: Document) -> str:
    """Return the title of a document, or else the name of its file."""
    return document.title or document.file_name


def municipality_of(document: Document) -> str:
    """Return the municipalities of a document in one string, as tables show them."""
    return "; ".join(m.name for m in document.municipalities) or UNKNOWN_MUNICIPALITY


def homes_of(document: Document) -> tuple[str, ...]:
    """Return the names of a document's municipalities, one that says so where they are unknown."""
    return tuple(m.name for m in document.municipalities) or (UNKNOWN_MUNICIPALITY,)


def pages(first: int | None, last: int | None) -> str:
    """Write a page range: ``3``, ``3-4`` or nothing for a format without pages."""
    if first is None:
        return ""
    return str(first) if last in (None, first) else f"{first}-{last}"


def source_line(document: Document, first: int | None, last: int | None) -> str:
    """Write where a quote stands: ``Lindeveen, Beleidsplan jeugd, 2024, p. 12``."""
    title, page = title_of(document), pages(first, last)
    named = title if not document.period or document.period in title else f"{title}, {document.period}"
    return ", ".join([municipality_of(document), named, *([f"p. {page}"] if page else [])])
