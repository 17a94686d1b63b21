"""Groups of documents compared: which themes stand out, how sure that is, and what speaks for and against it.

A study's documents are chosen, not drawn from others: nothing here says anything of documents outside it. What is
uncertain is the coding, and how much hangs on a single document; both are said of every difference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from codebook.model import Code
from coding.domains import Shares
from coding.estimation import Interval
from coding.parts import shares_of_parts
from coding.sampling import judge
from corpus.model import Document
from outputs.coverage import UNKNOWN, Basis, Cell, Dimension, Row, Table, grouped, readable, tabulate
from outputs.estimating import parts_of
from outputs.records import Study
from outputs.wording import UNKNOWN_MUNICIPALITY, _, title_of

SMALL = 3000
"""Words (some ten pages) under which a group is called small."""
FEW_DOCUMENTS = 5
"""Documents under which a group is called small."""
_FEW = 5
"""Passages that a theme must have in the group where it stands out."""
_TIMES = 1.5
"""How many times as large a share must be to be called different."""
REST = _("overige")
Key = tuple[str, int]
"""Document id and passage number."""


@dataclass(frozen=True, slots=True)
class Group:
    """One of the groups compared: its documents and its coverage."""

    row: Row
    documents: tuple[Document, ...]

    @property
    def name(self) -> str:
        """What the group is called."""
        return self.row.name

    @property
    def is_small(self) -> bool:
        """So little text that a share says little of itself."""
        return self.row.basis.words < SMALL

    @property
    def is_unknown(self) -> bool:
        """The documents of which nobody knows to which group they belong."""
        return self.name in (UNKNOWN, UNKNOWN_MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Contrast:
    """A theme in two groups: the share is higher in ``high``. ``doubts`` say why that may not stand; none: it does.

    ``shares`` (0 to 1) are of ``high`` and ``low``: estimated where people judged a random sample (then ``interval``
    is that of the difference, for coding error alone), else of what is accepted or suggested.
    """

    theme: Code
    high: Group
    low: Group
    high_cell: Cell
    low_cell: Cell
    shares: tuple[float, float]
    interval: Interval | None
    doubts: tuple[str, ...]

    @property
    def points(self) -> float:
        """The difference in shares (0 to 1)."""
        return self.shares[0] - self.shares[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more groups compared by one dimension; ``contrasts`` has a theme each, the firmest and largest first."""

    by: Dimension
    table: Table
    groups: tuple[Group, ...]
    contrasts: tuple[Contrast, ...]
    intervals: Mapping[tuple[str, str], Interval]
    """Per (group, theme id) the share with its interval of coding error; empty without a judged sample."""


class ComparisonError(ValueError):
    """There is nothing to compare, or no group of that name; says so in Dutch, and what would help."""


def compare(
    study: Study, by: Dimension, *, names: tuple[str, str] | None = None, among: Sequence[Document] | None = None
) -> Comparison:
    """Compare the groups of a dimension: all of them, or two by name (``overige`` is all documents of other groups).

    ``among`` leaves other documents out. Raise `ComparisonError` when there are no two groups, or none of that name.
    """
    parts = grouped(readable(study) if among is None else among, by)
    chosen = _chosen(parts, names) if names else parts
    table = tabulate(study, by, chosen)
    groups = tuple(Group(row, tuple(own)) for row, (_name, own) in zip(table.rows, chosen, strict=True))
    known = [g for g in groups if g.row.basis.passages and (names or not g.is_unknown)]
    if len(known) < 2:
        raise ComparisonError(_no_groups(by, [g.name for g in known]))
    judged = judge(study.snapshot) if study.snapshot.sample else None
    places = parts_of(study, [g.documents for g in known]) if judged else []
    measured = [shares_of_parts(judged, theme.id, places) if judged else None for theme in table.themes]
    counts = _counts(study)
    contrasts = [_contrast(by, i, known, found, counts) for i, found in enumerate(measured)]
    intervals = {
        (group.name, theme.id): found.of(j)
        for theme, found in zip(table.themes, measured, strict=True)
        if found
        for j, group in enumerate(known)
    }
    ordered = sorted(contrasts, key=lambda c: (bool(c.doubts), -c.points))
    return Comparison(by, table, groups, tuple(ordered), intervals)


_WHENCE: dict[Dimension, str] = {
    "municipality": _("van twee gemeenten of meer"),
    "size_class": _("van gemeenten van verschillende grootte, die het CBS kent"),
    "province": _("van gemeenten in verschillende provincies, die het CBS kent"),
    "kind": _("van verschillende soort"),
    "year": _("uit verschillende jaren"),
    "law": _("over verschillende wetten"),
    "source": _("uit beleid en uit praktijk"),
}
"""What documents two groups of a dimension are made of."""


def _no_groups(by: Dimension, known: Sequence[str]) -> str:
    """Say that there are no two groups, which one there is, and what makes a second."""
    return _(
        "Er zijn geen twee groepen om te vergelijken%(known)s. Daarvoor zijn documenten nodig %(of)s; wat van een "
        "document bekend is, staat in metadata.csv en kunt u daar aanvullen."
    ) % {"known": _(" (alleen %s)") % ", ".join(known) if known else "", "of": _WHENCE[by]}


def comparable(study: Study, by: Dimension) -> bool:
    """Tell whether the study has two known groups in a dimension."""
    names = {name for name, own in grouped(readable(study), by) if own}
    return len(names - {UNKNOWN, UNKNOWN_MUNICIPALITY}) > 1


def _chosen(parts: Sequence[tuple[str, list[Document]]], names: tuple[str, str]) -> list[tuple[str, list[Document]]]:
    """Return the two groups by name, case ignored."""
    known = {name.casefold(): (name, own) for name, own in parts}
    if names[0].casefold() == names[1].casefold():
        raise ComparisonError(_("Noem twee verschillende groepen."))
    for name in names:
        if name.casefold() not in (*known, REST):
            raise ComparisonError(
                _("Er is geen groep '%(name)s'; wel: %(known)s. '%(rest)s' staat voor alle andere.")
                % {"name": name, "known": ", ".join(n for n, _own in parts), "rest": REST}
            )
    found = [known.get(name.casefold()) for name in names]
    named = {d.id for part in found if part for d in part[1]}
    every = {d.id: d for _name, own in parts for d in own}
    rest = (REST, [d for i, d in every.items() if i not in named])
    return [part or rest for part in found]


def _contrast(by: Dimension, i: int, groups: Sequence[Group], found: Shares | None, counts: "_Counts") -> Contrast:
    """Set the group with the highest share of theme ``i`` against the one with the lowest; of years first and last.

    Groups with little text are left aside where there are two others.
    """
    sized = [g for g in groups if not g.is_small]
    among = sized if len(sized) > 1 else groups
    if by == "year":
        among = [among[0], among[-1]]
    shown = {g.name: found.of(j).value if found else g.row.cells[i].share or 0 for j, g in enumerate(groups)}
    ranked = sorted(among, key=lambda g: shown[g.name])
    low, high = ranked[0], ranked[-1]
    interval = found.difference(groups.index(high), groups.index(low)) if found else None
    cells = (high.row.cells[i], low.row.cells[i])
    contrast = Contrast(cells[0].theme, high, low, *cells, (shown[high.name], shown[low.name]), interval, ())
    return replace(contrast, doubts=tuple(_doubts(contrast, counts)))


def _doubts(contrast: Contrast, counts: "_Counts") -> list[str]:
    """Return why a difference may not stand: too little, the coding, or a single document."""
    high, low = contrast.high_cell, contrast.low_cell
    if contrast.points <= 0:
        return [_("er is geen verschil")]
    doubts = []
    if contrast.shares[0] < _TIMES * contrast.shares[1]:
        doubts.append(_("het is minder dan anderhalf keer zo veel"))
    if high.coded < _FEW:
        doubts.append(_("het gaat om minder dan vijf passages"))
    own, others = ({d.id for d in group.documents} for group in (contrast.high, contrast.low))
    if own <= others or others <= own:
        doubts.append(_("elk document van de ene groep valt ook in de andere"))
    small = [g.name for g in (contrast.high, contrast.low) if g.is_small]
    if small:
        doubts.append(_("van %s is weinig gelezen") % _(" en ").join(small))
    doubts += _coding_doubts(contrast, high, low)
    alone = _alone(contrast, counts)
    if (high.share or 0) <= (low.share or 0):
        doubts.append(_("in wat is aanvaard of voorgesteld is het andersom"))
    elif alone:
        doubts.append(_("het hangt aan één document (%s)") % alone)
    return doubts


def _coding_doubts(contrast: Contrast, high: Cell, low: Cell) -> list[str]:
    """Say whether errors of coding may undo the difference: by the interval, else by what counting otherwise gives."""
    if contrast.interval is not None:
        return [_("het valt binnen de marge voor codeerfouten")] if contrast.interval.low <= 0 else []
    firm = [_ratio(c.accepted + c.certain, c.basis) for c in (high, low)]
    if any(firm) and firm[0] <= firm[1]:
        return [_("het verdwijnt als alleen telt wat zeker of aanvaard is")]
    if (high.share_most or 0) <= (low.share_most or 0):
        return [_("het verdwijnt als ook twijfelgevallen tellen")]
    return []


@dataclass(frozen=True, slots=True)
class _Counts:
    """Passages per document and coded ones per document and theme, repeats left out."""

    passages: Mapping[str, int]
    coded: Mapping[tuple[str, str], int]

    def share(self, documents: Sequence[Document], theme: str) -> float:
        """Return coded over all passages of these documents, 0 of none."""
        whole = sum(self.passages.get(d.id, 0) for d in documents)
        return sum(self.coded.get((d.id, theme), 0) for d in documents) / whole if whole else 0.0


def _counts(study: Study) -> _Counts:
    passages: dict[str, int] = {}
    coded: dict[tuple[str, str], int] = {}
    for place in study.places:
        if place.document.included and (place.document.id, place.passage.number) not in study.repeats:
            passages[place.document.id] = passages.get(place.document.id, 0) + 1
    for record in study.records:
        if record.is_coded and record.counts:
            place = record.place
            first = study.repeats.get((place.document.id, place.passage.number), place)
            key = (first.document.id, record.theme.id)
            coded[key] = coded.get(key, 0) + 1
    return _Counts(passages, coded)


def _alone(contrast: Contrast, counts: _Counts) -> str:
    """Return the title of a document without which the difference is gone, or nothing."""
    theme = contrast.theme.id
    high, low = contrast.high.documents, contrast.low.documents
    sides: tuple[tuple[Sequence[Document], Callable[[Sequence[Document]], float]], ...] = (
        (high, lambda rest: counts.share(rest, theme) - counts.share(low, theme)),
        (low, lambda rest: counts.share(high, theme) - counts.share(rest, theme)),
    )
    for documents, difference in sides:
        for document in documents if len(documents) > 1 else ():
            if difference([d for d in documents if d.id != document.id]) <= 0:
                return title_of(document)
    return ""


def _ratio(part: int, basis: Basis) -> float:
    return part / basis.passages if basis.passages else 0.0
