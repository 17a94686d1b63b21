"""How good the program's codes are against reference codes, per theme and with whole groups left out of training."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from codebook.model import Codebook
from coding.classifier import Model
from coding.dictionary import DictionaryCoder
from coding.features import Reading, read_units
from coding.levels import level
from coding.manifest import THRESHOLD
from coding.model import Unit
from coding.training import Example, train

BINS = 10
RESAMPLES = 1000
WORST = 20
INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval; ``None`` where there was nothing to measure."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """One theme: n positives in the reference, what was decided, and what was shown as *zeker*."""

    code: str
    n: int
    precision: Figure
    recall: Figure
    f1: Figure
    certain_precision: float | None
    certain_recall: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Scores between two tenths: how many, their mean, and how often the reference had the code."""

    low: float
    count: int
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """``missed`` is in the reference but was not decided, in ``count`` passages where ``given`` was, wrongly."""

    missed: str
    given: str
    count: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A code decided wrongly, or missed, with the score it had."""

    id: str
    code: str
    score: float
    reference: bool
    text: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one run. ``setting`` says what was trained on and whether groups were left out."""

    setting: str
    passages: int
    groups: tuple[str, ...]
    themes: tuple[ThemeFigures, ...]
    macro_f1: Figure
    micro_f1: Figure
    uncoded: Figure
    """Share of passages without a theme in the reference that stay without a code."""
    certain_precision: Figure
    """Mean over the themes that show anything as *zeker*."""
    certain_recall: Figure
    """Mean over all themes."""
    ece: float
    reliability: tuple[Bin, ...]
    confusion: tuple[Confusion, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Predictions:
    """Passages × themes: reference, probability, decided, certain; with the passages themselves."""

    examples: tuple[Example, ...]
    themes: tuple[str, ...]
    truth: np.ndarray
    scores: np.ndarray
    decided: np.ndarray
    certain: np.ndarray


def predict(
    model: Model | None, codebook: Codebook, examples: Sequence[Example], readings: Sequence[Reading]
) -> Predictions:
    """Code examples with a model, or with the dictionary alone. Never on what the model was trained on."""
    themes = tuple(t.id for t in codebook.themes)
    truth = np.array([[t in e.codes for t in themes] for e in examples], dtype=bool)
    if model is None:
        said = [{s.code: s.score for s in r.scores} for r in readings]
        scores = np.array([[s.get(t, 0.0) for t in themes] for s in said])
        return Predictions(tuple(examples), themes, truth, scores, scores >= THRESHOLD, np.zeros_like(truth))
    scores = model.probabilities(readings)
    levels = np.array([[level(p, c) for p, c in zip(row, model.cuts, strict=True)] for row in scores])
    return Predictions(tuple(examples), themes, truth, scores, levels != "twijfel", levels == "zeker")


def leave_out(codebook: Codebook, examples: Sequence[Example]) -> Predictions:
    """Predict each group with a model that never saw it, cuts and calibration included; pool the predictions."""
    readings = read_units(DictionaryCoder(codebook), [Unit(e.text) for e in examples])
    parts = []
    for group in sorted({e.group for e in examples if not e.supplement}):
        rest = [i for i, e in enumerate(examples) if e.group != group]
        held = [i for i, e in enumerate(examples) if e.group == group and not e.supplement]
        model = train([examples[i] for i in rest], codebook, readings=[readings[i] for i in rest])
        parts.append(predict(model, codebook, [examples[i] for i in held], [readings[i] for i in held]))
    return Predictions(
        tuple(e for p in parts for e in p.examples),
        parts[0].themes,
        np.vstack([p.truth for p in parts]),
        np.vstack([p.scores for p in parts]),
        np.vstack([p.decided for p in parts]),
        np.vstack([p.certain for p in parts]),
    )


def evaluate(predictions: Predictions, setting: str) -> Evaluation:
    """Score predictions once, pooled; intervals by resampling whole groups."""
    p = predictions
    rows = _resamples([e.group for e in p.examples])
    bins, ece = _reliability(p)
    return Evaluation(
        setting,
        len(p.examples),
        tuple(sorted({e.group for e in p.examples})),
        tuple(_theme(p, j, rows) for j in range(len(p.themes))),
        _figure(lambda i: _mean([_f1(p.truth[i, j], p.decided[i, j]) for j in range(len(p.themes))]), rows),
        _figure(lambda i: _f1(p.truth[i].ravel(), p.decided[i].ravel()), rows),
        _figure(lambda i: _uncoded(p, i), rows),
        _figure(lambda i: _mean([_precision(p.truth[i, j], p.certain[i, j]) for j in range(len(p.themes))]), rows),
        _figure(lambda i: _mean([_recall(p.truth[i, j], p.certain[i, j]) for j in range(len(p.themes))]), rows),
        ece,
        bins,
        _confusion(p),
        _mistakes(p),
    )


def to_json(evaluation: Evaluation) -> str:
    """Return the evaluation as JSON."""
    return json.dumps(asdict(evaluation), ensure_ascii=False, indent=2)


def render(evaluation: Evaluation) -> str:
    """Return the evaluation as plain text, in Dutch."""
    e = evaluation
    lines = [
        e.setting,
        f"{e.passages} passages uit {len(e.groups)} groepen. Tussen haakjes: 95 %-interval, groepen herbemonsterd.",
        "",
        f"{'thema':28}{'n':>5}  {'precisie':18}{'recall':18}{'F1':18}{'zeker P':>8}{'zeker R':>8}",
    ]
    for t in e.themes:
        certain = "–" if t.certain_precision is None else f"{t.certain_precision:.2f}"
        figures = "".join(f"{_show(f):18}" for f in (t.precision, t.recall, t.f1))
        lines.append(f"{t.code:28}{t.n:>5}  {figures}{certain:>8}{t.certain_recall:>8.2f}")
    lines += [
        "",
        f"macro-F1 {_show(e.macro_f1)}   micro-F1 {_show(e.micro_f1)}   ECE {e.ece:.3f}",
        f"zonder thema en ongecodeerd gebleven {_show(e.uncoded)}",
        f"zeker: precisie {_show(e.certain_precision)}, recall {_show(e.certain_recall)} (gemiddeld over thema's)",
        "",
        "Kalibratie (score: aantal, gemiddelde score, aandeel goed)",
        *(
            f"  {b.low:.1f}–{b.low + 0.1:.1f}  {b.count:6}  {b.score:.2f}  {b.right:.2f} {'#' * round(b.right * 30)}"
            for b in e.reliability
        ),
        "",
        "Verwarring (gemist, ten onrechte gegeven, aantal)",
        *(f"  {c.missed} -> {c.given}: {c.count}" for c in e.confusion),
        "",
        "Grootste missers",
        *(
            f"  {m.id} {m.code} {'gemist' if m.reference else 'ten onrechte'} ({m.score:.2f}): {m.text}"
            for m in e.mistakes
        ),
    ]
    return "\n".join(lines)


def _theme(p: Predictions, j: int, rows: Sequence[np.ndarray]) -> ThemeFigures:
    truth, decided, certain = p.truth[:, j], p.decided[:, j], p.certain[:, j]
    return ThemeFigures(
        p.themes[j],
        int(truth.sum()),
        _figure(lambda i: _precision(truth[i], decided[i]), rows),
        _figure(lambda i: _recall(truth[i], decided[i]), rows),
        _figure(lambda i: _f1(truth[i], decided[i]), rows),
        _precision(truth, certain),
        _recall(truth, certain) or 0.0,
    )


def _precision(truth: np.ndarray, decided: np.ndarray) -> float | None:
    return float(truth[decided].mean()) if decided.any() else None


def _recall(truth: np.ndarray, decided: np.ndarray) -> float | None:
    return float(decided[truth].mean()) if truth.any() else None


def _f1(truth: np.ndarray, decided: np.ndarray) -> float | None:
    total = int(truth.sum() + decided.sum())
    return 2 * int((truth & decided).sum()) / total if total else None


def _uncoded(p: Predictions, rows: np.ndarray) -> float | None:
    empty = ~p.truth[rows].any(axis=1)
    return float((~p.decided[rows][empty].any(axis=1)).mean()) if empty.any() else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _resamples(groups: Sequence[str]) -> list[np.ndarray]:
    names = sorted(set(groups))
    rows = {name: np.array([i for i, g in enumerate(groups) if g == name]) for name in names}
    everything = np.arange(len(groups))
    if len(names) < 2:
        return [everything]
    random = np.random.default_rng(0)
    drawn = [random.integers(0, len(names), len(names)) for _ in range(RESAMPLES)]
    return [everything, *(np.concatenate([rows[names[k]] for k in d]) for d in drawn)]


def _figure(measure: Callable[[np.ndarray], float | None], rows: Sequence[np.ndarray]) -> Figure:
    """Measure on all rows (the first) and on each resample."""
    value = measure(rows[0])
    spread = [v for v in map(measure, rows[1:]) if v is not None]
    if value is None or not spread:
        return Figure(value)
    low, high = np.percentile(spread, INTERVAL)
    return Figure(value, float(low), float(high))


def _reliability(p: Predictions) -> tuple[tuple[Bin, ...], float]:
    scores, truth = p.scores.ravel(), p.truth.ravel()
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    bins = []
    for k in range(BINS):
        here = places == k
        if here.any():
            bins.append(Bin(k / BINS, int(here.sum()), float(scores[here].mean()), float(truth[here].mean())))
    return tuple(bins), sum(b.count * abs(b.score - b.right) for b in bins) / max(1, len(scores))


def _confusion(p: Predictions) -> tuple[Confusion, ...]:
    missed = (p.truth & ~p.decided).astype(int)
    wrong = (~p.truth & p.decided).astype(int)
    counts = missed.T @ wrong
    pairs = [
        Confusion(a, b, int(counts[i, j])) for i, a in enumerate(p.themes) for j, b in enumerate(p.themes) if i != j
    ]
    return tuple(sorted((c for c in pairs if c.count), key=lambda c: (-c.count, c.missed, c.given))[:WORST])


def _mistakes(p: Predictions) -> tuple[Mistake, ...]:
    gap = np.where(p.truth != p.decided, np.abs(p.scores - p.truth), 0.0)
    worst = [divmod(int(k), len(p.themes)) for k in np.argsort(-gap, axis=None, kind="stable")[:WORST]]
    return tuple(
        Mistake(p.examples[i].id, p.themes[j], float(p.scores[i, j]), bool(p.truth[i, j]), p.examples[i].text)
        for i, j in worst
        if gap[i, j] > 0
    )


def _show(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"
