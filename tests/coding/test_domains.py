"""What a judged sample says of a part of the passages: known where judged, carried over where not."""

import numpy as np
import pytest

from coding.domains import Domain, shares
from coding.estimation import Stratum

SUGGESTED = Stratum(200, 50, 40, True)
NOTHING = Stratum(1000, 50, 0, False)


def part(size: int, positive: int, left: tuple[int, ...], drawn: tuple[tuple[int, int], ...] = ()) -> Domain:
    """Return a domain of which the sample drew nothing, unless said."""
    return Domain(size, positive, left, drawn or ((0, 0),) * len(left))


def test_share_of_a_part_without_a_sample_is_what_people_judged_and_the_rates_of_the_strata_on_the_rest() -> None:
    found = shares([SUGGESTED, NOTHING], [part(100, 5, (20, 70)), part(100, 0, (0, 100))])
    assert found is not None
    assert found.of(0).value == pytest.approx((5 + 20 * 40 / 50) / 100)
    assert found.of(1).value == 0.0
    assert found.of(0).low < found.of(0).value < found.of(0).high
    assert found.difference(0, 1).low > 0


def test_a_part_that_people_judged_whole_has_no_margin() -> None:
    found = shares([SUGGESTED], [part(40, 10, (0,)), part(40, 4, (10,))])
    assert found is not None
    known = found.of(0)
    assert (known.low, known.value, known.high) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize(
    ("judged", "positive", "low", "high"),
    [(0, 0, 0.45, 0.55), (5, 5, 0.5, 0.8), (60, 57, 0.8, 0.95)],
    ids=["nothing judged: the others' rate", "a few: between", "many: its own rate"],
)
def test_a_part_goes_by_its_own_judgements_the_more_there_are(judged, positive, low, high) -> None:
    whole = Stratum(2000, 240 + judged, 120 + positive, True)
    others = [part(300, 0, (300,), ((60, yes),)) for yes in (12, 24, 36, 48)]
    found = shares([whole], [part(300, 0, (300,), ((judged, positive),)), *others])
    assert found is not None
    assert low <= found.of(0).value <= high


@pytest.mark.parametrize(
    ("strata", "domains"),
    [
        ([Stratum(10, 0, 0, True)], [part(10, 0, (10,))]),
        ([SUGGESTED], [part(0, 0, (0,))]),
    ],
    ids=["a stratum without judgements", "a part without passages"],
)
def test_nothing_is_said_where_nothing_is_known(strata: list[Stratum], domains: list[Domain]) -> None:
    assert shares(strata, domains) is None


def test_a_stratum_nobody_needs_may_lack_judgements() -> None:
    assert shares([SUGGESTED, Stratum(5, 0, 0, False)], [part(10, 1, (3, 0))]) is not None


def test_difference_of_parts_that_prove_alike_is_firmer_than_of_parts_that_differ() -> None:
    margins = []
    for yes in ((20, 20, 20, 20), (5, 35, 10, 30)):
        parts = [part(400, n, (360,), ((40, n),)) for n in yes]
        found = shares([Stratum(1600, 160, 80, True)], parts)
        assert found is not None
        margins.append(found.difference(0, 2).margin)
    assert margins[0] < margins[1]


@pytest.mark.parametrize("spread", [0.0, 0.15], ids=["parts alike", "parts that differ"])
def test_intervals_hold_the_truth_about_as_often_as_they_say(spread: float) -> None:
    random = np.random.default_rng(1)
    hits, rounds, parts, size = 0, 60, 8, 100
    for i in range(rounds):
        rates = np.clip(random.normal(0.4, spread, parts), 0.02, 0.98)
        truth = random.random((parts, size)) < rates[:, None]
        seen = np.zeros(parts * size, dtype=bool)
        seen[random.permutation(parts * size)[:160]] = True
        seen = seen.reshape(parts, size)
        known = (truth & seen).sum(axis=1)
        domains = [
            part(size, int(k), (int(size - n),), ((int(n), int(k)),))
            for k, n in zip(known, seen.sum(axis=1), strict=True)
        ]
        found = shares([Stratum(parts * size, 160, int(known.sum()), True)], domains, seed=i)
        assert found is not None
        hits += sum(found.of(j).low <= truth[j].mean() <= found.of(j).high for j in range(parts))
    assert 0.92 <= hits / (rounds * parts) <= 0.995
