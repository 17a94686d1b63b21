"""How often a code really applies, and how much the program misses, from a random sample that people judged.

Passages fall into strata by what the program says of them. Within each stratum people judge a simple random sample, so
the estimate does not rest on the program being right: its mistakes are counted where they were found. This is the
stratified estimator of W.G. Cochran, *Sampling Techniques* (1977), ch. 5; the interval draws each stratum's share from
its Jeffreys posterior over the passages not judged (L.D. Brown, T.T. Cai, A. DasGupta, *Interval estimation for a
binomial proportion*, Statistical Science 16, 2001), which holds its level where positives are rare.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 4000


@dataclass(frozen=True, slots=True)
class Stratum:
    """Passages alike in what the program says: ``size`` in all, ``judged`` at random, ``positive`` of those coded."""

    size: int
    judged: int
    positive: int
    decided: bool
    """Whether the program codes the passages of this stratum."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half the interval's width."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the judged sample says of all passages: how many have the code, and the program's precision and recall."""

    passages: Interval
    share: Interval
    precision: Interval
    recall: Interval


def estimate(strata: Sequence[Stratum], *, seed: int = 0) -> Estimate:
    """Return the estimates for one code over all strata. Raise ``ValueError`` when a stratum was not sampled at all."""
    for stratum in strata:
        if stratum.size and not stratum.judged:
            raise ValueError("Van een deel van de passages is er geen enkele beoordeeld; vergroot de steekproef.")
        if not 0 <= stratum.positive <= stratum.judged <= stratum.size:
            raise ValueError("De aantallen van de steekproef kloppen niet met elkaar.")
    known = [s for s in strata if s.size]
    random = np.random.default_rng(seed)
    totals = np.array([_draw(s, random) for s in known]) if known else np.zeros((1, DRAWS))
    points = np.array([s.size * s.positive / s.judged for s in known])
    decided = np.array([s.decided for s in known], dtype=bool)
    size = sum(s.size for s in known)
    coded = sum(s.size for s in known if s.decided)
    return Estimate(
        passages=_interval(points.sum(), totals.sum(axis=0)),
        share=_interval(_ratio(points.sum(), size), _ratios(totals.sum(axis=0), size)),
        precision=_interval(_ratio(points[decided].sum(), coded), _ratios(totals[decided].sum(axis=0), coded)),
        recall=_interval(
            _ratio(points[decided].sum(), points.sum()), _ratios(totals[decided].sum(axis=0), totals.sum(axis=0))
        ),
    )


def _draw(stratum: Stratum, random: np.random.Generator) -> NDArray[np.float64]:
    """Return draws of the number of passages with the code: those judged are known, the rest is predicted."""
    rest = stratum.size - stratum.judged
    share = random.beta(stratum.positive + 0.5, stratum.judged - stratum.positive + 0.5, DRAWS)
    return stratum.positive + random.binomial(rest, share).astype(float)


def _interval(value: float, draws: NDArray[np.float64]) -> Interval:
    known = draws[~np.isnan(draws)]
    if not len(known):
        return Interval(float("nan"), float("nan"), float("nan"))
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(float(value), float(low), float(high))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _ratios(part: NDArray[np.float64], whole: NDArray[np.float64] | float) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: NDArray[np.float64] = part / np.asarray(whole, dtype=float)
    return shares
