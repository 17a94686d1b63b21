"""What a study's program of coding is, from the codebook and a model's manifest alone: no arrays are loaded for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from codebook.model import Codebook
from coding.snapshot import Method, Theme

FORMAT = 3
MANIFEST = "classifier.json"
COLUMNS = ("words", "pieces", "concepts", "patterns", "codes")
SHIPPED = Path(__file__).parent / "models"
DICTIONARY = 1
"""Version of the dictionary coder; raised when the same codebook would give other codings."""
REMEDY = "haal deze map weg en train het opnieuw uit de beslissingen: die staan in de studie en blijven."
"""What to do about files of a model that cannot be used: without them the model that comes along serves."""
THRESHOLD = 0.5
"""For codes that only the dictionary finds."""


class ModelError(ValueError):
    """A model's files cannot be used; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Of one theme: probability is ``sigmoid(slope * raw + intercept)``; cuts are probabilities."""

    slope: float
    intercept: float
    threshold: float
    certain: float | None
    examples: int
    precision: float
    lower: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model says of itself, beside its arrays of weights."""

    codebook: str
    """Name of the codebook it was trained with."""
    digest: str
    themes: tuple[str, ...]
    cuts: tuple[Cuts, ...]
    examples: int
    measured_on: str
    lexicon: str
    """Digest of the lexicon of concepts it was trained with."""
    columns: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Reader (``whole``, ``sentence``) to the names of the columns of its weights, by `COLUMNS`."""


def read_manifest(folder: Path) -> Manifest:
    """Read a model's manifest. Raise `ModelError` when it is missing, broken or of another format."""
    path = folder / MANIFEST
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        if given["format"] != FORMAT:
            raise ModelError(f"{folder}: formaat {given['format']} is onbekend; {REMEDY}")
        readers = dict(given["columns"]).items()
        columns = {str(name): {kind: tuple(map(str, of[kind])) for kind in COLUMNS} for name, of in readers}
        return Manifest(
            str(given["codebook"]),
            str(given["digest"]),
            tuple(map(str, given["themes"])),
            tuple(Cuts(**c) for c in given["cuts"]),
            int(given["examples"]),
            str(given["measured_on"]),
            str(given["lexicon"]),
            columns,
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{folder}: het model is niet te lezen ({error}); {REMEDY}") from error


def fitting_manifest(codebook: Codebook, model_dir: Path | None = None) -> tuple[Path, Manifest] | None:
    """Return where the model for a codebook lies and its manifest, ``None`` when there is none.

    That is the one in ``model_dir`` if it is there, else the shipped one, if made for this codebook (same name, its
    themes all there). Raise `ModelError` for a model in ``model_dir`` that cannot be read or is another codebook's.
    """
    if model_dir is not None and (model_dir / MANIFEST).exists():
        manifest = read_manifest(model_dir)
        if not _fits(manifest, codebook):
            raise ModelError(f"{model_dir}: dit model hoort bij een ander codeboek ({manifest.codebook}).")
        return model_dir, manifest
    if not (SHIPPED / MANIFEST).exists():
        return None
    manifest = read_manifest(SHIPPED)
    return (SHIPPED, manifest) if _fits(manifest, codebook) else None


def method_of(codebook: Codebook, model_dir: Path | None = None) -> Method:
    """Return what a report must say about how the program's codings came about. Raise as `fitting_manifest`."""
    try:
        program = f"rodedraad {version('rodedraad')}"
    except PackageNotFoundError:
        program = "rodedraad"
    fitting = fitting_manifest(codebook, model_dir)
    manifest = fitting[1] if fitting else None
    known = dict(zip(manifest.themes, manifest.cuts, strict=True)) if manifest else {}
    themes = []
    for code in codebook.themes:
        cuts = known.get(code.id)
        if cuts is None:
            themes.append(Theme(code.id, THRESHOLD, None, "alleen termen, geen classificatie"))
        else:
            where = "zeker" if cuts.certain is not None else "vanaf de drempel"
            note = f"precisie {where} {cuts.precision:.2f} (ondergrens {cuts.lower:.2f}), n = {cuts.examples}"
            themes.append(Theme(code.id, cuts.threshold, cuts.certain, note))
    measured = manifest.measured_on if manifest else "niet gemeten: alleen termen uit het codeboek"
    return Method(program, coder_name(codebook, manifest.digest if manifest else ""), tuple(themes), measured)


def dictionary_name(codebook: Codebook) -> str:
    """Name of the dictionary coder for a codebook, without making it."""
    return f"dictionary {DICTIONARY} {codebook.matching}"


def coder_name(codebook: Codebook, digest: str) -> str:
    """Name of the program's coder, with the digest of its model where it has one."""
    return dictionary_name(codebook) + (f" + classifier {digest}" if digest else "")


def _fits(manifest: Manifest, codebook: Codebook) -> bool:
    return manifest.codebook == codebook.name and set(manifest.themes) <= {t.id for t in codebook.themes}
