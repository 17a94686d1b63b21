"""Our coefficients beside those of other implementations, on random data with missing cells.

The recorded figures were computed with krippendorff 0.9.0, irrCAC 0.4.4 and statsmodels 0.15.0 on the tables below;
where a package is installed (none is needed to develop), it is asked again on other data.
"""

import numpy as np
import pandas as pd
import pytest

from coding import agreement


def table(seed: int, categories: int, coders: int, units: int = 40, missing: float = 0.25) -> agreement.Ratings:
    random = np.random.default_rng(seed)
    truth = random.integers(0, categories, units)
    noise = random.integers(0, categories, (units, coders))
    ratings = np.where(random.random((units, coders)) < 0.3, noise, truth[:, None]).astype(float)
    ratings[random.random((units, coders)) < missing] = np.nan
    ratings[0] = 0.0  # a unit that all saw
    return ratings


TABLES = {"two coders": (1, 2, 2), "three coders": (2, 2, 3), "four categories": (3, 4, 4)}
RECORDED = {  # alpha (krippendorff), AC1 and percentage (irrCAC), kappa of the first two coders (statsmodels)
    "two coders": (0.491084, 0.487472, 0.740741, 0.482192),
    "three coders": (0.325798, 0.313544, 0.655914, 0.659091),
    "four categories": (0.582868, 0.579752, 0.683761, 0.645522),
}


@pytest.mark.parametrize("name", TABLES)
def test_our_figures_are_those_that_other_implementations_gave(name: str) -> None:
    ratings = table(*TABLES[name])
    found = (
        agreement.krippendorff_alpha(ratings),
        agreement.gwet_ac1(ratings),
        agreement.percent_agreement(ratings),
        agreement.cohen_kappa(ratings[:, 0], ratings[:, 1]),
    )
    assert found == pytest.approx(RECORDED[name], abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_alpha_is_that_of_the_package_krippendorff(seed: int) -> None:
    peer = pytest.importorskip("krippendorff", reason="krippendorff is not installed (GPL: for development only)")
    ratings = table(seed, 2 + seed % 3, 2 + seed % 4)
    theirs = peer.alpha(reliability_data=ratings.T, level_of_measurement="nominal")
    assert agreement.krippendorff_alpha(ratings) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_kappa_is_that_of_statsmodels(seed: int) -> None:
    peer = pytest.importorskip("statsmodels.stats.inter_rater", reason="statsmodels is not installed")
    left, right = table(seed, 2 + seed % 3, 2, missing=0.0).T
    theirs = peer.cohens_kappa(peer.to_table(np.stack([left, right], axis=1).astype(int))[0], return_results=False)
    assert agreement.cohen_kappa(left, right) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_ac1_is_that_of_irrcac(seed: int) -> None:
    peer = pytest.importorskip("irrCAC.raw", reason="irrCAC is not installed (it pins an old scipy)")
    ratings = table(seed, 2 + seed % 3, 2 + seed % 4)
    rated = ratings[(~np.isnan(ratings)).any(axis=1)]
    # Named categories: left to find them, irrCAC 0.4.4 takes the missing value for one more.
    names = list(np.unique(rated[~np.isnan(rated)]))
    theirs = peer.CAC(pd.DataFrame(rated), categories=names, digits=9).gwet()["est"]["coefficient_value"]
    assert agreement.gwet_ac1(ratings) == pytest.approx(theirs, abs=1e-6)
