"""What policy says against how: per theme how many coded passages name a means or a norm to act on."""

from collections.abc import Iterable
from dataclasses import dataclass

from codebook.model import Code
from coding.concreteness import Kind, concreteness
from outputs.fragments import repeat_origins
from outputs.records import Record, Study
from outputs.wording import UNKNOWN_MUNICIPALITY

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
    repeats = repeat_origins(study.places)
    records = [r for r in study.records if r.is_coded and r.place.document.included and _key(r) not in repeats]
    found = {_key(r): concreteness(r.place.passage.text).kind for r in records}
    names = sorted({name for r in records for name in _homes(r)})
    rows = []
    for name in (None, *names):
        own = [r for r in records if name is None or name in _homes(r)]
        for theme in study.snapshot.codebook.themes:
            kinds = [found[_key(r)] for r in own if r.theme.id == theme.id]
            rows.append(WhatHow(name or "totaal", theme, *_counts(kinds)))
    return rows


def _counts(kinds: Iterable[Kind]) -> tuple[int, int, int]:
    listed = list(kinds)
    return listed.count("wat"), listed.count("middel"), listed.count("handelingsnorm")


def _key(record: Record) -> Key:
    return record.place.document.id, record.place.passage.number


def _homes(record: Record) -> tuple[str, ...]:
    return tuple(m.name for m in record.place.document.municipalities) or (UNKNOWN_MUNICIPALITY,)
