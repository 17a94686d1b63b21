"""The study's database file: migrations, transactions, and what is no such file."""

import sqlite3
from pathlib import Path

import pytest

from corpus.database import DatabaseError, open_database, transaction


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_fruit.sql").write_text("CREATE TABLE fruit (name TEXT PRIMARY KEY);")
    return folder


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_new_file_gets_every_migration_and_write_ahead_log(tmp_path: Path, migrations: Path) -> None:
    connection = open_database(tmp_path / "a.db", [migrations])
    assert version_of(connection) == 1
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_existing_file_keeps_its_rows_and_gets_what_is_new(tmp_path: Path, migrations: Path) -> None:
    with open_database(tmp_path / "a.db", [migrations]) as connection:
        connection.execute("INSERT INTO fruit VALUES ('peer')")
    other = tmp_path / "other"
    other.mkdir()
    (other / "0002_colour.sql").write_text("ALTER TABLE fruit ADD COLUMN colour TEXT;")
    connection = open_database(tmp_path / "a.db", [migrations, other])
    assert version_of(connection) == 2
    assert connection.execute("SELECT * FROM fruit").fetchall() == [("peer", None)]


def test_failing_migration_leaves_nothing_behind(tmp_path: Path, migrations: Path) -> None:
    (migrations / "0002_wrong.sql").write_text("CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(DatabaseError):
        open_database(tmp_path / "a.db", [migrations])
    (migrations / "0002_wrong.sql").unlink()
    connection = open_database(tmp_path / "a.db", [migrations])
    assert version_of(connection) == 1
    assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone() is None


def test_file_of_a_newer_program_is_refused(tmp_path: Path, migrations: Path) -> None:
    with open_database(tmp_path / "a.db", [migrations]) as connection:
        connection.execute("PRAGMA user_version = 9")
    with pytest.raises(DatabaseError, match="nieuwere versie"):
        open_database(tmp_path / "a.db", [migrations])


@pytest.mark.parametrize(
    "content", [b"geen database, maar wel lang genoeg om er een te lijken" * 40, b"SQLite format 3\0"]
)
def test_file_that_is_no_database_is_refused(tmp_path: Path, migrations: Path, content: bytes) -> None:
    (tmp_path / "a.db").write_bytes(content)
    with pytest.raises(DatabaseError, match="geen bruikbare studie-database"):
        open_database(tmp_path / "a.db", [migrations])


def test_database_of_another_program_is_refused(tmp_path: Path, migrations: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as other:
        other.execute("CREATE TABLE fruit (name TEXT)")
    with pytest.raises(DatabaseError, match="geen bruikbare studie-database"):
        open_database(tmp_path / "a.db", [migrations])


def test_transaction_lasts_whole_or_not_at_all(tmp_path: Path, migrations: Path) -> None:
    connection = open_database(tmp_path / "a.db", [migrations])

    def interrupted() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO fruit VALUES ('peer')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with transaction(connection):
        connection.execute("INSERT INTO fruit VALUES ('appel')")
    assert connection.execute("SELECT name FROM fruit").fetchall() == [("appel",)]
