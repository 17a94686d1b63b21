"""How far coders agree on where a code begins and ends: Krippendorff's α for unitizing a continuum.

Source: K. Krippendorff, *On the reliability of unitizing continuous data*, Sociological Methodology 25 (1995), as
revised in K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, *On the reliability of unitizing textual continua:
further developments*, Quality & Quantity 50 (2016): coincidences are lengths of intersections of segments, and what
chance would give is taken over pairs of characters that do not stand in one and the same unit.

Two things are ours, for the source says nothing of them. Coders need not have read the same stretches: a stretch counts
with those who read it, as a unit does in α with missing values. And a stretch may have several codes: for cu-α its
value is the set of them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

GAP = frozenset[Hashable]()
"""The value of what a coder read and gave no code."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch (code points) that one coder read as a whole: one value, or `GAP`."""

    start: int
    end: int
    value: Hashable


@dataclass(frozen=True, slots=True)
class Unitizing:
    """The coefficients, ``nan`` where the data leave them undefined."""

    u: float
    """u-α: boundaries and values together, gaps included."""
    cu: float
    """cu-α: the values of units where they intersect, whatever their boundaries."""
    length: int
    """Characters that two or more coders read."""
    coverage: float
    """Share (0 to 1) of what the coders read that cu-α rests on."""


@dataclass(slots=True)
class _Coincidences:
    """Lengths by pair of values, and per value the squares of what each unit brings in, which chance leaves out."""

    pairs: dict[tuple[Hashable, Hashable], float]
    squares: dict[Hashable, float]

    def alpha(self) -> float:
        margins: dict[Hashable, float] = {}
        for (value, _), length in self.pairs.items():
            margins[value] = margins.get(value, 0.0) + length
        total = sum(margins.values())
        observed = sum(length for (c, k), length in self.pairs.items() if c != k)
        free = total * total - sum(self.squares.values())
        if free <= 0:
            return float("nan")
        expected = total * (total * total - sum(m * m for m in margins.values())) / free
        return float("nan") if expected == 0 else 1 - observed / expected


def unitizing_alpha(coders: Sequence[Sequence[Segment]]) -> Unitizing:
    """Return the coefficients for coders' segmentations of one continuum.

    The segments of a coder do not overlap; what none of them covers, that coder did not read.
    """
    readings = _stretches(coders)
    length = sum(size for size, _ in readings)
    everything = sum(size * len(said) for size, said in readings)
    valued = [(size, {i: s for i, s in said.items() if s.value != GAP}, len(said)) for size, said in readings]
    intersecting = [(size, said, m) for size, said, m in valued if len(said) > 1]
    whole = _coincide([(size, said, len(said)) for size, said in readings])
    parts = _coincide(intersecting)
    covered = sum(parts.pairs.values())
    return Unitizing(whole.alpha(), parts.alpha(), length, covered / everything if everything else float("nan"))


def _stretches(coders: Sequence[Sequence[Segment]]) -> list[tuple[int, dict[int, Segment]]]:
    """Return the continuum cut at every boundary: length of each stretch and who read it as part of which segment.

    Stretches that fewer than two coders read are left out.
    """
    borders = sorted({border for segments in coders for s in segments for border in (s.start, s.end)})
    place = {border: i for i, border in enumerate(borders)}
    said: list[dict[int, Segment]] = [{} for _ in borders]
    for coder, segments in enumerate(coders):
        for segment in segments:
            for i in range(place[segment.start], place[segment.end]):
                said[i][coder] = segment
    return [
        (end - start, readings)
        for (start, end), readings in zip(pairwise(borders), said, strict=False)
        if len(readings) > 1
    ]


def _coincide(readings: Iterable[tuple[int, Mapping[int, Segment], int]]) -> _Coincidences:
    """Add up intersections; the third of each reading is how many coders read the stretch."""
    pairs: dict[tuple[Hashable, Hashable], float] = {}
    brought: dict[tuple[int, Segment], float] = {}
    for size, said, read in readings:
        for i, j in permutations(said, 2):
            pair = (said[i].value, said[j].value)
            pairs[pair] = pairs.get(pair, 0.0) + size / (read - 1)
        for i, segment in said.items():
            brought[i, segment] = brought.get((i, segment), 0.0) + size * (len(said) - 1) / (read - 1)
    squares: dict[Hashable, float] = {}
    for (_, segment), length in brought.items():
        # A gap has no structure: its characters are one by one not paired with themselves.
        square = length if segment.value == GAP else length * length
        squares[segment.value] = squares.get(segment.value, 0.0) + square
    return _Coincidences(pairs, squares)
