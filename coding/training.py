"""Learn a classifier from coded passages. ``python -m coding.training GOLD_DIR --out coding/models``."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from codebook.model import Codebook
from coding.classifier import Model, save_model
from coding.dictionary import DictionaryCoder
from coding.features import Features, Reading, fit_features, read_units
from coding.levels import choose_cuts
from coding.manifest import Cuts
from coding.model import Unit

STRENGTH = 1.0
"""Inverse regularisation of the logistic regression."""
SUPPLEMENT_WEIGHT = 0.5
FOLDS = 5
EXAMPLES = Path(__file__).parent / "examples"
REFERENCE = (
    "machinaal gecodeerde referentie (een taalmodel volgens de codeergids), niet op codes van mensen; "
    "gemeenten buiten de training gehouden; de selectie is verrijkt met treffers "
    "en geldt niet zonder meer voor een studie; de precisie per thema is die op de passages "
    "waarop de grens gekozen is, "
    "op nieuwe gemeenten valt zij iets lager uit"
)


class ExamplesError(ValueError):
    """A file of coded passages that cannot be used; the message (Dutch) says where and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """A coded passage. ``group`` (municipality, document) is held out whole; empty: only trained on, at half weight."""

    id: str
    text: str
    codes: frozenset[str]
    group: str


def read_examples(path: Path, *, supplement: bool = False, group: str = "municipality") -> list[Example]:
    """Read JSONL with ``id``, ``text``, ``themas`` and the key that groups them.

    Raises:
        ExamplesError: a line is not so; the message (Dutch) names file and line.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            held = "" if supplement else str(row[group])
            examples.append(Example(str(row["id"]), str(row["text"]), frozenset(map(str, row["themas"])), held))
        except (ValueError, KeyError, TypeError) as error:
            raise ExamplesError(
                f"{path}, regel {number}: verwacht id, text, themas (een lijst) en {group} ({error})."
            ) from error
    return examples


def own_examples(codebook: Codebook) -> list[Example]:
    """Return the passages written for this project with a codebook's themes: fictional, and only to train on."""
    path = EXAMPLES / f"{codebook.name}.jsonl"
    return read_examples(path, supplement=True) if path.exists() else []


def train(
    examples: Sequence[Example],
    codebook: Codebook,
    *,
    readings: Sequence[Reading] | None = None,
    measured_on: str = REFERENCE,
) -> Model:
    """Learn a model; calibration and cuts come from groups held out. Same examples, same model.

    ``readings`` saves reading the texts again. Raise `ExamplesError` with fewer than two groups.
    """
    if len({e.group for e in examples if e.group}) < 2:
        raise ExamplesError("Te weinig om van te leren: er zijn voorbeelden uit ten minste twee groepen nodig.")
    if readings is None:
        readings = read_units(DictionaryCoder(codebook), [Unit(e.text) for e in examples])
    themes = tuple(t.id for t in codebook.themes)
    truth = np.array([[t in e.codes for t in themes] for e in examples], dtype=np.int8)
    weights = np.array([1.0 if e.group else SUPPLEMENT_WEIGHT for e in examples])
    codes = [c.id for c in codebook.codes]
    cuts = _cuts(examples, readings, truth, weights, codes)
    features = fit_features(readings, codes)
    coefficients, bias = _fit(features.rows(readings), truth, weights)
    return Model(codebook.name, themes, features, coefficients, bias, cuts, len(examples), measured_on)


def _cuts(
    examples: Sequence[Example],
    readings: Sequence[Reading],
    truth: np.ndarray,
    weights: np.ndarray,
    codes: Sequence[str],
) -> tuple[Cuts, ...]:
    from sklearn.model_selection import GroupKFold

    own = np.array([i for i, e in enumerate(examples) if e.group])
    groups = [examples[i].group for i in own]
    raw = np.zeros(truth.shape)
    folds = GroupKFold(min(FOLDS, len(set(groups))))
    for _, chosen in folds.split(own, groups=groups):
        held = own[chosen]
        rest = np.setdiff1d(np.arange(len(examples)), held)
        features: Features = fit_features([readings[i] for i in rest], codes)
        coefficients, bias = _fit(features.rows([readings[i] for i in rest]), truth[rest], weights[rest])
        raw[held] = features.rows([readings[i] for i in held]) @ coefficients.T.astype(np.float64) + bias
    return choose_cuts(raw[own].T, truth[own].T)


def _fit(rows: sparse.csr_matrix, truth: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from sklearn.linear_model import LogisticRegression

    coefficients = np.zeros((truth.shape[1], rows.shape[1]), dtype=np.float32)
    bias = np.full(truth.shape[1], -10.0)
    for j in range(truth.shape[1]):
        if len(set(truth[:, j])) == 2:
            model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
            model.fit(rows, truth[:, j], sample_weight=weights)
            coefficients[j], bias[j] = model.coef_[0], model.intercept_[0]
    return coefficients, bias


def main() -> None:
    """Train the bundled model from a folder with ``municipal.jsonl`` and ``national.jsonl``."""
    from codebook.reading import bundled

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    examples = read_examples(arguments.gold / "municipal.jsonl")
    examples += read_examples(arguments.gold / "national.jsonl", supplement=True)
    examples += own_examples(bundled())
    save_model(train(examples, bundled()), arguments.out)


if __name__ == "__main__":
    main()
