"""Learn a classifier from coded passages. ``python -m coding.training GOLD_DIR --out coding/models``."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from codebook.model import Codebook
from coding.classifier import Layer, Model, save_model, together
from coding.dictionary import DictionaryCoder
from coding.features import Counted, Reading, count_readings, fit_features, read_units
from coding.levels import choose_cuts
from coding.manifest import Cuts
from coding.model import Unit

STRENGTH = 1.0
"""Inverse regularisation of the logistic regression."""
TOLERANCE = 0.01
"""Where the solver stops; further on the weights change, the codes do not."""
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
    """A coded passage. ``group`` (municipality, document) is held out whole.

    ``supplement``: only trained on, at half weight, and not even that where its group is held out.
    """

    id: str
    text: str
    codes: frozenset[str]
    group: str
    supplement: bool = False


def read_examples(path: Path, *, supplement: bool = False, group: str = "municipality") -> list[Example]:
    """Read JSONL with ``id``, ``text``, ``themas`` and the key that groups them; a supplement may lack that key.

    Raises:
        ExamplesError: a line is not so; the message (Dutch) names file and line.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            held = str(row.get(group, "") if supplement else row[group])
            codes = frozenset(map(str, row["themas"]))
            examples.append(Example(str(row["id"]), str(row["text"]), codes, held, supplement))
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
    if len({e.group for e in examples if not e.supplement}) < 2:
        raise ExamplesError("Te weinig om van te leren: er zijn voorbeelden uit ten minste twee groepen nodig.")
    if readings is None:
        readings = read_units(DictionaryCoder(codebook), [Unit(e.text) for e in examples])
    themes = tuple(t.id for t in codebook.themes)
    truth = np.array([[t in e.codes for t in themes] for e in examples], dtype=np.int8)
    weights = np.array([SUPPLEMENT_WEIGHT if e.supplement else 1.0 for e in examples])
    owners = np.repeat(np.arange(len(examples)), [len(r.sentences) for r in readings])
    codes = [c.id for c in codebook.codes]
    parts = count_readings([part for reading in readings for part in reading.sentences], codes)
    material = _Material(truth, weights, count_readings(readings, codes), parts, owners)
    cuts = _cuts(examples, material)
    whole, sentence = _learn(material, np.arange(len(examples)))
    return Model(codebook.name, themes, whole, sentence, cuts, len(examples), measured_on)


@dataclass(frozen=True, slots=True)
class _Material:
    """Passages (reference × themes, weight, counts) and their sentences (counts, the passage each belongs to)."""

    truth: np.ndarray
    weights: np.ndarray
    whole: Counted
    sentences: Counted
    owners: np.ndarray


def _learn(material: _Material, rows: np.ndarray) -> tuple[Layer, Layer]:
    """Learn both readers from some passages; a sentence is taken to have its passage's themes."""
    lines = np.flatnonzero(np.isin(material.owners, rows))
    owners = material.owners[lines]
    whole = _fit(material.whole, rows, material.truth[rows], material.weights[rows])
    return whole, _fit(material.sentences, lines, material.truth[owners], material.weights[owners])


def _score(layers: tuple[Layer, Layer], material: _Material, rows: np.ndarray) -> np.ndarray:
    """Return raw scores (rows × themes), as `Model.raw` does."""
    whole, sentence = layers
    lines = np.flatnonzero(np.isin(material.owners, rows))
    owners = np.searchsorted(rows, material.owners[lines])
    return together(
        whole.raw(whole.features.rows_of(material.whole, rows)),
        sentence.raw(sentence.features.rows_of(material.sentences, lines)),
        owners,
    )


def _cuts(examples: Sequence[Example], material: _Material) -> tuple[Cuts, ...]:
    from sklearn.model_selection import GroupKFold

    own = np.array([i for i, e in enumerate(examples) if not e.supplement])
    groups = np.array([e.group for e in examples])
    raw = np.zeros(material.truth.shape)
    folds = GroupKFold(min(FOLDS, len(set(groups[own]))))
    for _, chosen in folds.split(own, groups=groups[own]):
        held = own[chosen]
        rest = np.flatnonzero(~np.isin(groups, groups[held]))
        raw[held] = _score(_learn(material, rest), material, held)
    return choose_cuts(raw[own].T, material.truth[own].T)


def _fit(counted: Counted, rows: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> Layer:
    """Learn weights and bias of each theme; a theme that all or none of the rows have gets none."""
    from sklearn.linear_model import LogisticRegression

    features = fit_features(counted, rows)
    columns = features.rows_of(counted, rows)
    coefficients = np.zeros((truth.shape[1], columns.shape[1]), dtype=np.float32)
    bias = np.full(truth.shape[1], -10.0)
    for j in range(truth.shape[1]):
        if len(set(truth[:, j])) == 2:
            # the dual takes a tenth of the time with fewer texts than columns, and ends at the same weights
            model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=TOLERANCE, random_state=0)
            model.fit(columns, truth[:, j], sample_weight=weights)
            coefficients[j], bias[j] = model.coef_[0], model.intercept_[0]
    return Layer(features, coefficients, bias)


def main() -> None:
    """Train the bundled model from a folder with ``municipal.jsonl`` and ``national.jsonl``."""
    from codebook.reading import bundled

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--supplement", type=Path, action="append", default=[], help="more passages, at half weight")
    arguments = parser.parse_args()
    examples = read_examples(arguments.gold / "municipal.jsonl")
    examples += read_examples(arguments.gold / "national.jsonl", supplement=True)
    examples += own_examples(bundled())
    for path in arguments.supplement:
        examples += read_examples(path, supplement=True)
    save_model(train(examples, bundled()), arguments.out)


if __name__ == "__main__":
    main()
