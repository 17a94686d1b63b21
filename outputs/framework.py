"""The framework matrix: per municipality × theme the researcher's own summary, with the quotes it rests on.

A framework matrix has a row a case and a column a theme, each cell in the analyst's words (J. Ritchie & L. Spencer,
*Qualitative data analysis for applied policy research*, 1994).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codebook.model import Code
from coding.cell_events import CellKey, Chosen, Summary
from coding.judging import Place, by_passage, judgements, status_of
from coding.model import Decision
from outputs.coverage import coverage
from outputs.records import Study
from outputs.sheet import Sheet, Value
from outputs.wording import STATUSES, UNKNOWN_MUNICIPALITY, _, listing, source_line

Decided = Mapping[Place, Sequence[Decision]]
"""Decisions in force by passage."""
_WIDE = 42
"""Characters that a column of summaries is wide."""


@dataclass(frozen=True, slots=True)
class FrameworkQuote:
    """A chosen quote, literally, with where it stands (municipality, document, year, page)."""

    text: str
    source: str
    note: str
    """What a reader must know of it: that nobody confirmed it, or that it lost its place; empty when confirmed."""
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """One cell of the matrix; ``text`` is empty where nobody wrote a summary yet."""

    municipality: str
    theme: str
    theme_label: str
    state: str
    text: str
    quotes: tuple[FrameworkQuote, ...]
    coder: str
    saved_at: str


def framework(study: Study, *, theme: str | None = None, municipality: str | None = None) -> list[FrameworkCell]:
    """Return the cells, a municipality at a time, in the order of the alphabet and the codebook.

    Summaries of municipalities or themes that the study has no more come last: nothing written is left out.
    """
    latest: dict[CellKey, Summary] = {s.cell: s for s in sorted(study.snapshot.summaries, key=lambda s: (s.time, s.id))}
    decisions = by_passage(study.snapshot)
    cells = [
        _cell((row.name, cell.theme.id), cell.theme.label, cell.state_text, latest.pop((row.name, cell.theme.id), None),
              study, decisions)
        for row in coverage(study).rows
        if row.name != UNKNOWN_MUNICIPALITY
        for cell in row.cells
    ]  # fmt: skip
    gone = [s for s in latest.values() if s.text or s.quotes]
    cells += [_cell(s.cell, s.theme, _("niet meer in de studie"), s, study, decisions) for s in gone]
    return [
        c
        for c in cells
        if theme in (None, c.theme) and (municipality is None or c.municipality.casefold() == municipality.casefold())
    ]


def framework_sheets(study: Study, cells: Sequence[FrameworkCell]) -> list[Sheet]:
    """Return the matrix itself, and its cells and quotes a row each."""
    return [_matrix(study, cells), _long(cells), _quotes(cells)]


def cited_quote(quote: FrameworkQuote) -> str:
    """Write a quote with its source, ready to stand in a text."""
    note = f" [{quote.note}]" if quote.note else ""
    return f"“{quote.text}” ({quote.source}){note}"


def _cell(
    key: CellKey,
    label: str,
    state: str,
    summary: Summary | None,
    study: Study,
    decisions: Decided,
) -> FrameworkCell:
    quotes = () if summary is None else tuple(_quote(q, key[1], study, decisions) for q in summary.quotes)
    written = summary is not None and bool(summary.text or quotes)
    return FrameworkCell(
        municipality=key[0],
        theme=key[1],
        theme_label=label,
        state=state,
        text=summary.text if summary else "",
        quotes=quotes,
        coder=summary.coder if summary and written else "",
        saved_at=summary.time.isoformat(timespec="seconds") if summary and written else "",
    )


def _quote(chosen: Chosen, theme: str, study: Study, decisions: Decided) -> FrameworkQuote:
    document = next((d for d in study.snapshot.documents if d.id == chosen.document_id), None)
    source = source_line(document, chosen.page, chosen.page_to) if document else _("document niet meer in de studie")
    return FrameworkQuote(chosen.quote, source, _note(chosen, theme, study, decisions), chosen)


def _note(chosen: Chosen, theme: str, study: Study, decisions: Decided) -> str:
    if not chosen.is_placed:
        return _("niet teruggevonden in de tekst van nu")
    held = [p for p in study.snapshot.passages.get(chosen.document_id, ()) if p.start <= chosen.start < p.end]
    given = [d for p in held for d in decisions.get((chosen.document_id, p.number), ())]
    status = status_of(judgements(given, theme))
    return "" if status == "accepted" else STATUSES[status]


def _matrix(study: Study, cells: Sequence[FrameworkCell]) -> Sheet:
    themes: Sequence[Code] = [t for t in study.snapshot.codebook.themes if any(c.theme == t.id for c in cells)]
    written = {(c.municipality, c.theme): c for c in cells}
    rows = []
    for name in dict.fromkeys(c.municipality for c in cells):
        row = [written.get((name, theme.id)) for theme in themes]
        rows.append((name, *(_in_words(cell) if cell else "" for cell in row)))
    return Sheet("matrix", ("municipality", *(t.label for t in themes)), tuple(rows), width=_WIDE)


def _in_words(cell: FrameworkCell) -> str:
    return "\n".join([cell.text or f"[{cell.state}]", *map(cited_quote, cell.quotes)])


def _long(cells: Sequence[FrameworkCell]) -> Sheet:
    columns = ("municipality", "theme", "theme_label", "state", "summary", "quotes", "coder", "saved_at")
    rows: list[tuple[Value, ...]] = [
        (c.municipality, c.theme, c.theme_label, c.state, c.text, len(c.quotes), c.coder, c.saved_at) for c in cells
    ]
    return Sheet("summaries", columns, tuple(rows))


def _quotes(cells: Sequence[FrameworkCell]) -> Sheet:
    columns = ("municipality", "theme", "theme_label", "quote", "source", "note", "document_id", "start", "end")
    rows: list[tuple[Value, ...]] = [
        (c.municipality, c.theme, c.theme_label, q.text, q.source, q.note, q.chosen.document_id, q.chosen.start,
         q.chosen.end)
        for c in cells
        for q in c.quotes
    ]  # fmt: skip
    return Sheet("quotes", columns, tuple(rows))


def how_far(cells: Sequence[FrameworkCell]) -> str:
    """Say how many cells have a summary and what to check before publishing."""
    written = sum(bool(c.text) for c in cells)
    notes = [q.note for c in cells for q in c.quotes if q.note]
    parts = [_("%(written)d van %(all)d cellen zijn samengevat") % {"written": written, "all": len(cells)}]
    if notes:
        parts.append(_("%d citaten vragen nog aandacht (tussen rechte haken)") % len(notes))
    return listing(parts) + "."
