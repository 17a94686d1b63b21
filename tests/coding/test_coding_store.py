"""Codebooks, codings, flags and decisions in the store: whole, append-only, never lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codebook.reading import parse
from coding import store
from coding.model import Coding, Decision, Evidence, Flag, Quote
from corpus.database import DatabaseError
from corpus.model import TextVersion
from corpus.study import create_study

BOOK = """\
# met een opmerking
[codebook]
name = "klein"
version = "1"
language = "nl"
title = "Klein"

[[code]]
id = "nabijheid"
label = "Nabijheid"
definition = "Dichtbij."
terms = ["dichtbij"]
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(store.open_store(create_study(tmp_path / "s", BOOK))) as opened:
        yield opened


def decision(number: int, **changes: object) -> Decision:
    made = Decision(
        id=f"{number:032x}",
        time=datetime(2025, 1, number, 12, 30, tzinfo=UTC),
        coder="Anna",
        document_id="doc",
        version="v1",
        start=6,
        end=14,
        code="nabijheid",
        verdict="accept",
        quote="dichtbij",
        before="Wij. ",
        after=" …",
        page=3,
        codebook="hash",
        memo="zie p. 4",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of a decision


CODING = Coding(
    "v1", 0, 20, "nabijheid", "dictionary 1", 0.8, "waarschijnlijk", {"dictionary": 0.8}, (Evidence(6, 14, "dicht*"),)
)
LEFT = Quote("doc", "v1", 0, 5, "links", 1, ("Kop", "Kopje"))
FLAG = Flag("a_x_b", 3, "sentence", LEFT, replace(LEFT, text="‘rechts’", page=None), ("a", "b"), "maar", "begrenst")


def test_every_codebook_version_is_kept_whole(connection: sqlite3.Connection) -> None:
    first, second = parse(BOOK, "a"), parse(BOOK.replace("Dichtbij.", "In de buurt."), "b")
    for book in (first, second, first):
        store.keep_codebook(connection, book)
    assert store.codebook_history(connection) == (first.content, second.content)
    kept = connection.execute("SELECT source FROM codebook_version ORDER BY rowid").fetchall()
    assert kept == [(first.source,), (second.source,)]
    assert first.source == BOOK
    assert [store.is_kept(connection, text) for text in (BOOK, BOOK + "# later")] == [True, False]


def test_codings_and_flags_come_out_as_they_went_in(connection: sqlite3.Connection) -> None:
    store.save_codings(connection, "v1", "program 1", [CODING], [FLAG])
    assert list(store.codings_of(connection, ["v1"])) == [CODING]
    assert list(store.flags_of(connection, ["v1"])) == [FLAG]
    assert store.coders_of_versions(connection) == {"v1": "program 1"}


def test_new_codings_take_the_place_of_earlier_ones_of_that_version_only(connection: sqlite3.Connection) -> None:
    other = replace(CODING, version="v2")
    store.save_codings(connection, "v1", "program 1", [CODING], [FLAG])
    store.save_codings(connection, "v2", "program 1", [other], [])
    store.save_codings(connection, "v1", "program 2", [], [])
    assert list(store.codings_of(connection, ["v1", "v2"])) == [other]
    store.drop_codings(connection, keep=["v1"])
    assert list(store.codings_of(connection, ["v1", "v2"])) == []
    assert store.coders_of_versions(connection) == {"v1": "program 2"}


def test_decisions_come_out_in_the_order_they_were_made(connection: sqlite3.Connection) -> None:
    made = [decision(2), decision(1, verdict="read", code="", page=None)]
    store.append_decisions(connection, made)
    assert store.decision_log(connection) == made


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM decision",
        "UPDATE decision SET verdict = 'reject'",
        "REPLACE INTO decision SELECT * FROM decision",
        "INSERT INTO decision SELECT * FROM decision",
    ],
)
def test_database_itself_refuses_to_change_a_decision(connection: sqlite3.Connection, change: str) -> None:
    store.append_decisions(connection, [decision(1)])
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)
    assert store.decision_log(connection) == [decision(1)]


def test_decisions_are_recorded_all_or_none(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.append_decisions(connection, [decision(1), decision(1)])
    assert store.decision_log(connection) == []


def test_later_decision_and_withdrawal_take_an_earlier_one_out_of_force() -> None:
    first, second = decision(1), decision(2, verdict="reject", supersedes=decision(1).id)
    other = decision(3, coder="Bram")
    back = decision(4, coder="Bram", verdict="withdraw", supersedes=other.id)
    assert store.in_force([first]) == [first]
    assert store.in_force([first, second, other]) == [second, other]
    assert store.in_force([first, second, other, back]) == [second]


def test_decision_is_placed_once_in_each_new_text_and_stays_as_it_was(connection: sqlite3.Connection) -> None:
    store.append_decisions(connection, [decision(1), decision(2, quote="weg", before="", after="")])
    new = TextVersion("doc", "pdf 2", "Nieuw. Wij. dichtbij …")
    assert store.place_decisions(connection, [new]) == (1, 1)
    assert store.place_decisions(connection, [new]) == (0, 0)
    assert store.placements(connection) == {
        (decision(1).id, new.id): (12, 20),
        (decision(2).id, new.id): None,
    }
    assert store.decision_log(connection)[0] == decision(1)


def test_study_whose_database_is_damaged_is_refused_clearly(tmp_path: Path) -> None:
    study = create_study(tmp_path / "s", BOOK)
    study.database.write_bytes(b"\x00 beschadigd " * 500)
    with pytest.raises(DatabaseError, match="geen bruikbare studie-database"):
        store.open_store(study)
