"""The tables of a study as an Excel workbook to filter, decide in and share."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from coding.snapshot import Snapshot
from outputs.columns import meaning
from outputs.records import work_out
from outputs.sheet import Sheet, Value
from outputs.tables import sheets
from outputs.wording import _

CELL_LIMIT = 32_767
"""Characters that fit in a cell."""
CUT_NOTE = _(" […] (afgekapt: past niet in een Excel-cel; de hele tekst staat in het CSV-bestand)")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {
    **dict.fromkeys(("quote", "left_quote", "right_quote", "text", "summary", "meaning"), 80),
    **dict.fromkeys(("definition", "includes", "excludes", "examples", "counter_examples", "patterns"), 45),
    **dict.fromkeys(
        ("title", "heading_path", "reason", "problem", "origins", "memo", "message", "finding", "searched"), 34
    ),
    **dict.fromkeys(("named_names", "candidate_names", "doubtful_only_names", "none_names"), 40),
    **dict.fromkeys(
        (
            "municipality",
            "document",
            "table",
            "column",
            "theme",
            "theme_label",
            "label",
            "evidence",
            "relation_label",
            "topic",
        ),
        24,
    ),
    **dict.fromkeys(("methods", "sub_theme", "repeats", "code", "state", "document_kind", "wording", "rule"), 20),
    **dict.fromkeys(("level", "status", "group", "address"), 14),
}
_NEVER_WRAPPED = frozenset({"document_id", "version", "id"})
_TALLEST = 180
"""Points: a row higher than this makes scrolling hard; the whole text is still in the cell."""
_HIGHEST = 409
"""Points that a row can be high at all: for a matrix of texts, which is read and not filtered."""
_NOTE = {"x_scale": 2, "y_scale": 1, "font_size": 9, "author": ""}
"""How large the explanation of a column is, that shows on pointing at its head."""
_HEAD = {"bold": True, "font_color": "#ffffff", "bg_color": "#1f3a4d", "valign": "vcenter", "text_wrap": True}


def write_workbook(snapshot: Snapshot, path: Path, *, anonymous: bool = False) -> Path:
    """Write the workbook: coverage, fragments, tensions, documents, codebook, method and more; return its path.

    Raise ``OSError`` when the file cannot be written, for instance because it is open in Excel.
    """
    return write_book(snapshot.name, sheets(work_out(snapshot, anonymous=anonymous)), path)


def write_book(title: str, tables: Sequence[Sheet], path: Path) -> Path:
    """Write these tables, a sheet each; see `write_workbook`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties({"title": printable(title), "created": datetime(2000, 1, 1)})
    for sheet in tables:
        _write_sheet(book, sheet)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(_("%s kan niet worden geschreven; is het bestand nog open in Excel?") % path) from error
    return path


def printable(text: str) -> str:
    """Return the text without characters that a workbook cannot hold, cut to what fits in a cell, with a note."""
    clean = _FORBIDDEN.sub("", text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - len(CUT_NOTE)] + CUT_NOTE


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    one_line = book.add_format({"valign": "top"})
    share = book.add_format({"num_format": "0.0%", "valign": "top"})
    styles = [share if c in sheet.shares else one_line if c in _NEVER_WRAPPED else wrapped for c in sheet.columns]
    page.freeze_panes(1, _frozen(sheet.columns))
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for i, column in enumerate(sheet.columns):
        page.set_column(i, i, _width(sheet, column))
    _decision_list(page, sheet)
    page.set_row(0, 32)
    head = book.add_format(_HEAD)
    for i, column in enumerate(sheet.columns):
        page.write_string(0, i, column, head)
        if note := meaning(sheet.name, column):
            page.write_comment(0, i, note, _NOTE)
    for number, row in enumerate(sheet.rows, 1):
        page.set_row(number, _height(sheet, row))
        for i, value in enumerate(row):
            _write_cell(page, (number, i), value, styles[i])


def _width(sheet: Sheet, column: str) -> int:
    return _WIDTHS.get(column) or sheet.width or max(9, min(18, len(column) + 3))


def _height(sheet: Sheet, row: Sequence[Value]) -> int:
    """Return the height in points at which the texts of a row can be read, within reason."""
    pairs = zip(sheet.columns, row, strict=True)
    wrapped = ((c, v) for c, v in pairs if isinstance(v, str) and c not in _NEVER_WRAPPED)
    texts = ((_width(sheet, column), value) for column, value in wrapped)
    lines = max((sum(len(line) // width + 1 for line in text.split("\n")) for width, text in texts), default=1)
    return min(_HIGHEST if sheet.width else _TALLEST, 15 * lines)


def _frozen(columns: Sequence[str]) -> int:
    return 1 if columns[0] == "municipality" else 0


def _decision_list(page: Any, sheet: Sheet) -> None:
    if "decision" in sheet.columns and sheet.rows:
        column = sheet.columns.index("decision")
        options = {
            "validate": "list",
            "source": ["accept", "reject"],
            "error_title": _("Beslissing"),
            "error_message": _("Kies accept of reject, of laat de cel leeg."),
        }
        page.data_validation(1, column, len(sheet.rows), column, options)


def _write_cell(page: Any, place: tuple[int, int], value: Value, style: Any) -> None:
    if isinstance(value, str) and value:
        page.write_string(*place, printable(value), style)
    elif isinstance(value, int | float):
        page.write_number(*place, value, style)
