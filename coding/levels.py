"""How far a score can be trusted: calibration and the cuts between zeker, waarschijnlijk and twijfel."""

import numpy as np

from coding.manifest import Cuts
from coding.model import Level

PRECISION = 0.90
"""Promised of codes shown as *zeker*, on the texts the cut was chosen on."""
LOWER_BOUND = 0.80
"""A theme whose 95 % lower bound stays under this has no *zeker*."""
BETA = 0.9
"""Recall counts a little less than precision in the cut for *waarschijnlijk*: a code too many costs people work."""
FEWEST = 25
"""Passages at least on which a cut for *zeker* is chosen."""
RANGE = (0.2, 0.6)
"""Thresholds stay within, however few the examples."""


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


def choose_cuts(raw: np.ndarray, truth: np.ndarray) -> Cuts:
    """Choose calibration (Platt 1999) and cuts of a theme from out-of-fold raw scores."""
    from sklearn.linear_model import LogisticRegression

    positives = int(truth.sum())
    if positives in (0, len(truth)):
        return Cuts(1.0, 0.0, RANGE[1], None, positives, 0.0, 0.0)
    fit = LogisticRegression(C=1e3).fit(raw[:, None], truth)
    rough = Cuts(max(float(fit.coef_[0, 0]), 0.0), float(fit.intercept_[0]), 0.5, None, positives, 0.0, 0.0)
    probability = calibrate(raw, rough)
    threshold = _best_threshold(probability, truth)
    certain = _certain(probability, truth, threshold)
    chosen = truth[probability >= (threshold if certain is None else certain)]
    precision = float(chosen.mean()) if len(chosen) else 0.0
    lower = wilson_lower(int(chosen.sum()), len(chosen))
    return Cuts(rough.slope, rough.intercept, threshold, certain, positives, precision, lower)


def level(probability: float, cuts: Cuts) -> Level:
    """Return how far a probability may be trusted."""
    if cuts.certain is not None and probability >= cuts.certain:
        return "zeker"
    return "waarschijnlijk" if probability >= cuts.threshold else "twijfel"


def _best_threshold(probability: np.ndarray, truth: np.ndarray) -> float:
    """Return the cut that serves F-beta best.

    With calibrated probabilities that is F* / (1 + beta²), F* being the best F-beta that can be had (Z.C. Lipton, C.
    Elkan and B. Naryanaswamy, 'Optimal thresholding of classifiers to maximize F1 measure', 2014): steadier from few
    examples than the cut at which F* was found.
    """
    weight = BETA**2
    positives = weight * truth.sum()
    grid = np.arange(RANGE[0], RANGE[1] + 0.001, 0.02)
    scores = [(1 + weight) * truth[probability >= t].sum() / ((probability >= t).sum() + positives) for t in grid]
    return round(float(np.clip(max(scores) / (1 + weight), *RANGE)), 4)


def _certain(probability: np.ndarray, truth: np.ndarray, threshold: float) -> float | None:
    for cut in np.arange(max(threshold, 0.5), 0.991, 0.01):
        chosen = truth[probability >= cut]
        if len(chosen) < FEWEST:
            return None
        if chosen.mean() >= PRECISION and wilson_lower(int(chosen.sum()), len(chosen)) >= LOWER_BOUND:
            return round(float(cut), 4)
    return None
