"""Codings made elsewhere come in at their own words; what has no certain place is listed, and nothing is guessed."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from codebook.model import Codebook
from codebook.reading import parse
from coding import pipeline, store
from coding.importing import Import, Imported, Manners, read_codings
from coding.loading import load_snapshot
from coding.reliability import reliability
from coding.snapshot import Assigned, Method
from corpus.reading import find_sources
from corpus.study import Study, create_study
from corpus.tables import TableError

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
was = ["dichtbij"]

[[code]]
id = "maatwerk"
label = "Maatwerk"
definition = "Op maat."
"""
PLAN = """\
# Dichtbij en op maat

De hulp is dichtbij. Het team kent de buurt.

De hulp is dichtbij, ook ’s avonds.

Wie hulp nodig heeft, krijgt die op maat.
"""


@pytest.fixture
def book() -> Codebook:
    return parse(BOOK, "klein")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return create_study(tmp_path / "studie", BOOK)


@pytest.fixture
def connection(study: Study, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    for name in ("veldmeer", "zilverhorn"):
        (tmp_path / name).mkdir()
    (tmp_path / "veldmeer" / "plan.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "veldmeer" / "nota.md").write_text("# Nota\n\nNiets over hulp.\n", encoding="utf-8")
    (tmp_path / "zilverhorn" / "nota.md").write_text("# Nota\n\nIets heel anders.\n", encoding="utf-8")
    with closing(store.open_store(study)) as opened:
        pipeline.add_documents(study, opened, find_sources([tmp_path / "veldmeer", tmp_path / "zilverhorn"]))
        yield opened


@pytest.fixture
def take(study: Study, connection: sqlite3.Connection, book: Codebook, tmp_path: Path):
    def run(rows: "list[dict[str, object]] | Path", coder: str = "Noor", how: Manners | None = None) -> Imported:
        path = rows if isinstance(rows, Path) else tmp_path / "codes.jsonl"
        if not isinstance(rows, Path):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return Import(study, connection, book, read_codings(path)).run(coder, how or Manners())

    return run


def log(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return [(d.code, d.verdict, d.quote) for d in store.decision_log(connection)]


def test_a_row_comes_in_at_its_literal_words_by_id_or_label(take, connection) -> None:
    found = take(
        [
            {"document": "plan.md", "quote": "Het team kent  de buurt", "code": "nabijheid"},
            {"document": "plan", "fragment": "wie hulp nodig heeft, krijgt die op maat.", "thema": "Maatwerk"},
            {"bestand": "PLAN.md", "text": "ook 's avonds", "codes": ["dichtbij", "MAATWERK"]},
        ]
    )
    assert (found.new, found.problems) == (4, ())
    assert log(connection) == [
        ("nabijheid", "accept", "Het team kent de buurt"),
        ("maatwerk", "accept", "Wie hulp nodig heeft, krijgt die op maat."),
        ("nabijheid", "accept", "ook ’s avonds"),
        ("maatwerk", "accept", "ook ’s avonds"),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"quote": "De hulp is dichtbij"}, "2 keer in het document; zet de bladzijde erbij"),
        ({"quote": "De hulp is nabij"}, "niet letterlijk in het document"),
        ({"quote": ""}, "geen fragment"),
        ({"quote": "Dichtbij en op maat"}, "in een kop"),
        ({"quote": "Het team", "document": "plan van elders"}, "geen document 'plan van elders'"),
        ({"quote": "Nota", "document": "nota.md"}, "veldmeer/nota.md, zilverhorn/nota.md"),
        ({"quote": "Het team", "document": ""}, "uit welk document"),
        ({"quote": "Het team", "code": "nabij"}, "geen code of label 'nabij'"),
        ({"quote": "Het team", "page": "3"}, "geen bladzijde 3"),
        ({"quote": "Het team", "page": "drie"}, "geen getal"),
        ({"quote": "Het team", "decision": "misschien"}, "'misschien'"),
    ],
)
def test_what_has_no_certain_place_or_code_is_listed_with_its_row_and_why(take, connection, row, why) -> None:
    good = {"document": "plan.md", "quote": "Het team", "code": "maatwerk", "decision": "ja"}
    found = take([good, {**good, "code": "nabijheid", **row}])
    assert found.new == 1
    [(number, problem)] = found.problems
    assert number == 2
    assert why in problem
    assert len(log(connection)) == 1


def test_reading_the_same_file_again_adds_nothing(take, connection) -> None:
    rows = [{"document": "plan", "quote": "Het team", "code": "nabijheid", "memo": "kern"}]
    take(rows, how=Manners(complete=True))
    again = take(rows, how=Manners(complete=True))
    assert (again.new, again.read, again.known) == (0, 0, 1)
    assert len(log(connection)) == 1 + 3


def test_words_over_several_passages_are_taken_in_each(take, connection) -> None:
    found = take([{"document": "plan", "quote": "kent de buurt. De hulp is dichtbij, ook", "code": "nabijheid"}])
    assert (found.new, found.divided) == (2, 1)
    assert [quote for _, _, quote in log(connection)] == ["kent de buurt.", "De hulp is dichtbij, ook"]


def test_our_own_export_leads_back_by_its_offsets_and_rows_without_a_decision_stay_out(
    take, connection, study, tmp_path
) -> None:
    snapshot = load_snapshot(study, connection, parse(BOOK, "klein"), Method("rodedraad", "proef"))
    plan = next(d for d in snapshot.documents if d.file_name.endswith("plan.md"))
    version, passage = snapshot.versions[plan.id], snapshot.passages[plan.id][1]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["document_id", "version", "start", "end", "theme", "decision", "quote"])
    facts = [plan.id, version.id, passage.start, passage.end, "nabijheid"]
    sheet.append([*facts, "accept", passage.text])
    sheet.append([*facts, "", passage.text])
    sheet.append([*facts, "accept", "andere woorden dan daar staan"])
    book.save(tmp_path / "eigen.xlsx")
    found = take(tmp_path / "eigen.xlsx")
    assert (found.new, found.skipped) == (1, 1)
    assert [number for number, _ in found.problems] == [4]
    assert log(connection) == [("nabijheid", "accept", passage.text)]


def test_passages_as_the_verb_passages_writes_them_lead_back_by_document_and_offsets(take, connection) -> None:
    start = PLAN.replace("# ", "", 1).index("Wie hulp")
    rows = [
        {"document": "plan.md", "number": 3, "start": start, "end": start + 8, "text": "Wie hulp", "code": "maatwerk"}
    ]
    assert take(rows).new == 1
    assert log(connection) == [("maatwerk", "accept", "Wie hulp")]


def test_what_is_to_be_coded_blind_is_taken_in_as_blind_coding_only(take, connection, study) -> None:
    snapshot = load_snapshot(study, connection, parse(BOOK, "klein"), Method("rodedraad", "proef"))
    plan = next(d for d in snapshot.documents if d.file_name.endswith("plan.md"))
    held = next(p for p in snapshot.passages[plan.id] if "Het team" in p.text)
    store.assign(connection, [Assigned(1, plan.id, held.start, held.text, "Noor", True)])
    rows = [{"document": "plan", "quote": quote, "code": "nabijheid"} for quote in ("Het team", "De hulp is dichtbij,")]
    found = take(rows, "Noor", Manners(complete=True))
    assert (found.new, found.read) == (1, 2)
    assert ["codeert Noor eerst blind" in problem for _, problem in found.problems] == [True]
    assert take(rows, "Noor", Manners(blind=True)).problems == ()


def test_a_row_without_a_code_says_that_nothing_applies(take, connection) -> None:
    take([{"document": "plan", "quote": "Het team kent de buurt.", "code": ""}])
    assert [(code, verdict) for code, verdict, _ in log(connection)] == [("", "read")]


def test_two_imported_coders_who_read_the_document_can_be_compared(take, connection, study, book) -> None:
    how = Manners(blind=True, complete=True)
    take([{"document": "plan", "quote": "Het team kent de buurt.", "code": "nabijheid"}], "Noor", how)
    take([{"document": "plan", "quote": "De hulp is dichtbij, ook", "code": "nabijheid"}], "Bo", how)
    found = reliability(load_snapshot(study, connection, book, Method("rodedraad", "proef")))
    assert (found.coders, found.blind, found.passages) == (("Bo", "Noor"), True, 3)
    assert {a.code: (a.units, round(a.percent, 2)) for a in found.themes} == {
        "nabijheid": (3, 0.33),
        "maatwerk": (3, 1.0),
    }


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"naam;waarde\na;b\n", "de kolommen zeggen niet"),
        ("a.csv", b"", "de kolommen zeggen niet"),
        ("a.csv", b"document;quote\nplan;Het team\n", "kolom met de code"),
        ("a.csv", b"document;code;thema;quote\nplan;a;b;c\n", "twee kolommen"),
        ("a.csv", b"\x00\x01\x02\x00", "geen tekstbestand"),
        ("a.xlsx", b"geen werkboek", "geen leesbaar Excel-bestand"),
        ("a.jsonl", b'{"document": "plan"', "regel 1: geen geldige JSON"),
        ("a.jsonl", b"[1, 2]\n", "regel 1: verwacht een object"),
        ("a.jsonl", "{'code': 'é'}".encode("cp1252"), "niet in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_codings_gives_one_clear_message(tmp_path, name, data, why) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TableError, match=why):
        read_codings(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_whatever_program_saved_it(take, connection, tmp_path, encoding) -> None:
    (tmp_path / "a.csv").write_text("document\tquote\tcode\nplan\took ’s avonds\tNabijheid\n", encoding=encoding)
    assert take(tmp_path / "a.csv").new == 1
