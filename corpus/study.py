"""The study's folder: settings, codebook, metadata, database, copies of the files, models."""

import re
import shutil
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from corpus.model import SegmentSettings

SETTINGS = "study.toml"
TEMPLATE = """\
# Instellingen van deze studie. Wijzig wat nodig is en draai `rodedraad run` of `rodedraad code` opnieuw:
# alleen wat van de wijziging afhangt wordt overgedaan; beslissingen van mensen gaan mee.
name = "{name}"

[segmentation]
join_pages = true     # een alinea die over een kolom of pagina doorloopt is één passage
merge_lists = false   # true: een lijst met haar inleiding is één passage
ocr = true            # scans lezen met tekstherkenning, als die is geïnstalleerd (extra [ocr] en tesseract)

[extraction]
jobs = 2                      # bestanden tegelijk
seconds_per_100_pages = 120   # daarna geldt een bestand als vastgelopen
memory_mb = 2048              # per bestand

[cells]
candidates = 10   # zoveel beste voorstellen leest een mens voordat een thema in een gemeente 'niet gevonden' heet
sample = 30       # en zoveel passages uit de rest, door loting
seed = 0          # een ander getal loot andere passages; leg het vooraf vast
"""


class StudyError(Exception):
    """A folder is no usable study; the message (Dutch) says why and what to do."""


@dataclass(frozen=True, slots=True)
class CellSettings:
    """What people read of a cell (municipality × theme) before its theme may be called *niet gevonden*."""

    candidates: int = 10
    sample: int = 30
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What `study.toml` says."""

    name: str
    segmentation: SegmentSettings = field(default_factory=SegmentSettings)
    cells: CellSettings = field(default_factory=CellSettings)
    jobs: int = 2
    seconds_per_100_pages: float = 120.0
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Study:
    """A study's folder. Paths only: nothing is open."""

    path: Path

    @property
    def database(self) -> Path:
        """Documents, codings and history."""
        return self.path / "study.db"

    @property
    def codebook(self) -> Path:
        """The codebook in force; edit it freely, every version used is kept in the database."""
        return self.path / "codebook.toml"

    @property
    def metadata(self) -> Path:
        """The researcher's word on documents: ``metadata.xlsx`` if it is there, else ``metadata.csv``."""
        workbook = self.path / "metadata.xlsx"
        return workbook if workbook.exists() else self.path / "metadata.csv"

    @property
    def models(self) -> Path:
        """Models trained on this study's own decisions."""
        return self.path / "models"

    @property
    def outputs(self) -> Path:
        """Where `report` writes."""
        return self.path / "outputs"

    def source(self, document_id: str, file_name: str) -> Path:
        """The copy of a document's file, by its hash."""
        suffix = Path(file_name).suffix.lower()
        return self.path / "sources" / (document_id + (suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""))

    def keep_source(self, document_id: str, file: Path, file_name: str) -> Path:
        """Copy a file into the study (never a link: the original may move); return the copy."""
        target = self.source(document_id, file_name)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            partial = target.with_suffix(target.suffix + ".part")
            shutil.copyfile(file, partial)
            partial.replace(target)
        return target

    def settings(self) -> Settings:
        """Read `study.toml`. Raise `StudyError` when it cannot be understood."""
        file = self.path / SETTINGS
        try:
            return _settings(tomllib.loads(file.read_text(encoding="utf-8")), self.path.resolve().name)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, ValueError) as error:
            raise StudyError(
                f"{file}: niet te lezen ({error}). Herstel de regel of zet een eerdere versie terug."
            ) from error


def create_study(path: Path, codebook: str) -> Study:
    """Make a new study's folder with this codebook text. Raise `StudyError` when something else stands there."""
    if (path / SETTINGS).exists():
        raise StudyError(f"{path}: hier staat al een studie. Voeg documenten toe met `rodedraad add {path} …`.")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StudyError(f"{path}: deze map is niet leeg en geen studie. Kies een nieuwe of lege map.")
    path.mkdir(parents=True, exist_ok=True)
    study = Study(path)
    study.codebook.write_text(codebook, encoding="utf-8")
    for folder in ("sources", "models"):
        (path / folder).mkdir(exist_ok=True)
    # The settings come last: a folder without them is no study yet.
    name = re.sub(r'["\\\x00-\x1f]', " ", path.resolve().name)
    (path / SETTINGS).write_text(TEMPLATE.format(name=name), encoding="utf-8")
    return study


def open_study(path: Path) -> Study:
    """Return the study in a folder. Raise `StudyError` when there is none."""
    if not (path / SETTINGS).is_file():
        raise StudyError(
            f"{path}: geen studie. Maak er een met `rodedraad new {path}` of `rodedraad run … --study {path}`."
        )
    return Study(path)


def _settings(data: dict[str, object], name: str) -> Settings:
    segmentation = _table(data, "segmentation", {"join_pages": bool, "merge_lists": bool, "ocr": bool})
    extraction = _table(
        data, "extraction", {"jobs": int, "seconds_per_100_pages": (int, float), "memory_mb": int}
    )  # fmt: skip
    cells = _table(data, "cells", {"candidates": int, "sample": int, "seed": int})
    unknown = set(data) - {"name", "segmentation", "extraction", "cells"}
    if unknown:
        raise ValueError(f"onbekend: {', '.join(sorted(unknown))}")
    search = CellSettings(**cells)  # type: ignore[arg-type]  # checked by _table
    if min(search.candidates, search.sample) < 1:
        raise ValueError("[cells] candidates en sample zijn ten minste 1")
    return Settings(
        name=str(data.get("name", name)),
        segmentation=SegmentSettings(**segmentation),  # type: ignore[arg-type]  # checked by _table
        cells=search,
        **extraction,  # type: ignore[arg-type]
    )


def _table(data: dict[str, object], name: str, types: dict[str, type | tuple[type, ...]]) -> dict[str, object]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(f"[{name}] moet een tabel zijn")
    for key, value in table.items():
        if key not in types:
            raise ValueError(f"[{name}] kent geen {key}")
        if not isinstance(value, types[key]) or (types[key] is int and isinstance(value, bool)):
            raise ValueError(f"[{name}] {key}: {value!r} is niet van de goede soort")
    return table
