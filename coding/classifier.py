"""The classifier: one logistic regression a theme over words, pieces of words and dictionary terms, as plain arrays."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from codebook.model import Codebook
from coding.concepts import lexicon_digest
from coding.features import Features, Reading
from coding.levels import calibrate
from coding.manifest import FORMAT, MANIFEST, Cuts, ModelError, read_manifest

ARRAYS = "classifier.npz"


@dataclass(frozen=True)
class Model:
    """Weights (themes × features) with the cuts of each theme, and what they were learned from."""

    codebook: str
    """Name of the codebook it was trained with."""
    themes: tuple[str, ...]
    features: Features
    weights: np.ndarray
    bias: np.ndarray
    cuts: tuple[Cuts, ...]
    examples: int
    measured_on: str

    @property
    def digest(self) -> str:
        """Hash of the weights and cuts: another model gives other codings."""
        cuts = json.dumps([asdict(c) for c in self.cuts])
        return hashlib.sha256(self.weights.tobytes() + self.bias.tobytes() + cuts.encode()).hexdigest()[:12]

    def raw(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Return log-odds before calibration, rows × themes."""
        return np.asarray(rows @ self.weights.T.astype(np.float64) + self.bias)

    def probabilities(self, readings: Sequence[Reading]) -> np.ndarray:
        """Return calibrated probabilities, readings × themes."""
        return self.calibrated(self.raw(self.features.rows(readings)))

    def calibrated(self, raw: np.ndarray) -> np.ndarray:
        """Turn log-odds (rows × themes) into probabilities."""
        return np.column_stack([calibrate(raw[:, j], cuts) for j, cuts in enumerate(self.cuts)])


def missing_patterns(model: Model, codebook: Codebook) -> list[str]:
    """Return the pattern features (code, tab, pattern) that the codebook no longer has: they count as 0."""
    known = {f"{c.id}\t{p.text}" for c in codebook.codes for p in c.patterns}
    return [key for key in model.features.patterns if key not in known]


def save_model(model: Model, folder: Path) -> None:
    """Write the model as arrays and a manifest; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / ARRAYS,
        weights=model.weights,
        bias=model.bias,
        word_idf=model.features.word_idf,
        piece_idf=model.features.piece_idf,
        concept_idf=model.features.concept_idf,
    )
    manifest = {
        "format": FORMAT,
        "codebook": model.codebook,
        "digest": model.digest,
        "examples": model.examples,
        "measured_on": model.measured_on,
        "themes": model.themes,
        "cuts": [asdict(c) for c in model.cuts],
        "lexicon": lexicon_digest(),
        "codes": model.features.codes,
        "patterns": model.features.patterns,
        "words": model.features.words,
        "pieces": model.features.pieces,
        "concepts": model.features.concepts,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def load_model(folder: Path) -> Model:
    """Read a model. Raise `ModelError` when its files are missing, broken or of another format."""
    manifest = read_manifest(folder)
    try:
        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            weights, bias = arrays["weights"], arrays["bias"]
            word_idf, piece_idf, concept_idf = (arrays[f"{kind}_idf"] for kind in ("word", "piece", "concept"))
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise ModelError(f"{folder}: het model is niet te lezen ({error}); train het opnieuw.") from error
    words, pieces, ideas = manifest.words, manifest.pieces, manifest.concepts
    features = Features(words, word_idf, pieces, piece_idf, ideas, concept_idf, manifest.patterns, manifest.codes)
    model = Model(
        manifest.codebook,
        manifest.themes,
        features,
        weights,
        bias,
        manifest.cuts,
        manifest.examples,
        manifest.measured_on,
    )
    if weights.shape != (len(model.themes), features.width) or model.digest != manifest.digest:
        raise ModelError(f"{folder}: {ARRAYS} en {MANIFEST} horen niet bij elkaar; train het model opnieuw.")
    return model
