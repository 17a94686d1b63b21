"""The classifier: logistic regressions over words, pieces of words, concepts and dictionary terms, as plain arrays."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from coding.concepts import lexicon_digest
from coding.features import Features, Reading
from coding.levels import calibrate
from coding.manifest import COLUMNS, FORMAT, MANIFEST, REMEDY, Cuts, ModelError, read_manifest

ARRAYS = "classifier.npz"
SENTENCES = 0.7
"""Weight of what the sentences say, beside the whole."""
LIMIT = 30.0
"""Log-odds beyond this are no more certain."""


@dataclass(frozen=True)
class Layer:
    """A logistic regression a theme: weights (themes × columns of ``features``) and bias (themes)."""

    features: Features
    weights: np.ndarray
    bias: np.ndarray

    def raw(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Return log-odds before calibration, rows × themes."""
        return np.asarray(rows @ self.weights.T.astype(np.float64) + self.bias)


@dataclass(frozen=True)
class Model:
    """Two readers and how far to trust them: one of passages as a whole, one of their sentences.

    A theme that one sentence in eight carries is diluted in the whole; the sentences' reader finds it there. Their
    log-odds are added, those of the sentences taken together as the chance that at least one has the theme.
    """

    codebook: str
    """Name of the codebook it was trained with."""
    themes: tuple[str, ...]
    whole: Layer
    sentence: Layer | None
    """``None`` for a model that a study learned from few decisions of its own."""
    cuts: tuple[Cuts, ...]
    examples: int
    measured_on: str

    @property
    def digest(self) -> str:
        """Hash of the weights and cuts: another model gives other codings."""
        digest = hashlib.sha256()
        for layer in filter(None, (self.whole, self.sentence)):
            digest.update(layer.weights.tobytes() + layer.bias.tobytes())
        digest.update(json.dumps([asdict(c) for c in self.cuts]).encode())
        return digest.hexdigest()[:12]

    def raw(self, readings: Sequence[Reading], rows: sparse.csr_matrix | None = None) -> np.ndarray:
        """Return log-odds before calibration, readings × themes; ``rows``: those of the whole, where they are made."""
        whole = self.whole.raw(self.whole.features.rows(readings) if rows is None else rows)
        if self.sentence is None or not readings:
            return whole
        parts = [part for reading in readings for part in reading.sentences]
        owners = np.repeat(np.arange(len(readings)), [len(r.sentences) for r in readings])
        return together(whole, self.sentence.raw(self.sentence.features.rows(parts)), owners)

    def probabilities(self, readings: Sequence[Reading]) -> np.ndarray:
        """Return calibrated probabilities, readings × themes."""
        return self.calibrated(self.raw(readings))

    def calibrated(self, raw: np.ndarray) -> np.ndarray:
        """Turn log-odds (rows × themes) into probabilities."""
        return np.column_stack([calibrate(raw[:, j], cuts) for j, cuts in enumerate(self.cuts)])


def together(whole: np.ndarray, sentences: np.ndarray, owners: np.ndarray) -> np.ndarray:
    """Add to the log-odds of passages (× themes) those that at least one of their sentences has the theme (noisy or).

    ``sentences``: log-odds of every sentence (× themes); ``owners``: the passage each belongs to.
    """
    none = np.zeros_like(whole)
    np.add.at(none, owners, -np.logaddexp(0, np.clip(sentences, -LIMIT, LIMIT)))
    # log(1 - p) - log(p) of "no sentence has it", without losing the small chances
    any_of_them = np.log(-np.expm1(np.minimum(none, -np.exp(-LIMIT)))) - none
    return np.asarray(whole + SENTENCES * any_of_them)


def save_model(model: Model, folder: Path) -> None:
    """Write the model as arrays and a manifest; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    layers = {"whole": model.whole} | ({"sentence": model.sentence} if model.sentence else {})
    arrays = {f"{name}_{key}": array for name, layer in layers.items() for key, array in _arrays(layer).items()}
    np.savez_compressed(folder / ARRAYS, allow_pickle=False, **arrays)
    manifest = {
        "format": FORMAT,
        "codebook": model.codebook,
        "digest": model.digest,
        "examples": model.examples,
        "measured_on": model.measured_on,
        "themes": model.themes,
        "cuts": [asdict(c) for c in model.cuts],
        "lexicon": lexicon_digest(),
        "columns": {name: _columns(layer) for name, layer in layers.items()},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _arrays(layer: Layer) -> dict[str, np.ndarray]:
    f = layer.features
    idf = {"word_idf": f.word_idf, "piece_idf": f.piece_idf, "concept_idf": f.concept_idf}
    return {"weights": layer.weights, "bias": layer.bias, **idf}


def _columns(layer: Layer) -> dict[str, tuple[str, ...]]:
    return {name: getattr(layer.features, name) for name in COLUMNS}


def load_model(folder: Path) -> Model:
    """Read a model. Raise `ModelError` when its files are missing, broken or of another format."""
    manifest = read_manifest(folder)
    try:
        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            layers = {name: _layer(arrays, name, columns) for name, columns in manifest.columns.items()}
        whole = layers["whole"]
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise ModelError(f"{folder}: het model is niet te lezen ({error}); {REMEDY}") from error
    model = Model(
        manifest.codebook,
        manifest.themes,
        whole,
        layers.get("sentence"),
        manifest.cuts,
        manifest.examples,
        manifest.measured_on,
    )
    fits = all(layer.weights.shape == (len(model.themes), layer.features.width) for layer in layers.values())
    if not fits or model.digest != manifest.digest:
        raise ModelError(f"{folder}: {ARRAYS} en {MANIFEST} horen niet bij elkaar; {REMEDY}")
    return model


def _layer(arrays: Mapping[str, np.ndarray], name: str, columns: Mapping[str, tuple[str, ...]]) -> Layer:
    word, piece, concept = (arrays[f"{name}_{kind}_idf"] for kind in ("word", "piece", "concept"))
    words, pieces, ideas, patterns, codes = (columns[kind] for kind in COLUMNS)
    features = Features(words, word, pieces, piece, ideas, concept, patterns, codes)
    return Layer(features, arrays[f"{name}_weights"], arrays[f"{name}_bias"])
