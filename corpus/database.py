"""The study's one SQLite file: opened safely, brought up to date by numbered migrations."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BUSY_SECONDS = 10.0
"""How long one process waits for another's short transaction before it gives up."""


class DatabaseError(Exception):
    """The study's database cannot be used; the message (Dutch) says why and what to do."""


def open_database(path: Path, migrations: Sequence[Path]) -> sqlite3.Connection:
    """Open (or create) the database and apply the ``NNNN_name.sql`` files in ``migrations`` that it has not had yet.

    Every room keeps its own folder of migrations; the numbers run on over all of them. Raise `DatabaseError` for a
    file that is no database, is damaged, or was made by a newer version.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, sorted((f for folder in migrations for f in folder.glob("*.sql")), key=lambda f: f.name))
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DatabaseError(
            f"{path}: dit is geen bruikbare studie-database ({error}). Zet een reservekopie terug."
        ) from error
    except DatabaseError:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make everything inside last together, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection, files: Sequence[Path]) -> None:
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    latest = max((_number(f) for f in files), default=0)
    if done > latest:
        raise DatabaseError(
            f"Deze studie is gemaakt met een nieuwere versie van rodedraad (database {done}; deze kent {latest}). "
            "Werk rodedraad bij."
        )
    for file in files:
        if _number(file) > done:
            # executescript commits by itself, so the migration carries its own transaction and version.
            script = file.read_text(encoding="utf-8")
            connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {_number(file)};\nCOMMIT;")


def _number(file: Path) -> int:
    return int(file.name.partition("_")[0])
