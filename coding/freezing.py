"""A citable version of a study: what later work does not change."""

import hashlib
import json
import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from corpus.study import SETTINGS, Study

MANIFEST = "manifest.json"
_NAME = re.compile(r"[\w][\w .-]{0,80}")


class FreezeError(ValueError):
    """A study cannot be frozen so; the message (Dutch) says why."""


def start_frozen(study: Study, connection: sqlite3.Connection, name: str) -> Path:
    """Copy database, codebook, metadata, settings and model to ``frozen/NAME`` in the study; return that folder.

    The texts of documents are in the database; the files themselves stay in ``sources/``, by their hash. Raise
    `FreezeError` for a name that is taken or no name.
    """
    if not _NAME.fullmatch(name):
        raise FreezeError(f"{name!r}: geef een naam van letters, cijfers, spaties, punten en streepjes.")
    folder = study.path / "frozen" / name
    if folder.exists():
        raise FreezeError(f"{folder}: deze versie bestaat al en verandert niet meer. Kies een andere naam.")
    folder.mkdir(parents=True)
    connection.execute("VACUUM INTO ?", (str(folder / study.database.name),))
    for file in (study.path / SETTINGS, study.codebook, study.metadata):
        if file.exists():
            shutil.copyfile(file, folder / file.name)
    if study.models.exists():
        shutil.copytree(study.models, folder / study.models.name)
    return folder


def seal(folder: Path, program: str, codebook: str) -> Path:
    """Write what the frozen version holds, with every file's SHA-256, and take away the right to write."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.name != MANIFEST)
    manifest = {
        "frozen_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": program,
        "codebook": codebook,
        "files": {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files},
    }
    path = folder / MANIFEST
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for file in (*files, path):
        file.chmod(0o444)
    return path
