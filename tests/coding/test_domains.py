"""What a judged sample says of a part of the passages: known where judged, carried over where not."""

import numpy as np
import pytest

from coding.domains import Domain, shares
from coding.estimation import Stratum

SUGGESTED = Stratum(200, 50, 40, True)
NOTHING = Stratum(1000, 50, 0, False)


def test_share_is_what_people_judged_and_the_rates_of_the_strata_on_the_rest() -> None:
    found = shares([SUGGESTED, NOTHING], [Domain(100, 5, (20, 70)), Domain(100, 0, (0, 100))])
    assert found is not None
    assert found.of(0).value == pytest.approx((5 + 20 * 40 / 50) / 100)
    assert found.of(1).value == 0.0
    assert found.of(0).low < found.of(0).value < found.of(0).high
    assert found.difference(0, 1).low > 0


def test_a_part_that_people_judged_whole_has_no_margin() -> None:
    found = shares([SUGGESTED], [Domain(40, 10, (0,)), Domain(40, 4, (10,))])
    assert found is not None
    known = found.of(0)
    assert (known.low, known.value, known.high) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize(
    ("strata", "domains"),
    [
        ([Stratum(10, 0, 0, True)], [Domain(10, 0, (10,))]),
        ([SUGGESTED], [Domain(0, 0, (0,))]),
    ],
    ids=["a stratum without judgements", "a part without passages"],
)
def test_nothing_is_said_where_nothing_is_known(strata: list[Stratum], domains: list[Domain]) -> None:
    assert shares(strata, domains) is None


def test_a_stratum_nobody_needs_may_lack_judgements() -> None:
    assert shares([SUGGESTED, Stratum(5, 0, 0, False)], [Domain(10, 1, (3, 0))]) is not None


def test_difference_of_alike_parts_holds_less_error_than_each() -> None:
    found = shares([SUGGESTED], [Domain(1000, 0, (900,)), Domain(1000, 0, (900,))])
    assert found is not None
    assert found.difference(0, 1).value == 0
    assert found.difference(0, 1).margin < found.of(0).margin


def test_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(1)
    hits, rounds = 0, 300
    for i in range(rounds):
        truth = random.random(600) < 0.3
        chosen = random.permutation(600)[:100]
        judged = int(truth[chosen].sum())
        part = np.setdiff1d(np.arange(300), chosen)
        known = int(truth[np.intersect1d(np.arange(300), chosen)].sum())
        found = shares([Stratum(600, 100, judged, True)], [Domain(300, known, (len(part),))], seed=i)
        assert found is not None
        hits += found.of(0).low <= truth[:300].mean() <= found.of(0).high
    assert hits / rounds >= 0.92
