"""Which groups look alike in what they write about: profiles of themes, their distances and a tree of them.

A profile is how a group's coded passages are spread over the themes, so that the size of the documents does not count.
Distance: Hellinger (E. Hellinger, *Neue Begründung der Theorie quadratischer Formen …*, 1909), 0 for the same profile
and 1 for profiles without a theme in common. Linkage: average (UPGMA; R.R. Sokal, C.D. Michener, *A statistical method
for evaluating systematic relationships*, 1958).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outputs.coverage import UNKNOWN, Row, Table
from outputs.wording import UNKNOWN_MUNICIPALITY

ENOUGH = 20
"""Coded passages from which a group has a profile: with fewer, one passage moves it by five percent points or more."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Groups with a profile and how they join; ``left_out`` have too few coded passages.

    ``merges`` are the steps of the tree as scipy's linkage gives them (rows of two clusters, distance and size).
    ``closest`` and ``farthest`` are pairs with their distance; ``fit`` is the cophenetic correlation: how well
    distances in the tree follow the distances themselves.
    """

    names: tuple[str, ...]
    left_out: tuple[str, ...]
    distances: NDArray[np.float64]
    merges: NDArray[np.float64]
    closest: tuple[str, str, float]
    farthest: tuple[str, str, float]
    fit: float


def likeness(table: Table) -> Likeness | None:
    """Return how alike the groups of a table are; ``None`` for fewer than three with a profile."""
    from scipy.cluster.hierarchy import cophenet, linkage
    from scipy.spatial.distance import squareform

    known = [row for row in table.rows if row.name not in (UNKNOWN, UNKNOWN_MUNICIPALITY)]
    rows = [row for row in known if _coded(row) >= ENOUGH]
    if len(rows) < 3:
        return None
    distances = hellinger([[cell.coded for cell in row.cells] for row in rows])
    condensed = squareform(distances, checks=False)
    merges = linkage(condensed, "average")
    names = tuple(row.name for row in rows)
    pairs = [(names[i], names[j], float(distances[i, j])) for j in range(len(names)) for i in range(j)]
    return Likeness(
        names=names,
        left_out=tuple(row.name for row in known if row not in rows),
        distances=distances,
        merges=np.asarray(merges),
        closest=min(pairs, key=lambda p: p[2]),
        farthest=max(pairs, key=lambda p: p[2]),
        fit=float(cophenet(merges, condensed)[0]),
    )


def hellinger(counts: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return the distances (0 to 1) between profiles: counts per group × theme, of which each group has some."""
    table = np.asarray(counts, dtype=float)
    roots = np.sqrt(table / table.sum(axis=1, keepdims=True))
    gaps = roots[:, None, :] - roots[None, :, :]
    return np.asarray(np.sqrt((gaps**2).sum(axis=2) / 2))


def _coded(row: Row) -> int:
    return sum(cell.coded for cell in row.cells)
