"""Documents, texts, passages and failures in the study's database: all SQL on them stands here."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.database import transaction
from corpus.decoded import Decoded
from corpus.model import Anchor, Box, Document, Extraction, Municipality, Notice, Passage, TextVersion

MIGRATIONS = Path(__file__).parent / "migrations"


def save_document(connection: sqlite3.Connection, document: Document, extraction: Extraction) -> None:
    """Store a document with its text as the current version and its notices, in one transaction.

    A version that was current stays, as no longer current. Storing the same again changes nothing.
    """
    version = extraction.version
    with transaction(connection):
        connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET file_name = excluded.file_name, facts = excluded.facts",
            (document.id, document.file_name, datetime.now(UTC).isoformat(), _facts_to_json(document)),
        )
        connection.execute("UPDATE text_version SET is_current = 0 WHERE document_id = ?", (document.id,))
        known = connection.execute("SELECT 1 FROM text_version WHERE id = ?", (version.id,)).fetchone()
        if known:
            connection.execute("UPDATE text_version SET is_current = 1 WHERE id = ?", (version.id,))
        else:
            connection.execute(
                "INSERT INTO text_version VALUES (?, ?, ?, ?, ?, ?, 1)",
                (version.id, document.id, version.extractor, version.text, version.pages, extraction.title),
            )
            connection.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (_passage_to_row(version.id, passage) for passage in extraction.passages),
            )
        _replace_failures(connection, document.file_name, document.id, extraction.notices)


def save_failure(
    connection: sqlite3.Connection, file_name: str, notice: Notice, *, fingerprint: str = "", extractor: str = ""
) -> None:
    """Remember that a file could not be read (which one, by which extractor), in place of what was known of it."""
    with transaction(connection):
        _replace_failures(connection, file_name, None, [notice])
        connection.execute(
            "UPDATE failure SET fingerprint = ?, extractor = ? WHERE file_name = ?", (fingerprint, extractor, file_name)
        )


def failed_before(connection: sqlite3.Connection) -> dict[tuple[str, str], Notice]:
    """Return what came of reading files that could not be read, by their fingerprint and extractor."""
    rows = connection.execute("SELECT fingerprint, extractor, reason, message FROM failure WHERE fingerprint <> ''")
    return {(fingerprint, extractor): Notice(reason, message) for fingerprint, extractor, reason, message in rows}


def documents(connection: sqlite3.Connection) -> Iterator[Document]:
    """Yield the documents as they were inferred from their files, in the order of their names."""
    for (facts,) in connection.execute("SELECT facts FROM document ORDER BY file_name, id"):
        yield _facts_from_json(facts)


def current_versions(connection: sqlite3.Connection) -> dict[str, TextVersion]:
    """Return each document's current text, by document id."""
    rows = connection.execute("SELECT document_id, extractor, text, pages FROM text_version WHERE is_current = 1")
    return {row[0]: TextVersion(*row) for row in rows}


def current_extractors(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return version id and extractor of each document's current text, by document id."""
    rows = connection.execute("SELECT document_id, id, extractor FROM text_version WHERE is_current = 1")
    return {document_id: (version_id, extractor) for document_id, version_id, extractor in rows}


def text_of(connection: sqlite3.Connection, version_id: str) -> TextVersion | None:
    """Return any version, current or older, or ``None`` when it is not (or no longer) kept."""
    row = connection.execute(
        "SELECT document_id, extractor, text, pages FROM text_version WHERE id = ?", (version_id,)
    ).fetchone()
    return TextVersion(*row) if row else None


def passages_of(connection: sqlite3.Connection, version: TextVersion) -> tuple[Passage, ...]:
    """Return a version's passages in order."""
    rows = connection.execute(
        'SELECT number, kind, heading_path, start, "end", anchors, ocr_confidence FROM passage '
        "WHERE version_id = ? ORDER BY number",
        (version.id,),
    )
    text = version.text
    return tuple(
        Passage(number, kind, _heading_path(path), start, end, text[start:end], Decoded(anchors, _anchor), confidence)
        for number, kind, path, start, end, anchors, confidence in rows
    )


def failures(connection: sqlite3.Connection) -> list[tuple[str, str | None, Notice]]:
    """Return (file name, document id or ``None``, notice) of everything that could not be read."""
    rows = connection.execute(
        "SELECT file_name, document_id, reason, message, page FROM failure ORDER BY file_name, page"
    )
    return [(name, document_id, Notice(reason, message, page)) for name, document_id, reason, message, page in rows]


def drop_versions(connection: sqlite3.Connection, keep: Iterable[str]) -> int:
    """Remove versions that are neither current nor in ``keep`` (ids that decisions refer to); return how many."""
    kept = set(keep)
    old = [i for (i,) in connection.execute("SELECT id FROM text_version WHERE is_current = 0") if i not in kept]
    with transaction(connection):
        connection.executemany("DELETE FROM text_version WHERE id = ?", ((i,) for i in old))
    return len(old)


def _replace_failures(
    connection: sqlite3.Connection, file_name: str, document_id: str | None, notices: Sequence[Notice]
) -> None:
    connection.execute("DELETE FROM failure WHERE file_name = ?", (file_name,))
    connection.executemany(
        "INSERT INTO failure (file_name, document_id, reason, message, page) VALUES (?, ?, ?, ?, ?)",
        ((file_name, document_id, n.reason, n.message, n.page) for n in notices),
    )


def _passage_to_row(version_id: str, passage: Passage) -> tuple[object, ...]:
    anchors = [
        [a.start, a.end, a.box.page, *(round(x, 1) for x in (a.box.x0, a.box.top, a.box.x1, a.box.bottom))]
        for a in passage.anchors
    ]
    return (
        version_id,
        passage.number,
        passage.kind,
        json.dumps(passage.heading_path, ensure_ascii=False),
        passage.start,
        passage.end,
        json.dumps(anchors, separators=(",", ":")),
        passage.ocr_confidence,
    )


@lru_cache(maxsize=256)  # a section's passages come one after the other
def _heading_path(path: str) -> tuple[str, ...]:
    return tuple(json.loads(path))


def _anchor(row: list[Any]) -> Anchor:
    start, end, *box = row
    return Anchor(start, end, Box(*box))


def _facts_to_json(document: Document) -> str:
    return json.dumps(asdict(document), ensure_ascii=False, default=str)


def _facts_from_json(facts: str) -> Document:
    given = json.loads(facts)
    given["municipalities"] = tuple(Municipality(**m) for m in given["municipalities"])
    given["laws"] = tuple(given["laws"])
    given["confirmed_on"] = date.fromisoformat(given["confirmed_on"]) if given["confirmed_on"] else None
    return Document(**given)
