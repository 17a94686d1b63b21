"""Find the files of a batch and read any of them: one way in for every format."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.formats.laying import Reading, lay
from corpus.formats.sniffing import Format, open_file, sniff, unreadable_path
from corpus.model import Extraction, Notice, SegmentSettings, UnreadableError
from corpus.municipalities import by_folder

_MAX_BYTES = 128 * 1024 * 1024
"""Formats other than PDF are read whole; no text worth reading is larger."""
_VERSIONS: dict[Format, int] = {"docx": 1, "odt": 1, "html": 1, "cvdr": 1, "markdown": 1, "plain": 1}
"""Raise one when its reader would cut a text differently: stored versions then count as stale."""
_NO_DOCUMENT = frozenset({"thumbs.db", "desktop.ini", "metadata.csv", "metadata.xlsx"})
_NO_FOLDER = frozenset({"__MACOSX"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the name its study knows it by (with ``/``, relative to the folder that was added)."""

    path: Path
    name: str


def fingerprint(path: Path) -> str:
    """SHA-256 of the file's bytes (64 hex digits): the id of a document. Raises `UnreadableError`."""
    try:
        with open_file(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable_path(path, error) from error


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """List the files of a batch: files as given, folders walked in sorted order, hidden and system files skipped.

    A folder that is itself named after a municipality keeps its name, so that adding ``docs/den_haag`` says as much
    as adding ``docs``. Where two files would get one name, both get their folder's name in front. A path that does
    not exist is listed all the same: reading it says so.
    """
    found: dict[Path, str] = {}
    for path in paths:
        for file, name in _walk(path) if path.is_dir() else [(path, path.name)]:
            top = path.resolve().name if path.is_dir() else path.resolve().parent.name
            found.setdefault(file, f"{top}/{name}" if by_folder(top) else name)
    counts = Counter(found.values())
    return [
        Source(path, name if counts[name] == 1 else f"{path.resolve().parent.name}/{path.name}")
        for path, name in found.items()
    ]


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _NO_FOLDER)
        for file in sorted(files):
            if not file.startswith((".", "~$")) and file.lower() not in _NO_DOCUMENT:
                path = Path(root, file)
                yield path, path.relative_to(folder).as_posix()


def extractor_name(path: Path, settings: SegmentSettings) -> str:
    """The ``TextVersion.extractor`` this file would get now; another one in the store is stale.

    Raises:
        UnreadableError: no reader takes this file.
    """
    kind = sniff(path)
    if kind == "pdf":
        from corpus.pdf.extractor import extractor_name as pdf_name

        return pdf_name(settings)
    return _name(kind, settings)


def read_file(path: Path, settings: SegmentSettings | None = None, password: str | None = None) -> Extraction:
    """Read one file of any supported format into text and passages.

    Raises:
        UnreadableError: no text can be had from it; the notice (Dutch) says why and what to do.
    """
    settings = settings or SegmentSettings()
    kind = sniff(path)
    document_id = fingerprint(path)
    if kind == "pdf":
        from corpus.pdf.reading import read_pdf

        return read_pdf(path, document_id, settings, password)
    if path.stat().st_size > _MAX_BYTES:
        raise UnreadableError(Notice("too_large", "Het bestand is groter dan 128 MB. Splits het in delen."))
    reading = _reader(kind)(path.read_bytes())
    extraction = lay(reading, document_id, _name(kind, settings), settings)
    if not any(p.kind != "furniture" for p in extraction.passages):
        raise UnreadableError(Notice("empty", "Er staat geen tekst in het bestand. Controleer of het het goede is."))
    return extraction


def _name(kind: Format, settings: SegmentSettings) -> str:
    return f"{kind} {_VERSIONS[kind]} merge_lists={settings.merge_lists:d}"


def _reader(kind: Format) -> Callable[[bytes], Reading]:
    """The reader of a format, imported when needed: python-docx and lxml are not light."""
    if kind == "docx":
        from corpus.formats.docx import read_docx as read
    elif kind == "odt":
        from corpus.formats.odt import read_odt as read
    elif kind == "html":
        from corpus.formats.html import read_html as read
    elif kind == "cvdr":
        from corpus.formats.cvdr import read_cvdr as read
    elif kind == "markdown":
        from corpus.formats.markdown import read_markdown as read
    else:
        from corpus.formats.plain import read_plain as read
    return read
