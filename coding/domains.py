"""How often a code applies in a part of the passages, by a sample of all of them: the error of coding, carried over.

The sample says which share of the passages of each stratum has the code. That share is taken to hold in every part of
the passages (the synthetic estimator: J.N.K. Rao, I. Molina, *Small Area Estimation*, 2nd ed. 2015, ch. 3); what
people judged in a part is known, the rest is predicted. The interval is of coding error alone: the passages are all
there are, not a draw from others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coding.estimation import DRAWS, Interval, Stratum


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of the passages: ``size`` in all, ``positive`` by people's verdict, ``open`` per stratum not judged."""

    size: int
    positive: int
    open: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of passages with a code per domain, as a value and as draws (domains × `DRAWS`) that belong together:

    a stratum's share in a draw is the same in every domain, so that differences carry no error twice.
    """

    values: NDArray[np.float64]
    draws: NDArray[np.float64]

    def of(self, i: int) -> Interval:
        """Return the share of a domain (0 to 1) with its 95 % interval."""
        return _interval(self.values[i], self.draws[i])

    def difference(self, i: int, j: int) -> Interval:
        """Return the share of domain ``i`` less that of ``j`` with its 95 % interval."""
        return _interval(self.values[i] - self.values[j], self.draws[i] - self.draws[j])


def shares(strata: Sequence[Stratum], domains: Sequence[Domain], *, seed: int = 0) -> Shares | None:
    """Return the shares per domain, whose ``open`` follow ``strata``.

    ``None`` where a stratum that some domain needs has no judgement, or a domain has no passages.
    """
    needed = [any(d.open[i] for d in domains) for i in range(len(strata))]
    if any(need and not s.judged for need, s in zip(needed, strata, strict=True)) or not all(d.size for d in domains):
        return None
    random = np.random.default_rng(seed)
    totals = np.array([np.full(DRAWS, float(d.positive)) for d in domains])
    values = np.array([float(d.positive) for d in domains])
    for i, stratum in enumerate(strata):
        if needed[i]:
            share = random.beta(stratum.positive + 0.5, stratum.judged - stratum.positive + 0.5, DRAWS)
            for j, domain in enumerate(domains):
                totals[j] += random.binomial(domain.open[i], share)
                values[j] += domain.open[i] * stratum.positive / stratum.judged
    sizes = np.array([float(d.size) for d in domains])
    return Shares(values / sizes, totals / sizes[:, None])


def _interval(value: float, draws: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(draws, [2.5, 97.5])
    return Interval(float(value), float(low), float(high))
