"""How often a code applies in a part of the passages, by a sample of all of them: the error of coding, carried over.

Each part has a share of its own per stratum. Those shares vary around that of the whole stratum by as much as the
judged passages of the parts say (beta-binomial hierarchical model: J.N.K. Rao, I. Molina, *Small Area Estimation*, 2nd
ed. 2015, ch. 10; A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. 2013, § 5.3): a part with many judgements goes by
its own, one with few leans on the others. What people judged is known, the rest is predicted. The interval is of coding
error alone: the passages are all there are, not a draw from others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln

from coding.estimation import DRAWS, Interval, Stratum

_MEANS = np.sin(np.linspace(0, np.pi / 2, 202)[1:-1]) ** 2
"""Shares of a whole stratum that are tried; even steps on this scale are Jeffreys' prior."""
_TIES = np.geomspace(3, 1000, 12)
"""How many judgements of its own the stratum's share weighs for a part: the larger, the more alike the parts are."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of the passages: ``size`` in all, ``positive`` by people's verdict, ``open`` per stratum not judged.

    ``drawn`` is per stratum how many of the part were judged as part of the random sample, and how many had the code.
    """

    size: int
    positive: int
    open: tuple[int, ...]
    drawn: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of passages with a code per domain, as a value and as draws (domains × `DRAWS`) that belong together.

    What a draw takes for a whole stratum is the same in every domain, so that differences carry no error twice.
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
            rates, drawn_rates = _rates(stratum, [d.drawn[i] for d in domains], random)
            for j, domain in enumerate(domains):
                totals[j] += random.binomial(domain.open[i], drawn_rates[j])
                values[j] += domain.open[i] * rates[j]
    sizes = np.array([float(d.size) for d in domains])
    return Shares(values / sizes, totals / sizes[:, None])


def _rates(
    stratum: Stratum, drawn: Sequence[tuple[int, int]], random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share of a stratum per domain, and draws of it (domains × `DRAWS`), by the judged of each domain."""
    seen = np.array([n for n, _ in drawn], dtype=float)
    yes = np.array([y for _, y in drawn], dtype=float)
    rest = max(0.0, stratum.positive - yes.sum()), max(0.0, stratum.judged - stratum.positive - (seen - yes).sum())
    ones, zeros = np.append(yes, rest[0]), np.append(seen - yes, rest[1])
    a, b = np.outer(_MEANS, _TIES)[..., None], np.outer(1 - _MEANS, _TIES)[..., None]
    weight = (betaln(a + ones, b + zeros) - betaln(a, b)).sum(axis=-1).ravel()
    weight = np.exp(weight - weight.max())
    picked = random.choice(weight.size, DRAWS, p=weight / weight.sum())
    mean, tie = _MEANS[picked // len(_TIES)], _TIES[picked % len(_TIES)]
    whole = stratum.positive / stratum.judged
    rates = np.array([np.mean((y + tie * whole) / (n + tie)) for n, y in zip(seen, yes, strict=True)])
    draws = [random.beta(y + tie * mean, n - y + tie * (1 - mean)) for n, y in zip(seen, yes, strict=True)]
    return rates, np.array(draws)


def _interval(value: float, draws: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(draws, [2.5, 97.5])
    return Interval(float(value), float(low), float(high))
