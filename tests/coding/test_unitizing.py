"""u-α and cu-α against their definition, worked out character by character."""

import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.unitizing import GAP, Segment, unitizing_alpha


def segments(text: str) -> list[Segment]:
    """A coder's reading as a line: a letter per character, '.' for a gap, ' ' unread, '|' begins a new unit."""
    found: list[Segment] = []
    at = 0
    fresh = True
    for letter in text:
        if letter == "|":
            fresh = True
            continue
        value = GAP if letter == "." else letter
        if letter != " ":
            if not fresh and found and found[-1].end == at and found[-1].value == value:
                found[-1] = Segment(found[-1].start, at + 1, value)
            else:
                found.append(Segment(at, at + 1, value))
        fresh = False
        at += 1
    return found


def by_definition(lines: list[str], *, only_units: bool = False) -> float:
    """α from pairs of characters: those of different coders at one place, against all that are not in one unit."""
    coders = [segments(line) for line in lines]
    length = max(s.end for coder in coders for s in coder)
    places = []
    for at in range(length):
        here = {i: s for i, coder in enumerate(coders) for s in coder if s.start <= at < s.end}
        units = {i: s for i, s in here.items() if s.value != GAP} if only_units else here
        if len(here) > 1 and len(units) > 1:
            places.append((at, units, len(here)))
    observed = different = 0.0
    for _, here, read in places:
        for i, j in permutations(here, 2):
            observed += 1 / (read - 1)
            different += (here[i].value != here[j].value) / (read - 1)
    every = [
        (i, at, s, (len(here) - 1) / (read - 1)) for at, here, read in places for i, s in here.items()
    ]  # what a character brings in: 1 for u-α
    total = apart = 0.0
    for i, at, s, weight in every:
        for j, to, t, other in every:
            same = i == j and (s == t if s.value != GAP else at == to)
            total += (not same) * weight * other
            apart += (s.value != t.value) * weight * other
    return 1 - (different / observed) / (apart / total) if total and apart else math.nan


def same(left: float, right: float) -> bool:
    return (math.isnan(left) and math.isnan(right)) or left == pytest.approx(right)


reading = st.lists(st.sampled_from("ab.| "), min_size=12, max_size=16).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(reading, min_size=2, max_size=4))
def test_both_coefficients_are_what_their_definition_says_character_by_character(lines) -> None:
    if not any(segments(line) for line in lines):
        return
    found = unitizing_alpha([segments(line) for line in lines])
    assert same(found.u, by_definition(lines))
    assert same(found.cu, by_definition(lines, only_units=True))


@pytest.mark.parametrize(
    ("lines", "u", "cu"),
    [
        # 20 characters of two coders, 10 in a unit and 10 in a gap; at 2 places of 10 they differ. Chance pairs a unit
        # with a gap in 2 × 10 × 10 of the 400 pairs, less those within a unit (6 × 6, 4 × 4) and of a gap with itself.
        (["aaaaaa....", "aaaa......"], 1 - (2 / 10) / (200 / (400 - 36 - 16 - 10)), math.nan),
        (["aaa...bbb.", "aaa...bbb."], 1.0, 1.0),
        # Six characters of a, six of b, eight of gaps; for cu-α only the twelve in units, all of them apart.
        (["aaa...bbb.", "bbb...aaa."], 1 - (6 / 10) / (264 / (400 - 4 * 9 - 8)), 1 - 1 / (72 / (144 - 4 * 9))),
        (["aaaa......", "......aaaa"], 1 - (8 / 10) / (192 / (400 - 2 * 16 - 12)), math.nan),
        (["..........", ".........."], math.nan, math.nan),
    ],
)
def test_small_cases_by_hand(lines, u, cu) -> None:
    found = unitizing_alpha([segments(line) for line in lines])
    assert same(found.u, u)
    assert same(found.cu, cu)


def test_boundaries_weigh_on_u_alpha_and_not_on_cu_alpha() -> None:
    found = unitizing_alpha([segments("aaaaaa..bbbbbb......"), segments("..aaaa....bbbbbb....")])
    assert found.cu == 1.0
    assert 0 < found.u < 1
    assert found.coverage == pytest.approx(16 / 40)


def test_what_one_coder_read_alone_does_not_count() -> None:
    alone = unitizing_alpha([segments("aaa...bbb.aaaa"), segments("aaa..bbbb.    ")])
    without = unitizing_alpha([segments("aaa...bbb."), segments("aaa..bbbb.")])
    assert (alone.u, alone.cu, alone.length) == (without.u, without.cu, 10)
