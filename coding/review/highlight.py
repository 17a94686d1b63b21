"""Cut a text into stretches that carry the same evidence, ready to be marked without overlapping tags."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FUNCTION_WORDS = """
aan al alle als bij binnen daar dan dat de deze die dit door een en er gaan gaat haar had hebben heeft hem het hij hoe
hun ik in is je kan kon kunnen maar met mij moet moeten na naar niet nog nu of om omdat ons onze ook op over te ten ter
tot tussen u uit van veel voor waar wat we werd wie wij wil willen worden wordt ze zich zij zijn zo zou
"""
FUNCTION_WORDS = frozenset(re.findall(r"\w+", _FUNCTION_WORDS))
"""Words that a classifier weighs but that tell a reader nothing; a span of nothing else is not marked."""


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
    chosen: tuple[str, ...] = ()
    """The codes for which a coder chose a fragment that holds this stretch."""


def telling(text: str, spans: Iterable[Span]) -> list[Span]:
    """Keep the spans that explain something to a reader, in their order: not *dat het*, and not a part of another."""
    kept = dict.fromkeys(s for s in spans if not set(text[s.start : s.end].casefold().split()) <= FUNCTION_WORDS)
    return [s for s in kept if not any(o != s and o.start <= s.start and s.end <= o.end for o in kept)]


def cut(text: str, spans: Iterable[Span], chosen: Iterable[Span] = ()) -> list[Segment]:
    """Return segments that together are exactly ``text``; spans may overlap, and parts outside the text are ignored.

    ``spans`` are evidence, ``chosen`` the fragments of a coder.
    """
    evidence, fragments = ([s for s in side if max(0, s.start) < min(len(text), s.end)] for side in (spans, chosen))
    ends = {border for s in (*evidence, *fragments) for border in (max(0, s.start), min(len(text), s.end))}
    return [
        Segment(start, text[start:end], _codes_over(evidence, start, end), _codes_over(fragments, start, end))
        for start, end in itertools.pairwise(sorted({0, len(text)} | ends))
    ]


def _codes_over(spans: Sequence[Span], start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.code for s in spans if s.start <= start and end <= s.end))
