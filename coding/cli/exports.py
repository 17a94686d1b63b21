"""The verb export: coded fragments with their quotes."""

import csv
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    import pandas

Folder = Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)]


class Table(StrEnum):
    """File formats of a table."""

    csv = "csv"
    xlsx = "xlsx"


class Standing(StrEnum):
    """Where a code stands: `coding.model.Status`."""

    suggested = "suggested"
    accepted = "accepted"
    rejected = "rejected"
    oneens = "oneens"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("export", epilog="Example: rodedraad export study --to csv --theme maatwerk")(export)


def export(
    folder: Folder,
    to: Annotated[Table, typer.Option("--to", help="csv or xlsx.")],
    theme: Annotated[str | None, typer.Option("--theme", help="Only this theme or sub-theme (its id).")] = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="Only this municipality.")] = None,
    status: Annotated[Standing | None, typer.Option("--status", help="Only fragments that stand so.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default stdout.")] = None,
) -> None:
    """Write coded fragments with quote and page: to stdout, or to a file with --out."""
    from coding.cli.studies import present_state
    from outputs.fragments import fragments

    if to is Table.xlsx and out is None and sys.stdout.isatty():
        raise typer.BadParameter("geef een bestand op: --out fragmenten.xlsx", param_hint="--to xlsx")
    snapshot = present_state(folder)
    if theme is not None and theme not in snapshot.codebook.by_id:
        known = ", ".join(snapshot.codebook.by_id)
        raise typer.BadParameter(f"het codeboek heeft geen code {theme!r}; wel: {known}", param_hint="--theme")
    table = fragments(snapshot, theme=theme, municipality=municipality, status=status.value if status else None)
    if to is Table.csv:
        _write_csv(table, out)
    else:
        _write_xlsx(table, out, snapshot.name)
    say(f"{len(table)} fragmenten.")


def _write_csv(table: "pandas.DataFrame", out: Path | None) -> None:
    """Write for Excel and R alike: UTF-8 with byte order mark in a file, bare on stdout."""
    from outputs.tables_csv import guard

    rows: list[list[object]] = [list(table.columns)]
    rows += ([guard(value) for value in row] for row in table.itertuples(index=False))
    if out is None:
        csv.writer(sys.stdout).writerows(rows)
    else:
        with out.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.writer(file).writerows(rows)


def _write_xlsx(table: "pandas.DataFrame", out: Path | None, name: str) -> None:
    from outputs.sheet import Sheet
    from outputs.workbook import write_book

    rows = tuple(tuple(None if v != v else v for v in row) for row in table.itertuples(index=False))
    sheet = Sheet("fragments", tuple(table.columns), rows)
    if out is not None:
        write_book(name, [sheet], out)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = write_book(name, [sheet], Path(folder) / "fragments.xlsx").read_bytes()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
