"""How often, where and in how many municipalities themes occur, with the basis behind every figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from codebook.model import Code
from coding.cells import Standing
from corpus.model import Document
from outputs.once import furthest
from outputs.records import Place, Record, Study
from outputs.repeating import group_repeats
from outputs.wording import UNKNOWN_MUNICIPALITY, _, at_most, homes_of, number

Dimension = Literal["municipality", "kind", "year", "size_class", "province", "law", "source"]
State = Literal["genoemd", "kandidaat", "geen kandidaat", "niet gevonden"]
UNKNOWN = _("onbekend")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on. ``passages`` and ``words`` count repeated passages once; ``repeats`` were left out."""

    documents: int
    pages: int
    passages: int
    words: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One group × theme in passages, repeats counted once; ``certain`` is part of ``suggested`` (level *zeker*)."""

    group: str
    theme: Code
    basis: Basis
    documents: int
    suggested: int
    certain: int
    accepted: int
    rejected: int
    disputed: int
    doubtful: int
    coded_words: int
    standing: Standing | None = None
    """What people read of it, for a municipality as a whole and a main theme."""

    @property
    def coded(self) -> int:
        """Passages that count: accepted, suggested and open, or in dispute."""
        return self.accepted + self.candidates

    @property
    def found(self) -> int:
        """`coded`, or 0 where people searched and found nothing, whatever suggestions nobody read are left."""
        return 0 if self.state == "niet gevonden" else self.coded

    @property
    def found_text(self) -> str:
        """`found` as tables show it: ``0`` only where people searched, else ``–``."""
        return number(self.found) if self.found or self.state == "niet gevonden" else "–"

    @property
    def candidates(self) -> int:
        """Passages that wait for a person's last word."""
        return self.suggested + self.disputed

    @property
    def state(self) -> State:
        """*genoemd* takes a person's accept; suggestions alone make a candidate, doubtful ones not even that.

        *niet gevonden* takes reading and rejecting the best candidates and a random sample of the rest.
        """
        if self.accepted:
            return "genoemd"
        if self.standing is not None and self.standing.settled == "niet gevonden":
            return "niet gevonden"
        return "kandidaat" if self.candidates else "geen kandidaat"

    @property
    def state_text(self) -> str:
        """The state as tables show it: ``kandidaat (12)``, ``niet gevonden (≤ 9,2%)``."""
        if self.standing is not None and self.state == "niet gevonden":
            return f"niet gevonden ({at_most(self.standing.most, self.standing.most_share)})"
        return f"kandidaat ({self.candidates})" if self.state == "kandidaat" else self.state

    @property
    def share(self) -> float | None:
        """Coded passages over body passages."""
        return _share(self.coded, self.basis.passages)

    @property
    def share_most(self) -> float | None:
        """The share if every doubtful suggestion were right."""
        return _share(self.coded + self.doubtful, self.basis.passages)

    @property
    def share_words(self) -> float | None:
        """Words in coded passages over words in body passages."""
        return _share(self.coded_words, self.basis.words)


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality (or kind, year, size class) with a cell a theme."""

    name: str
    basis: Basis
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one dimension and the total, in which regional documents count once."""

    dimension: Dimension
    themes: tuple[Code, ...]
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True, slots=True)
class SubTheme:
    """One municipality (or the total) × sub-theme, in passages, repeats counted once."""

    group: str
    code: Code
    coded: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Named:
    """In how many of ``of`` municipalities a theme stands, by name. The unknown municipality is not among them."""

    theme: Code
    of: int
    named: tuple[str, ...]
    candidate: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Only doubtful suggestions: no candidate, but the range to keep in mind."""
    none: tuple[str, ...]
    not_found: tuple[str, ...] = ()
    """Read by people and not found."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: included places per document, records by (document, passage number), themes."""

    places: Mapping[str, Sequence[Place]]
    records: Mapping[tuple[str, int], Sequence[Record]]
    themes: tuple[Code, ...]


def coverage(
    study: Study,
    by: Dimension = "municipality",
    *,
    group: Literal["main", "auxiliary"] = "main",
    among: Sequence[Document] | None = None,
) -> Table:
    """Tabulate the included documents (or those ``among`` them) by ``by`` × themes or auxiliary codes."""
    table = tabulate(study, by, grouped(readable(study) if among is None else among, by), group=group)
    if by != "municipality" or among is not None:
        return table
    return replace(table, rows=tuple(_with_standings(row, study) for row in table.rows))


def grouped(documents: Sequence[Document], by: Dimension) -> list[tuple[str, list[Document]]]:
    """Return the groups of a dimension in the order of the alphabet, the unknown last; a document may be in several."""
    return [(name, [d for d in documents if name in _VALUES[by](d)]) for name in _names(documents, by)]


def tabulate(
    study: Study,
    by: Dimension,
    groups: Sequence[tuple[str, Sequence[Document]]],
    *,
    group: Literal["main", "auxiliary"] = "main",
) -> Table:
    """Tabulate these groups of documents × themes or auxiliary codes; in the total every document counts once."""
    return _tabulate(study, by, groups, _counted(study, group))


def _counted(study: Study, group: Literal["main", "auxiliary"] = "main") -> Counted:
    codes = study.snapshot.codebook.codes
    # A code that is only heard as a pole is found in no passage: its zeros would say that it is absent.
    sought = {c.id.partition(".")[0] for c in codes if c.patterns} | {r.theme.id for r in study.records}
    themes = tuple(c for c in codes if c.group == group and c.parent is None and (c.id in sought or not c.poles))
    return Counted(_by_document(study.places), _by_place(study.records), themes)


def _tabulate(study: Study, by: Dimension, groups: Sequence[tuple[str, Sequence[Document]]], counted: Counted) -> Table:
    rows = [_row(name, study, own, counted, name if by == "municipality" else None) for name, own in groups]
    every = list({d.id: d for _name, own in groups for d in own}.values())
    return Table(by, counted.themes, tuple(rows), _row(_("totaal"), study, every, counted, None))


def named(table: Table) -> tuple[Named, ...]:
    """Return 'n van de N gemeenten' per theme, from a table by municipality."""
    return _named(table.rows, table.themes)


def _named(every: Sequence[Row], themes: Sequence[Code]) -> tuple[Named, ...]:
    rows = [row for row in every if row.name != UNKNOWN_MUNICIPALITY]
    result = []
    for i, theme in enumerate(themes):
        cells = [row.cells[i] for row in rows]
        empty = [c for c in cells if c.state == "geen kandidaat"]
        result.append(
            Named(
                theme=theme,
                of=len(rows),
                named=tuple(c.group for c in cells if c.state == "genoemd"),
                candidate=tuple(c.group for c in cells if c.state == "kandidaat"),
                doubtful=tuple(c.group for c in empty if c.doubtful),
                none=tuple(c.group for c in empty if not c.doubtful),
                not_found=tuple(c.group for c in cells if c.state == "niet gevonden"),
            )
        )
    return tuple(result)


def named_within(study: Study, by: Dimension) -> tuple[tuple[str, tuple[Named, ...]], ...]:
    """Return 'n van de N gemeenten' within each kind, year or size class.

    N are the municipalities with documents of that kind, year or size class.
    """
    documents = readable(study)
    counted = _counted(study)
    return tuple(
        (
            name,
            _named([_row(home, study, ds, counted, home) for home, ds in grouped(own, "municipality")], counted.themes),
        )
        for name, own in grouped(documents, by)
    )


def sub_themes(study: Study) -> list[SubTheme]:
    """Count the sub-themes of the main themes, a municipality at a time and in total (group ``totaal``)."""
    codes = [c for c in study.snapshot.codebook.codes if c.parent is not None and c.group == "main"]
    records = [r for r in study.records if r.is_coded and r.subs]
    names: list[str | None] = [*_names(readable(study), "municipality"), None]
    result = []
    for name in names:
        own = [r for r in records if (r.counts if name is None else name in r.counts_for)]
        for code in codes:
            having = [r for r in own if code.id in r.subs]
            accepted = sum(r.status == "accepted" for r in having)
            result.append(SubTheme(name or _("totaal"), code, len(having), accepted))
    return result


def readable(study: Study) -> list[Document]:
    """Return the included documents of which the text is known."""
    return [d for d in study.snapshot.documents if d.included and d.id in study.snapshot.versions]


def _row(name: str, study: Study, documents: Sequence[Document], counted: Counted, municipality: str | None) -> Row:
    ids = {d.id for d in documents}
    places = [p for document, own in counted.places.items() if document in ids for p in own]
    firsts = group_repeats(places, municipality)
    own = [p for i, p in enumerate(places) if firsts[i] == i]
    basis = Basis(
        documents=len(documents),
        pages=sum(study.snapshot.versions[d.id].pages or 0 for d in documents),
        passages=len(own),
        words=sum(p.words for p in own),
        repeats=len(places) - len(own),
    )
    found: dict[str, dict[int, list[Record]]] = {theme.id: {} for theme in counted.themes}
    for place, first in zip(places, firsts, strict=True):
        for record in counted.records.get((place.document.id, place.passage.number), ()):
            if record.theme.id in found:
                found[record.theme.id].setdefault(first, []).append(record)
    return Row(
        name, basis, tuple(_cell(name, theme, basis, list(found[theme.id].values())) for theme in counted.themes)
    )


def _cell(name: str, theme: Code, basis: Basis, repeats: Sequence[Sequence[Record]]) -> Cell:
    """Count each group of near-duplicates once, by the furthest that people took one of them."""
    best = [furthest(group) for group in repeats]
    counting = [group for group, chosen in zip(repeats, best, strict=True) if chosen.is_coded]
    certain = [any(r.status == "suggested" and r.level == "zeker" for r in group) for group in repeats]
    suggested = [r.status == "suggested" and not r.is_doubtful for r in best]
    return Cell(
        group=name,
        theme=theme,
        basis=basis,
        documents=len({r.place.document.id for group in counting for r in group if r.is_coded}),
        suggested=sum(suggested),
        certain=sum(a and b for a, b in zip(suggested, certain, strict=True)),
        accepted=sum(r.status == "accepted" for r in best),
        rejected=sum(r.status == "rejected" for r in best),
        disputed=sum(r.status == "oneens" for r in best),
        doubtful=sum(r.is_doubtful for r in best),
        coded_words=sum(r.place.words for r in best if r.is_coded),
    )


def _with_standings(row: Row, study: Study) -> Row:
    cells = (replace(cell, standing=study.cells.get((row.name, cell.theme.id))) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def _by_document(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Return the places of each included document; documents and places in the order given."""
    grouped: dict[str, list[Place]] = {}
    for place in places:
        if place.document.included:
            grouped.setdefault(place.document.id, []).append(place)
    return grouped


def _by_place(records: Iterable[Record]) -> dict[tuple[str, int], list[Record]]:
    grouped: dict[tuple[str, int], list[Record]] = {}
    for record in records:
        grouped.setdefault((record.place.document.id, record.place.passage.number), []).append(record)
    return grouped


_VALUES: Mapping[Dimension, Callable[[Document], tuple[str, ...]]] = {
    "municipality": homes_of,
    "kind": lambda d: (d.kind or UNKNOWN,),
    "year": lambda d: (str(d.year_from or UNKNOWN),),
    "size_class": lambda d: tuple(dict.fromkeys(m.size_class for m in d.municipalities)) or (UNKNOWN,),
    "province": lambda d: tuple(dict.fromkeys(m.province for m in d.municipalities if m.province)) or (UNKNOWN,),
    "law": lambda d: d.laws or (UNKNOWN,),
    "source": lambda d: (d.source or UNKNOWN,),
}


def _names(documents: Iterable[Document], by: Dimension) -> list[str]:
    """Return the groups in the order of the alphabet, the unknown last."""
    names = {name for d in documents for name in _VALUES[by](d)}
    return sorted(names, key=lambda n: (n in (UNKNOWN, UNKNOWN_MUNICIPALITY), n.lower(), n))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
