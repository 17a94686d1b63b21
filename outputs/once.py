"""Each coded passage once: of passages that repeat each other, the one that people took furthest counts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from outputs.repeating import group_repeats
from outputs.wording import homes_of

if TYPE_CHECKING:
    from outputs.records import Record

_RANK = {"accepted": 0, "oneens": 1, "rejected": 2, "suggested": 3}
"""What a person said of one of the repeats holds for the others: a suggestion that nobody read comes last."""


def furthest(repeats: "Iterable[Record]") -> "Record":
    """Return the record on which people went furthest, the first in the order given of those alike."""
    return min(repeats, key=lambda r: (_RANK[r.status], r.is_doubtful))


def counted_once(records: "Sequence[Record]") -> "tuple[Record, ...]":
    """Return the records with where they count: see ``counts`` and ``counts_for`` of `Record`."""
    result = [
        replace(r, counts=True, counts_for=homes_of(r.place.document)) if r.place.document.included else r
        for r in records
    ]
    repeated = [i for i, r in enumerate(result) if r.counts and r.place.cluster >= 0]
    homes = sorted({home for i in repeated for home in result[i].counts_for})
    total = _chosen([(i, result[i]) for i in repeated], None)
    parts = {home: _chosen([(i, result[i]) for i in repeated if home in result[i].counts_for], home) for home in homes}
    for i in repeated:
        own = tuple(home for home in result[i].counts_for if i in parts[home])
        result[i] = replace(result[i], counts=i in total, counts_for=own)
    return tuple(result)


def _chosen(numbered: "Sequence[tuple[int, Record]]", home: str | None) -> set[int]:
    """Return the numbers of the records that count, one a theme and group of repeats in a municipality (or in all)."""
    places = {(r.place.document.id, r.place.passage.number): r.place for _i, r in numbered}
    firsts = dict(zip(places, group_repeats(list(places.values()), home), strict=True))
    groups: dict[tuple[int, str], dict[int, Record]] = {}
    for i, r in numbered:
        first = firsts[r.place.document.id, r.place.passage.number]
        groups.setdefault((first, r.theme.id), {})[i] = r
    chosen = set()
    for group in groups.values():
        best = furthest(group.values())
        chosen.add(next(i for i, r in group.items() if r is best))
    return chosen
