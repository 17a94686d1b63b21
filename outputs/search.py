"""The quotes that can be searched in the report: every passage that may be quoted, as far as they fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from outputs.quotes import quotable, rank
from outputs.records import Record, Study
from outputs.wording import STATUSES, municipality_of, pages, title_of

MOST = 1_300_000
"""Characters of quotes at most: with the rest of the report under 3 MB."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """What the page searches. A row: municipality, source, numbers of its themes, status, text."""

    themes: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[int, ...], str, str], ...]
    of: int
    """Passages that may be quoted, those left out for want of room among them."""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities of the rows, in the order of the alphabet."""
        return tuple(sorted({row[0] for row in self.rows}, key=str.casefold))


def searchable(study: Study) -> Searchable:
    """Return the passages with a theme by municipality, year and document; the best ones where not all fit."""
    codes = study.snapshot.codebook.themes
    numbers = {theme.id: i for i, theme in enumerate(codes)}
    by_place: dict[tuple[str, int], list[Record]] = {}
    for record in quotable(study):
        if record.theme.id in numbers:
            by_place.setdefault((record.place.document.id, record.place.passage.number), []).append(record)
    kept = _fitting(list(by_place.values()))
    rows = [_row(records, numbers) for records in by_place.values() if id(records) in kept]
    ordered = sorted(rows, key=lambda row: row[0].casefold())
    return Searchable(tuple(theme.label for theme in codes), tuple(ordered), len(by_place))


def _fitting(groups: Sequence[Sequence[Record]]) -> set[int]:
    """Return which groups fit, the best first."""
    kept, room = set(), MOST
    for records in sorted(groups, key=lambda g: min(map(rank, g))):
        room -= len(records[0].place.passage.text)
        if room < 0:
            break
        kept.add(id(records))
    return kept


def _row(records: Sequence[Record], numbers: dict[str, int]) -> tuple[str, str, tuple[int, ...], str, str]:
    place = records[0].place
    page = pages(place.passage.page_from, place.passage.page_to)
    source = title_of(place.document)
    if place.document.period and place.document.period not in source:
        source = f"{source}, {place.document.period}"
    accepted = any(r.status == "accepted" for r in records)
    return (
        municipality_of(place.document),
        f"{source}, p. {page}" if page else source,
        tuple(numbers[r.theme.id] for r in records),
        STATUSES["accepted" if accepted else "suggested"],
        " ".join(place.passage.text.split()),
    )
