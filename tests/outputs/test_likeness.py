"""Distances between profiles as worked out by hand; who has too little text has no profile."""

import math
from typing import Any

import numpy as np
import pytest

from outputs.coverage import coverage
from outputs.likeness import ENOUGH, hellinger, likeness
from outputs.records import work_out


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ((4, 4), (8, 8), 0.0),
        ((5, 0), (0, 5), 1.0),
        # halves against one whole: sqrt(1 - sqrt(1/2))
        ((1, 1), (2, 0), math.sqrt(1 - math.sqrt(0.5))),
    ],
)
def test_distance_of_two_profiles(left: tuple[int, ...], right: tuple[int, ...], distance: float) -> None:
    found = hellinger([left, right])
    assert found[0, 1] == pytest.approx(distance)
    assert np.allclose(found, found.T)
    assert np.allclose(np.diag(found), 0)


def filled(study: Any, town: Any, name: str, themes: dict[str, int]) -> None:
    texts = [f"{name} schrijft als {code} zin nummer {i} van {i * 31}." for code, n in themes.items() for i in range(n)]
    document = study.document(f"{name}.pdf", texts, homes=(town(name),))
    codes = [code for code, n in themes.items() for _ in range(n)]
    for i, code in enumerate(codes):
        study.suggest(document, i, code)


def test_profiles_alike_join_first_and_the_small_are_left_out(study: Any, town: Any) -> None:
    filled(study, town, "Aa", {"maatwerk": 20, "preventie": 5})
    filled(study, town, "Bee", {"maatwerk": 19, "preventie": 6})
    filled(study, town, "Cee", {"participatie": 20, "preventie": 5})
    filled(study, town, "Dee", {"participatie": ENOUGH - 1})
    found = likeness(coverage(work_out(study.snapshot())))
    assert found is not None
    assert (found.names, found.left_out) == (("Aa", "Bee", "Cee"), ("Dee",))
    assert found.closest[:2] == ("Aa", "Bee")
    assert sorted(found.merges[0][:2]) == [0, 1]
    assert found.fit > 0.9


def test_two_profiles_are_no_tree(study: Any, town: Any) -> None:
    filled(study, town, "Aa", {"maatwerk": ENOUGH})
    filled(study, town, "Bee", {"maatwerk": ENOUGH})
    assert likeness(coverage(work_out(study.snapshot()))) is None
