"""Learn from a study's own decisions: the model moves only as far as people's judgements ask.

New weights minimise the logistic loss on judged passages plus the squared distance from the present weights: the
maximum a posteriori adaptation of C. Chelba and A. Acero, 'Adaptation of maximum entropy capitalizer: little data can
help a lot', *Computer Speech and Language* 20 (2006). A passage counts only for the themes that were judged on it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from codebook.model import Codebook
from coding.classifier import Layer, Model
from coding.features import Reading, count_readings, fit_features
from coding.judging import Place, by_passage, judgements
from coding.levels import choose_cuts, rough_cuts, with_certain
from coding.manifest import Cuts
from coding.sampling import judge
from coding.snapshot import Snapshot

FOLDS = 5
LEAST = 10
"""Judgements for and against that a theme needs before its weights move."""
FRESH = 20
"""The same for a theme that no model knows yet."""
FRESH_BIAS = -2.0
SAMPLED = 200
"""Judged passages of the random sample from which a study's own cuts are estimated."""
STIFFNESS = 1.0
"""Weight of the distance from the present weights."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with what people agree on: theme to whether it applies. ``group`` is its document."""

    text: str
    group: str
    applies: Mapping[str, bool]
    weight: float = 0.0
    """How many of the study's passages it stands for, being of the random sample; 0 for one that was chosen."""


@dataclass(frozen=True, slots=True)
class Change:
    """One theme before and after, on judgements of documents that were held out."""

    theme: str
    judged: int
    positive: int
    f1_before: float
    f1_after: float
    loss_before: float
    """Mean logistic loss (nats a judgement)."""
    loss_after: float


def judged_passages(snapshot: Snapshot) -> list[Judged]:
    """Return the passages people judged; a theme on which they disagree is left out."""
    weights = _sampling_weights(snapshot)
    found = []
    for (document, number), decisions in by_passage(snapshot).items():
        passage = next(p for p in snapshot.passages[document] if p.number == number)
        applies = {}
        for theme in snapshot.codebook.themes:
            given = set(judgements(decisions, theme.id).values())
            if len(given) == 1:
                applies[theme.id] = given.pop()
        if applies:
            found.append(Judged(passage.text, document, applies, weights.get((document, number), 0.0)))
    return found


def _sampling_weights(snapshot: Snapshot) -> dict[Place, float]:
    """Return for each judged passage of the random sample how many passages of its stratum there are to one judged."""
    known = judge(snapshot)
    drawn = [place for place in known.sample if known.decisions.get(place)]
    sizes, judged = Counter(known.strata.values()), Counter(known.strata[p] for p in drawn if p in known.strata)
    return {p: sizes[known.strata[p]] / judged[known.strata[p]] for p in drawn if p in known.strata}


def fresh_model(codebook: Codebook, readings: Sequence[Reading], judged: Sequence[Judged]) -> Model | None:
    """Return a model that knows nothing yet, for the themes with enough judgements; ``None`` when there are none."""
    truth = _truth([t.id for t in codebook.themes], judged)
    enough = ((truth == 1).sum(axis=0) >= FRESH) & ((truth == 0).sum(axis=0) >= FRESH)
    themes = tuple(t.id for t, known in zip(codebook.themes, enough, strict=True) if known)
    if not themes:
        return None
    features = fit_features(count_readings(readings, [c.id for c in codebook.codes]), np.arange(len(readings)))
    cuts = tuple(Cuts(1.0, 0.0, 0.5, None, 0, 0.0, 0.0) for _ in themes)
    weights = np.zeros((len(themes), features.width), dtype=np.float32)
    layer = Layer(features, weights, np.full(len(themes), FRESH_BIAS))
    return Model(codebook.name, themes, layer, None, cuts, 0, "")


def adapt(model: Model, readings: Sequence[Reading], judged: Sequence[Judged]) -> Model:
    """Return the model moved towards the judgements; themes with too few of them stay as they are.

    What the sentences say stays too: it is part of where the whole starts from.
    """
    rows, truth = model.whole.features.rows(readings), _truth(model.themes, judged)
    start = _log_odds(model, model.raw(readings, rows))
    weights, bias = model.whole.weights.astype(np.float64), model.whole.bias.copy()
    for j, cuts in enumerate(model.cuts):
        known = ~np.isnan(truth[:, j])
        positive = int((truth[known, j] == 1).sum())
        if min(positive, int(known.sum()) - positive) >= LEAST and cuts.slope > 0:
            step = _step(rows[known], truth[known, j], start[known, j]) / cuts.slope
            weights[j] += step[:-1]
            bias[j] += step[-1]
    count = len(judged)
    told = f"{model.measured_on}; " if model.measured_on else ""
    return replace(
        model,
        whole=replace(model.whole, weights=weights.astype(np.float32), bias=bias),
        examples=model.examples + count,
        measured_on=f"{told}bijgeleerd van {count} passages die mensen in deze studie beoordeelden",
    )


def compare(
    before: np.ndarray, model: Model, readings: Sequence[Reading], judged: Sequence[Judged]
) -> tuple[list[Change], Model]:
    """Return what adapting does to held-out judgements, and the adapted model.

    ``before`` holds the present probabilities (passages × the model's themes). Whole documents are held out in turn.
    Cuts come from the random sample once it is large enough (`recut`); a model without cuts of its own gets them from
    all held-out scores. Raise ``ValueError`` with one document only.
    """
    truth, raw = _truth(model.themes, judged), _held_out(model, readings, judged)
    adapted = adapt(model, readings, judged)
    if not model.examples:
        adapted = replace(adapted, cuts=_own_cuts(raw, truth))
    adapted = recut(adapted, raw, judged)
    after = adapted.calibrated(raw)
    cuts = [c.threshold for c in adapted.cuts]
    changes = [_change(model.themes[j], truth[:, j], before[:, j], after[:, j], cuts[j]) for j in range(len(cuts))]
    return [c for c in changes if c.judged], adapted


def recut(model: Model, raw: np.ndarray, judged: Sequence[Judged]) -> Model:
    """Return the model with cuts estimated on the random sample among the judged; as it is while that is too small.

    ``raw``: scores (passages × themes) by weights that did not learn from the passage. A theme with fewer than `LEAST`
    judgements for or against keeps its calibration and threshold; *zeker* is for all decided by the sample.
    """
    drawn = np.array([j.weight > 0 for j in judged], dtype=bool)
    if drawn.sum() < SAMPLED:
        return model
    weight = np.array([j.weight for j in judged])[drawn]
    truth, scores, rough, columns = _truth(model.themes, judged)[drawn], raw[drawn], list[Cuts](), list[np.ndarray]()
    for j, cuts in enumerate(model.cuts):
        known = ~np.isnan(truth[:, j])
        column = truth[known, j].astype(np.int8)
        enough = min(int(column.sum()), int((1 - column).sum())) >= LEAST
        rough.append(rough_cuts(scores[known, j], column, weight[known]) if enough else replace(cuts, certain=None))
        columns.append(known)
    chosen = with_certain(
        rough,
        [scores[known, j] for j, known in enumerate(columns)],
        [truth[known, j].astype(np.int8) for j, known in enumerate(columns)],
    )
    told = f"grenzen geschat op {len(weight)} willekeurig getrokken passages van deze studie"
    return replace(model, cuts=chosen, measured_on=f"{model.measured_on}; {told}" if model.measured_on else told)


def _held_out(model: Model, readings: Sequence[Reading], judged: Sequence[Judged]) -> np.ndarray:
    """Return raw scores (passages × themes) by models that did not learn from the passage's document."""
    from sklearn.model_selection import GroupKFold

    groups = [j.group for j in judged]
    if len(set(groups)) < 2:
        raise ValueError("beoordeel passages uit ten minste twee documenten")
    raw = np.zeros((len(judged), len(model.themes)))
    for rest, held in GroupKFold(min(FOLDS, len(set(groups)))).split(groups, groups=groups):
        moved = adapt(model, [readings[i] for i in rest], [judged[i] for i in rest])
        raw[held] = moved.raw([readings[i] for i in held])
    return raw


def _truth(themes: Sequence[str], judged: Sequence[Judged]) -> np.ndarray:
    """Passages × themes: 1, 0, or nan where nobody judged."""
    rows = [[float(j.applies[t]) if t in j.applies else np.nan for t in themes] for j in judged]
    return np.array(rows, dtype=np.float64).reshape(len(judged), len(themes))


def _log_odds(model: Model, raw: np.ndarray) -> np.ndarray:
    slopes, intercepts = (np.array([getattr(c, name) for c in model.cuts]) for name in ("slope", "intercept"))
    return np.asarray(raw * slopes + intercepts)


def _step(rows: sparse.csr_matrix, truth: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return how far weights and bias move from where log-odds ``start`` stand."""
    from scipy.optimize import minimize

    wide = sparse.hstack([rows, sparse.csr_matrix(np.ones((rows.shape[0], 1)))], format="csr")

    def cost(step: np.ndarray) -> tuple[float, np.ndarray]:
        odds = start + wide @ step
        loss = float(np.logaddexp(0, odds).sum() - truth @ odds) + STIFFNESS / 2 * float(step @ step)
        slope = wide.T @ (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - truth) + STIFFNESS * step
        return loss, slope

    found = minimize(cost, np.zeros(wide.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x)


def _own_cuts(raw: np.ndarray, truth: np.ndarray) -> tuple[Cuts, ...]:
    known = [~np.isnan(column) for column in truth.T]
    return choose_cuts(
        [column[here] for column, here in zip(raw.T, known, strict=True)],
        [column[here].astype(np.int8) for column, here in zip(truth.T, known, strict=True)],
    )


def _change(theme: str, truth: np.ndarray, before: np.ndarray, after: np.ndarray, threshold: float) -> Change:
    known = ~np.isnan(truth)
    y = truth[known]
    return Change(
        theme,
        len(y),
        int(y.sum()),
        _f1(y, before[known] >= threshold),
        _f1(y, after[known] >= threshold),
        _loss(y, before[known]),
        _loss(y, after[known]),
    )


def _f1(truth: np.ndarray, decided: np.ndarray) -> float:
    total = float(truth.sum() + decided.sum())
    return 2 * float(truth[decided].sum()) / total if total else 1.0


def _loss(truth: np.ndarray, probability: np.ndarray) -> float:
    if not len(truth):
        return 0.0
    safe = np.clip(probability, 1e-6, 1 - 1e-6)
    return float(-(truth * np.log(safe) + (1 - truth) * np.log(1 - safe)).mean())
