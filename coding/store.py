"""Codebooks, codings, flags and decisions in the study's database: all SQL on them stands here."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from codebook.model import Codebook
from codebook.reading import parse_kept
from coding.flag_events import FlagEvent
from coding.model import Coding, Decision, Evidence, Flag, Quote
from coding.placing import place
from coding.snapshot import Assigned, Sampled
from corpus import store as corpus_store
from corpus.database import open_database, transaction
from corpus.decoded import Decoded, DecodedTable
from corpus.model import TextVersion
from corpus.study import Study

E = TypeVar("E", Decision, FlagEvent)
MIGRATIONS = Path(__file__).parent / "migrations"
_DECISION = (
    'id, time, coder, document_id, version_id, start, "end", code, verdict, quote, before, after, page, codebook, '
    "memo, supersedes, manner"
)


def open_store(study: Study) -> sqlite3.Connection:
    """Open the study's database with all rooms' tables. Raise `corpus.database.DatabaseError`."""
    return open_database(study.database, (corpus_store.MIGRATIONS, MIGRATIONS))


def keep_codebook(connection: sqlite3.Connection, codebook: Codebook) -> None:
    """Keep this version of the codebook whole; a version already kept stays as it is."""
    connection.execute(
        "INSERT INTO codebook_version VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (codebook.content, codebook.name, codebook.version, _now(), codebook.source),
    )


def is_kept(connection: sqlite3.Connection, source: str) -> bool:
    """Tell whether a codebook with exactly this text was used before."""
    return connection.execute("SELECT 1 FROM codebook_version WHERE source = ?", (source,)).fetchone() is not None


def codebook_history(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the ``content`` hashes of all codebook versions used, oldest first."""
    return tuple(h for (h,) in connection.execute("SELECT content FROM codebook_version ORDER BY used_at, rowid"))


def kept_codebooks(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, Codebook]:
    """Return the versions used with these ``content`` hashes; one that was never kept is not among them."""
    rows = (
        connection.execute("SELECT content, source FROM codebook_version WHERE content = ?", (h,)).fetchone()
        for h in sorted(set(hashes))
    )
    return {row[0]: parse_kept(row[1]) for row in rows if row}


def coders_of_versions(connection: sqlite3.Connection) -> dict[str, str]:
    """Return by which coder each text version was coded last."""
    return dict(connection.execute("SELECT version_id, coder FROM coded"))


def save_codings(
    connection: sqlite3.Connection, version_id: str, coder: str, codings: Sequence[Coding], flags: Sequence[Flag]
) -> None:
    """Put a document's suggestions and flags in place of earlier ones, in one transaction."""
    with transaction(connection):
        connection.execute("DELETE FROM coding WHERE version_id = ?", (version_id,))
        connection.execute("DELETE FROM flag WHERE version_id = ?", (version_id,))
        connection.executemany(
            "INSERT INTO coding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (_coding_to_row(c) for c in codings)
        )
        connection.executemany(
            "INSERT INTO flag VALUES (?, ?, ?)",
            ((version_id, i, json.dumps(asdict(f), ensure_ascii=False)) for i, f in enumerate(flags)),
        )
        connection.execute("INSERT OR REPLACE INTO coded VALUES (?, ?, ?)", (version_id, coder, _now()))


def drop_codings(connection: sqlite3.Connection, keep: Iterable[str]) -> None:
    """Remove suggestions and flags on versions other than those in ``keep`` (the current ones)."""
    kept = set(keep)
    old = [(v,) for v in coders_of_versions(connection) if v not in kept]
    with transaction(connection):
        for table in ("coding", "flag", "coded"):
            connection.executemany(f"DELETE FROM {table} WHERE version_id = ?", old)  # noqa: S608  # tables of ours


def codings_of(connection: sqlite3.Connection, version_ids: Iterable[str]) -> Iterator[Coding]:
    """Yield the suggestions on these versions, in the order of the text."""
    for version_id in version_ids:
        rows = connection.execute(
            'SELECT version_id, start, "end", code, coder, score, level, methods, evidence FROM coding '
            'WHERE version_id = ? ORDER BY start, "end", code',
            (version_id,),
        )
        for version, start, end, code, coder, score, level, methods, evidence in rows:
            methods, evidence = DecodedTable(methods), Decoded(evidence, _evidence)
            yield Coding(version, start, end, code, coder, score, level, methods, evidence)


def flags_of(connection: sqlite3.Connection, version_ids: Iterable[str]) -> Iterator[Flag]:
    """Yield the flags on these versions."""
    for version_id in version_ids:
        rows = connection.execute("SELECT facts FROM flag WHERE version_id = ? ORDER BY number", (version_id,))
        for (facts,) in rows:
            yield flag_from_json(facts)


def flag_from_json(facts: str) -> Flag:
    """Return a flag as it was written down."""
    given = json.loads(facts)
    for side in ("left", "right"):
        given[side]["heading_path"] = tuple(given[side]["heading_path"])
        given[side] = Quote(**given[side])
    given["codes"] = tuple(given["codes"])
    return Flag(**given)


def append_decisions(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Record decisions, all or none. Events are only ever added."""
    with transaction(connection):
        connection.executemany(
            f"INSERT INTO decision ({_DECISION}) VALUES ({', '.join('?' * 17)})",  # noqa: S608  # column names of ours
            (_decision_to_row(d) for d in decisions),
        )


def decision_log(connection: sqlite3.Connection) -> list[Decision]:
    """Return every decision event ever recorded, oldest first."""
    rows = connection.execute(f"SELECT {_DECISION} FROM decision ORDER BY number")  # noqa: S608  # column names of ours
    return [Decision(row[0], datetime.fromisoformat(row[1]), *row[2:]) for row in rows]


def in_force(log: Iterable[E]) -> list[E]:
    """Return the events that no later event supersedes, without withdrawals."""
    log = list(log)
    superseded = {d.supersedes for d in log if d.supersedes}
    return [d for d in log if d.id not in superseded and d.verdict != "withdraw"]


def place_decisions(connection: sqlite3.Connection, versions: Iterable[TextVersion]) -> tuple[int, int]:
    """Look up the place of every decision in its document's present version, where that was not done before.

    Return how many were placed and how many were not. The events themselves stay as they are.
    """
    current = {version.document_id: version for version in versions}
    known = placements(connection)
    found = []
    for decision in decision_log(connection):
        version = current.get(decision.document_id)
        if version and version.id != decision.version and (decision.id, version.id) not in known:
            found.append((decision.id, version.id, *(place(decision, version.text) or (None, None))))
    with transaction(connection):
        connection.executemany("INSERT INTO placement VALUES (?, ?, ?, ?)", found)
    placed = sum(row[2] is not None for row in found)
    return placed, len(found) - placed


def placements(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[int, int] | None]:
    """Return the place found for each (decision id, version id); ``None`` where there was none."""
    rows = connection.execute('SELECT decision_id, version_id, start, "end" FROM placement')
    return {(d, v): None if start is None else (start, end) for d, v, start, end in rows}


def replace_sample(connection: sqlite3.Connection, sample: Iterable[Sampled]) -> None:
    """Put a sample in the place of the earlier one; decisions on that one stay."""
    with transaction(connection):
        connection.execute("DELETE FROM sampled")
        connection.executemany(
            "INSERT INTO sampled VALUES (?, ?, ?, ?, ?, ?)",
            ((s.document_id, s.start, s.quote, s.stratum, s.coder, _now()) for s in sample),
        )


def sample_of(connection: sqlite3.Connection) -> list[Sampled]:
    """Return the sample as it was drawn."""
    rows = connection.execute("SELECT document_id, start, quote, stratum, coder FROM sampled ORDER BY 1, 2")
    return [Sampled(*row) for row in rows]


def assign(connection: sqlite3.Connection, assigned: Iterable[Assigned]) -> None:
    """Record what was handed out to coders, all or none."""
    with transaction(connection):
        connection.executemany(
            "INSERT INTO assigned VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((a.batch, a.document_id, a.start, a.quote, a.coder, a.blind, a.stratum, _now()) for a in assigned),
        )


def drop_assignments(connection: sqlite3.Connection, assigned: Iterable[Assigned]) -> None:
    """Take back what was handed out; decisions stay."""
    with transaction(connection):
        connection.executemany(
            "DELETE FROM assigned WHERE batch = ? AND document_id = ? AND quote = ? AND coder = ?",
            ((a.batch, a.document_id, a.quote, a.coder) for a in assigned),
        )


def assignments(connection: sqlite3.Connection) -> list[Assigned]:
    """Return what was handed out to coders, in the order of the text."""
    rows = connection.execute(
        "SELECT batch, document_id, start, quote, coder, blind, stratum FROM assigned ORDER BY 1, 2, 3, 5"
    )
    return [Assigned(b, d, s, q, coder, bool(blind), stratum) for b, d, s, q, coder, blind, stratum in rows]


def add_link(connection: sqlite3.Connection, coder: str, link: str) -> None:
    """Give a coder a personal link, by its hash."""
    connection.execute("INSERT INTO coder_link VALUES (?, ?, ?, NULL)", (link, coder, _now()))


def revoke_links(connection: sqlite3.Connection, coder: str) -> int:
    """Revoke a coder's links; return how many were in use."""
    cursor = connection.execute(
        "UPDATE coder_link SET revoked_at = ? WHERE coder = ? AND revoked_at IS NULL", (_now(), coder)
    )
    return cursor.rowcount


def link_owner(connection: sqlite3.Connection, link: str) -> str | None:
    """Return whose link has this hash, ``None`` when there is none or it was revoked."""
    row = connection.execute("SELECT coder FROM coder_link WHERE link = ? AND revoked_at IS NULL", (link,)).fetchone()
    return str(row[0]) if row else None


def linked_coders(connection: sqlite3.Connection) -> list[str]:
    """Return the coders with a link in use."""
    rows = connection.execute("SELECT DISTINCT coder FROM coder_link WHERE revoked_at IS NULL ORDER BY coder")
    return [coder for (coder,) in rows]


def session_secret(connection: sqlite3.Connection) -> bytes:
    """Return the key that signs review sessions of this study, made on first use."""
    connection.execute("INSERT OR IGNORE INTO secret VALUES ('session', ?)", (secrets.token_bytes(32),))
    return bytes(connection.execute("SELECT value FROM secret WHERE name = 'session'").fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _evidence(row: list[Any]) -> Evidence:
    return Evidence(*row)


def _coding_to_row(coding: Coding) -> tuple[object, ...]:
    return (
        coding.version,
        coding.start,
        coding.end,
        coding.code,
        coding.coder,
        coding.score,
        coding.level,
        json.dumps(dict(coding.methods)),
        json.dumps([[e.start, e.end, e.term] for e in coding.evidence], ensure_ascii=False),
    )


def _decision_to_row(d: Decision) -> tuple[object, ...]:
    return (
        d.id, d.time.isoformat(), d.coder, d.document_id, d.version, d.start, d.end, d.code, d.verdict, d.quote,
        d.before, d.after, d.page, d.codebook, d.memo, d.supersedes, d.manner,
    )  # fmt: skip
