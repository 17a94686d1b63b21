"""Every table and every column of the workbook is explained in Dutch: on its own sheet, as CSV and at its head."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outputs import cells, flag_judgements, fragments, preconditions, reliability, tensions
from outputs.columns import TABLES, guide, meaning
from outputs.records import work_out
from outputs.sheet import Sheet
from outputs.tables import sheets
from outputs.workbook import write_workbook


@pytest.fixture
def tables(study: Any) -> list[Sheet]:
    document = study.document("a.pdf", ["Wij bieden maatwerk in de wijk.", "Maar gelijk is gelijk."])
    study.suggest(document, 0, "maatwerk", "zeker", "maatwerk")
    study.flag(document, 0, 1)
    study.unplaced.append(replace(study.decision(document, 0, "maatwerk", "accept"), id="f" * 32))
    return sheets(work_out(study.snapshot()))


def test_every_table_and_column_is_explained(tables: list[Sheet]) -> None:
    first, *rest = tables
    assert first.name == "uitleg"
    assert [s.name for s in rest if s.name not in TABLES] == []
    assert [(s.name, c) for s in rest for c in s.columns if not meaning(s.name, c)] == []


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("fragments", fragments.COLUMNS),
        ("tensions", tensions.COLUMNS),
        ("duidingen", flag_judgements.OWN_COLUMNS),
        ("reliability", reliability.COLUMNS),
        ("cells", cells.COLUMNS),
        ("preconditions", preconditions.COLUMNS),
        (
            "tension_precision",
            ("claim", "grade", "flags", "judged", "disputed", "precision", "low", "high"),
        ),
    ],
)
def test_tables_that_are_not_always_there_are_explained_too(table: str, columns: tuple[str, ...]) -> None:
    assert [c for c in columns if not meaning(table, c)] == []


def test_guide_says_what_a_row_is_and_then_each_column() -> None:
    rows = guide([Sheet("aims", ("municipality", "share"), ())]).rows
    assert [row[:2] for row in rows] == [("aims", ""), ("aims", "municipality"), ("aims", "share")]
    assert rows[2][2] == "aandeel in de coderingen van de gemeente"


def test_heads_of_the_workbook_carry_their_explanation(study: Any, tmp_path: Path) -> None:
    study.document("a.pdf", ["Wij bieden maatwerk."])
    book = openpyxl.load_workbook(write_workbook(study.snapshot(), tmp_path / "b.xlsx"))
    assert book.sheetnames[:2] == ["uitleg", "coverage"]
    head = {cell.value: cell.comment.text for cell in book["coverage"][1]}
    assert head["coded"].startswith("passages die meetellen")
