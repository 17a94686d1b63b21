"""The tables of a study as CSV: comma separated, UTF-8 with byte order mark, so that Excel and R both read them."""

import csv
from collections.abc import Iterable
from pathlib import Path

from coding.snapshot import Snapshot
from outputs.records import work_out
from outputs.sheet import Sheet, Value
from outputs.tables import sheets

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csvs(snapshot: Snapshot, folder: Path, *, anonymous: bool = False) -> list[Path]:
    """Write one file a table in ``folder`` (made if need be) and return their paths.

    A text that a spreadsheet would read as a formula gets an apostrophe before it; numbers keep their sign, have a full
    stop for the decimals and are empty where there is nothing to count. Raise ``OSError`` when a file cannot be
    written.
    """
    return write_tables(sheets(work_out(snapshot, anonymous=anonymous)), folder)


def write_tables(tables: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write these tables, a file each; see `write_csvs`."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_table(sheet, folder / f"{sheet.name}.csv") for sheet in tables]


def write_table(sheet: Sheet, path: Path) -> Path:
    """Write one table to a file in a folder that is there; see `write_csvs`."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.columns)
        writer.writerows([guard(value) for value in row] for row in sheet.rows)
    return path


def guard(value: Value) -> Value:
    """Return the value as it may stand in a cell: no text begins as a formula, none holds a NUL."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text
