"""Reliability coefficients against published worked examples and an independent implementation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from coding import agreement

NAN = math.nan
# Krippendorff (2011), example C: four observers, twelve units, five nominal categories, missing values. Also the
# data set `cac.raw4raters` of the R package irrCAC, whose documentation gives AC1 and the percentage.
FOUR_OBSERVERS = np.array(
    [
        [1, 1, NAN, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [NAN, 5, 5, 5],
        [NAN, NAN, 1, 1],
        [NAN, NAN, 3, NAN],
    ]
)
# Krippendorff (2011), example A: two observers, ten units, binary.
TWO_OBSERVERS = np.array([[0, 0], [1, 1], [0, 1], [0, 0], [0, 0], [0, 1], [0, 1], [0, 0], [1, 0], [0, 0]], dtype=float)


@pytest.mark.parametrize(
    ("figure", "ratings", "expected"),
    [
        (agreement.krippendorff_alpha, FOUR_OBSERVERS, 0.743),
        (agreement.krippendorff_alpha, TWO_OBSERVERS, 0.095),
        (agreement.gwet_ac1, FOUR_OBSERVERS, 0.775),
        (agreement.percent_agreement, FOUR_OBSERVERS, 0.818),
        (agreement.percent_agreement, TWO_OBSERVERS, 0.600),
    ],
)
def test_published_worked_examples_come_out(figure, ratings, expected) -> None:
    assert figure(ratings) == pytest.approx(expected, abs=0.0006)


@pytest.mark.parametrize(
    ("both", "left_only", "right_only", "neither", "kappa"),
    [(40, 9, 6, 45, 0.70), (80, 10, 5, 5, 0.32)],
)
def test_high_agreement_with_low_kappa_comes_out_as_published(both, left_only, right_only, neither, kappa) -> None:
    """Feinstein & Cicchetti, *High agreement but low kappa: I*, J Clin Epidemiol 43 (1990): 85 % agreement in both."""
    pairs = [(1, 1)] * both + [(1, 0)] * left_only + [(0, 1)] * right_only + [(0, 0)] * neither
    ratings = np.array(pairs, dtype=float)
    assert agreement.percent_agreement(ratings) == pytest.approx(0.85)
    assert agreement.cohen_kappa(*ratings.T) == pytest.approx(kappa, abs=0.005)
    assert agreement.gwet_ac1(ratings) > agreement.cohen_kappa(*ratings.T) - 1e-9


binary_pairs = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=60)


@given(binary_pairs)
def test_kappa_and_f1_of_two_coders_equal_scikit_learn(pairs) -> None:
    ratings = np.array(pairs, dtype=float)
    left, right = ratings.T
    ours = agreement.cohen_kappa(left, right)
    if np.isnan(ours):
        assert len(set(left) | set(right)) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(left, right))
    if left.sum() + right.sum():
        assert agreement.pairwise_f1(ratings) == pytest.approx(f1_score(left, right, zero_division=0))


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, NAN]), min_size=3, max_size=3), min_size=1, max_size=40))
def test_no_coefficient_exceeds_one_and_the_order_of_coders_is_indifferent(rows) -> None:
    ratings = np.array(rows)
    for figure in (
        agreement.krippendorff_alpha,
        agreement.gwet_ac1,
        agreement.percent_agreement,
        agreement.pairwise_kappa,
    ):
        value, turned = figure(ratings), figure(ratings[:, ::-1])
        assert (np.isnan(value) and np.isnan(turned)) or value == pytest.approx(turned)
        assert np.isnan(value) or value <= 1 + 1e-12


def test_interval_encloses_alpha_and_narrows_with_more_units() -> None:
    random = np.random.default_rng(3)
    truth = random.integers(0, 2, 400)
    noisy = np.where(random.random((2, 400)) < 0.1, 1 - truth, truth).T.astype(float)
    few, many = agreement.measure("x", noisy[:50]), agreement.measure("x", noisy)
    assert few.alpha_low <= few.alpha <= few.alpha_high
    assert many.alpha_high - many.alpha_low < few.alpha_high - few.alpha_low


def test_units_that_one_coder_saw_do_not_count() -> None:
    seen_once = np.vstack([TWO_OBSERVERS, [[1, NAN]] * 20])
    assert agreement.measure("x", seen_once).units == 10
    assert agreement.krippendorff_alpha(seen_once) == agreement.krippendorff_alpha(TWO_OBSERVERS)


def test_units_that_hang_together_are_drawn_together_and_widen_the_interval() -> None:
    random = np.random.default_rng(5)
    passages = np.repeat(random.integers(0, 2, (60, 1)), 5, axis=0).astype(float)
    wrong = np.repeat(random.random((60, 1)) < 0.2, 5, axis=0)
    ratings = np.hstack([passages, np.where(wrong, 1 - passages, passages)])
    groups = [i // 5 for i in range(300)]
    loose, together = agreement.bootstrap_alpha(ratings), agreement.bootstrap_alpha(ratings, groups)
    assert together[1] - together[0] > 1.5 * (loose[1] - loose[0])
    assert agreement.bootstrap_alpha(ratings, list(range(300))) == loose


def test_the_interval_holds_the_true_alpha_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(1)

    def coded(units: int) -> agreement.Ratings:
        truth = random.random(units) < 0.15
        said = [np.where(truth, random.random(units) > 0.15, random.random(units) < 0.02) for _ in range(2)]
        return np.stack(said, axis=1).astype(float)

    true = agreement.krippendorff_alpha(coded(200_000))
    intervals = [agreement.bootstrap_alpha(coded(100), draws=200, seed=i) for i in range(150)]
    held = sum(low <= true <= high for low, high in intervals) / len(intervals)
    assert 0.88 <= held <= 0.99
