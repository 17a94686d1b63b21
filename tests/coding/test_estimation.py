"""Estimates from a judged sample: right on average, honest in width."""

import numpy as np
import pytest

from coding.estimation import Stratum, estimate


def test_everything_judged_leaves_no_doubt() -> None:
    found = estimate([Stratum(40, 40, 30, True), Stratum(60, 60, 3, False)])
    assert (found.passages.value, found.passages.low, found.passages.high) == (33, 33, 33)
    assert found.precision.value == 0.75
    assert found.recall.value == pytest.approx(30 / 33)


@pytest.mark.parametrize(
    ("strata", "share", "precision", "recall"),
    [
        ([Stratum(100, 20, 10, True), Stratum(900, 30, 0, False)], 0.05, 0.5, 1.0),
        ([Stratum(100, 20, 16, True), Stratum(900, 90, 9, False)], 0.17, 0.8, 80 / 170),
    ],
)
def test_the_programs_mistakes_are_corrected_by_what_people_found(strata, share, precision, recall) -> None:
    found = estimate(strata)
    assert found.share.value == pytest.approx(share)
    assert found.precision.value == pytest.approx(precision)
    assert found.recall.value == pytest.approx(recall)
    assert found.share.low <= found.share.value <= found.share.high


def test_no_positive_in_the_sample_is_not_taken_for_none_at_all() -> None:
    found = estimate([Stratum(1000, 50, 0, False)])
    assert found.passages.value == 0
    assert found.passages.high > 10


@pytest.mark.parametrize("strata", [[Stratum(5, 0, 0, True)], [Stratum(5, 6, 1, True)], [Stratum(5, 2, 3, True)]])
def test_a_sample_that_cannot_be_is_refused(strata) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        estimate(strata)


def test_intervals_hold_the_truth_about_nineteen_times_in_twenty() -> None:
    random = np.random.default_rng(11)
    truth = {True: 0.6, False: 0.03}
    sizes = {True: 300, False: 2700}
    kept = 0
    rounds = 300
    for i in range(rounds):
        strata, total = [], 0
        for decided, size in sizes.items():
            real = random.random(size) < truth[decided]
            sample = real[random.permutation(size)[: 60 if decided else 140]]
            strata.append(Stratum(size, len(sample), int(sample.sum()), decided))
            total += int(real.sum())
        found = estimate(strata, seed=i).passages
        kept += found.low <= total <= found.high
    assert 0.92 <= kept / rounds <= 0.99
