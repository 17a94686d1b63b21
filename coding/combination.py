"""One score a unit and code from dictionary and classifier, with its level and the words that weighed."""

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from codebook.model import Codebook
from coding.classifier import Model, load_model
from coding.dictionary import KEPT_FROM, DictionaryCoder
from coding.features import Reading, read_units
from coding.levels import level
from coding.manifest import THRESHOLD, coder_name, fitting_manifest
from coding.model import Evidence, Level, Score, Unit
from corpus.model import CODED_KINDS

WORDS_SHOWN = 3


class ProgramCoder:
    """Codes units by the codebook's terms and, where there is a model for the codebook, by the classifier."""

    def __init__(self, codebook: Codebook, model: Model | None) -> None:
        self._codebook = codebook
        self._dictionary = DictionaryCoder(codebook)
        self._model = model
        self._order = {code.id: i for i, code in enumerate(codebook.codes)}
        self.name = coder_name(codebook, model.digest if model else "")

    def code(self, units: Sequence[Unit]) -> list[list[Score]]:
        """Return scores from .05 up per unit, with level, methods and evidence; the strongest first."""
        readings = read_units(self._dictionary, units)
        if self._model is None or not units:
            return [self._ordered(_dictionary_only(r.scores)) for r in readings]
        rows = self._model.whole.features.rows(readings)
        probabilities = self._model.calibrated(self._model.raw(readings, rows))
        coded: list[list[Score]] = []
        for i, (unit, reading) in enumerate(zip(units, readings, strict=True)):
            if unit.kind not in CODED_KINDS or not reading.lemmas:
                coded.append([])
                continue
            row = rows[i]
            coded.append(self._ordered(self._combine(reading, probabilities[i], row.indices, row.data)))
        return coded

    def _ordered(self, scores: list[Score]) -> list[Score]:
        return sorted(scores, key=lambda s: (-s.score, self._order[s.code]))

    def _combine(
        self, reading: Reading, probabilities: np.ndarray, columns: np.ndarray, values: np.ndarray
    ) -> list[Score]:
        assert self._model is not None  # noqa: S101 - for the type checker: `code` has looked
        said = {s.code: s for s in reading.scores}
        modelled = {theme: j for j, theme in enumerate(self._model.themes)}
        scores = []
        for theme, j in modelled.items():
            probability = float(probabilities[j])
            if probability < KEPT_FROM:
                continue
            words = _weighing_words(reading, self._model, j, columns, values)
            found = said.get(theme)
            methods = {"classifier": probability} | ({"dictionary": found.score} if found else {})
            evidence = _evidence(reading, found, words)
            scores.append(Score(theme, probability, evidence, methods, level(probability, self._model.cuts[j])))
        themes = {s.code: s for s in scores}
        for code, found in said.items():
            if code in modelled:
                continue
            theme = code.partition(".")[0]
            if theme == code or theme not in modelled:
                scores.extend(_dictionary_only([found]))
            elif theme in themes:
                scores.extend(_sub_theme(found, themes[theme]))
        return scores


def program_coder(codebook: Codebook, model_dir: Path | None = None) -> ProgramCoder:
    """Return the program's coder for a codebook: with `fitting_model`, else terms only, never *zeker*."""
    return ProgramCoder(codebook, fitting_model(codebook, model_dir))


def fitting_model(codebook: Codebook, model_dir: Path | None = None) -> Model | None:
    """Return the model for a codebook, ``None`` when there is none. Raise as `fitting_manifest` and `load_model`."""
    fitting = fitting_manifest(codebook, model_dir)
    return load_model(fitting[0]) if fitting else None


def _dictionary_only(scores: Sequence[Score]) -> list[Score]:
    return [Score(s.code, s.score, s.evidence, s.methods, _plain_level(s.score)) for s in scores]


def _sub_theme(found: Score, theme: Score) -> list[Score]:
    """A sub-theme is decided only where its theme is; its precision was not measured, so it is never *zeker*."""
    score = found.score * theme.score
    if score < KEPT_FROM:
        return []
    decided = theme.level != "twijfel" and found.score >= THRESHOLD
    return [Score(found.code, score, found.evidence, found.methods, "waarschijnlijk" if decided else "twijfel")]


def _plain_level(score: float) -> Level:
    return "waarschijnlijk" if score >= THRESHOLD else "twijfel"


def _weighing_words(
    reading: Reading, model: Model, theme: int, columns: np.ndarray, values: np.ndarray
) -> list[tuple[float, Evidence]]:
    """Return the words and concepts that spoke most for the theme, where they stand."""
    here = model.whole.features.telling(columns)
    columns = columns[here]
    weighed = values[here] * model.whole.weights[theme, columns]
    words: list[tuple[float, Evidence]] = []
    for k in np.argsort(-weighed, kind="stable")[:WORDS_SHOWN]:
        if weighed[k] <= 0:
            break
        name, places = model.whole.features.places(int(columns[k]), reading)
        words.extend((float(weighed[k]), Evidence(start, end, name)) for start, end in places)
    return words


def _evidence(reading: Reading, found: Score | None, words: Sequence[tuple[float, Evidence]]) -> tuple[Evidence, ...]:
    """Return terms and words, those of the sentence that speaks most for the code first."""
    weighted = [(1.0, e) for e in (found.evidence if found else ())] + list(words)
    starts = [sentence.start for sentence in reading.sentences]
    totals: dict[int, float] = {}
    for weight, item in weighted:
        sentence = bisect_right(starts, item.start)
        totals[sentence] = totals.get(sentence, 0.0) + weight
    ordered = sorted({e for _, e in weighted}, key=lambda e: (e.start, e.end, e.term))
    return tuple(sorted(ordered, key=lambda e: -totals[bisect_right(starts, e.start)]))
