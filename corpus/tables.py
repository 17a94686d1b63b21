"""Read the tables that people keep in Excel or CSV: rows of texts, whatever program saved them."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

WORKBOOKS = (".xlsx", ".xlsm")


class TableError(ValueError):
    """A file that cannot be read as a table; the message (Dutch) says why and what to do."""


def read_table(path: Path, sheet: str = "") -> Iterator[list[str]]:
    """Yield the rows of a workbook's sheet (the first one when it has none of that name) or of a CSV file.

    A CSV may be separated by commas or semicolons, in UTF-8, UTF-16 or Windows-1252: Excel in
    Dutch saves them all.
    Raise `TableError` when the file is no table, ``OSError`` when it cannot be opened.
    """
    return _read_workbook(path, sheet) if path.suffix.lower() in WORKBOOKS else _read_csv(path)


def delimiter_of(text: str) -> str:
    """The delimiter of a CSV text, by its first line."""
    first = text.partition("\n")[0]
    return max((";", ",", "\t"), key=first.count)


def _read_workbook(path: Path, sheet: str) -> Iterator[list[str]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, InvalidFileException) as error:
        raise TableError(f"{path}: geen leesbaar Excel-bestand ({error}). Sla het opnieuw op als .xlsx.") from error
    with closing(book):
        chosen = book[sheet if sheet in book.sheetnames else book.sheetnames[0]]
        for row in chosen.iter_rows(values_only=True):
            yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _read_csv(path: Path) -> Iterator[list[str]]:
    text = _decode(path.read_bytes())
    if "\0" in text:
        raise TableError(f"{path}: geen tekstbestand. Sla het op als CSV UTF-8 of als .xlsx.")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    except csv.Error as error:
        raise TableError(f"{path}: geen leesbare CSV ({error}).") from error


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what Excel calls Unicode text
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
