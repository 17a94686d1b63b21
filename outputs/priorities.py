"""Which principles a municipality endorses, and which of them its documents put first, by which words."""

from collections.abc import Sequence
from dataclasses import dataclass

from codebook.model import Code
from coding.priorities import Kind, find_rankings
from outputs.coverage import Table
from outputs.evidence import CODED, Weights, term_spans, term_weights
from outputs.quotes import Shown, quoted
from outputs.records import Place, Record, Study
from outputs.wording import UNKNOWN_MUNICIPALITY, homes_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place where a document puts a theme first, with the words by which it does."""

    theme: Code
    over: Code | None
    kind: Kind
    marker: str
    place: Place
    quote: Shown


@dataclass(frozen=True, slots=True)
class Priorities:
    """What one municipality endorses and ranks. ``goals`` are priorities, ``orders`` only say what is tried first."""

    municipality: str
    named: tuple[Code, ...]
    candidate: tuple[Code, ...]
    goals: tuple[Ranked, ...]
    orders: tuple[Ranked, ...]

    @property
    def endorsed(self) -> tuple[Code, ...]:
        """Themes that people accepted or the program suggests."""
        return (*self.named, *self.candidate)

    @property
    def ranked(self) -> tuple[Code, ...]:
        """The themes put first, each once."""
        return tuple(dict.fromkeys(r.theme for r in self.goals))


def priorities(study: Study, table: Table) -> tuple[Priorities, ...]:
    """Return what each municipality endorses (by its row of the coverage table) and ranks, in the table's order.

    Read are the coded passages of included documents, repeats once.
    """
    found = _ranked(study)
    result = []
    for row in table.rows:
        if row.name != UNKNOWN_MUNICIPALITY:
            own = [r for r in found if row.name in homes_of(r.place.document)]
            result.append(
                Priorities(
                    municipality=row.name,
                    named=tuple(c.theme for c in row.cells if c.state == "genoemd"),
                    candidate=tuple(c.theme for c in row.cells if c.state == "kandidaat"),
                    goals=tuple(r for r in own if r.kind == "doel"),
                    orders=tuple(r for r in own if r.kind == "volgorde"),
                )
            )
    return tuple(result)


def _ranked(study: Study) -> list[Ranked]:
    codes = {theme.id: theme for theme in study.snapshot.codebook.themes}
    weights = term_weights(study.snapshot.codebook)
    by_place: dict[tuple[str, int], list[Record]] = {}
    for record in study.records:
        key = (record.place.document.id, record.place.passage.number)
        if record.is_coded and record.theme.id in codes and record.counts_for:
            by_place.setdefault(key, []).append(record)
    return [ranked for records in by_place.values() for ranked in _of_passage(records, weights)]


def _of_passage(records: Sequence[Record], weights: Weights) -> list[Ranked]:
    known = {r.theme.id: r for r in records}
    terms = {i: term_spans(r, weights, CODED) for i, r in known.items()}
    text = records[0].place.passage.text
    return [
        Ranked(
            theme=known[found.first].theme,
            over=known[found.over].theme if found.over else None,
            kind=found.kind,
            marker=" ".join(text[slice(*found.marker)].split()),
            place=records[0].place,
            quote=quoted(known[found.first], [found.marker, *found.terms]),
        )
        for found in find_rankings(text, terms)
    ]
