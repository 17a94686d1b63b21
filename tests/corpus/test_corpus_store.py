"""Documents, texts, passages and failures come out of the store as they went in."""

import sqlite3
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import store
from corpus.database import open_database
from corpus.model import Anchor, Box, Document, Extraction, Municipality, Notice, Passage, TextVersion

ID = "ab" * 32
TEXT = "Samen dichtbij\n\nWij helpen 𝒹ichtbij, “in de wijk”.\n"


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return open_database(tmp_path / "study.db", [store.MIGRATIONS])


def extraction(text: str = TEXT, extractor: str = "pdf 1", document_id: str = ID) -> Extraction:
    at = text.index("\n\n") + 2
    passages = (
        Passage(1, "title", (), 0, at - 2, text[: at - 2], (Anchor(0, at - 2, Box(1, 72.0, 80.5, 300.2, 96.0)),)),
        Passage(2, "paragraph", ("Samen dichtbij", "Hulp"), at, len(text) - 1, text[at:-1], (), 0.75),
    )
    notices = (Notice("scanned", "Deze bladzijde is een scan.", 3),)
    return Extraction(TextVersion(document_id, extractor, text, 4), passages, "Samen dichtbij", notices)


DOCUMENT = Document(
    id=ID,
    file_name="zeist/plan 'a'; DROP TABLE document.pdf",
    title="Samen dichtbij",
    municipalities=tuple(
        Municipality(n, c, "Utrecht", "overig") for n, c in (("Zeist", "GM0355"), ("De Bilt", "GM0310"))
    ),
    kind="beleidsplan",
    author="college",
    standing="vastgesteld",
    year_from=2023,
    year_to=2026,
    laws=("Wmo", "Jeugdwet"),
    source="beleid",
    included=False,
    included_reason="concept",
    confirmed_on=date(2025, 2, 10),
    origins={"kind": "titelpagina"},
)


def test_document_comes_out_as_it_went_in(connection: sqlite3.Connection) -> None:
    given_extraction = extraction()
    store.save_document(connection, DOCUMENT, given_extraction)
    assert list(store.documents(connection)) == [DOCUMENT]
    [version] = store.current_versions(connection).values()
    assert version == given_extraction.version
    assert store.passages_of(connection, version) == given_extraction.passages
    assert store.failures(connection) == [(DOCUMENT.file_name, ID, given_extraction.notices[0])]


def test_storing_the_same_again_changes_nothing(connection: sqlite3.Connection) -> None:
    store.save_document(connection, DOCUMENT, extraction())
    before = list(connection.iterdump())
    store.save_document(connection, DOCUMENT, extraction())
    assert list(connection.iterdump()) == before


def test_new_text_becomes_current_and_the_old_one_stays_while_kept(connection: sqlite3.Connection) -> None:
    old, new = extraction(), extraction(TEXT + "Meer.\n", "pdf 2")
    store.save_document(connection, DOCUMENT, old)
    store.save_document(connection, DOCUMENT, new)
    assert store.current_versions(connection)[ID] == new.version
    assert store.text_of(connection, old.version.id) == old.version
    assert store.passages_of(connection, old.version) == old.passages
    assert store.drop_versions(connection, keep=[old.version.id]) == 0
    assert store.drop_versions(connection, keep=[]) == 1
    assert store.text_of(connection, old.version.id) is None
    assert store.passages_of(connection, old.version) == ()
    assert store.current_versions(connection)[ID] == new.version


def test_text_that_returns_is_current_again(connection: sqlite3.Connection) -> None:
    for one in (extraction(), extraction(TEXT + "Meer.\n", "pdf 2"), extraction()):
        store.save_document(connection, DOCUMENT, one)
    assert store.current_versions(connection)[ID] == extraction().version


def test_failure_goes_when_the_file_is_read_after_all(connection: sqlite3.Connection) -> None:
    store.save_failure(connection, DOCUMENT.file_name, Notice("password", "Geef het wachtwoord."))
    store.save_failure(connection, DOCUMENT.file_name, Notice("password", "Geef het wachtwoord."))
    assert len(store.failures(connection)) == 1
    store.save_document(connection, DOCUMENT, replace(extraction(), notices=()))
    assert store.failures(connection) == []


def test_half_a_document_is_never_stored(connection: sqlite3.Connection) -> None:
    good = extraction()
    broken = replace(good, passages=(*good.passages, good.passages[0]))  # two passages with one number
    with pytest.raises(sqlite3.IntegrityError):
        store.save_document(connection, DOCUMENT, broken)
    assert list(store.documents(connection)) == []
    assert store.current_versions(connection) == {}


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), cuts=st.lists(st.integers(0, 50), max_size=6)
)
def test_passages_are_literally_in_the_stored_text(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(c for c in cuts if c <= len(text))})
    passages = tuple(Passage(i, "paragraph", (), s, e, text[s:e]) for i, (s, e) in enumerate(pairwise(edges), 1))
    connection = open_database(Path(":memory:"), [store.MIGRATIONS])
    version = TextVersion(ID, "plain 1", text)
    store.save_document(connection, Document(ID, "a.txt"), Extraction(version, passages))
    assert store.current_versions(connection)[ID] == version
    assert store.passages_of(connection, version) == passages
