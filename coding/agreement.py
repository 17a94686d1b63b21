"""How far coders agree: the reliability figures a journal asks for.

Ratings come as an array of units × coders with category numbers, ``nan`` where a coder did not see the unit. Every
coefficient is for nominal categories and takes any number of coders and missing values; units that fewer than two
coders saw say nothing about agreement and are left out.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Ratings = NDArray[np.float64]
FEW = 10
"""Fewer units than this with a code, and the interval of α is too narrow.

In a simulation of two coders who miss 15 % of what is there and see it in 2 % of the rest, the bootstrap 95 % interval
held the true α in 80 % of the samples at two or three such units, in 91 % at five, and in 93 to 95 % from ten on.
"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one code. A coefficient is ``nan`` where the data leave it undefined (nothing varies)."""

    code: str
    units: int
    """Units that two or more coders saw."""
    given: int
    """Of those, how many one or more of them gave the code."""
    prevalence: float
    """Share of those units' ratings in which the code was given."""
    percent: float
    kappa: float
    ac1: float
    alpha: float
    alpha_low: float
    alpha_high: float
    f1: float


FIGURES = tuple(f.name for f in fields(Agreement))


def measure(code: str, ratings: Ratings, groups: Sequence[Hashable] | None = None, *, draws: int = 1000) -> Agreement:
    """Return all figures for one code from 0/1 ``ratings`` (units × coders), α with a bootstrap 95 % interval.

    ``groups`` says of each unit to which it belongs; see `bootstrap_alpha`.
    """
    shared = paired(ratings)
    low, high = bootstrap_alpha(ratings, groups, draws=draws)
    return Agreement(
        code=code,
        units=len(shared),
        given=int((shared == 1).any(axis=1).sum()),
        prevalence=float(np.nanmean(shared)) if shared.size else float("nan"),
        percent=percent_agreement(shared),
        kappa=pairwise_kappa(shared),
        ac1=gwet_ac1(shared),
        alpha=krippendorff_alpha(shared),
        alpha_low=low,
        alpha_high=high,
        f1=pairwise_f1(shared),
    )


def paired(ratings: Ratings) -> Ratings:
    """Return the units that at least two coders saw."""
    twice: Ratings = ratings[(~np.isnan(ratings)).sum(axis=1) >= 2]
    return twice


def percent_agreement(ratings: Ratings) -> float:
    """Return the share of agreeing pairs of ratings, averaged over units (0 to 1)."""
    return float(_unit_agreement(_counts(paired(ratings))).mean()) if len(paired(ratings)) else float("nan")


def krippendorff_alpha(ratings: Ratings) -> float:
    """Return Krippendorff's α for nominal data.

    Source: K. Krippendorff, *Computing Krippendorff's alpha-reliability* (2011), from the coincidence matrix.
    """
    counts = _counts(paired(ratings))
    return _alpha(_disagreement(counts).sum(), counts.sum(axis=0))


def bootstrap_alpha(
    ratings: Ratings, groups: Sequence[Hashable] | None = None, *, draws: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of α over ``draws`` resamplings of the units.

    Units that hang together (the sentences of a passage) are drawn together when they have the same of ``groups``.
    Resamplings in which nothing varies leave α undefined and do not count.
    """
    twice = (~np.isnan(ratings)).sum(axis=1) >= 2
    if not twice.any():
        return float("nan"), float("nan")
    counts = _counts(ratings[twice])
    kept = [group for group, seen in zip(groups, twice, strict=True) if seen] if groups else list(range(len(counts)))
    place = {group: i for i, group in enumerate(dict.fromkeys(kept))}
    apart, totals = np.zeros(len(place)), np.zeros((len(place), counts.shape[1]))
    index = [place[group] for group in kept]
    np.add.at(apart, index, _disagreement(counts))
    np.add.at(totals, index, counts)
    random = np.random.default_rng(seed)
    chosen = (random.integers(0, len(place), len(place)) for _ in range(draws))
    known = [v for rows in chosen if not np.isnan(v := _alpha(apart[rows].sum(), totals[rows].sum(axis=0)))]
    if not known:
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def gwet_ac1(ratings: Ratings) -> float:
    """Return Gwet's AC1.

    Source: K.L. Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, British
    Journal of Mathematical and Statistical Psychology 61 (2008). Chance agreement is taken over every unit with a
    rating, observed agreement over units with two or more.
    """
    everything = _counts(ratings[(~np.isnan(ratings)).any(axis=1)])
    shared = _counts(paired(ratings), categories=_categories(ratings))
    if not len(shared) or everything.shape[1] < 2:
        return float("nan")
    shares = (everything / everything.sum(axis=1, keepdims=True)).mean(axis=0)
    chance = float((shares * (1 - shares)).sum() / (everything.shape[1] - 1))
    observed = float(_unit_agreement(shared).mean())
    return _beyond(observed, chance)


def cohen_kappa(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Return Cohen's κ of two coders over the units both saw."""
    both = ~np.isnan(left) & ~np.isnan(right)
    left, right = left[both], right[both]
    if not len(left):
        return float("nan")
    chance = sum(float((left == c).mean() * (right == c).mean()) for c in np.union1d(left, right))
    return _beyond(float((left == right).mean()), chance)


def pairwise_kappa(ratings: Ratings) -> float:
    """Return the mean of Cohen's κ over all pairs of coders that share units (Light's κ for more than two)."""
    return _mean([cohen_kappa(ratings[:, i], ratings[:, j]) for i, j in combinations(range(ratings.shape[1]), 2)])


def pairwise_f1(ratings: Ratings) -> float:
    """Return the mean over pairs of coders of the F1 of one's codes against the other's (category 1)."""
    return _mean([_f1(ratings[:, i], ratings[:, j]) for i, j in combinations(range(ratings.shape[1]), 2)])


def _categories(ratings: Ratings) -> NDArray[np.float64]:
    return np.unique(ratings[~np.isnan(ratings)])


def _counts(ratings: Ratings, categories: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return units × categories: how many coders gave each category."""
    categories = _categories(ratings) if categories is None else categories
    if not len(categories):
        return np.zeros((len(ratings), 0))
    return np.stack([(ratings == c).sum(axis=1) for c in categories], axis=1).astype(float)


def _unit_agreement(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    sizes = counts.sum(axis=1)
    agreement: NDArray[np.float64] = (counts * (counts - 1)).sum(axis=1) / (sizes * (sizes - 1))
    return agreement


def _disagreement(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return per unit its pairs of unlike ratings, the unit weighing by its number of ratings."""
    sizes = counts.sum(axis=1)
    unlike: NDArray[np.float64] = (sizes**2 - (counts**2).sum(axis=1)) / (sizes - 1)
    return unlike


def _alpha(unlike: float, totals: NDArray[np.float64]) -> float:
    """Return α from the unlike pairs within units and, per category, the number of ratings in all units."""
    everything = totals.sum()
    if not everything:
        return float("nan")
    expected = (everything**2 - (totals**2).sum()) / (everything * (everything - 1))
    return float("nan") if expected == 0 else float(1 - unlike / everything / expected)


def _f1(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    both = ~np.isnan(left) & ~np.isnan(right)
    given = (left[both] == 1).sum() + (right[both] == 1).sum()
    return float("nan") if not given else float(2 * ((left[both] == 1) & (right[both] == 1)).sum() / given)


def _beyond(observed: float, chance: float) -> float:
    return float("nan") if chance >= 1 else (observed - chance) / (1 - chance)


def _mean(values: list[float]) -> float:
    known = [v for v in values if not np.isnan(v)]
    return float(np.mean(known)) if known else float("nan")
