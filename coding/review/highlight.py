"""Cut a text into stretches that carry the same evidence, ready to be marked without overlapping tags."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence for one code: code points in the text that is shown."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the codes it is evidence for, in the order of the spans given (empty: plain text)."""

    start: int
    text: str
    codes: tuple[str, ...]


def cut(text: str, spans: Iterable[Span]) -> list[Segment]:
    """Return segments that together are exactly ``text``; spans may overlap, and parts outside the text are ignored."""
    inside = [s for s in spans if max(0, s.start) < min(len(text), s.end)]
    borders = sorted({0, len(text)} | {max(0, s.start) for s in inside} | {min(len(text), s.end) for s in inside})
    return [
        Segment(start, text[start:end], _codes_over(inside, start, end)) for start, end in itertools.pairwise(borders)
    ]


def _codes_over(spans: Sequence[Span], start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.code for s in spans if s.start <= start and end <= s.end))
