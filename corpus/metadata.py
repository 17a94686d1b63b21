"""The researcher's word on documents: a table (CSV or Excel) whose filled cells go before what was inferred."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from corpus.inference import inclusion
from corpus.model import Document, Municipality
from corpus.municipalities import by_name
from corpus.tables import WORKBOOKS, TableError, delimiter_of, read_table

T = TypeVar("T")
COLUMNS = (
    *("file", "title", "municipality", "kind", "author", "standing", "year", "laws", "source"),
    *("included", "reason", "confirmed_on"),
)
AUTHORS = ("college", "raad", "partij", "overig")
STANDINGS = ("vastgesteld", "concept", "vervallen")
SOURCES = ("beleid", "praktijk")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–/]\s*((?:19|20)\d\d))?")
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


class MetadataError(ValueError):
    """A metadata table that cannot be used; the message (Dutch) names file, row and column and says what to do."""


@dataclass(frozen=True, slots=True)
class Override:
    """What a researcher filled in for one file; ``None`` leaves what was inferred."""

    file: str
    title: str | None = None
    municipalities: tuple[Municipality, ...] | None = None
    kind: str | None = None
    author: str | None = None
    standing: str | None = None
    years: tuple[int, int] | None = None
    laws: tuple[str, ...] | None = None
    source: str | None = None
    included: bool | None = None
    reason: str | None = None
    confirmed_on: date | None = None
    table: str = "metadata.csv"
    """Name of the table, for `Document.origins`."""


class _CellError(Exception):
    """What is wrong with one cell."""


def read_overrides(path: Path) -> list[Override]:
    """Return the rows of ``metadata.csv`` or ``.xlsx``; columns may be left out and others are the researcher's own.

    Raises:
        MetadataError: the file is no such table, or cells in it cannot be understood (all are named).
        OSError: the file cannot be opened.
    """
    try:
        table = list(read_table(path))
    except TableError as error:
        raise MetadataError(str(error)) from error
    header = [name.strip().lower() for name in table[0]] if table else []
    if "file" not in header:
        raise MetadataError(f"{path}: de kolom file ontbreekt. De eerste rij moet de kolomnamen hebben: {COLUMNS}.")
    found: list[Override] = []
    problems: list[str] = []
    for number, cells in enumerate(table[1:], 2):
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if row.get("file"):
            try:
                found.append(_override(row, path.name))
            except _CellError as error:
                problems.append(f"{path}, rij {number}: {error}")
    times = Counter(override.file for override in found)
    problems += [f"{path}: {file} staat er {n} keer in; houd één rij" for file, n in times.items() if n > 1]
    if problems:
        raise MetadataError("\n".join(problems))
    return found


def apply(document: Document, overrides: Sequence[Override]) -> Document:
    """Return the document with what the researcher filled in for it.

    A row belongs to the document whose name it gives in full, or else by the bare file name. `Document.origins` names
    the table for every value that it changed.
    """
    bare = PurePosixPath(document.file_name).name
    given = next((o for o in overrides if o.file == document.file_name), None)
    given = given or next((o for o in overrides if o.file == bare), None)
    if given is None:
        return document
    changes = {name: value for name, value in _changes(given, document).items() if getattr(document, name) != value}
    changed = replace(document, **changes)  # type: ignore[arg-type]  # names and types are those of Document
    if "included" not in changes and given.included is None and {"kind", "standing"} & changes.keys():
        included, reason = inclusion(changed.kind, changed.standing)
        changed = replace(changed, included=included, included_reason=given.reason or reason)
    origins = {_COLUMN_OF.get(name, name): given.table for name in changes}
    return replace(changed, origins={**document.origins, **origins})


_COLUMN_OF = {"year_from": "year", "year_to": "year", "included_reason": "reason"}


def _changes(given: Override, document: Document) -> dict[str, object]:
    same = {f.name for f in fields(Override)} & {f.name for f in fields(Document)}
    changes: dict[str, object] = {n: v for n in sorted(same) if (v := getattr(given, n)) is not None}
    if given.years:
        changes["year_from"], changes["year_to"] = given.years
    if given.reason is not None:
        changes["included_reason"] = given.reason
    elif given.included is not None and given.included != document.included:
        changes["included_reason"] = "" if given.included else "in de metadata op nee gezet"
    return changes


def write_template(path: Path, documents: Sequence[Document]) -> None:
    """Write ``metadata.csv`` with a row a document: what was inferred, to be completed and corrected in Excel."""
    rows = [COLUMNS, *(_row(d) for d in documents)]
    path.write_text(_csv_text(rows, ";"), encoding="utf-8-sig", newline="")


def add_rows(path: Path, documents: Sequence[Document]) -> int:
    """Add a row for every document that the table does not list yet, leave the rest as it is; return how many.

    Raises `MetadataError` as `read_overrides` does.
    """
    listed = {o.file for o in read_overrides(path)}
    new = [d for d in documents if d.file_name not in listed and PurePosixPath(d.file_name).name not in listed]
    if new:
        (_extend_workbook if path.suffix.lower() in WORKBOOKS else _extend_csv)(path, new)
    return len(new)


def _extend_csv(path: Path, documents: Sequence[Document]) -> None:
    data = path.read_bytes()
    encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", data.decode("cp1252", "replace")
    delimiter = delimiter_of(text)
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not text.endswith("\n"):
        text += "\r\n"
    rows = [_under(header, d) for d in documents]
    partial = path.with_suffix(".csv.part")
    partial.write_text(text + _csv_text(rows, delimiter), encoding=encoding, errors="replace", newline="")
    partial.replace(path)


def _extend_workbook(path: Path, documents: Sequence[Document]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[0]]
    header = [str(cell.value or "") for cell in sheet[1]]
    for document in documents:
        sheet.append(_under(header, document))
    partial = path.with_suffix(".part.xlsx")
    book.save(partial)
    partial.replace(path)


def _under(header: Sequence[str], document: Document) -> list[str]:
    row = dict(zip(COLUMNS, _row(document), strict=True))
    return [row.get(name.strip().lower(), "") for name in header]


def _csv_text(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _row(document: Document) -> tuple[str, ...]:
    cells = (
        document.file_name,
        document.title or "",
        ";".join(m.name for m in document.municipalities),
        document.kind or "",
        document.author or "",
        document.standing or "",
        document.period,
        ";".join(document.laws),
        document.source or "",
        "ja" if document.included else "nee",
        document.included_reason,
        document.confirmed_on.isoformat() if document.confirmed_on else "",
    )
    # A spreadsheet would read these as formulas; the apostrophe is taken off again when the table is read.
    return tuple(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)


def _override(row: dict[str, str], table: str) -> Override:
    cells = {name: _plain(cell) for name, cell in row.items() if cell}
    return Override(
        file=cells["file"].replace("\\", "/"),
        title=cells.get("title"),
        municipalities=_parsed(cells, "municipality", _municipalities),
        kind=_parsed(cells, "kind", str.lower),
        author=_parsed(cells, "author", lambda cell: _one_of(cell, AUTHORS)),
        standing=_parsed(cells, "standing", lambda cell: _one_of(cell, STANDINGS)),
        years=_parsed(cells, "year", _years),
        laws=_parsed(cells, "laws", _several),
        source=_parsed(cells, "source", lambda cell: _one_of(cell, SOURCES)),
        included=_parsed(cells, "included", lambda cell: _one_of(cell, ("ja", "nee")) == "ja"),
        reason=cells.get("reason"),
        confirmed_on=_parsed(cells, "confirmed_on", _date),
        table=table,
    )


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _parsed(cells: dict[str, str], column: str, parse: Callable[[str], T]) -> T | None:
    if column not in cells:
        return None
    try:
        return parse(cells[column])
    except (_CellError, ValueError) as error:
        raise _CellError(f"{column}: {error}") from error


def _municipalities(cell: str) -> tuple[Municipality, ...]:
    """Municipalities by name or CBS code; one that is not on the list (fictional, merged long ago) keeps its name."""
    return tuple(by_name(name) or Municipality(name, "", "", "") for name in _several(cell))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _one_of(cell: str, choices: Sequence[str]) -> str:
    if cell.lower() not in choices:
        raise _CellError(f"{cell!r} is geen van {', '.join(choices)}; laat leeg wat u niet weet")
    return cell.lower()


def _years(cell: str) -> tuple[int, int]:
    match = _YEARS.fullmatch(cell)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise _CellError(f"{cell!r} is geen jaar of periode; schrijf 2024 of 2023-2026")
    return first, last


def _date(cell: str) -> date:
    match = _DUTCH_DATE.fullmatch(cell)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(cell[:10])
    except ValueError:
        raise _CellError(f"{cell!r} is geen datum; schrijf 2025-02-10 of 10-2-2025") from None
