"""One municipality on one page: what it endorses and ranks, where it pulls, how concrete it is, in its own words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codebook.model import Code
from corpus.model import Document, Municipality
from outputs.ambiguity import Ambiguous, Use
from outputs.coverage import Cell, Row, Table, readable
from outputs.evidence import Weights, quote_of, telling, term_weights
from outputs.priorities import Priorities
from outputs.quotes import Meeting, Shown, quotable
from outputs.records import Record, Study
from outputs.what_how import WhatHow
from outputs.wording import UNKNOWN_MUNICIPALITY, homes_of

QUOTES = 3
"""Quotes on a page, each of another theme and where possible of another document."""


@dataclass(frozen=True, slots=True)
class Line:
    """One theme of one municipality beside all of them together."""

    cell: Cell
    all: Cell
    said: WhatHow | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What one page says of a municipality. ``lines`` are in the order of the share the themes have there."""

    municipality: str
    about: Municipality | None
    documents: tuple[Document, ...]
    row: Row
    lines: tuple[Line, ...]
    priorities: Priorities
    meetings: tuple[Meeting, ...]
    """Tensions of grade 4 and 3."""
    phrases: tuple[tuple[Ambiguous, Use], ...]
    said: Mapping[str, int]
    """Passages by what they say, each once."""
    quotes: tuple[tuple[Code, Shown], ...]

    @property
    def largest(self) -> float:
        """The largest share among its themes here and over all, for the length of bars."""
        return max((s or 0 for line in self.lines for s in (line.cell.share, line.all.share)), default=0) or 1


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables that profiles are cut from."""

    table: Table
    said: Sequence[WhatHow]
    overall: Mapping[str, Mapping[str, int]]
    priorities: Sequence[Priorities]
    ambiguous: Sequence[Ambiguous]
    meetings: Sequence[Meeting]


def profiles(study: Study, sources: Sources) -> tuple[Profile, ...]:
    """Return a profile per municipality, in the order of the coverage table."""
    records = quotable(study)
    weights = term_weights(study.snapshot.codebook)
    ranking = {p.municipality: p for p in sources.priorities}
    documents = readable(study)
    return tuple(
        Profile(
            municipality=row.name,
            about=next((m for d in documents for m in d.municipalities if m.name == row.name), None),
            documents=tuple(d for d in documents if row.name in homes_of(d)),
            row=row,
            lines=_lines(row, sources),
            priorities=ranking[row.name],
            meetings=tuple(m for m in sources.meetings if row.name in m.homes),
            phrases=tuple((a, use) for a in sources.ambiguous for use in a.uses if use.municipality == row.name),
            said=sources.overall.get(row.name, {}),
            quotes=_quotes([r for r in records if row.name in r.counts_for], weights),
        )
        for row in sources.table.rows
        if row.name != UNKNOWN_MUNICIPALITY
    )


def _lines(row: Row, sources: Sources) -> tuple[Line, ...]:
    said = {w.theme.id: w for w in sources.said if w.group == row.name}
    pairs = zip(row.cells, sources.table.total.cells, strict=True)
    lines = [Line(cell, total, said.get(cell.theme.id)) for cell, total in pairs]
    return tuple(sorted(lines, key=lambda line: -(line.cell.share or 0)))


def _quotes(records: Sequence[Record], weights: Weights) -> tuple[tuple[Code, Shown], ...]:
    main = [r for r in records if r.theme.group == "main"]
    count = Counter(r.theme.id for r in main)
    best: dict[str, Record] = {}
    for record in sorted(main, key=lambda r: telling(r, weights)):
        best.setdefault(record.theme.id, record)
    seen: set[str] = set()
    chosen: list[Record] = []
    for record in sorted(best.values(), key=lambda r: -count[r.theme.id]):
        if record.place.passage.text not in seen and len(chosen) < QUOTES:
            seen.add(record.place.passage.text)
            chosen.append(record)
    return tuple((r.theme, quote_of(r, weights)) for r in chosen)
