"""How far a score can be trusted: calibration and the cuts between zeker, waarschijnlijk and twijfel."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from coding.manifest import Cuts
from coding.model import Level

AIM = 0.92
"""Expected where the cut is put: the best of many cuts on the same texts flatters itself by a point or two."""
LOWER_BOUND = 0.80
"""A theme whose 95 % lower bound stays under this has no *zeker*."""
LEAN = 40
"""What the other themes show at the same score counts as so many passages more (an empirical Bayes prior)."""
RANGE = (0.2, 0.6)
"""Thresholds stay within, however few the examples."""
CERTAIN_CUTS = np.arange(0.5, 0.991, 0.01)


def wilson_lower(right: int, total: int, z: float = 1.96) -> float:
    """Return the lower end of Wilson's interval of a proportion (Wilson 1927); 0 of nothing."""
    if not total:
        return 0.0
    p = right / total
    middle = p + z * z / (2 * total)
    spread = z * float(np.sqrt(p * (1 - p) / total + z * z / (4 * total * total)))
    return (middle - spread) / (1 + z * z / total)


def calibrate(raw: np.ndarray, cuts: Cuts) -> np.ndarray:
    """Turn raw scores of one theme into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(cuts.slope * raw + cuts.intercept, -30, 30))))


def choose_cuts(raw: Sequence[np.ndarray], truth: Sequence[np.ndarray]) -> tuple[Cuts, ...]:
    """Choose calibration and cuts of every theme from its out-of-fold raw scores and reference codes (0 or 1)."""
    rough = [rough_cuts(r, t) for r, t in zip(raw, truth, strict=True)]
    return with_certain(rough, raw, truth)


def rough_cuts(raw: np.ndarray, truth: np.ndarray, weight: np.ndarray | None = None) -> Cuts:
    """Choose calibration (Platt 1999) and threshold of a theme; ``weight``: passages each stands for in the study."""
    from sklearn.linear_model import LogisticRegression

    positives = int(truth.sum())
    if positives in (0, len(truth)):
        return Cuts(1.0, 0.0, RANGE[1], None, positives, 0.0, 0.0)
    counts = np.ones(len(truth)) if weight is None else weight * len(weight) / weight.sum()
    fit = LogisticRegression(C=1e3).fit(raw[:, None], truth, sample_weight=counts)
    rough = Cuts(max(float(fit.coef_[0, 0]), 0.0), float(fit.intercept_[0]), 0.5, None, positives, 0.0, 0.0)
    probability = calibrate(raw, rough)
    threshold = _best_threshold(probability, truth, counts)
    chosen = truth[probability >= threshold]
    precision = float(chosen.mean()) if len(chosen) else 0.0
    return replace(rough, threshold=threshold, precision=precision, lower=wilson_lower(int(chosen.sum()), len(chosen)))


def with_certain(rough: Sequence[Cuts], raw: Sequence[np.ndarray], truth: Sequence[np.ndarray]) -> tuple[Cuts, ...]:
    """Choose the cut for *zeker* of every theme, given its calibration and threshold.

    It is where the theme's precision is expected to reach `AIM` with a lower bound of `LOWER_BOUND`, in a
    beta-binomial model whose prior is the precision of the other themes at the same calibrated score: a theme with few
    examples leans on what the others show (empirical Bayes; B. Efron, 'Large-Scale Inference', 2010, ch. 1).
    """
    scores = [calibrate(r, c) for r, c in zip(raw, rough, strict=True)]
    right = np.array([_above(s[t == 1]) for s, t in zip(scores, truth, strict=True)])
    total = np.array([_above(s) for s in scores])
    others_right, others = right.sum(axis=0) - right, total.sum(axis=0) - total
    return tuple(_certain(c, right[j], total[j], others_right[j], others[j]) for j, c in enumerate(rough))


def _above(scores: np.ndarray) -> np.ndarray:
    """Return how many scores lie on or above each of `CERTAIN_CUTS`."""
    return len(scores) - np.searchsorted(np.sort(scores), CERTAIN_CUTS - 1e-9)


def _certain(cuts: Cuts, right: np.ndarray, total: np.ndarray, others_right: np.ndarray, others: np.ndarray) -> Cuts:
    from scipy.stats import beta

    for i, cut in enumerate(CERTAIN_CUTS):
        if cut < cuts.threshold or not total[i]:
            continue
        prior = min(LEAN, int(others[i])) * np.array([others_right[i], others[i] - others_right[i]]) / max(others[i], 1)
        for_it, against = right[i] + prior[0] + 0.5, total[i] - right[i] + prior[1] + 0.5
        lower = float(beta.ppf(0.05, for_it, against))
        if for_it / (for_it + against) >= AIM and lower >= LOWER_BOUND:
            return replace(cuts, certain=round(float(cut), 4), precision=float(right[i] / total[i]), lower=lower)
    return cuts


def level(probability: float, cuts: Cuts) -> Level:
    """Return how far a probability may be trusted."""
    if cuts.certain is not None and probability >= cuts.certain:
        return "zeker"
    return "waarschijnlijk" if probability >= cuts.threshold else "twijfel"


def _best_threshold(probability: np.ndarray, truth: np.ndarray, counts: np.ndarray) -> float:
    """Return the cut that serves F1 best.

    With calibrated probabilities that is half of the best F1 that can be had (Z.C. Lipton, C. Elkan and B.
    Naryanaswamy, 'Optimal thresholding of classifiers to maximize F1 measure', 2014): steadier from few examples than
    the cut at which that F1 was found.
    """
    positives = counts[truth == 1].sum()
    grid = np.arange(RANGE[0], RANGE[1] + 0.001, 0.02)
    above = [probability >= t for t in grid]
    scores = [2 * counts[a & (truth == 1)].sum() / (counts[a].sum() + positives) for a in above]
    return round(float(np.clip(max(scores) / 2, *RANGE)), 4)
