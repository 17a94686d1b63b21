"""Decisions made in a workbook or CSV come into the study: once, at their own words, none guessed."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from codebook.model import Codebook
from codebook.reading import parse
from coding import pipeline, store
from coding.deciding import Row, TableError, Taken, read_rows, take_decisions
from coding.dictionary import DictionaryCoder
from coding.events import Said, Spot, new_decision
from coding.loading import load_snapshot
from coding.model import Score, Unit
from coding.snapshot import Assigned, Method, Snapshot
from corpus.reading import find_sources
from corpus.study import Study, create_study
from outputs.workbook import write_workbook

BOOK = """\
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
PLAN = "# Plan\n\n=De hulp is dichtbij.\n\nOok 's avonds “dichtbij” – en\nsnel.\n\nHet team is dichtbij.\n"


class Deciding:
    """A coder that decides for everything the dictionary finds."""

    def __init__(self, codebook: Codebook) -> None:
        self._dictionary = DictionaryCoder(codebook)
        self.name = "decides 1"

    def code(self, units: list[Unit]) -> list[list[Score]]:
        return [
            [Score(s.code, s.score, s.evidence, s.methods, "waarschijnlijk") for s in scores]
            for scores in self._dictionary.code(units)
        ]


@pytest.fixture
def book() -> Codebook:
    return parse(BOOK, "klein")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return create_study(tmp_path / "studie", BOOK)


@pytest.fixture
def connection(study: Study, book: Codebook, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    with closing(store.open_store(study)) as opened:
        pipeline.add_documents(study, opened, find_sources([tmp_path / "plan.md"]))
        coder = Deciding(book)
        pipeline.code_study(opened, book, coder, pipeline.due_documents(study, opened, book, coder.name))  # type: ignore[arg-type]  # a list is a sequence
        yield opened


def state(study: Study, connection: sqlite3.Connection, book: Codebook) -> Snapshot:
    return load_snapshot(study, connection, book, Method("rodedraad", "dictionary"))


@pytest.fixture
def workbook(study: Study, connection: sqlite3.Connection, book: Codebook, tmp_path: Path) -> Path:
    return write_workbook(state(study, connection, book), tmp_path / "codings.xlsx")


def fill(workbook: Path, **columns: list[str]) -> Path:
    """Type values under columns of the sheet fragments, from the first row down."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["fragments"]
    header = [cell.value for cell in sheet[1]]
    for name, values in columns.items():
        for i, value in enumerate(values, 2):
            sheet.cell(i, header.index(name) + 1).value = value
    book.save(workbook)
    return workbook


def test_decisions_in_the_workbook_are_recorded_at_their_words(
    study: Study, connection: sqlite3.Connection, book: Codebook, workbook: Path
) -> None:
    rows = read_rows(fill(workbook, decision=["accept", "Nee ", ""], memo=["mooi", "", ""]))
    assert take_decisions(connection, book, rows, "Anna") == Taken(2, 0, ())
    first, second = store.decision_log(connection)
    text = state(study, connection, book).versions[first.document_id].text
    assert (first.verdict, first.memo, first.coder, first.code) == ("accept", "mooi", "Anna", "nabijheid")
    assert first.quote == text[first.start : first.end] == "=De hulp is dichtbij."
    assert first.after == text[first.end : first.end + 32]
    assert (second.verdict, second.quote) == ("reject", "Ook 's avonds “dichtbij” – en snel.")
    assert first.codebook == book.content


def test_reading_the_same_workbook_again_records_nothing(
    connection: sqlite3.Connection, book: Codebook, workbook: Path
) -> None:
    rows = read_rows(fill(workbook, decision=["accept", "reject", "ja"]))
    take_decisions(connection, book, rows, "Anna")
    assert take_decisions(connection, book, rows, "Anna") == Taken(0, 3, ())
    assert take_decisions(connection, book, rows, "Bram") == Taken(3, 0, ())


def test_changed_mind_takes_the_place_of_the_earlier_decision(
    study: Study, connection: sqlite3.Connection, book: Codebook, workbook: Path
) -> None:
    take_decisions(connection, book, read_rows(fill(workbook, decision=["accept"])), "Anna")
    take_decisions(connection, book, read_rows(fill(workbook, decision=["reject"])), "Anna")
    assert [d.verdict for d in state(study, connection, book).decisions] == ["reject"]
    assert [d.verdict for d in store.decision_log(connection)] == ["accept", "reject"]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-8", ";"), ("cp1252", ";")])
def test_csv_is_read_as_spreadsheets_save_it(
    connection: sqlite3.Connection, book: Codebook, workbook: Path, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    sheet = openpyxl.load_workbook(fill(workbook, decision=["ja", "nee", "reject"]))["fragments"]
    with (tmp_path / "f.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(sheet.iter_rows(values_only=True))
    assert take_decisions(connection, book, read_rows(tmp_path / "f.csv"), "Anna") == Taken(3, 0, ())


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("decision", "misschien", "kies accept of reject"),
        ("theme", "nabijhied", "geen code 'nabijhied'"),
        ("start", "begin", "gehele getallen"),
        ("end", "999999", "buiten de tekst"),
        ("quote", "Een heel ander citaat dan er staat.", "los van elkaar gesorteerd"),
        ("document_id", "document 1", "los van elkaar gesorteerd"),
    ],
)
def test_row_that_cannot_be_understood_costs_that_row_only(
    connection: sqlite3.Connection, book: Codebook, workbook: Path, column: str, value: str, problem: str
) -> None:
    fill(workbook, decision=["accept", "accept", "accept"])
    taken = take_decisions(connection, book, read_rows(fill(workbook, **{column: [value]})), "Anna")
    assert taken.new == 2
    [(number, message)] = taken.problems
    assert number == 2
    assert problem in message


def test_rows_on_passages_to_be_coded_blind_wait_until_the_batch_is_done(
    study: Study, connection: sqlite3.Connection, book: Codebook, workbook: Path
) -> None:
    [(document, passages)] = state(study, connection, book).passages.items()
    held = [p for p in passages if "dichtbij" in p.text][:2]
    store.assign(connection, [Assigned(1, document, p.start, p.text, "Anna", True) for p in held])
    rows = read_rows(fill(workbook, decision=["accept", "accept", "reject"]))
    taken = take_decisions(connection, book, rows, "Anna")
    assert (taken.new, [number for number, _ in taken.problems]) == (1, [2, 3])
    assert all("codeert Anna eerst blind" in problem for _, problem in taken.problems)
    assert take_decisions(connection, book, rows, "Bram") == Taken(3, 0, ())
    version = state(study, connection, book).versions[document]
    for done, passage in enumerate(held):
        assert len(take_decisions(connection, book, rows, "Anna").problems) == 2, done
        spot = Spot(version, passage.start, passage.end)
        store.append_decisions(connection, [new_decision("Anna", spot, Said("", "read", "", "blind"), book.content)])
    assert take_decisions(connection, book, rows, "Anna") == Taken(2, 1, ())


def test_rows_that_contradict_each_other_are_reported(
    connection: sqlite3.Connection, book: Codebook, workbook: Path
) -> None:
    [row, *_] = read_rows(fill(workbook, decision=["accept"]))
    other = Row(9, {**row.cells, "decision": "reject"})
    taken = take_decisions(connection, book, [row, other], "Anna")
    assert (taken.new, taken.problems) == (1, ((9, "spreekt rij 2 tegen; die is genomen"),))


def test_workbook_made_before_the_text_was_read_anew_still_counts(
    study: Study, connection: sqlite3.Connection, book: Codebook, workbook: Path
) -> None:
    rows = read_rows(fill(workbook, decision=["accept", "accept", "accept"]))
    gone = [Row(r.number, {**r.cells, "version": "0123456789abcdef", "start": "1", "end": "2"}) for r in rows]
    assert take_decisions(connection, book, gone, "Anna") == Taken(3, 0, ())
    text = next(iter(state(study, connection, book).versions.values())).text
    assert all(text[d.start : d.end] == d.quote for d in store.decision_log(connection))
    assert take_decisions(connection, book, rows, "Anna") == Taken(0, 3, ())


def test_document_of_another_study_is_refused(connection: sqlite3.Connection, book: Codebook, workbook: Path) -> None:
    rows = read_rows(fill(workbook, decision=["accept"], document_id=["ff" * 32], version=["0" * 16]))
    [(_, message)] = take_decisions(connection, book, rows, "Anna").problems
    assert "zit niet in deze studie" in message


@pytest.mark.parametrize("name", ["f.xlsx", "f.csv"])
def test_file_that_is_no_table_of_fragments_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"gemeente,oordeel\nZeist,ja\n")
    with pytest.raises(TableError, match=name):
        read_rows(tmp_path / name)
