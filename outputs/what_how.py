"""What policy says against how: per theme how many coded passages name a means or a norm to act on."""

from collections.abc import Sequence
from dataclasses import dataclass

from codebook.model import Code
from coding.concreteness import MEANS, Concreteness, concreteness
from outputs.records import Place, Record, Study
from outputs.wording import _, homes_of

TOTAL = _("totaal")
Key = tuple[str, int]
"""Document id and passage number."""


@dataclass(frozen=True, slots=True)
class WhatHow:
    """One municipality (or all together: ``group`` is ``totaal``) × theme, in coded passages; repeats count once."""

    group: str
    theme: Code
    what: int
    means: int
    norm: int
    kinds: tuple[tuple[str, int], ...] = ()
    """Per kind of means (`coding.concreteness.MEANS`) the number of passages that name one."""

    @property
    def passages(self) -> int:
        """Coded passages in all."""
        return self.what + self.means + self.norm

    @property
    def share_how(self) -> float | None:
        """Share that names a means or a norm (0 to 1), ``None`` of nothing."""
        return (self.means + self.norm) / self.passages if self.passages else None


def what_how(study: Study) -> list[WhatHow]:
    """Count per theme what the coded passages of included documents say: in all, then a municipality at a time."""
    records = [r for r in study.records if r.is_coded and r.counts_for]
    found = {_key(r): concreteness(r.place.passage.text) for r in records}
    names = sorted({name for p in study.places if p.document.included for name in homes_of(p.document)})
    rows = []
    for name in (None, *names):
        own = [r for r in records if (r.counts if name is None else name in r.counts_for)]
        for theme in study.snapshot.codebook.themes:
            rows.append(_row(name or TOTAL, theme, [found[_key(r)] for r in own if r.theme.id == theme.id]))
    return rows


def overall(study: Study) -> dict[str, dict[str, int]]:
    """Count the passages with a theme by what they say, each once: in all (``totaal``) and per municipality."""
    counts: dict[str, dict[str, int]] = {TOTAL: {}}
    for (name, _place), place in coded_places(study).items():
        kind = concreteness(place.passage.text).kind
        own = counts.setdefault(name, {})
        own[kind] = own.get(kind, 0) + 1
    return counts


def coded_places(study: Study) -> dict[tuple[str, Key], Place]:
    """Return per municipality, and for all (``totaal``), each passage with a theme once.

    The key's second part is the first of the passages that repeat each other, the place that of the one that counts.
    """
    main = {theme.id for theme in study.snapshot.codebook.themes}
    found: dict[tuple[str, Key], Place] = {}
    for r in study.records:
        if r.is_coded and r.theme.id in main:
            origin = study.repeats.get(_key(r), r.place)
            if r.counts:
                found.setdefault((TOTAL, (origin.document.id, origin.passage.number)), r.place)
            for name in r.counts_for:
                found.setdefault((name, (name, r.place.cluster)), r.place)
    return found


def _row(name: str, theme: Code, found: Sequence[Concreteness]) -> WhatHow:
    kinds = [c.kind for c in found]
    means = tuple((kind, sum(kind in c.means for c in found)) for kind in MEANS)
    return WhatHow(name, theme, kinds.count("wat"), kinds.count("middel"), kinds.count("handelingsnorm"), means)


def _key(record: Record) -> Key:
    return record.place.document.id, record.place.passage.number
