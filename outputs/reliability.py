"""How far coders agree, as report and tables show it: by blind codings, and what is said when there are none."""

import math
from dataclasses import dataclass

from codebook.model import Code
from coding.agreement import Agreement
from coding.assigning import disputed
from coding.judging import by_passage
from coding.reliability import Reliability, Who, reliability, spans
from outputs.records import Study
from outputs.wording import _, counted, decimal, listing

COLUMNS = (
    *(
        "theme",
        "theme_label",
        "units",
        "given",
        "alpha",
        "alpha_low",
        "alpha_high",
        "ac1",
        "kappa",
        "percent",
        "prevalence",
    ),
    *("f1", "u_alpha", "coders", "blind", "first_day", "last_day"),
)
"""Columns of the table; shares and coefficients empty where the data leave them undefined."""


@dataclass(frozen=True, slots=True)
class Line:
    """One theme: its agreement, and u-α where coders coded fragments of their own choice (else ``None``)."""

    theme: Code
    found: Agreement
    u: float | None


@dataclass(frozen=True, slots=True)
class Trust:
    """The reliability of a study: who coded what blind, and how far they agree."""

    text: str
    """What the figures rest on, or why there are none, in one or two sentences."""
    lines: tuple[Line, ...]
    """Empty without blind codings of two coders."""
    cu: float | None
    open: int
    """Passages × themes on which coders, blind or not, do not agree and nobody had the last word."""


def trust(study: Study) -> Trust:
    """Return agreement per theme between people who coded the same passages blind."""
    snapshot = study.snapshot
    found = reliability(snapshot)
    still = len(disputed(by_passage(snapshot), [theme.id for theme in snapshot.codebook.themes]))
    if not found.passages:
        return Trust(_without(found), (), None, still)
    boundaries = spans(snapshot)
    u = dict(boundaries.themes) if boundaries else {}
    lines = [
        Line(theme, agreement, known(u[theme.id].u) if theme.id in u else None)
        for theme, agreement in zip(snapshot.codebook.themes, found.themes, strict=True)
    ]
    return Trust(_basis(found), tuple(lines), known(boundaries.together.cu) if boundaries else None, still)


def rows(study: Study) -> list[tuple[str | int | float | None, ...]]:
    """Return the table: a row a theme by blind codings or, without those, by what coders decided with suggestions."""
    snapshot = study.snapshot
    who = Who(anchored=not reliability(snapshot).passages)
    found, boundaries = reliability(snapshot, who=who), spans(snapshot, who)
    if not found.passages:
        return []
    u = {theme: known(a.u) for theme, a in boundaries.themes} if boundaries else {}
    basis = ("; ".join(found.coders), _("ja") if found.blind else _("nee"), *found.days)
    return [
        (
            *(theme.id, theme.label, a.units, a.given),
            *map(known, (a.alpha, a.alpha_low, a.alpha_high, a.ac1, a.kappa, a.percent, a.prevalence, a.f1)),
            *(u.get(theme.id), *basis),
        )
        for theme, a in zip(snapshot.codebook.themes, found.themes, strict=True)
    ]


def known(value: float) -> float | None:
    """Return a figure rounded for a table, ``None`` for one that is undefined."""
    return None if math.isnan(value) else round(value, 4)


def _without(found: Reliability) -> str:
    if not found.coders:
        return _(
            "Er is niet blind gecodeerd, dus over de overeenstemming tussen codeurs kan niets worden gezegd: wie een "
            "voorstel voor zich heeft, is erdoor verankerd."
        )
    return _(
        "Blind gecodeerd is er alleen door %s, en geen passage door twee codeurs; over de overeenstemming kan nog "
        "niets worden gezegd."
    ) % listing(found.coders)


def _basis(found: Reliability) -> str:
    first, last = found.days
    return _("%(coders)s codeerden blind, %(when)s; %(passages)s door twee of meer van hen.") % {
        "coders": listing(found.coders),
        "when": _("op %s") % first if first == last else _("van %(a)s tot %(b)s") % {"a": first, "b": last},
        "passages": counted(found.passages, _("passage"), _("passages")),
    }


def interval(agreement: Agreement) -> str:
    """Write the 95 % interval of α: ``0,41 – 0,78``; nothing where it is undefined."""
    low, high = known(agreement.alpha_low), known(agreement.alpha_high)
    return "" if low is None or high is None else f"{decimal(low)} – {decimal(high)}".replace("-", "−")
